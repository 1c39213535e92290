from datetime import UTC, datetime, timedelta

from gradebook.small_kit import ASSIGNMENT
from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import release
from qlearn.gradebook.history import GradedAttempt, History, note_graded, note_release, read_history
from qlearn.grading.report import Outcome, QuestionReport, SubmissionReport

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def graded(student: str, hours: float, points: float | None) -> SubmissionReport:
    stamp = (START + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    questions = (QuestionReport("coin", "test_sides", points, 2.0),)
    return SubmissionReport(student, ASSIGNMENT, Outcome.GRADED, questions=questions, timestamp=stamp)


def attempt(student: str, hours: float, points: float) -> GradedAttempt:
    return GradedAttempt(student, START + timedelta(hours=hours), {("coin", "test_sides"): points})


def test_the_first_release_counts(course: Course) -> None:
    first = read_history(course, ASSIGNMENT).released
    assert first is not None
    release(course, ASSIGNMENT)
    note_release(course, ASSIGNMENT)
    assert read_history(course, ASSIGNMENT).released == first


def test_each_attempt_is_kept_and_of_one_graded_twice_the_last_marks(course: Course) -> None:
    for report in (graded("ada", 1, 0.0), graded("ada", 5, 2.0), graded("ada", 1, 1.0), graded("bo", 2, None)):
        note_graded(course, report)
    assert list(read_history(course, ASSIGNMENT).attempts) == [
        attempt("ada", 1, 1.0),
        attempt("ada", 5, 2.0),
        GradedAttempt("bo", START + timedelta(hours=2), {}),
    ]


def test_what_came_without_a_time_or_broke_is_not_kept(course: Course) -> None:
    note_graded(course, SubmissionReport("ada", ASSIGNMENT, Outcome.BROKEN, timestamp=graded("ada", 1, 0.0).timestamp))
    note_graded(course, SubmissionReport("bo", ASSIGNMENT, Outcome.GRADED, questions=graded("bo", 1, 2.0).questions))
    assert read_history(course, ASSIGNMENT).attempts == ()


def test_a_torn_line_costs_itself_alone(course: Course) -> None:
    note_graded(course, graded("ada", 1, 2.0))
    path = course.reports / f".{ASSIGNMENT}.history"
    path.write_text(path.read_text() + '{"student": "bo", "hand\n[]\n{"student": 3}\n')
    note_graded(course, graded("cleo", 1, 2.0))
    assert [one.student for one in read_history(course, ASSIGNMENT).attempts] == ["ada", "cleo"]


def test_time_to_right_is_from_the_release_to_each_students_first_right_attempt() -> None:
    history = History(
        START, (attempt("ada", 5, 2.0), attempt("ada", 3, 2.0), attempt("ada", 1, 0.0), attempt("bo", 7, 1.5))
    )
    assert history.hours_to_right("coin", "test_sides", 2.0) == [3.0]
    assert History(None, history.attempts).hours_to_right("coin", "test_sides", 2.0) == []
