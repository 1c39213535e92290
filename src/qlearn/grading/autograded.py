"""The graded notebook that Formgrader and feedback show, and which answers the student left untouched.

Every cell that nbgrader knows gets its metadata anew from the plan, so that nothing a student wrote there reaches
Formgrader, and each grade_id occurs once.

Under `qlearn` a cell's metadata tell feedback where a test's error came from and whether its points are verified, and
of what ran after a hidden test, that it did: the student's functions can keep what the test called them with, for a
later cell to print.
"""

from __future__ import annotations

import re
from typing import Any

import nbformat
from nbformat import NotebookNode

from qlearn.grading.alignment import Alignment, align
from qlearn.grading.checksums import checksum, nbgrader_metadata
from qlearn.grading.clean_outputs import OutputCleaner
from qlearn.grading.encodings import without_surrogates
from qlearn.grading.outcome import CellOutputs, NotebookOutcome
from qlearn.grading.plan import NotebookPlan, PlannedCell, Role

__all__ = ["assemble", "unanswered"]

UNVERIFIED = "This test ran in the student's own process, which can forge its result: its points are not verified.\n"
_MISSING = "This cell (id:{}) was missing from the submission. It was added back when it was graded."
_COPY = "This is a copy of the cell {}: it was neither run nor marked, as the first one counts.\n"
_HIDDEN = re.compile(r"BEGIN\s+(HIDDEN\s+TESTS|MARK\s+SCHEME)", re.IGNORECASE)
_NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}

_from_dict: Any = nbformat.from_dict  # carries no types


def assemble(plan: NotebookPlan, notebook: NotebookNode, outcome: NotebookOutcome) -> NotebookNode:
    """Put a graded notebook together.

    Parameters
    ----------
    plan
        Roles, points and the trusted text of tests and locked cells.
    notebook
        The submission as `match_notebooks` gave it.
    outcome
        What its cells and tests showed. A locked cell that was added back has the index `make_schedule` gave it.

    Returns
    -------
    NotebookNode
        Valid in format 4.5 and for nbgrader: the student's cells with their outputs, tests and locked cells as the
        teacher wrote them, and those that were gone at their place with a first line that says so.
    """
    alignment = align(plan, notebook)
    builder = _Builder(outcome, {cell.id for cell in notebook.cells})
    added = _added_back(plan, alignment)
    cells = list(map(builder.missing, added.pop(-1, [])))
    for index, cell in enumerate(notebook.cells):
        if index in alignment.copies:
            cells.append(builder.copy(cell, alignment.copies[index]))
        elif index in alignment.known:
            cells.append(builder.known(cell, alignment.known[index], index))
        else:
            cells.append(builder.plain(cell, index))
        cells += map(builder.missing, added.pop(index, []))
    graded: NotebookNode = _from_dict(
        {"cells": cells, "metadata": {**_NOTEBOOK_METADATA, "lang": plan.language}, "nbformat": 4, "nbformat_minor": 5}
    )
    return graded


def unanswered(plan: NotebookPlan, notebook: NotebookNode) -> frozenset[str]:
    """Find the answer cells whose text is still the released one, for which nbgrader writes "No response."."""
    return frozenset(
        planned.grade_id
        for index, planned in align(plan, notebook).known.items()
        if planned.role is Role.ANSWER
        and not planned.task
        and planned.checksum
        and checksum(planned, notebook.cells[index].source) == planned.checksum
    )


def _added_back(plan: NotebookPlan, alignment: Alignment) -> dict[int, list[tuple[int, PlannedCell]]]:
    """List what was deleted and is needed for marking by the index it comes after, with its place in the plan."""
    added: dict[int, list[tuple[int, PlannedCell]]] = {}
    for place, cell in enumerate(plan.cells):
        needed = cell.role is Role.TEST or cell.locked or cell.hand_marked or cell.task
        if cell.grade_id and needed and cell.grade_id not in alignment.present:
            added.setdefault(alignment.anchors[cell.grade_id], []).append((place, cell))
    return added


