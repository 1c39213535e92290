"""A hidden test refused a right answer; the teacher corrects it, looks at what would change, and lets it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.course_commands import run
from gradebook.small_kit import ASSIGNMENT, answered, put_submitted, snapshot
from qlearn.errors import CourseError
from qlearn.gradebook.course import Course, open_course
from qlearn.gradebook.exchange import release
from qlearn.gradebook.grade import grade_assignment
from qlearn.gradebook.marks import read_marks
from qlearn.gradebook.regrade import MarkChange, preview_regrade, regrade
from qlearn.gradebook.session import Session

RIGHT, MISTAKEN = "assert sides(10) == 1024", "assert type(sides(10)) is int"
WHY = "1024.0 is right too"
EXPECTED = [MarkChange("ada", "sides", 0.0, 2.0)]


def source_of(course: Course) -> Path:
    return course.source / ASSIGNMENT / "coin.ipynb"


@pytest.fixture
def mistaken(course: Course) -> Course:
    """A course in which ada's right answer got nothing, and which a hand mark and a comment are in."""
    source = source_of(course)
    source.write_text(source.read_text().replace(RIGHT, MISTAKEN))
    release(course, ASSIGNMENT)
    put_submitted(course, "ada", answered(course, "right").replace("2 ** coins", "2.0 ** coins"))
    put_submitted(course, "bo", answered(course, "wrong"))
    grade_assignment(course, ASSIGNMENT, jobs=1)
    with Session(course).gradebook() as gradebook:
        grade = gradebook.find_grade("explain_parity", "coin", ASSIGNMENT, "ada")
        grade.manual_score, grade.needs_manual_grade = 3.5, False
        gradebook.find_comment("explain_parity", "coin", ASSIGNMENT, "ada").manual_comment = "clear"
        gradebook.db.commit()
    source.write_text(source.read_text().replace(MISTAKEN, RIGHT))
    return course


def marks(course: Course) -> dict[str, list[float | None]]:
    return {row.student.id: [mark.points for mark in row.marks] for row in read_marks(course, ASSIGNMENT).rows}


def test_a_preview_shows_each_mark_that_would_change_and_changes_nothing(mistaken: Course) -> None:
    before = snapshot(mistaken.root)
    assert preview_regrade(mistaken, ASSIGNMENT, jobs=1) == EXPECTED
    assert snapshot(mistaken.root) == before


def test_a_regrade_changes_what_was_shown_keeps_what_was_given_by_hand_and_notes_who_and_why(mistaken: Course) -> None:
    assert marks(mistaken)["ada"] == [0.0, 3.0, 3.5]
    assert regrade(mistaken, ASSIGNMENT, why=f"  {WHY}\n", jobs=1) == EXPECTED
    assert marks(mistaken) == {"ada": [2.0, 3.0, 3.5], "bo": [0.0, 0.0, None]}
    with Session(mistaken).gradebook() as gradebook:
        assert gradebook.find_comment("explain_parity", "coin", ASSIGNMENT, "ada").comment == "clear"
    log = (mistaken.logs / f"regrade-{ASSIGNMENT}.log").read_text().splitlines()
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\dT\S+  \S+.*  {ASSIGNMENT}: {WHY}", log[0])
    assert log[1:] == ["    ada  sides: 0 -> 2"]
    assert regrade(mistaken, ASSIGNMENT, why="once more", jobs=1) == []  # the same to the last digit
    assert "    no mark changed" in (mistaken.logs / f"regrade-{ASSIGNMENT}.log").read_text()


def test_the_command_shows_asks_and_only_then_changes(
    mistaken: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.confirm", lambda *_, **__: (_ for _ in ()).throw(SystemExit(1)))
    assert run("regrade", mistaken.root, ASSIGNMENT, "--jobs", "1") == 1
    assert "ada  sides: 0 -> 2\n1 mark of 1 student would change" in capsys.readouterr().out
    assert marks(mistaken)["ada"][0] == 0.0
    assert run("regrade", mistaken.root, ASSIGNMENT, "--jobs", "1", "--yes", "--because", WHY) == 0
    assert "1 mark of 1 student changed" in capsys.readouterr().out
    assert marks(mistaken)["ada"][0] == 2.0


def test_a_source_that_nbgrader_refuses_changes_nothing(mistaken: Course) -> None:
    source = source_of(mistaken)
    source.write_text(source.read_text().replace("END HIDDEN TESTS", "THE END"))
    before = snapshot(mistaken.root)
    with pytest.raises(CourseError, match="nbgrader: RuntimeError"):
        preview_regrade(mistaken, ASSIGNMENT, jobs=1)
    assert snapshot(mistaken.root) == before


def test_what_cannot_be_regraded_is_one_line(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CourseError, match="nobody's work on school-coin was collected yet"):
        preview_regrade(course, ASSIGNMENT)
    with pytest.raises(CourseError, match="a regrade needs a reason"):
        regrade(course, ASSIGNMENT, why=" ")
    assert run("regrade", course.root, ASSIGNMENT, "--yes") == 2
    assert "--yes needs --because" in capsys.readouterr().err


def test_a_gradebook_elsewhere_is_not_copied(course: Course) -> None:
    put_submitted(course, "ada", "{}")
    (course.root / "gradebook.db").rename(course.root / "marks.db")
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text().replace("gradebook.db", "marks.db"))
    with pytest.raises(CourseError, match="this gradebook is elsewhere; release and grade school-coin again instead"):
        preview_regrade(open_course(course.root), ASSIGNMENT)
