import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from qlearn.errors import HostError, SubmissionError
from qlearn.grading.batch import grade_batch
from qlearn.grading.graded import GradedSubmission
from qlearn.grading.processes import open_process_pool
from qlearn.grading.report import Outcome, SubmissionReport
from qlearn.grading.submission import Submission

STUDENTS = ("ada", "unreadable", "bo", "crash", "gone", "link", "cleo")


def engine(student: str) -> GradedSubmission:
    """Grade by name, so that it can travel to another process."""
    if student == "unreadable":
        raise SubmissionError("coin.ipynb is empty")
    if student == "crash":
        raise ZeroDivisionError("division\nby zero")
    if student == "killer":
        os._exit(9)
    if student == "full":
        raise HostError("no space left on the disk")
    return GradedSubmission(SubmissionReport(student, "school-coin", Outcome.GRADED))


def load(submission: Submission) -> str:
    """Read a hand-in: here its name alone."""
    if submission.student == "gone":
        raise FileNotFoundError(2, "No such file or directory")
    if submission.student == "link":
        raise SubmissionError("the submission is a link")
    return submission.student


def submissions(*students: str) -> list[Submission]:
    return [Submission(name, "school-coin", Path(name), ("coin",), f"time of {name}") for name in students]


class Seen:
    """Collects what a batch hands over."""

    def __init__(self) -> None:
        self.reports: dict[str, SubmissionReport] = {}

    def __call__(self, task: str | None, graded: GradedSubmission) -> None:
        assert task in (None, graded.report.student)
        assert graded.report.student not in self.reports
        self.reports[graded.report.student] = graded.report


@pytest.fixture(params=["serial", "threads", "processes"])
def open_executor(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Executor] | None:
    choices: dict[str, Callable[[], Executor] | None] = {
        "serial": None,
        "threads": partial(ThreadPoolExecutor, 2),
        "processes": partial(open_process_pool, 2, tmp_path / "log"),
    }
    return choices[request.param]


def test_broken_submissions_are_reported_and_the_others_graded(open_executor: Callable[[], Executor] | None) -> None:
    seen = Seen()
    grade_batch(submissions(*STUDENTS), engine, load=load, on_graded=seen, open_executor=open_executor)
    assert {name: report.outcome.value for name, report in seen.reports.items()} == {
        "ada": "graded",
        "unreadable": "broken",
        "bo": "graded",
        "crash": "broken",
        "gone": "broken",
        "link": "broken",
        "cleo": "graded",
    }
    assert seen.reports["unreadable"].reason == "coin.ipynb is empty"
    assert seen.reports["crash"].reason == "ZeroDivisionError: division by zero"
    assert seen.reports["gone"].reason == "it cannot be read: No such file or directory"
    assert seen.reports["link"].reason == "the submission is a link"
    assert {report.timestamp for report in seen.reports.values()} == {f"time of {name}" for name in STUDENTS}


def test_a_submission_that_kills_its_worker_loses_its_own_marks_alone(tmp_path: Path) -> None:
    seen = Seen()
    grade_batch(
        submissions("ada", "killer", "bo", "cleo", "dan", "eve", "finn", "gus"),
        engine,
        load=load,
        on_graded=seen,
        open_executor=partial(open_process_pool, 2, tmp_path / "log"),
    )
    assert {name for name, report in seen.reports.items() if report.outcome is Outcome.BROKEN} == {"killer"}
    assert len(seen.reports) == 8
    assert seen.reports["killer"].reason.startswith("grading it ended the worker process")


def test_a_fault_of_the_host_ends_the_batch_and_blames_nobody(open_executor: Callable[[], Executor] | None) -> None:
    seen = Seen()
    with pytest.raises(HostError, match="no space left"):
        grade_batch(submissions("full", "ada"), engine, load=load, on_graded=seen, open_executor=open_executor)
    assert all(report.outcome is Outcome.GRADED for report in seen.reports.values())


def test_no_more_than_a_window_is_read_ahead() -> None:
    begun, finished, most = 0, 0, 0

    def stream() -> Iterator[Submission]:
        nonlocal begun, most
        for submission in submissions(*(f"s{number}" for number in range(100))):
            begun += 1
            most = max(most, begun - finished)
            yield submission

    def count(task: str | None, graded: GradedSubmission) -> None:
        nonlocal finished
        del task, graded
        finished += 1

    grade_batch(stream(), engine, load=load, on_graded=count, open_executor=partial(ThreadPoolExecutor, 2), window=6)
    assert (finished, most) == (100, 6)


def test_a_student_whose_folder_has_no_readable_name_can_still_be_named() -> None:
    seen = Seen()

    def refuse(_: Submission) -> str:
        raise SubmissionError("its name is no text")

    grade_batch(submissions("\udcff"), engine, load=refuse, on_graded=seen)
    assert list(seen.reports) == ["\\udcff"]


def test_an_empty_batch_ends_at_once() -> None:
    seen = Seen()
    grade_batch([], engine, load=load, on_graded=seen)
    assert seen.reports == {}
