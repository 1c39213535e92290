"""One graded class of hand-ins that go wrong in different ways; each test looks at a part of what came of it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from gradebook.small_kit import ASSIGNMENT, MISCONCEPTION, answered, put_submitted
from qlearn.errors import CourseError, HostError
from qlearn.gradebook.course import Course, open_course
from qlearn.gradebook.exchange import collect, submit_as
from qlearn.gradebook.grade import collected_submissions, default_jobs, grade_assignment, read_report
from qlearn.gradebook.new_course import Kit, new_course
from qlearn.gradebook.session import Session
from qlearn.grading.report import AssignmentReport, Outcome, SubmissionReport
from qlearn.grading.submission import Submission

FULL = {"test_sides": 2.0, "test_parity": 3.0}


@pytest.fixture(scope="module")
def graded(released_course: Course, tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, AssignmentReport]:
    root = tmp_path_factory.mktemp("graded") / "optics"
    shutil.copytree(released_course.root, root)
    course = open_course(root)
    released = (course.released(ASSIGNMENT) / "coin.ipynb").read_text()
    for answer in ("right", "wrong", "dies", "loops", "warns"):
        put_submitted(course, answer, answered(course, answer))
    put_submitted(course, "blank", released)
    put_submitted(course, "cut", released[:700])
    put_submitted(course, "empty", b"")
    put_submitted(course, "renamed", answered(course, "right"), name="코인.ipynb")
    put_submitted(course, "shortened", answered(course, "right", without="test_sides"))
    return course, grade_assignment(course, ASSIGNMENT, jobs=2)


def entry(graded: tuple[Course, AssignmentReport], student: str) -> SubmissionReport:
    return next(found for found in graded[1].submissions if found.student == student)


def points(report: SubmissionReport) -> dict[str, float | None]:
    return {question.grade_id: question.points for question in report.questions}


def test_every_submission_ends_in_one_of_three_ways(graded: tuple[Course, AssignmentReport]) -> None:
    assert {report.student: report.outcome.value for report in graded[1].submissions} == {
        "right": "graded",
        "wrong": "graded",
        "blank": "graded",
        "warns": "needs attention",
        "loops": "needs attention",
        "shortened": "needs attention",
        "dies": "broken",
        "cut": "broken",
        "empty": "broken",
        "renamed": "broken",
    }


def test_a_right_answer_gets_every_automatic_point_and_waits_for_its_hand_mark(
    graded: tuple[Course, AssignmentReport],
) -> None:
    assert points(entry(graded, "right")) == FULL | {"explain_parity": None}


def test_a_wrong_answer_carries_message_and_misconception(graded: tuple[Course, AssignmentReport]) -> None:
    found = {question.grade_id: question for question in entry(graded, "wrong").questions}
    assert (found["test_sides"].points, found["test_sides"].misconception) == (0.0, "one-sided-coin")
    assert found["test_sides"].message == MISCONCEPTION
    assert (found["test_parity"].points, found["test_parity"].misconception) == (0.0, "")
    assert found["test_parity"].message.startswith("TypeError: 'NoneType' object is not callable")


@pytest.mark.parametrize(
    ("student", "reason"),
    [
        ("cut", "coin.ipynb cannot be read as a notebook"),
        ("empty", "coin.ipynb is empty"),
        ("renamed", "coin.ipynb is not in the hand-in, which holds 코인.ipynb"),
        ("dies", "nbgrader gave up on it: DeadKernelError: Kernel died"),
        ("loops", "sides ran out of time and was stopped"),
        ("warns", "test_sides failed only because text was written to stderr"),
        ("shortened", "the cell test_sides is gone from the notebook; it waits for a mark"),
    ],
)
def test_the_reason_is_one_line_that_says_what_to_look_at(
    graded: tuple[Course, AssignmentReport], student: str, reason: str
) -> None:
    assert reason in entry(graded, student).reason
    assert "\n" not in entry(graded, student).reason


@pytest.mark.parametrize("student", ["cut", "empty", "renamed", "dies"])
def test_a_broken_submission_is_no_graded_zero_in_nbgraders_database(
    graded: tuple[Course, AssignmentReport], student: str
) -> None:
    course, _ = graded
    assert entry(graded, student).questions == ()
    assert not course.autograded(student, ASSIGNMENT).exists()
    with Session(course).gradebook() as gradebook:
        found = [one for one in gradebook.find_assignment(ASSIGNMENT).submissions if one.student_id == student]
        grades = [grade for one in found for notebook in one.notebooks for grade in notebook.grades]
        assert all(grade.auto_score is None and grade.needs_manual_grade for grade in grades)


def test_a_question_whose_test_was_deleted_waits_for_a_mark(graded: tuple[Course, AssignmentReport]) -> None:
    assert points(entry(graded, "shortened")) == {"test_sides": None, "test_parity": 3.0, "explain_parity": None}
    with Session(graded[0]).gradebook() as gradebook:
        grade = gradebook.find_grade("test_sides", "coin", ASSIGNMENT, "shortened")
        assert grade.needs_manual_grade


def test_the_report_stays_in_the_course(graded: tuple[Course, AssignmentReport]) -> None:
    assert read_report(graded[0], ASSIGNMENT) == graded[1]
    assert [path.name for path in graded[0].reports.iterdir()] == [f"{ASSIGNMENT}.json"]


def test_what_nbgrader_said_is_in_the_courses_log(graded: tuple[Course, AssignmentReport]) -> None:
    log = (graded[0].logs / f"grade-{ASSIGNMENT}.log").read_text()
    assert "---- optics dies" in log
    assert "DeadKernelError" in log


@pytest.fixture
def two_hand_ins(course: Course) -> Course:
    for student in ("ada", "bo"):
        work = answered(course, "right" if student == "ada" else "wrong").encode()
        submit_as(course, student, ASSIGNMENT, {"coin.ipynb": work}, at=datetime(2026, 3, 2, tzinfo=UTC))
    collect(course, ASSIGNMENT)
    return course


def test_grading_again_gives_the_same_marks_and_keeps_hand_marks(two_hand_ins: Course) -> None:
    first = grade_assignment(two_hand_ins, ASSIGNMENT, jobs=1)
    with Session(two_hand_ins).gradebook() as gradebook:
        grade = gradebook.find_grade("explain_parity", "coin", ASSIGNMENT, "ada")
        grade.manual_score, grade.needs_manual_grade = 3.5, False
        gradebook.db.commit()
    again = grade_assignment(two_hand_ins, ASSIGNMENT, jobs=2)
    assert [points(report) for report in again.submissions] == [points(report) for report in first.submissions]
    with Session(two_hand_ins).gradebook() as gradebook:
        assert gradebook.find_grade("explain_parity", "coin", ASSIGNMENT, "ada").score == 3.5


def test_a_start_up_file_in_the_users_ipython_folder_does_not_run(
    two_hand_ins: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("import os; os._exit(7)")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    assert grade_assignment(two_hand_ins, ASSIGNMENT, jobs=2).count(Outcome.GRADED) == 2


def _full_disk(submission: Submission) -> SubmissionReport:
    if submission.student == "bo":
        raise HostError("no space left on the disk")
    return SubmissionReport(submission.student, submission.assignment, Outcome.GRADED, timestamp=submission.timestamp)


def test_what_was_finished_before_the_disk_was_full_is_reported(two_hand_ins: Course) -> None:
    with pytest.raises(HostError, match="no space left"):
        grade_assignment(two_hand_ins, ASSIGNMENT, engine=_full_disk, open_executor=partial(ThreadPoolExecutor, 1))
    report = read_report(two_hand_ins, ASSIGNMENT)
    assert report is not None
    assert [found.student for found in report.submissions] == ["ada"]


def test_a_report_that_cannot_be_written_leaves_the_earlier_one(
    two_hand_ins: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    def grade() -> None:
        grade_assignment(two_hand_ins, ASSIGNMENT, engine=_grade_all, open_executor=partial(ThreadPoolExecutor, 1))

    grade()
    before = (two_hand_ins.reports / f"{ASSIGNMENT}.json").read_text()

    def no_space(_: int) -> Iterator[None]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space left"):
        grade()
    assert [path.read_text() for path in two_hand_ins.reports.iterdir()] == [before]


def _grade_all(submission: Submission) -> SubmissionReport:
    return SubmissionReport(submission.student, submission.assignment, Outcome.GRADED)


def test_a_damaged_report_says_what_to_do(course: Course) -> None:
    (course.reports / f"{ASSIGNMENT}.json").write_text('{"assignment": 3')
    with pytest.raises(CourseError, match=r"school-coin\.json is damaged .*; delete it and grade school-coin again"):
        read_report(course, ASSIGNMENT)


def test_nothing_collected_and_nothing_released_each_name_the_next_command(course: Course, kit: Kit) -> None:
    with pytest.raises(CourseError, match=r"nobody's work on school-coin .* qlearn course collect optics school-coin"):
        collected_submissions(course, ASSIGNMENT)
    fresh = new_course(course.root.parent / "fresh", kit)
    with pytest.raises(CourseError, match=r"was not released yet, .* qlearn course release fresh school-coin"):
        collected_submissions(fresh, ASSIGNMENT)


def test_there_is_at_least_one_job() -> None:
    assert 1 <= default_jobs() <= 8
