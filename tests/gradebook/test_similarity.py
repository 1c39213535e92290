import json

import pytest

from cli.course_commands import run
from gradebook.small_kit import ASSIGNMENT, answered, put_submitted, snapshot
from qlearn.gradebook.course import Course
from qlearn.gradebook.similarity import compare_class

LONG = """def sides(coins):
    ways = [1]
    for coin in range(coins):
        ways = [left + right for left, right in zip([0, *ways], [*ways, 0])]
    return sum(ways)"""
RENAMED = LONG.replace("ways", "w").replace("coin in", "i in").replace("left", "a").replace("right", "b")
OTHER = """def sides(coins):
    if coins == 0:
        return 1
    half = sides(coins // 2)
    return half * half * (2 if coins % 2 else 1)"""
WORDS = "I counted the ones and asked whether their number can be halved, since each pair of ones makes nothing odd."


def hand_in(course: Course, student: str, code: str, words: str) -> None:
    notebook = json.loads(answered(course, "right"))
    typed = {"sides": code, "explain_parity": words}
    for cell in notebook["cells"]:
        cell["source"] = typed.get(cell["metadata"]["nbgrader"]["grade_id"], cell["source"])
    put_submitted(course, student, json.dumps(notebook))


@pytest.fixture
def handed_in(course: Course) -> Course:
    hand_in(course, "ada", LONG, WORDS)
    hand_in(course, "bo", RENAMED, "An even number of ones gives zero.")
    hand_in(course, "cleo", OTHER, WORDS.upper())
    put_submitted(course, "eve", b"{")
    return course


def test_alike_answers_are_found_by_question_in_code_and_in_words(handed_in: Course) -> None:
    before = snapshot(handed_in.root)
    found = compare_class(handed_in, ASSIGNMENT)
    assert {(pair.one, pair.other, pair.question) for pair in found} == {
        ("ada", "bo", "sides"),
        ("ada", "cleo", "explain_parity"),
    }
    assert {path for path in snapshot(handed_in.root) if "/logs/" not in path} == {
        path for path in before if "/logs/" not in path
    }


def test_the_command_lists_them_and_says_when_there_are_none(
    handed_in: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("similar", handed_in.root, ASSIGNMENT) == 0
    said = capsys.readouterr().out
    assert "%  ada  bo  sides" in said
    assert "2 pairs of answers to look at" in said
    assert run("similar", handed_in.root, ASSIGNMENT, "--json") == 0
    assert {pair["question"] for pair in json.loads(capsys.readouterr().out)} == {"sides", "explain_parity"}
    (handed_in.root / "submitted" / "ada" / ASSIGNMENT / "coin.ipynb").write_text("{")
    assert run("similar", handed_in.root, ASSIGNMENT) == 0
    assert "No two answers are so alike" in capsys.readouterr().out
