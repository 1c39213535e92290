"""Calibrate an assignment once, and remember what was found for as long as its plan stays the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from qlearn import __version__
from qlearn.gradebook.course import Course
from qlearn.gradebook.reports import write_atomically
from qlearn.grading.plan import AssignmentPlan, Mode

if TYPE_CHECKING:
    from qlearn.grading.calibration import Calibration

__all__ = ["Remark", "calibrated"]

UNSAFE = (Mode.STUDENT_PROCESS, Mode.NONE)


@dataclass(frozen=True)
class Remark:
    """What a teacher should know of how a test is judged."""

    notebook: str
    grade_id: str
    mode: Mode
    reason: str

    def __str__(self) -> str:
        return f"{self.notebook}.ipynb, {self.grade_id}: {self.mode.value}: {self.reason}"


def calibrated(
    course: Course, plan: AssignmentPlan, calibrate: Callable[[AssignmentPlan], Calibration]
) -> tuple[AssignmentPlan, tuple[Remark, ...]]:
    """Give the plan with the mode of every test, from the last time if nothing has changed since.

    Parameters
    ----------
    course
        Keeps what is found in its `reports`.
    plan
        A plan without modes.
    calibrate
        Runs the model solution; called if this plan was not calibrated yet.

    Returns
    -------
    tuple
        The plan to grade by, and a remark on each test that no safe mode can judge.
    """
    path = course.reports / f".{plan.assignment}.calibration"
    key = f"{__version__} {plan.digest()}"
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["plan"] == key:
            return _remembered(plan, record)
    except (OSError, ValueError, KeyError, TypeError):
        pass  # never calibrated, or the file is damaged: either way it is found anew
    found = calibrate(plan)
    record = {
        "plan": key,
        "modes": {notebook.name: dict(notebook.modes) for notebook in found.plan.notebooks},
        "in_place": {notebook.name: sorted(notebook.in_place) for notebook in found.plan.notebooks},
        "operations": {
            notebook.name: {name: sorted(asked) for name, asked in notebook.operations.items()}
            for notebook in found.plan.notebooks
        },
        "findings": [asdict(finding) for finding in found.findings if finding.mode in UNSAFE],
    }
    if Mode.NONE in {finding.mode for finding in found.findings}:
        path.unlink(missing_ok=True)  # a busy machine may be the reason, so the next run tries again
    else:
        write_atomically(path, json.dumps(record, ensure_ascii=False, indent=1))
    return _remembered(plan, record)


def _remembered(plan: AssignmentPlan, record: dict[str, Any]) -> tuple[AssignmentPlan, tuple[Remark, ...]]:
    modes = {
        name: {grade_id: Mode(mode) for grade_id, mode in found.items()} for name, found in record["modes"].items()
    }
    in_place = {name: frozenset(found) for name, found in record["in_place"].items()}
    operations = {
        name: {cell: frozenset(asked) for cell, asked in found.items()} for name, found in record["operations"].items()
    }
    notebooks = tuple(
        replace(notebook, modes=modes[name], in_place=in_place[name], operations=operations[name])
        for notebook in plan.notebooks
        for name in (notebook.name,)
    )
    remarks = tuple(
        Remark(found["notebook"], found["grade_id"], Mode(found["mode"]), found["reason"])
        for found in record["findings"]
    )
    return replace(plan, notebooks=notebooks), remarks
