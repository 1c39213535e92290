import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gradebook.small_kit import ASSIGNMENT, MISCONCEPTION, answered, put_submitted
from qlearn.errors import CourseError
from qlearn.gradebook.course import Course, open_course
from qlearn.gradebook.exchange import collect, submit_as
from qlearn.gradebook.feedback import FeedbackResult, write_feedback
from qlearn.gradebook.grade import grade_assignment


@pytest.fixture(scope="module")
def given_back(released_course: Course, tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, FeedbackResult]:
    root = tmp_path_factory.mktemp("given-back") / "optics"
    shutil.copytree(released_course.root, root)
    course = open_course(root)
    at = datetime(2026, 3, 2, tzinfo=UTC)
    submit_as(course, "wrong", ASSIGNMENT, {"coin.ipynb": answered(course, "wrong").encode()}, at=at)
    submit_as(course, "cut", ASSIGNMENT, {"coin.ipynb": b"{"}, at=at)
    collect(course, ASSIGNMENT)
    put_submitted(course, "by-mail", answered(course, "right"))
    grade_assignment(course, ASSIGNMENT, jobs=2)
    return course, write_feedback(course, ASSIGNMENT, jobs=2)


def page(course: Course, student: str) -> str:
    return (course.feedback(student, ASSIGNMENT) / "coin.html").read_text(encoding="utf-8")


def test_graded_hand_ins_get_feedback_and_broken_ones_none(given_back: tuple[Course, FeedbackResult]) -> None:
    course, result = given_back
    assert result == FeedbackResult(written=("by-mail", "wrong"), released=("wrong",), failed=())
    assert not course.feedback("cut", ASSIGNMENT).exists()


def test_released_feedback_is_in_the_exchange(given_back: tuple[Course, FeedbackResult]) -> None:
    course, _ = given_back
    (released,) = (course.exchange / "optics" / "feedback").iterdir()
    assert released.read_text(encoding="utf-8") == page(course, "wrong")


def test_feedback_shows_the_mark_and_the_message_and_no_hidden_test(
    given_back: tuple[Course, FeedbackResult],
) -> None:
    text = page(given_back[0], "wrong")
    assert MISCONCEPTION in text
    assert "one coin has more than one side" in text
    for hidden in ("HIDDEN TESTS", "1024", "sides(3) ==", "parity([1, 1, 1])", "three ones are odd"):
        assert hidden not in text


def test_nothing_graded_names_the_next_command(course: Course) -> None:
    with pytest.raises(CourseError, match="nothing of school-coin was graded yet; run: qlearn grade optics"):
        write_feedback(course, ASSIGNMENT)


def test_an_unknown_assignment_is_refused(course: Course, tmp_path: Path) -> None:
    del tmp_path
    with pytest.raises(CourseError, match="no assignment called school-dice"):
        write_feedback(course, "school-dice")
