"""Of a hidden test that counts by parts a student reads which parts failed, in the words of its author."""

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output

from gradebook.feedback_notebooks import code, graded, notebook_of, stream
from qlearn.gradebook.feedback_marks import Mark, NotebookMarks
from qlearn.gradebook.feedback_page import FeedbackPage, Names, make_page
from qlearn.gradebook.feedback_pages import hide_tests
from qlearn.grading.parts import PARTS_TYPE
from qlearn.grading.report import read_cell_messages

HIDDEN = """score = check.Parts()
with score("one is odd", points=1):
    assert parity([1]) == 1
    ### BEGIN HIDDEN TESTS
    secret_bits = (1, 1, 1, 0)
    assert parity(secret_bits) == 1, "three ones are odd"
    ### END HIDDEN TESTS
with score("nothing is even", points=1):
    assert parity([]) == 0
score.points()"""
VISIBLE = 'score = check.Parts()\nwith score("one is odd", points=1):\n    assert parity([1]) == 1, "one is odd"'


def result(*parts: tuple[str, str, str], raised_in: str = "", of: float = 2.0) -> NotebookNode:
    """Make the result of a test whose parts failed so: name, type and text of the error."""
    keys = ("name", "ename", "evalue")
    noted = [{**dict(zip(keys, part, strict=True)), "passed": False, "raised_in": raised_in} for part in parts]
    data = {"text/plain": "0", PARTS_TYPE: {"points": 0.0, "of": of, "parts": noted}}
    return new_output("execute_result", data=data, execution_count=3)


def said(cell: NotebookNode) -> str:
    hidden, _ = hide_tests(notebook_of(cell), {})
    message = read_cell_messages(hidden).get(cell.metadata.nbgrader.grade_id)
    assert "secret_bits" not in str(hidden)
    return message.text if message else ""


@pytest.mark.parametrize(
    ("part", "raised_in", "text"),
    [
        (("one is odd", "AssertionError", "three ones are odd"), "", "one is odd: three ones are odd"),
        (("one is odd", "Misconception", "Three ones are odd. [odd-even]"), "", "one is odd: Three ones are odd."),
        (("one is odd", "AssertionError", ""), "", "one is odd"),
        (("one is odd", "AssertionError", "parity(secret_bits) == 1"), "", "one is odd: A hidden test was not passed."),
        (("one is odd", "TypeError", "(1, 1, 1, 0)"), "", "one is odd: A hidden test could not go on with what your"),
        (
            ("one is odd", "AssertionError", "called with (1, 1, 1, 0)"),
            "student",
            "one is odd: Your code raised AssertionError while a hidden test called it.",
        ),
        (("(1, 1, 1, 0)", "AssertionError", ""), "", "A hidden test was not passed."),
    ],
)
def test_a_failed_part_keeps_its_authors_words_and_nothing_else(
    part: tuple[str, str, str], raised_in: str, text: str
) -> None:
    cell = graded("t", HIDDEN, stream("✗ secret_bits = (1, 1, 1, 0)\n"), result(part, raised_in=raised_in))
    cell.metadata.qlearn = {"raised_in": "", "verified": True}
    assert said(cell).startswith(text)
    assert "1, 1, 1" not in said(cell)


def test_what_a_students_process_claims_of_a_hidden_test_is_not_repeated() -> None:
    cell = graded("t", HIDDEN, result(("one is odd", "AssertionError", "called with (1, 1, 1, 0)")))
    cell.metadata.qlearn = {"raised_in": "", "verified": False}
    assert said(cell) == "one is odd: Your code raised AssertionError while a hidden test called it."


def test_parts_that_all_passed_leave_nothing_of_a_hidden_test() -> None:
    hidden, _ = hide_tests(notebook_of(graded("t", HIDDEN, stream("(1, 1, 1, 0)\n"), result())), {})
    assert hidden.cells[0].outputs == []


def test_a_visible_test_after_a_hidden_one_keeps_its_failed_parts_and_not_what_was_printed() -> None:
    cell = graded("t", VISIBLE, stream("(1, 1, 1, 0)\n"), result(("one is odd", "AssertionError", "one is odd")))
    cell.metadata.qlearn = {"raised_in": "", "verified": True, "after_hidden_test": True}
    assert said(cell) == "one is odd: one is odd"
    hidden, _ = hide_tests(notebook_of(cell), {})
    assert "1, 1, 1" not in str(hidden)


def test_a_students_own_cell_cannot_pose_as_a_test_with_parts() -> None:
    cell = code("x", result(("one is odd", "AssertionError", "called with (1, 1, 1, 0)")))
    cell.metadata.qlearn = {"after_hidden_test": True}
    hidden, _ = hide_tests(notebook_of(graded("t", HIDDEN), cell), {})
    assert "1, 1, 1" not in str(hidden)


def page_of(cell: NotebookNode, *points: float) -> FeedbackPage:
    return make_page(notebook_of(cell), NotebookMarks({"t": Mark(*points)}), Names("a", "b", "c"))


def test_a_page_lists_every_failed_part_and_not_the_bare_number() -> None:
    failed = result(("one is odd", "AssertionError", "no"), ("nothing is even", "Misconception", "Why? [even-odd]"))
    page = page_of(graded("t", VISIBLE, failed), 0, 2)
    (question,) = page.questions
    assert question.messages == ("one is odd: no", "nothing is even: Why?")
    assert question.message == "nothing is even: Why?"
    assert page.cells[0].outputs == ()
    assert page_of(graded("t", VISIBLE, failed), 2, 2).questions[0].messages == ()  # a person gave full marks
    one = page_of(graded("t", VISIBLE, result(("one is odd", "AssertionError", "no"))), 1, 2)
    assert (one.questions[0].message, one.questions[0].messages) == ("one is odd: no", ())


@pytest.mark.parametrize(
    "bundle",
    [3, "{", [], {"parts": 3}, {"parts": [3, None]}, {"parts": [{"name": 3, "passed": 0}], "of": "all"}, "[" * 100_000],
)
def test_a_result_in_another_form_does_no_harm(bundle: object) -> None:
    output = new_output("execute_result", data={"text/plain": "1", PARTS_TYPE: bundle}, execution_count=1)
    page_of(graded("t", HIDDEN, output), 0, 2)
    hide_tests(notebook_of(graded("t", HIDDEN, output)), {})
