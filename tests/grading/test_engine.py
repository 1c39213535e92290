"""A hand-in becomes points and a report: the two exercises of the kit with every planted answer, and odd hand-ins."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grading.judge.small import handed_in, shared_grader, small_plan
from qlearn.errors import SubmissionError
from qlearn.grading.engine import GradedSubmission, Grader
from qlearn.grading.hand_in import HandIn
from qlearn.grading.libraries import libraries_of
from qlearn.grading.notebooks import automatic_points, hand_marked_points, read_notebook
from qlearn.grading.parts import read_parts
from qlearn.grading.plan import AssignmentPlan, NotebookPlan, PlannedCell, Role
from qlearn.grading.planted import PlantedAnswer, fill_in, read_planted_answers
from qlearn.grading.report import Outcome

KIT = Path(__file__).resolve().parents[2]
SOURCE = KIT / "exercises" / "source"
ANSWERS = KIT / "tests" / "answers"
ASSIGNMENTS = sorted(folder.name for folder in SOURCE.iterdir() if folder.is_dir())
PLANTED = [answer for assignment in ASSIGNMENTS for answer in read_planted_answers(ANSWERS / assignment)]
_nbformat: Any = nbformat  # its functions carry no types


@pytest.fixture(scope="module")
def grader() -> Grader:
    return shared_grader()


def topic_of(assignment: str) -> str:
    return assignment.split("-", 1)[1]


def source_of(assignment: str) -> Any:
    return read_notebook(SOURCE / assignment / f"{topic_of(assignment)}.ipynb")


def planned(assignment: str) -> AssignmentPlan:
    """Plan an exercise from its source alone, without a gradebook."""
    source = source_of(assignment)
    cells = []
    for cell in source.cells:
        marks = cell.metadata.get("nbgrader", {})
        role = Role.ANSWER if marks.get("solution") else Role.TEST if marks.get("grade") else Role.TEACHER
        cells.append(
            PlannedCell(
                role,
                cell.source,
                marks.get("grade_id", ""),
                cell.cell_type,
                locked=bool(marks.get("locked")),
                points=float(marks.get("points") or 0),
                hand_marked=bool(marks.get("grade") and marks.get("solution")),
            )
        )
    forbidden = tuple(source.metadata.qlearn.forbidden_modules)
    notebooks = (NotebookPlan(topic_of(assignment), tuple(cells), forbidden),)
    return AssignmentPlan(assignment, notebooks, libraries=libraries_of(notebooks))


def typed(assignment: str, answer: PlantedAnswer | None) -> HandIn:
    source = source_of(assignment)
    text = _nbformat.writes(fill_in(source, source, answer))
    return HandIn("kim", assignment, ((f"{topic_of(assignment)}.ipynb", text.encode()),), ())


def said(graded: GradedSubmission, test: str) -> str:
    notebook = json.loads(graded.notebooks[0].text)
    (cell,) = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == test]
    errors = [(o["ename"], o["evalue"]) for o in cell["outputs"] if o["output_type"] == "error"]
    parts = read_parts(cell["outputs"])
    errors += [(part.ename, part.evalue) for part in parts.failed] if parts else []
    return "\n".join(f"{name}: {text}" for name, text in errors)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_model_gets_every_automatic_point_and_waits_for_the_hand(grader: Grader, assignment: str) -> None:
    graded = grader.grade(planned(assignment), typed(assignment, None))
    source = source_of(assignment)
    full = automatic_points(source)
    points = graded.notebooks[0].points
    assert {test: points[test] for test in full} == full
    assert {cell: points[cell] for cell in hand_marked_points(source)} == dict.fromkeys(hand_marked_points(source))
    assert (graded.report.outcome, graded.report.reason) == (Outcome.GRADED, "")
    assert all(question.message == "" for question in graded.report.questions)


@pytest.mark.parametrize("answer", PLANTED, ids=[f"{answer.assignment}-{answer.name}" for answer in PLANTED])
def test_each_planted_answer_gets_its_points_and_its_message(grader: Grader, answer: PlantedAnswer) -> None:
    graded = grader.grade(planned(answer.assignment), typed(answer.assignment, answer))
    full = automatic_points(source_of(answer.assignment))
    messages = {test: said(graded, test) for test in full}
    assert {test: graded.notebooks[0].points[test] for test in full} == full | dict(answer.points), messages
    reported = {question.grade_id: question for question in graded.report.questions}
    for test, text in answer.messages.items():
        assert text in messages[test]
        if text.startswith("["):
            assert reported[test].misconception == text.strip("[]")
    assert (graded.report.outcome, graded.report.reason) == (Outcome.GRADED, "")


@pytest.mark.parametrize(
    ("assignment", "answer"),
    [("school-bb84", "catch"), ("graduate-bb84", "secret")],
)
def test_an_answer_out_of_the_books_own_physics_gets_a_message_and_no_mark(
    grader: Grader, assignment: str, answer: str
) -> None:
    text = "from qlearn.physics.qkd.key_rate import *\nfrom qlearn.physics.qkd.intercept_resend import *"
    cheat = PlantedAnswer("cheat", assignment, "takes the book's function", {}, {}, {answer: text})
    graded = grader.grade(planned(assignment), typed(assignment, cheat))
    assert graded.notebooks[0].points[f"test_{answer}"] == 0
    shown = json.loads(graded.notebooks[0].text)
    assert any(
        "does not let an answer use qlearn.physics" in output.get("evalue", "")
        for cell in shown["cells"]
        for output in cell.get("outputs", [])
    )


COIN = small_plan(("answer", "x = 1"), ("test", "assert x == 1, 'count again'"), ("answer", "y = 2"), ("test", "y / 2"))


def coin(*answers: str, name: str = "small.ipynb", **more: Any) -> HandIn:
    text = _nbformat.writes(handed_in(COIN, *answers))
    return HandIn("kim", "small", ((name, text.encode()),), (), **more)


def test_the_report_holds_points_and_messages_of_each_question(grader: Grader) -> None:
    graded = grader.grade(COIN, coin("x = 2", timestamp="2024-01-02"))
    assert [(q.grade_id, q.points, q.max_points, q.message) for q in graded.report.questions] == [
        ("test1", 0, 2, "count again"),
        ("test2", 1, 2, ""),
    ]
    assert (graded.report.student, graded.report.timestamp) == ("kim", "2024-01-02")


def test_what_comes_out_can_be_sent_to_another_process(grader: Grader) -> None:
    graded = grader.grade(COIN, coin())
    assert pickle.loads(pickle.dumps(graded)) == graded  # noqa: S301  our own
    _nbformat.validate(_nbformat.reads(graded.notebooks[0].text, as_version=4))


def test_two_runs_give_the_same(grader: Grader) -> None:
    handed = coin("x = 2")
    assert grader.grade(COIN, handed) == grader.grade(COIN, handed)


def test_a_hand_in_without_a_notebook_is_refused_in_words(grader: Grader) -> None:
    for files in ((), (("small.ipynb", b"nonsense"),), (("other.txt", b"x"),)):
        with pytest.raises(SubmissionError):
            grader.grade(COIN, HandIn("kim", "small", files, ()))
    assert grader.grade(COIN, coin()).report.outcome is Outcome.GRADED


def test_a_notebook_of_several_that_is_missing_waits_for_a_mark(grader: Grader) -> None:
    other = NotebookPlan("other", COIN.notebooks[0].cells)
    plan = AssignmentPlan("small", (COIN.notebooks[0], other))
    graded = grader.grade(plan, coin())
    assert [(notebook.name, notebook.missing) for notebook in graded.notebooks] == [("small", False), ("other", True)]
    assert graded.notebooks[1].points == {"test1": None, "test2": None}
    assert graded.report.outcome is Outcome.NEEDS_ATTENTION
    assert "other.ipynb was not handed in" in graded.report.reason


def test_what_needs_attention_says_why(grader: Grader) -> None:
    graded = grader.grade(COIN, coin("import os\nos._exit(1)"))
    assert graded.report.outcome is Outcome.NEEDS_ATTENTION
    assert "answer1 ended its process" in graded.report.reason


def test_a_grader_that_was_closed_starts_again_and_leaves_no_process() -> None:
    grader = Grader()
    with grader:
        process: Any = grader._parent._process
        assert process.poll() is None
    assert process.returncode is not None
    grader.close()
