from __future__ import annotations

from datetime import timedelta

import pytest

from cli.course_commands import run
from gradebook.small_kit import ASSIGNMENT
from gradebook.test_marks import DUE, STUDENTS, grade, hand_in
from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import release
from qlearn.gradebook.late import settle_penalties
from qlearn.gradebook.marks import read_marks
from qlearn.gradebook.roster import write_roster
from qlearn.gradebook.session import Session


@pytest.fixture
def late(course: Course) -> Course:
    """Ada is in time with 5 points, bo a day and two hours late with 1.5."""
    release(course, ASSIGNMENT, due=DUE)
    write_roster(course, STUDENTS)
    hand_in(course, "ada", hours=-2)
    hand_in(course, "bo", hours=26)
    grade(course)
    return course


def penalty(course: Course, student: str) -> float | None:
    with Session(course).gradebook() as gradebook:
        found: float | None = gradebook.find_submission(ASSIGNMENT, student).notebooks[0].late_submission_penalty
        return found


def mark_by_hand(course: Course, student: str) -> None:
    with Session(course).gradebook() as gradebook:
        entry = gradebook.find_grade("explain_parity", "coin", ASSIGNMENT, student)
        entry.manual_score, entry.needs_manual_grade = 4.0, False
        gradebook.db.commit()


def test_changed_rules_reach_the_gradebook_and_a_second_time_changes_nothing(late: Course) -> None:
    (late.root / "policy.toml").write_text("late_percent_per_day = 20\n")
    assert settle_penalties(late, ASSIGNMENT) == ["bo"]
    assert penalty(late, "bo") == pytest.approx(0.6)
    assert settle_penalties(late, ASSIGNMENT) == []
    (late.root / "policy.toml").write_text("")
    assert settle_penalties(late, ASSIGNMENT) == ["bo"]
    assert penalty(late, "bo") is None


def test_a_mark_by_hand_moves_the_penalty_as_the_marks_table_has_it(late: Course) -> None:
    (late.root / "policy.toml").write_text("late_percent_per_day = 20\n")
    mark_by_hand(late, "bo")
    settle_penalties(late, ASSIGNMENT)
    row = next(row for row in read_marks(late, ASSIGNMENT).rows if row.student.id == "bo")
    assert penalty(late, "bo") == pytest.approx(row.penalty) == pytest.approx(2.2)
    assert row.total == pytest.approx(3.3)


def test_an_extension_is_nbgraders_own_too(late: Course) -> None:
    (late.root / "policy.toml").write_text(f"late_percent_per_day = 20\n[extensions.{ASSIGNMENT}]\nbo = 2026-03-04\n")
    settle_penalties(late, ASSIGNMENT)
    with Session(late).gradebook() as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "bo").extension > timedelta(hours=26)
    assert penalty(late, "bo") is None


def test_the_command_says_the_rules_and_what_they_changed(late: Course, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("course", "policy", late.root) == 0
    said = capsys.readouterr().out
    assert said == "The attempt that counts: latest in time\nLateness is shown and takes nothing off\n"
    (late.root / "policy.toml").write_text(
        "late_percent_per_day = 20\nlate_percent_at_most = 50\ngrace_minutes = 15\n"
        f"[extensions.{ASSIGNMENT}]\nada = 2026-03-03\n"
    )
    assert run("course", "policy", late.root) == 0
    said = capsys.readouterr().out
    assert "Still in time: 15 minutes after the deadline" in said
    assert "Lateness takes off 20 % of the points reached for each day begun, 50 % at most" in said
    assert "ada has until 2026-03-0" in said
    assert f"{ASSIGNMENT}: what lateness takes off has changed for bo" in said


def test_an_unknown_assignment_is_one_line(late: Course) -> None:
    with pytest.raises(CourseError, match="no assignment called school-dice"):
        settle_penalties(late, "school-dice")
