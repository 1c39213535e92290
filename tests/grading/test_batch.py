import os
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from qlearn.errors import HostError, SubmissionError
from qlearn.grading.batch import grade_batch
from qlearn.grading.processes import open_process_pool
from qlearn.grading.report import Outcome, SubmissionReport
from qlearn.grading.submission import Submission

STUDENTS = ("ada", "unreadable", "bo", "crash", "cleo")


def engine(submission: Submission) -> SubmissionReport:
    """Grade by name, so that it can travel to another process."""
    if submission.student == "unreadable":
        raise SubmissionError("coin.ipynb is empty")
    if submission.student == "crash":
        raise ZeroDivisionError("division\nby zero")
    if submission.student == "killer":
        os._exit(9)
    if submission.student == "full":
        raise HostError("no space left on the disk")
    return SubmissionReport(submission.student, submission.assignment, Outcome.GRADED)


def submissions(*students: str) -> list[Submission]:
    return [Submission(name, "school-coin", Path(name), ("coin",), f"time of {name}") for name in students]


@pytest.fixture(params=["serial", "threads", "processes"])
def open_executor(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Executor] | None:
    choices: dict[str, Callable[[], Executor] | None] = {
        "serial": None,
        "threads": partial(ThreadPoolExecutor, 2),
        "processes": partial(open_process_pool, 2, tmp_path / "log"),
    }
    return choices[request.param]


def test_broken_submissions_are_reported_and_the_others_graded(open_executor: Callable[[], Executor] | None) -> None:
    seen: list[str] = []
    reports = grade_batch(
        submissions(*STUDENTS),
        engine,
        open_executor=open_executor,
        on_report=lambda report: seen.append(report.student),
    )
    assert [report.student for report in reports] == list(STUDENTS)
    assert [report.outcome.value for report in reports] == ["graded", "broken", "graded", "broken", "graded"]
    assert reports[1].reason == "coin.ipynb is empty"
    assert reports[3].reason == "ZeroDivisionError: division by zero"
    assert sorted(seen) == sorted(STUDENTS)
    assert {report.timestamp for report in reports} == {f"time of {name}" for name in STUDENTS}


def test_a_submission_that_kills_its_worker_loses_its_own_marks_alone(tmp_path: Path) -> None:
    reports = grade_batch(
        submissions("ada", "killer", "bo", "cleo"),
        engine,
        open_executor=partial(open_process_pool, 2, tmp_path / "log"),
    )
    assert {report.student: report.outcome for report in reports} == {
        "ada": Outcome.GRADED,
        "killer": Outcome.BROKEN,
        "bo": Outcome.GRADED,
        "cleo": Outcome.GRADED,
    }
    assert reports[1].reason.startswith("grading it ended the worker process")


def test_a_fault_of_the_host_ends_the_batch_and_blames_nobody(open_executor: Callable[[], Executor] | None) -> None:
    seen: list[SubmissionReport] = []
    with pytest.raises(HostError, match="no space left"):
        grade_batch(submissions("full", "ada"), engine, open_executor=open_executor, on_report=seen.append)
    assert all(report.outcome is Outcome.GRADED for report in seen)


def test_an_empty_batch_ends_at_once() -> None:
    assert grade_batch([], engine) == ()
