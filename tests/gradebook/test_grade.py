"""One graded class of hand-ins that go wrong in different ways; each test looks at a part of what came of it."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from gradebook.graders import grade_by_text
from gradebook.small_kit import ASSIGNMENT, MISCONCEPTION, answered, put_submitted
from qlearn.errors import CourseError, HostError
from qlearn.gradebook.course import Course, open_course
from qlearn.gradebook.exchange import collect, submit_as
from qlearn.gradebook.grade import collected_submissions, default_jobs, grade_assignment
from qlearn.gradebook.new_course import Kit, new_course
from qlearn.gradebook.reports import read_report
from qlearn.gradebook.session import Session
from qlearn.grading import worker
from qlearn.grading.graded import GradedSubmission
from qlearn.grading.report import AssignmentReport, Outcome, SubmissionReport
from qlearn.grading.worker import GradingTask

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
    put_submitted(course, "forger", forged(answered(course, "wrong")))
    put_submitted(course, "shortened", answered(course, "right", without="test_sides"))
    return course, grade_assignment(course, ASSIGNMENT, jobs=2)


def forged(text: str) -> str:
    """Turn every role, number of points and test in a hand-in to the student's advantage."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        cell["metadata"]["nbgrader"] |= {"points": 100, "grade": True, "solution": False, "locked": False}
        if cell["metadata"]["nbgrader"]["grade_id"].startswith("test"):
            cell["source"] = "100"
    return json.dumps(notebook)


def quickly(course: Course, **options: Any) -> AssignmentReport:
    """Grade with a stand-in for the grader, in a thread."""
    options = {"engine": grade_by_text} | options
    return grade_assignment(course, ASSIGNMENT, open_executor=partial(ThreadPoolExecutor, 1), **options)


def entry(graded: tuple[Course, AssignmentReport], student: str) -> SubmissionReport:
    return next(found for found in graded[1].submissions if found.student == student)


def points(report: SubmissionReport) -> dict[str, float | None]:
    return {question.grade_id: question.points for question in report.questions}


def test_every_submission_ends_in_one_of_three_ways(graded: tuple[Course, AssignmentReport]) -> None:
    assert {report.student: report.outcome.value for report in graded[1].submissions} == {
        "right": "graded",
        "wrong": "graded",
        "blank": "graded",
        "warns": "graded",
        "loops": "needs attention",
        "dies": "needs attention",
        "renamed": "needs attention",
        "shortened": "needs attention",
        "forger": "needs attention",
        "cut": "broken",
        "empty": "broken",
    }


def test_a_right_answer_gets_every_automatic_point_and_waits_for_its_hand_mark(
    graded: tuple[Course, AssignmentReport],
) -> None:
    assert points(entry(graded, "right")) == FULL | {"explain_parity": None}


@pytest.mark.parametrize("student", ["warns", "renamed", "shortened"])
def test_deserved_points_survive_a_warning_a_new_name_and_a_deleted_test(
    graded: tuple[Course, AssignmentReport], student: str
) -> None:
    assert points(entry(graded, student)) == FULL | {"explain_parity": None}


@pytest.mark.parametrize(("student", "parity"), [("loops", 3.0), ("dies", 0.0)])
def test_an_answer_that_ends_its_process_costs_its_own_question_alone(
    graded: tuple[Course, AssignmentReport], student: str, parity: float
) -> None:
    assert points(entry(graded, student)) == {"test_sides": 0.0, "test_parity": parity, "explain_parity": None}


def test_roles_points_and_tests_are_the_gradebooks_whatever_a_hand_in_says(
    graded: tuple[Course, AssignmentReport],
) -> None:
    assert points(entry(graded, "forger")) == {"test_sides": 0.0, "test_parity": 0.0, "explain_parity": None}
    assert {question.grade_id: question.max_points for question in entry(graded, "forger").questions} == {
        "test_sides": 2.0,
        "test_parity": 3.0,
        "explain_parity": 4.0,
    }
    with Session(graded[0]).gradebook() as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, "forger")
        assert (submission.score, submission.max_score) == (0.0, 9.0)


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
        ("renamed", "coin.ipynb was handed in as 코인.ipynb"),
        ("dies", "the cell sides ended its process"),
        ("loops", "the cell sides ended its process: This ran for more than 5 seconds"),
        ("shortened", "the test test_sides was deleted"),
    ],
)
def test_the_reason_is_one_line_that_says_what_to_look_at(
    graded: tuple[Course, AssignmentReport], student: str, reason: str
) -> None:
    assert reason in entry(graded, student).reason
    assert "\n" not in entry(graded, student).reason


@pytest.mark.parametrize("student", ["cut", "empty"])
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


def test_the_report_stays_in_the_course(graded: tuple[Course, AssignmentReport]) -> None:
    assert read_report(graded[0], ASSIGNMENT) == graded[1]
    assert sorted(path.name for path in graded[0].reports.iterdir()) == [
        f".{ASSIGNMENT}.calibration",
        f".{ASSIGNMENT}.history",
        f"{ASSIGNMENT}.json",
    ]


