from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from cli.course_commands import run
from gradebook.small_kit import ASSIGNMENT, MISCONCEPTION, answered, put_submitted
from qlearn.gradebook.course import Course
from qlearn.gradebook.grade import grade_assignment
from qlearn.gradebook.marks import read_marks

ONE_SIDED = "def sides(coins):\n    return coins + (coins == 1)"


@pytest.fixture
def graded(course: Course) -> Course:
    put_submitted(course, "ada", answered(course, "wrong"))
    grade_assignment(course, ASSIGNMENT, jobs=1)
    return course


def bundle(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_bundle_holds_the_answer_the_calls_the_message_and_the_rule_and_no_hidden_test(
    graded: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_marks(graded, ASSIGNMENT)
    assert run("appeal", graded.root, ASSIGNMENT, "ada", "sides", "--out", tmp_path / "ada.zip") == 0
    files = bundle(tmp_path / "ada.zip")
    assert set(files) == {"READ-ME.md", "answer-sides.txt", "test-visible.txt", "handed-in/coin.ipynb"}
    assert "READ-ME.md" in capsys.readouterr().out
    assert files["answer-sides.txt"] == ONE_SIDED
    page = files["READ-ME.md"]
    assert "0 of 2 points" in page
    assert f"> {MISCONCEPTION}" in page
    assert "the misconception *one sided coin*" in page
    assert "none if it stops at an error" in page
    assert "1 more calls were made by hidden tests" in page
    assert "sides(3)" not in page
    everything = "".join(files.values())
    assert "1024" not in everything
    assert "HIDDEN" not in everything
    assert read_marks(graded, ASSIGNMENT) == before


def test_the_teacher_can_have_the_hidden_test_and_its_calls(graded: Course, tmp_path: Path) -> None:
    arguments = ("appeal", graded.root, ASSIGNMENT, "ada", "test_sides", "--out", tmp_path / "ada.zip")
    assert run(*arguments, "--with-hidden-tests") == 0
    files = bundle(tmp_path / "ada.zip")
    assert "1024" in files["test-whole.txt"]
    assert "`sides(3)` gave `3`" in files["READ-ME.md"]
    assert "Do not pass this on" in files["READ-ME.md"]


def test_an_answer_marked_by_hand_waits_and_calls_nothing(graded: Course, tmp_path: Path) -> None:
    assert run("appeal", graded.root, ASSIGNMENT, "ada", "explain_parity", "--out", tmp_path / "ada.zip") == 0
    page = bundle(tmp_path / "ada.zip")["READ-ME.md"]
    assert "It waits for a mark by hand, of 4 points." in page
    assert "A person marks this answer" in page
    assert "What was called" not in page


@pytest.mark.parametrize(
    ("student", "question", "message"),
    [
        ("ada", "side", "school-coin has no question called side; there are: sides, parity, explain_parity"),
        ("bo", "sides", "no work of bo on school-coin was collected yet"),
    ],
)
def test_what_is_not_there_is_one_line(
    graded: Course, tmp_path: Path, student: str, question: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("appeal", graded.root, ASSIGNMENT, student, question, "--out", tmp_path / "a.zip") == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "a.zip").exists()
