from __future__ import annotations

from typing import Any

import pytest
from nbgrader.apps import NbGraderAPI

from gradebook.small_kit import ASSIGNMENT
from gradebook.test_late import late, mark_by_hand
from qlearn.gradebook.course import Course, load_config
from qlearn.gradebook.formgrader_scores import show_penalties
from qlearn.gradebook.late import settle_penalties
from qlearn.gradebook.marks import read_marks
from qlearn.gradebook.session import Session

__all__ = ["late"]


@pytest.fixture
def api(late: Course) -> Any:
    (late.root / "policy.toml").write_text("late_percent_per_day = 20\n")
    mark_by_hand(late, "bo")
    settle_penalties(late, ASSIGNMENT)
    show_penalties()
    show_penalties()  # a second time takes nothing off twice
    with (late.root / "nbgrader_config.py").open("a") as config:
        config.write("\nfrom qlearn.gradebook.converter import use_qlearn_grader\nuse_qlearn_grader(c)\n")
    return NbGraderAPI(config=load_config(late.root))


def test_every_table_of_formgrader_shows_the_total_of_the_marks_table(late: Course, api: Any) -> None:
    expected = {row.student.id: row.total for row in read_marks(late, ASSIGNMENT).rows if row.total is not None}
    assert expected == {"ada": 5.0, "bo": pytest.approx(3.3)}
    submissions = {record["student"]: record["score"] for record in api.get_submissions(ASSIGNMENT)}
    assert submissions == {"ada": 5.0, "bo": pytest.approx(3.3)}
    assert {student: api.get_submission(ASSIGNMENT, student)["score"] for student in expected} == submissions
    students = {record["id"]: record["score"] for record in api.get_students()}
    assert (students["ada"], students["bo"], students["dan"]) == (5.0, pytest.approx(3.3), 0.0)
    assert api.get_student("bo")["score"] == pytest.approx(3.3)
    (own,) = [one for one in api.get_student_submissions("bo") if one["name"] == ASSIGNMENT]
    assert own["score"] == pytest.approx(3.3)


def test_who_is_unknown_or_has_handed_in_nothing_stays_so(api: Any) -> None:
    assert api.get_student("nobody") is None
    assert api.get_submission(ASSIGNMENT, "dan")["score"] == 0.0


def test_a_course_that_nbgrader_grades_itself_keeps_its_own_scores(late: Course) -> None:
    show_penalties()
    (late.root / "policy.toml").write_text("late_percent_per_day = 20\n")
    settle_penalties(late, ASSIGNMENT)
    assert [record["score"] for record in Session(late).api.get_submissions(ASSIGNMENT)] == [5.0, 1.5]
