"""Lay a submitted notebook beside the plan: which of its cells is which, and where the missing ones belong."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nbformat import NotebookNode

from qlearn.grading.checksums import checksum
from qlearn.grading.plan import HIDDEN_REGIONS, NotebookPlan, PlannedCell, Role
from qlearn.grading.stranger import grade_id_of

__all__ = ["Alignment", "align", "is_as_released"]


@dataclass(frozen=True)
class Alignment:
    """Where the cells that nbgrader knows stand in a submission."""

    known: Mapping[int, PlannedCell]
    """By index in the submission: the first cell with each grade_id of the plan, or else with a locked cell's text."""
    copies: Mapping[int, PlannedCell]
    """Later cells with a grade_id that was there already."""
    anchors: Mapping[str, int]
    """For each grade_id of the plan: the index in the submission after which it comes, -1 for the very beginning.

    A cell that is there has its own index, except a test that stands before cells it needs: it comes after them.
    """

    @property
    def present(self) -> frozenset[str]:
        """The grade_ids of the plan that the submission holds."""
        return frozenset(cell.grade_id for cell in self.known.values())


def align(plan: NotebookPlan, notebook: NotebookNode) -> Alignment:
    """Find the plan's cells in a submission by their grade_ids, and a place for those that are gone.

    A test is judged after every cell that precedes it in the plan and not before its own place in the submission. A
    test that is gone or was moved up waits for the student's own cells that follow, up to the next cell nbgrader knows.
    """
    planned = {cell.grade_id: cell for cell in plan.cells if cell.grade_id}
    known: dict[int, PlannedCell] = {}
    copies: dict[int, PlannedCell] = {}
    places: dict[str, int] = {}
    for index, cell in enumerate(notebook.cells):
        grade_id = grade_id_of(cell)
        if grade_id in places:
            copies[index] = planned[grade_id]
        elif grade_id in planned:
            places[grade_id] = index
            known[index] = planned[grade_id]
    for index, cell in _known_by_text(planned, notebook, places):
        places[cell.grade_id] = index
        known[index] = cell
    known = dict(sorted(known.items()))
    return Alignment(
        known, copies, _anchors(list(planned.values()), places, set(known) | set(copies), len(notebook.cells))
    )


def is_as_released(planned: PlannedCell, source: str) -> bool:
    """Whether a text is the one that students were given, blank lines and blanks at the end aside.

    The text with hidden tests counts as well: the teacher's own notebook is graded, too. A course may have words of
    its own for what is hidden; then the checksum tells.
    """
    return _comparable(source) in _as_given(planned.source) or (
        bool(planned.checksum) and checksum(planned, source) == planned.checksum
    )


@functools.lru_cache(maxsize=256)
def _as_given(source: str) -> tuple[str, str]:
    """Give a planned text as the teacher and as students have it; the same for every submission."""
    return _comparable(source), _comparable(_without_hidden(source))


def _known_by_text(
    planned: Mapping[str, PlannedCell], notebook: NotebookNode, places: Mapping[str, int]
) -> Iterator[tuple[int, PlannedCell]]:
    """Find tests and locked cells whose metadata a program has taken away, by the text nobody was to change."""
    gone = [
        cell for cell in planned.values() if cell.grade_id not in places and (cell.locked or cell.role is Role.TEST)
    ]
    for index, cell in enumerate(notebook.cells):
        if not gone or grade_id_of(cell) or not cell.source.strip():
            continue
        found = [one for one in gone if one.cell_type == cell.cell_type and is_as_released(one, cell.source)]
        if found:
            gone.remove(found[0])
            yield index, found[0]


def _anchors(cells: list[PlannedCell], places: Mapping[str, int], taken: set[int], length: int) -> dict[str, int]:
    # Where the next cell that is there begins, for each cell of the plan; a locked cell that is gone comes before it.
    nexts: list[int] = []
    following = length
    for cell in reversed(cells):
        nexts.append(following)
        if cell.role is not Role.TEST:  # a test waits for what it needs, wherever it stands
            following = min(following, places.get(cell.grade_id, length))
    nexts.reverse()
    anchors: dict[str, int] = {}
    latest = -1
    for cell, following in zip(cells, nexts, strict=True):
        own = places.get(cell.grade_id)
        latest = latest if own is None else max(latest, own)
        if cell.role is Role.TEST:
            latest = latest if latest == own else _after_own_cells(latest, taken, length)
            anchors[cell.grade_id] = latest
        elif own is not None:
            anchors[cell.grade_id] = own
        else:
            anchors[cell.grade_id] = min(latest, following - 1)
    return anchors


def _after_own_cells(anchor: int, taken: set[int], length: int) -> int:
    while anchor + 1 < length and anchor + 1 not in taken:
        anchor += 1
    return anchor


def _without_hidden(source: str) -> str:
    """Take out what students never see, line by line as nbgrader does."""
    kept, end = [], ""
    for line in source.split("\n"):
        if end:
            end = "" if end in line else end
            continue
        end = next((closing for opening, closing in HIDDEN_REGIONS if opening in line), "")
        if not end:
            kept.append(line)
    return "\n".join(kept)


def _comparable(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.replace("\r\n", "\n").strip().split("\n")).strip()
