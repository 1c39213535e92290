from __future__ import annotations

from typing import Any

import pytest

from qlearn.errors import HostError, SubmissionError
from qlearn.grading import worker
from qlearn.grading.graded import GradedSubmission
from qlearn.grading.hand_in import HandIn
from qlearn.grading.plan import AssignmentPlan
from qlearn.grading.report import Outcome, QuestionReport, SubmissionReport
from qlearn.grading.worker import GradingTask, check_host, grade_hand_in

TASK = GradingTask(AssignmentPlan("school-coin", ()), HandIn("ada", "school-coin", ()))


class StandIn:
    """A grader that does as the test says, and counts how often one was started and ended."""

    answers: list[Any]
    started: int
    ended: int

    def __enter__(self) -> StandIn:
        type(self).started += 1
        return self

    def __exit__(self, *_: object) -> None:
        type(self).ended += 1

    def grade(self, plan: AssignmentPlan, hand_in: HandIn) -> GradedSubmission:
        assert (plan, hand_in) == (TASK.plan, TASK.hand_in)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        question = QuestionReport("coin", "test_sides", 0.0, 2.0, message=answer)
        return GradedSubmission(SubmissionReport("ada", "school-coin", Outcome.GRADED, answer, (question,)))


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> type[StandIn]:
    StandIn.answers, StandIn.started, StandIn.ended = [], 0, 0
    monkeypatch.setattr("qlearn.grading.engine.Grader", StandIn)
    monkeypatch.setattr(worker, "_own", type("Own", (), {})())
    monkeypatch.setattr(worker, "_open", [])
    return StandIn


def test_one_grader_is_kept(stand_in: type[StandIn]) -> None:
    stand_in.answers = ["one", "two", SubmissionError("unreadable"), HostError("full"), "three"]
    assert [grade_hand_in(TASK).report.reason for _ in range(2)] == ["one", "two"]
    for error in (SubmissionError, HostError):
        with pytest.raises(error):
            grade_hand_in(TASK)
    assert grade_hand_in(TASK).report.reason == "three"
    assert (stand_in.started, stand_in.ended) == (1, 0)


def test_a_grader_that_fails_is_replaced_and_tried_once_more(stand_in: type[StandIn]) -> None:
    stand_in.answers = [BrokenPipeError("its process is gone"), "well"]
    assert grade_hand_in(TASK).report.reason == "well"
    assert (stand_in.started, stand_in.ended) == (2, 1)
    stand_in.answers = [EOFError("gone"), EOFError("gone again"), "well"]
    with pytest.raises(EOFError, match="gone again"):
        grade_hand_in(TASK)
    assert grade_hand_in(TASK).report.reason == "well"
    assert (stand_in.started, stand_in.ended) == (4, 3)


def test_a_report_can_be_printed_whatever_a_student_has_printed(stand_in: type[StandIn]) -> None:
    stand_in.answers = ["half \ud800 a pair, 한글 whole"]
    report = grade_hand_in(TASK).report
    assert report.reason == report.questions[0].message == "half ? a pair, 한글 whole"


def test_the_host_is_asked_unless_the_class_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    check_host(trusted=False)  # the machine that runs these tests has what it takes
    monkeypatch.setattr(worker.sys, "executable", "/bin/false")
    with pytest.raises(HostError, match="the sandbox cannot be tried here"):
        check_host(trusted=False)
    check_host(trusted=True)
