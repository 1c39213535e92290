"""Small notebooks for the judge's tests: the teacher's cells in short form, and what a student types in their place."""

from __future__ import annotations

import atexit
import functools
from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode

from qlearn.grading.engine import Grader
from qlearn.grading.outcome import NotebookOutcome, TestOutcome
from qlearn.grading.plan import AssignmentPlan, Mode, NotebookPlan, PlannedCell, Role, RunLimits

_nbformat: Any = nbformat  # its functions carry no types
ROLES = {"given": Role.TEACHER, "answer": Role.ANSWER, "test": Role.TEST}


@functools.cache
def shared_grader() -> Grader:
    """Give the one grader of this test run; it takes seconds to start, and ends with the run."""
    grader = Grader()
    atexit.register(grader.close)
    return grader.__enter__()


def small_plan(
    *cells: tuple[str, str],
    modes: Mapping[str, Mode] | None = None,
    in_place: frozenset[str] = frozenset(),
    forbidden: tuple[str, ...] = (),
    unverified: bool = False,
    points: float = 2.0,
    data: tuple[tuple[str, bytes], ...] = (),
    limits: RunLimits | None = None,
    trusted: bool = False,
) -> AssignmentPlan:
    """Plan a notebook; the first word of each pair is given, answer or test, and names the cell with a number."""
    planned = []
    numbers = dict.fromkeys(ROLES, 0)
    for kind, source in cells:
        numbers[kind] += 1
        role = ROLES[kind]
        planned.append(
            PlannedCell(
                role,
                source,
                grade_id=f"{kind}{numbers[kind]}",
                locked=role is not Role.ANSWER,
                points=points if role is Role.TEST else 0.0,
                unverified_allowed=unverified and role is Role.TEST,
            )
        )
    notebook = NotebookPlan("small", tuple(planned), forbidden, modes or {}, in_place)
    return AssignmentPlan("small", (notebook,), data, limits or RunLimits(), trusted)


def handed_in(plan: AssignmentPlan, *answers: str) -> NotebookNode:
    """Type answers into the answer cells in turn; those that are left keep the model solution."""
    waiting = list(answers)
    cells = []
    for cell in plan.notebooks[0].cells:
        source = waiting.pop(0) if cell.role is Role.ANSWER and waiting else cell.source
        cells.append(_nbformat.v4.new_code_cell(source, metadata={"nbgrader": {"grade_id": cell.grade_id}}))
    notebook: NotebookNode = _nbformat.v4.new_notebook(cells=cells)
    return notebook


def run(grader: Grader, plan: AssignmentPlan, *answers: str, mode: Mode | None = None) -> NotebookOutcome:
    """Judge the answers."""
    return grader.run_notebook(plan, plan.notebooks[0], handed_in(plan, *answers), mode=mode)


def points(outcome: NotebookOutcome) -> list[float | None]:
    """Give the points of all tests in order."""
    return [outcome.tests[name].points for name in sorted(outcome.tests, key=lambda name: int(name[4:]))]


def shown(outputs: Any) -> str:
    """Give all that outputs show as text."""
    parts = []
    for output in outputs:
        if output["output_type"] == "stream":
            parts.append(output["text"])
        elif output["output_type"] == "error":
            parts.append(f"{output['ename']}: {output['evalue']}")
        else:
            parts.append(output["data"].get("text/plain", ""))
    return "\n".join(parts)


def message(test: TestOutcome) -> str:
    """Give what a test's outputs say."""
    return shown(test.outputs)
