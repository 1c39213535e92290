"""In what order a submitted notebook runs and is judged.

The student's process gets the student's code and the teacher's locked cells, never a test: which cell is a test is the
plan's to say, whatever text, type or metadata the cell has in the submission.
"""

from __future__ import annotations

from dataclasses import dataclass

from nbformat import NotebookNode

from qlearn.grading.alignment import Alignment, align, is_as_released
from qlearn.grading.plan import NotebookPlan, PlannedCell, Role
from qlearn.grading.stranger import grade_id_of

__all__ = ["Schedule", "Step", "StudentCell", "TestCell", "make_schedule"]


@dataclass(frozen=True)
class StudentCell:
    """Code for the student's process."""

    index: int
    """In the submitted notebook; for a locked cell that was deleted, -1 less its place in the plan."""
    source: str
    grade_id: str = ""
    """Empty for the student's own cells."""


@dataclass(frozen=True)
class TestCell:
    """A test of the plan, judged on the trusted side."""

    __test__ = False  # pytest would take the class for a test

    grade_id: str


Step = StudentCell | TestCell


@dataclass(frozen=True)
class Schedule:
    """Every test of the plan once, and the cells to run, in order."""

    steps: tuple[Step, ...]
    concerns: tuple[str, ...] = ()
    """One sentence for the teacher about each thing that was unusual."""


def make_schedule(plan: NotebookPlan, notebook: NotebookNode) -> Schedule:
    """Align a submitted notebook with its plan and give the order of its steps."""
    alignment = align(plan, notebook)
    steps: list[tuple[int, int, Step]] = []
    for index, cell in enumerate(notebook.cells):
        planned = alignment.known.get(index)
        if index in alignment.copies or (planned and planned.role is Role.TEST):
            continue
        source = planned.source if planned and planned.locked else cell.source
        if (planned.cell_type if planned else cell.cell_type) == "code" and source.strip():
            at = (
                index
                if planned is None or not planned.locked
                else min(index, _first_that_follows(plan, planned, alignment))
            )
            place = plan.cells.index(planned) - len(plan.cells) if planned and at < index else -1
            steps.append((at, place, StudentCell(index, source, planned.grade_id if planned else "")))
    for place, planned in enumerate(plan.cells):
        if planned.role is Role.TEST:
            steps.append((alignment.anchors[planned.grade_id], place, TestCell(planned.grade_id)))
        elif planned.locked and planned.grade_id not in alignment.present and planned.cell_type == "code":
            step = StudentCell(-1 - place, planned.source, planned.grade_id)
            steps.append((alignment.anchors[planned.grade_id], place, step))
    steps.sort(key=lambda item: item[:2])
    return Schedule(tuple(step for _, _, step in steps), _concerns(plan, notebook, alignment))


def _first_that_follows(plan: NotebookPlan, planned: PlannedCell, alignment: Alignment) -> int:
    """Give the index of the first answer that comes after a locked cell in the plan: it needs what the cell makes."""
    later = {cell.grade_id for cell in plan.cells[plan.cells.index(planned) :] if cell.role is Role.ANSWER}
    return min((index for index, cell in alignment.known.items() if cell.grade_id in later), default=10**9)


def _concerns(plan: NotebookPlan, notebook: NotebookNode, alignment: Alignment) -> tuple[str, ...]:
    concerns = []
    if not alignment.known:
        concerns.append(f"{plan.name}: no cell that nbgrader knows is left; its tests ran after all cells")
    else:
        concerns += [_about_missing(plan, cell) for cell in plan.cells if _is_gone(cell, alignment)]
    for index, planned in alignment.known.items():
        concerns += _about_cell(plan, planned, notebook.cells[index])
    for grade_id in dict.fromkeys(cell.grade_id for cell in alignment.copies.values()):
        number = 1 + sum(cell.grade_id == grade_id for cell in alignment.copies.values())
        concerns.append(f"{plan.name}: the cell {grade_id} is there {number} times; the first counts, no other was run")
    strange = {grade_id_of(cell) for cell in notebook.cells} - {cell.grade_id for cell in plan.cells} - {""}
    if strange:
        concerns.append(
            f"{plan.name}: {len(strange)} cells bear a grade_id that the assignment does not have, such as "
            f"{min(strange)[:60]!r}; they ran as the student's own"
        )
    return tuple(concerns)


def _is_gone(cell: PlannedCell, alignment: Alignment) -> bool:
    of_use = cell.role is not Role.TEACHER or cell.locked
    return bool(cell.grade_id) and of_use and cell.grade_id not in alignment.present


def _about_missing(plan: NotebookPlan, cell: PlannedCell) -> str:
    if cell.role is Role.TEST:
        return f"{plan.name}: the test {cell.grade_id} was deleted; it was judged in its place all the same"
    if cell.role is Role.ANSWER:
        return f"{plan.name}: the answer cell {cell.grade_id} is not there"
    return f"{plan.name}: the locked cell {cell.grade_id} was deleted; the teacher's was used"


def _about_cell(plan: NotebookPlan, planned: PlannedCell, cell: NotebookNode) -> list[str]:
    """Tell of a changed type, and of a changed text where the student should have left it."""
    concerns = []
    if cell.cell_type != planned.cell_type:
        done = "was run as code" if planned.role is Role.ANSWER and planned.cell_type == "code" else "was put right"
        concerns.append(
            f"{plan.name}: the cell {planned.grade_id} was turned from {planned.cell_type} into {cell.cell_type}; "
            f"it {done}"
        )
    trusted = planned.role is Role.TEST or planned.locked
    if trusted and not is_as_released(planned, cell.source):
        kind = "test" if planned.role is Role.TEST else "locked cell"
        concerns.append(f"{plan.name}: the {kind} {planned.grade_id} was changed; the teacher's was used")
    return concerns
