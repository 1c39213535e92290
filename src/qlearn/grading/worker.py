"""What a worker process does, in a pool on this machine or in a cluster: one grader a thread, kept warm."""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from qlearn.errors import HostError, SubmissionError
from qlearn.grading.graded import GradedSubmission
from qlearn.grading.hand_in import HandIn
from qlearn.grading.plan import AssignmentPlan
from qlearn.grading.report import QuestionReport, SubmissionReport

if TYPE_CHECKING:
    from qlearn.grading.calibration import Calibration
    from qlearn.grading.engine import Grader
    from qlearn.grading.outcome import TestOutcome

__all__ = ["GradingTask", "calibrate_plan", "check_host", "get_ready", "grade_hand_in", "trace_hand_in"]

ResultT = TypeVar("ResultT")


@dataclass(frozen=True)
class GradingTask:
    """One hand-in and all that grading it needs; travels to worker processes and other machines."""

    plan: AssignmentPlan
    hand_in: HandIn


def grade_hand_in(task: GradingTask) -> GradedSubmission:
    """Grade one hand-in with this thread's grader.

    Raises
    ------
    SubmissionError
        If the hand-in cannot be read.
    HostError
        If this machine cannot hold a student's process.
    """
    graded = _with_grader(lambda grader: grader.grade(task.plan, task.hand_in))
    return replace(graded, report=_printable(graded.report))


def trace_hand_in(task: GradingTask) -> dict[str, TestOutcome]:
    """Grade one hand-in like `grade_hand_in`, and give what became of each test by grade_id, calls of traced ones too.

    Raises
    ------
    SubmissionError
        If the hand-in cannot be read.
    HostError
        If this machine cannot hold a student's process.
    """
    return _with_grader(lambda grader: grader.trace(task.plan, task.hand_in))


def get_ready() -> None:
    """Start this thread's grader, so that its libraries are loaded when the first task comes."""
    _with_grader(lambda _: None)


def calibrate_plan(plan: AssignmentPlan) -> Calibration:
    """Find the mode of every test of a plan with this thread's grader."""
    from qlearn.grading.calibration import calibrate

    return _with_grader(lambda grader: calibrate(plan, grader))


def check_host(trusted: bool) -> None:
    """Raise `HostError` unless students' code may run on this machine."""
    if trusted:
        return
    # in a process of its own: finding the layers forks, and a worker of a cluster has threads
    question = "from qlearn.grading.sandbox import advice, layers; print(advice(layers()))"
    answer = subprocess.run([sys.executable, "-P", "-c", question], capture_output=True, text=True, check=False)
    if answer.returncode or answer.stdout.strip():
        raise HostError(answer.stdout.strip() or f"the sandbox cannot be tried here: {answer.stderr.strip()[-200:]}")


_own = threading.local()
_open: list[Grader] = []


def _with_grader(work: Callable[[Grader], ResultT]) -> ResultT:
    """Use this thread's grader; one that failed unexpectedly is replaced, and the work is done again, once."""
    for last_attempt in (False, True):
        grader = _own_grader()
        try:
            return work(grader)
        except (SubmissionError, HostError):
            raise
        except Exception:  # its warm process may have been killed by whoever needed memory
            _own.grader = None
            _open.remove(grader)
            grader.__exit__(None, None, None)
            if last_attempt:
                raise
    raise HostError("the grader failed twice; run the command again")


def _own_grader() -> Grader:
    grader: Grader | None = getattr(_own, "grader", None)
    if grader is None:
        from qlearn.grading.engine import Grader

        grader = Grader().__enter__()
        _own.grader = grader
        _open.append(grader)
    return grader


@atexit.register
def _close_all() -> None:
    while _open:
        _open.pop().__exit__(None, None, None)


def _printable(report: SubmissionReport) -> SubmissionReport:
    """Replace halves of surrogate pairs, which a student's text may hold and no file or terminal can show."""

    def clean(text: str) -> str:
        return text.encode("utf-8", "replace").decode()

    def clean_question(question: QuestionReport) -> QuestionReport:
        return replace(question, message=clean(question.message), misconception=clean(question.misconception))

    return replace(report, reason=clean(report.reason), questions=tuple(map(clean_question, report.questions)))