def test_only_a_change_that_matters_is_told_and_not_the_released_cells(graded: tuple[Course, AssignmentReport]) -> None:
    assert entry(graded, "right").reason == ""
    assert "checksum" not in "".join(report.reason for report in graded[1].submissions)


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


def test_one_students_work_is_graded_alone_and_the_others_reports_stay(two_hand_ins: Course) -> None:
    first = quickly(two_hand_ins)
    put_submitted(two_hand_ins, "ada", answered(two_hand_ins, "wrong"))
    put_submitted(two_hand_ins, "bo", b"")
    again = quickly(two_hand_ins, students=["ada"])
    assert [report.outcome for report in again.submissions] == [Outcome.GRADED, Outcome.GRADED]
    assert again.submissions[0] != first.submissions[0]
    assert again.submissions[1] == first.submissions[1]


def test_a_student_without_work_is_named(two_hand_ins: Course) -> None:
    with pytest.raises(
        CourseError, match=r"no work of zoe on school-coin was collected yet; run: qlearn course collect"
    ):
        quickly(two_hand_ins, students=["ada", "zoe"])


def test_a_resubmission_with_the_same_time_counts(two_hand_ins: Course) -> None:
    quickly(two_hand_ins)
    put_submitted(two_hand_ins, "bo", answered(two_hand_ins, "right"))
    assert points(quickly(two_hand_ins).submissions[1])["test_parity"] == 3.0


def test_a_file_that_belongs_to_nobody_stops_nobody(two_hand_ins: Course) -> None:
    put_submitted(two_hand_ins, "x\ny", answered(two_hand_ins, "right"))
    found = {report.student: report for report in quickly(two_hand_ins).submissions}
    assert found["x\ny"].outcome is Outcome.BROKEN
    assert "cannot be a student's id" in found["x\ny"].reason
    assert found["ada"].outcome is Outcome.GRADED


def test_what_the_teacher_should_know_is_told_before_grading(two_hand_ins: Course) -> None:
    path = two_hand_ins.source / ASSIGNMENT / "coin.ipynb"
    path.write_text(path.read_text().replace("ten coins fall", "10 coins fall"))
    told: list[str] = []
    quickly(two_hand_ins, tell=told.append, trust=True)
    assert told[0].startswith("students' code runs without a sandbox (--trust-submissions)")
    assert told[1:] == ["test_sides was changed after the release; release again to use the new text"]


def test_a_machine_that_cannot_hold_strangers_code_refuses_before_it_grades(
    two_hand_ins: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(trusted: bool) -> None:
        if not trusted:
            raise HostError("this kernel offers neither Landlock nor namespaces")

    monkeypatch.setattr(worker, "check_host", refuse)
    with pytest.raises(HostError, match="neither Landlock nor"):
        grade_assignment(two_hand_ins, ASSIGNMENT)
    assert not two_hand_ins.autograded("ada", ASSIGNMENT).exists()
    report = grade_assignment(two_hand_ins, ASSIGNMENT, trust=True, jobs=1)
    assert report.count(Outcome.GRADED) == 2


def test_windows_needs_the_teachers_trust_and_grades_with_nbgrader(
    two_hand_ins: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "fork")
    with pytest.raises(HostError, match="students' code can be confined on Linux alone"):
        grade_assignment(two_hand_ins, ASSIGNMENT)
    report = grade_assignment(two_hand_ins, ASSIGNMENT, trust=True, jobs=2)
    assert [points(found)["test_parity"] for found in report.submissions] == [3.0, 0.0]
    assert "---- optics ada" in (two_hand_ins.logs / f"grade-{ASSIGNMENT}.log").read_text()


def _full_disk(task: GradingTask) -> GradedSubmission:
    if task.hand_in.student == "bo":
        raise HostError("no space left on the disk")
    return grade_by_text(task)


def test_what_was_finished_before_the_disk_was_full_is_reported_and_not_done_again(two_hand_ins: Course) -> None:
    with pytest.raises(HostError, match="no space left"):
        quickly(two_hand_ins, engine=_full_disk)
    report = read_report(two_hand_ins, ASSIGNMENT)
    assert report is not None
    assert [found.student for found in report.submissions] == ["ada"]
    told: list[str] = []
    quickly(two_hand_ins, tell=told.append)
    assert told == ["going on with a run that was stopped after 1 submissions"]


def test_a_report_that_cannot_be_written_leaves_the_earlier_one(
    two_hand_ins: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    quickly(two_hand_ins)
    before = (two_hand_ins.reports / f"{ASSIGNMENT}.json").read_text()

    def no_space(_: int) -> Iterator[None]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space left"):
        quickly(two_hand_ins)
    assert (two_hand_ins.reports / f"{ASSIGNMENT}.json").read_text() == before
    assert [path.name for path in two_hand_ins.reports.glob(".*json-*")] == []


def test_half_a_surrogate_pair_in_a_message_stops_no_report(two_hand_ins: Course) -> None:
    def odd(task: GradingTask) -> GradedSubmission:
        graded = grade_by_text(task)
        return replace(graded, report=replace(graded.report, reason="\udc80"))

    assert quickly(two_hand_ins, engine=odd) == read_report(two_hand_ins, ASSIGNMENT)


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
