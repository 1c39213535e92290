"""What the judges of one notebook have in common is made once, in a process of its own that they are forked from.

It holds the tests, so no student's process is ever forked from it; and it holds one notebook's, and no submission.
"""

from __future__ import annotations

from collections.abc import Iterator

from qlearn.grading.judge.names import Ownership, read_names
from qlearn.grading.plan import NotebookPlan, Role
from qlearn.grading.run.shell import CellShell

__all__ = ["prepare"]


def prepare(plan: NotebookPlan, shell: CellShell) -> None:
    """Read and compile the notebook's cells, in the order in which a judge runs them when nothing is unusual."""
    shell.foresee(_cells_to_come(plan, Ownership(plan)))


def _cells_to_come(plan: NotebookPlan, ownership: Ownership) -> Iterator[str]:
    for place, cell in enumerate(plan.cells):
        if cell.cell_type != "code":
            continue
        imports = read_names(cell.source).imports
        if cell.role is Role.ANSWER and imports:
            yield imports
        elif cell.role is Role.TEST or (cell.role is Role.TEACHER and place in ownership.needed):
            yield cell.source
