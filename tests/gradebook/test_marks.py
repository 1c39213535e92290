"""A class that was graded by a stand-in for the engine, so that these tests start no kernel."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from gradebook.graders import PAGE
from gradebook.small_kit import ASSIGNMENT, answered
from qlearn.errors import CourseError, SubmissionError
from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import collect, release, submit_as
from qlearn.gradebook.grade import grade_assignment
from qlearn.gradebook.marks import MarksRow, MarksTable, MarkState, Standing, read_all_marks, read_marks
from qlearn.gradebook.new_course import Kit, new_course
from qlearn.gradebook.roster import Student, write_roster
from qlearn.gradebook.session import Session
from qlearn.grading.graded import GradedNotebook, GradedSubmission
from qlearn.grading.report import Outcome, QuestionReport, SubmissionReport
from qlearn.grading.worker import GradingTask

DUE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POINTS = {"ada": (2.0, 3.0), "bo": (0.0, 1.5), "cleo": (0.0, 0.0)}
STUDENTS = (
    Student("ada", "Ada Kim", "school"),
    Student("bo", "Bo Lee", "school"),
    Student("dan", "Dan Park", "school"),
    Student("gus", "Gus Choi", "graduate"),
)


def stand_in(task: GradingTask) -> GradedSubmission:
    """Give the points of `POINTS`, and break on anyone else."""
    student = task.hand_in.student
    if student not in POINTS:
        raise SubmissionError("coin.ipynb is empty")
    scores = dict(zip(("test_sides", "test_parity"), POINTS[student], strict=True))
    questions = tuple(
        QuestionReport("coin", name, score, 2.0, misconception="" if score else "one-sided-coin")
        for name, score in scores.items()
    )
    notebook = GradedNotebook("coin", PAGE, scores | {"explain_parity": None})
    return GradedSubmission(SubmissionReport(student, ASSIGNMENT, Outcome.GRADED, questions=questions), (notebook,))


def hand_in(course: Course, student: str, *, hours: float) -> None:
    work = {"coin.ipynb": answered(course, "right").encode()}
    submit_as(course, student, ASSIGNMENT, work, at=DUE + timedelta(hours=hours))


def grade(course: Course) -> None:
    collect(course, ASSIGNMENT, check_owner=False)
    grade_assignment(course, ASSIGNMENT, engine=stand_in, open_executor=partial(ThreadPoolExecutor, 1))


def row(table: MarksTable, student: str) -> MarksRow:
    return next(found for found in table.rows if found.student.id == student)


@pytest.fixture
def marked(course: Course) -> Course:
    release(course, ASSIGNMENT, due=DUE)
    write_roster(course, STUDENTS)
    for student, hours in (("ada", -2), ("bo", 26), ("cleo", -1), ("eve", -3)):
        hand_in(course, student, hours=hours)
    grade(course)
    return course


def test_each_student_has_a_row_and_each_question_a_column_in_the_notebooks_order(marked: Course) -> None:
    table = read_marks(marked, ASSIGNMENT)
    assert [(question.grade_id, question.max_points, question.by_hand) for question in table.questions] == [
        ("test_sides", 2.0, False),
        ("test_parity", 3.0, False),
        ("explain_parity", 4.0, True),
    ]
    assert [question.label for question in table.questions] == ["sides", "parity", "explain parity"]
    assert {found.student.id: found.standing for found in table.rows} == {
        "ada": Standing.GRADED,
        "bo": Standing.GRADED,
        "cleo": Standing.GRADED,
        "dan": Standing.MISSING,  # on the roster of this track; gus is on another
        "eve": Standing.BROKEN,
    }
    assert (table.max_points, table.automatic_points) == (9.0, 5.0)


def test_a_hand_mark_that_is_outstanding_is_pending_not_zero(marked: Course) -> None:
    found = row(read_marks(marked, ASSIGNMENT), "ada")
    assert [(mark.state, mark.points) for mark in found.marks] == [
        (MarkState.MARKED, 2.0),
        (MarkState.MARKED, 3.0),
        (MarkState.PENDING, None),
    ]
    assert (found.total, found.is_complete) == (5.0, False)


@pytest.mark.parametrize("student", ["dan", "eve"])
def test_who_has_no_marks_has_no_zero_either(marked: Course, student: str) -> None:
    found = row(read_marks(marked, ASSIGNMENT), student)
    assert found.total is None
    assert {(mark.state, mark.points) for mark in found.marks} == {(MarkState.NONE, None)}


def test_a_broken_hand_in_says_why(marked: Course) -> None:
    assert row(read_marks(marked, ASSIGNMENT), "eve").reason == "coin.ipynb is empty"


def test_means_are_over_those_who_have_marks(marked: Course) -> None:
    table = read_marks(marked, ASSIGNMENT)
    assert table.automatic_mean == pytest.approx((5.0 + 1.5 + 0.0) / 3)
    assert table.question_mean(1) == pytest.approx(1.5)
    assert table.question_mean(2) is None  # all are pending


def test_misconceptions_are_counted_by_student_not_by_question(marked: Course) -> None:
    assert read_marks(marked, ASSIGNMENT).misconceptions() == [("one-sided-coin", 2)]


def test_lateness_is_shown_with_an_extension_taken_off(marked: Course) -> None:
    assert row(read_marks(marked, ASSIGNMENT), "bo").late_seconds == 26 * 3600
    assert row(read_marks(marked, ASSIGNMENT), "ada").late_seconds == 0
    with Session(marked).gradebook() as gradebook:
        gradebook.find_submission(ASSIGNMENT, "bo").extension = timedelta(hours=20)
        gradebook.db.commit()
    assert row(read_marks(marked, ASSIGNMENT), "bo").late_seconds == 6 * 3600


def test_hand_marks_count_and_show_for_review_after_another_grading(marked: Course) -> None:
    with Session(marked).gradebook() as gradebook:
        grade_entry = gradebook.find_grade("explain_parity", "coin", ASSIGNMENT, "ada")
        grade_entry.manual_score, grade_entry.needs_manual_grade = 3.5, False
        gradebook.db.commit()
    found = row(read_marks(marked, ASSIGNMENT), "ada")
    assert (found.total, found.is_complete) == (8.5, True)
    grade(marked)
    found = row(read_marks(marked, ASSIGNMENT), "ada")
    assert (found.total, found.marks[2].state) == (8.5, MarkState.REVIEW)


def test_a_newer_hand_in_is_not_taken_for_graded(marked: Course) -> None:
    hand_in(marked, "ada", hours=-0.5)
    collect(marked, ASSIGNMENT, check_owner=False)
    found = row(read_marks(marked, ASSIGNMENT), "ada")
    assert (found.standing, found.total) == (Standing.NOT_GRADED, None)


def test_a_broken_hand_in_that_was_replaced_is_not_called_broken(marked: Course) -> None:
    hand_in(marked, "eve", hours=-0.5)
    collect(marked, ASSIGNMENT, check_owner=False)
    assert row(read_marks(marked, ASSIGNMENT), "eve").standing is Standing.NOT_GRADED


def test_what_formgrader_graded_shows_without_a_report(marked: Course) -> None:
    (marked.reports / f"{ASSIGNMENT}.json").unlink()
    found = row(read_marks(marked, ASSIGNMENT), "ada")
    assert (found.standing, found.total) == (Standing.GRADED, 5.0)


def test_marks_of_all_assignments_are_those_that_were_released(marked: Course, kit: Kit, tmp_path: Path) -> None:
    assert [table.assignment for table in read_all_marks(marked)] == [ASSIGNMENT]
    fresh = new_course(tmp_path / "fresh", kit)
    with pytest.raises(CourseError, match=r"no assignment of .* was released yet; run: qlearn course release"):
        read_all_marks(fresh)
    with pytest.raises(CourseError, match="school-coin was not released yet, so it has no marks"):
        read_marks(fresh, ASSIGNMENT)


def test_the_table_follows_the_courses_rules_for_late_work_as_they_are_now(marked: Course) -> None:
    (marked.root / "policy.toml").write_text("late_percent_per_day = 20\n")
    found = row(read_marks(marked, ASSIGNMENT), "bo")
    assert (found.late_seconds, found.penalty, found.total) == (26 * 3600, pytest.approx(0.6), pytest.approx(0.9))
    (marked.root / "policy.toml").write_text(f"late_percent_per_day = 20\n[extensions.{ASSIGNMENT}]\nbo = 2026-03-09\n")
    found = row(read_marks(marked, ASSIGNMENT), "bo")
    assert (found.late_seconds, found.penalty, found.total) == (0.0, 0.0, 1.5)