class _Builder:
    """Builds the cells of one notebook and numbers those that were run."""

    def __init__(self, outcome: NotebookOutcome, ids: set[str]) -> None:
        self.outcome = outcome
        self.ids = ids
        self.count = 0
        self.hidden_test_ran = False
        self.cleaner = OutputCleaner()

    def plain(self, cell: NotebookNode, index: int) -> dict[str, Any]:
        """Give a cell that nbgrader does not know as the student left it."""
        built = _text_cell(cell.cell_type, cell.id, cell.source, cell)
        return self._show(built, self.outcome.cells.get(index, ()), ran=index in self.outcome.cells)

    def copy(self, cell: NotebookNode, planned: PlannedCell) -> dict[str, Any]:
        """Give a second cell with one grade_id: without nbgrader's metadata, since a grade_id may occur once."""
        built = _text_cell(cell.cell_type, cell.id, cell.source, cell)
        return self._show(built, (_note(_COPY.format(planned.grade_id)),), ran=False)

    def known(self, cell: NotebookNode, planned: PlannedCell, index: int) -> dict[str, Any]:
        """Give a cell of the plan: an answer with the student's text, any other with the teacher's."""
        trusted = planned.role is Role.TEST or planned.locked
        built = _text_cell(planned.cell_type, cell.id, planned.source if trusted else cell.source, cell)
        return self._graded(built, planned, index)

    def missing(self, item: tuple[int, PlannedCell]) -> dict[str, Any]:
        """Give a cell that was deleted; of an answer only the place, since the plan's text is the solution."""
        place, planned = item
        note = _MISSING.format(planned.grade_id)
        if planned.cell_type == "code":
            note = f"# {note}"
        between = "\n" if planned.cell_type == "code" else "\n\n"
        source = note if planned.role is Role.ANSWER and not planned.task else note + between + planned.source
        return self._graded(_text_cell(planned.cell_type, self._new_id(), source), planned, -1 - place)

    def _graded(self, built: dict[str, Any], planned: PlannedCell, index: int) -> dict[str, Any]:
        marks = nbgrader_metadata(planned)
        built["metadata"] = {"deletable": False, "nbgrader": marks}
        if planned.checksum:
            # Of a cell with hidden tests as it stands here, as nbgrader does, and not of its released form.
            marks["checksum"] = checksum(planned, planned.source) if marks["locked"] else planned.checksum
        if marks["locked"]:
            built["metadata"]["editable"] = False
        if planned.role is not Role.TEST:
            return self._show(built, self.outcome.cells.get(index, ()), ran=index in self.outcome.cells)
        return self._test(built, planned)

    def _test(self, built: dict[str, Any], planned: PlannedCell) -> dict[str, Any]:
        result = self.outcome.tests.get(planned.grade_id)
        if result is None:
            return self._show(built, (), ran=False)
        built["metadata"]["qlearn"] = {"raised_in": result.raised_in, "verified": result.verified}
        outputs = result.outputs if result.verified else (_note(UNVERIFIED), *result.outputs)
        shown = self._show(built, outputs, ran=True)
        self.hidden_test_ran |= _hides(planned)
        return shown

    def _show(self, built: dict[str, Any], outputs: CellOutputs, *, ran: bool) -> dict[str, Any]:
        if built["cell_type"] == "code":
            self.count += ran
            if ran and self.hidden_test_ran:
                built["metadata"].setdefault("qlearn", {})["after_hidden_test"] = True
            built["execution_count"] = self.count if ran else None
            built["outputs"] = self.cleaner.clean(outputs, built["execution_count"])
        return built

    def _new_id(self) -> str:
        number = 0
        while (name := f"added-back-{number}") in self.ids:
            number += 1
        self.ids.add(name)
        return name


def _hides(test: PlannedCell) -> bool:
    """Whether a test has hidden regions: by nbgrader's own words, or since its released form was another text.

    A course may have words of its own for them, which the plan does not know.
    """
    if _HIDDEN.search(test.source):
        return True
    return bool(test.checksum) and checksum(test, test.source) != test.checksum


def _text_cell(cell_type: str, cell_id: str, source: str, old: NotebookNode | None = None) -> dict[str, Any]:
    cell = {"cell_type": cell_type, "id": cell_id, "metadata": {}, "source": without_surrogates(source)}
    if cell_type != "code" and old is not None and "attachments" in old:
        cell["attachments"] = old.attachments
    return cell


def _note(text: str) -> dict[str, Any]:
    # On stdout: nbgrader takes anything on stderr of a test for a failure.
    return {"output_type": "stream", "name": "stdout", "text": text}
