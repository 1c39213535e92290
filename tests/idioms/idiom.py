"""One ordinary way to write a test cell: the cells around it, right and wrong answers, and how it should be judged."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import nbformat
from nbformat import NotebookNode

from qlearn.grading.plan import AssignmentPlan, Mode, NotebookPlan, PlannedCell, Role

DATA = Mode.DATA
PROXIES = Mode.PROXIES
NONE = Mode.NONE
MODEL = "the model answer"
_nbformat: Any = nbformat  # its functions carry no types


@dataclass(frozen=True)
class Right:
    """An answer that deserves full points. With `unforeseen`, its type may leave the decision to a person."""

    note: str
    source: str
    unforeseen: bool = False


@dataclass(frozen=True)
class Wrong:
    """An answer that deserves less. With `unforeseen`, its type may leave the decision to a person."""

    note: str
    source: str
    points: float = 0.0
    unforeseen: bool = False
    in_one_process: float | None = None
    """What it gets where tests and answers share a process, if that is not what it deserves."""


@dataclass(frozen=True)
class Idiom:
    """A notebook of a few cells: the teacher's set-up, the answer, helpers, the test.

    Every source may be indented and begin with a line break; both are taken off.
    """

    name: str
    mode: Mode
    """The strictest mode in which the model answer gets full marks and nothing can be forged."""
    answer: str
    test: str
    rights: tuple[Right, ...]
    wrongs: tuple[Wrong, ...]
    setup: str = ""
    """A locked cell before the answer."""
    helpers: str = ""
    """A locked cell between answer and test."""
    points: float = 2.0
    why: str = ""
    """For `Mode.NONE`: why no safe mode can judge it."""
    data: tuple[tuple[str, bytes], ...] = ()
    """Files beside the notebook."""

    def answers(self) -> Iterator[tuple[str, str]]:
        """Give every answer's note and source, the model answer first."""
        yield MODEL, self.answer
        for variant in (*self.rights, *self.wrongs):
            yield variant.note, variant.source

    def cells(self, answer: str) -> tuple[PlannedCell, ...]:
        """Give the cells with this answer."""
        planned = (
            PlannedCell(Role.TEACHER, clean(self.setup), grade_id="setup", locked=True),
            PlannedCell(Role.ANSWER, clean(answer), grade_id="answer"),
            PlannedCell(Role.TEACHER, clean(self.helpers), grade_id="helpers", locked=True),
            PlannedCell(Role.TEST, clean(self.test), grade_id="test", locked=True, points=self.points),
        )
        return tuple(cell for cell in planned if cell.source)

    def plan(self, *, unverified_allowed: bool = False) -> AssignmentPlan:
        """Give the plan of an assignment whose only question this is."""
        *cells, test = self.cells(self.answer)
        test = replace(test, unverified_allowed=unverified_allowed)
        notebook = NotebookPlan(name="idiom", cells=(*cells, test))
        return AssignmentPlan(assignment=self.name, notebooks=(notebook,), data=self.data)

    def notebook(self, answer: str) -> NotebookNode:
        """Give the notebook that a student with this answer hands in."""
        cells = []
        for planned in self.cells(answer):
            test = planned.role is Role.TEST
            marks = {
                "grade": test,
                "grade_id": planned.grade_id,
                "locked": planned.locked,
                "schema_version": 3,
                "solution": planned.role is Role.ANSWER,
                "task": False,
            }
            if test:
                marks["points"] = planned.points
            cell = _nbformat.v4.new_code_cell(planned.source, id=planned.grade_id, metadata={"nbgrader": marks})
            cells.append(cell)
        notebook: NotebookNode = _nbformat.v4.new_notebook(cells=cells)
        return notebook


def clean(source: str) -> str:
    """Take off the indentation and the line breaks around a cell's source."""
    return textwrap.dedent(source).strip("\n")
