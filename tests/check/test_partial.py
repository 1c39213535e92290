"""A test counts by named parts: one that fails costs its own points, is named, and keeps no other from running."""

from __future__ import annotations

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient
from nbgrader.utils import determine_grade

from qlearn import check
from qlearn.check import partial
from qlearn.grading import parts
from qlearn.grading.report import CellMessage, read_cell_messages

CELL = """
from qlearn import check
score = check.Parts()
with score("gives the sum", points=2):
    {first}
with score("keeps the list", points=1):
    {second}
score.points()
"""
FAULT = "check.close(3, 4, what='The sum', faults=[check.Fault('mean-for-sum', 3, 'This is the mean.')])"


def executed(first: str, second: str) -> nbformat.NotebookNode:
    """Run one test cell in a kernel of its own, as nbgrader does."""
    marks = {"grade": True, "grade_id": "t", "solution": False, "locked": True, "points": 3, "schema_version": 3}
    cell = nbformat.v4.new_code_cell(CELL.format(first=first, second=second), metadata={"nbgrader": marks})
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, timeout=120, allow_errors=True, kernel_name="python3").execute()
    nbformat.validate(notebook)
    return notebook


@pytest.mark.parametrize(
    ("first", "second", "points", "message"),
    [
        ("pass", "pass", 3, None),
        (FAULT, "pass", 1, CellMessage("gives the sum: This is the mean.", "mean-for-sum")),
        ("pass", "assert 1 == 2", 2, CellMessage("keeps the list")),
        ("1 / 0", "assert False, 'It is gone.'", 0, CellMessage("gives the sum: ZeroDivisionError: division by zero")),
        ("assert False, 'no'", FAULT, 0, CellMessage("keeps the list: This is the mean.", "mean-for-sum")),
    ],
)
def test_nbgrader_takes_the_points_and_the_report_takes_the_likeliest_message(
    first: str, second: str, points: float, message: CellMessage | None
) -> None:
    notebook = executed(first, second)
    assert determine_grade(notebook.cells[0]) == (points, 3)
    assert read_cell_messages(notebook).get("t") == message


def test_a_student_reads_each_failed_part_and_its_message_without_the_slug(capsys: pytest.CaptureFixture[str]) -> None:
    score = check.Parts()
    with score("gives the sum", points=1):
        raise check.Misconception("mean-for-sum", "This is the mean.")
    with score("takes any list", points=1):
        [].pop()
    with score("is quick", points=1):
        pass
    with score("keeps the list", points=1):
        raise AssertionError
    assert capsys.readouterr().out.splitlines() == [
        "✗ gives the sum: This is the mean.",
        "✗ takes any list: IndexError: pop from empty list",
        "✗ keeps the list",
    ]
    assert score.points() == 1
    assert [type(error).__name__ for error in score.caught] == ["Misconception", "IndexError", "AssertionError"]


def test_an_error_whose_text_fails_is_still_a_failed_part() -> None:
    class StrangeError(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    score = check.Parts()
    with score("runs", points=1):
        raise StrangeError
    assert score.points() == 0


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_what_ends_a_cell_is_not_caught(stop: type[BaseException]) -> None:
    score = check.Parts()
    with pytest.raises(stop), score("runs", points=1):
        raise stop
    assert score.points() == 0


@pytest.mark.parametrize(("name", "points"), [("", 1), ("  ", 1), ("a", 1), ("b", 0), ("b", -1), ("b", float("nan"))])
def test_a_part_wants_a_name_of_its_own_and_points(name: str, points: float) -> None:
    score = check.Parts()
    with score("a", points=1):
        pass
    with pytest.raises(ValueError, match="part"):
        score(name, points=points)


def test_a_test_without_parts_has_no_points() -> None:
    with pytest.raises(ValueError, match="a test without parts"):
        check.Parts().points()


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=12))
def test_the_points_are_those_of_the_parts_that_passed_and_all_of_them_give_all(given: list[tuple[int, bool]]) -> None:
    score = check.Parts()
    for number, (tenths, passes) in enumerate(given):
        with score(f"part {number}", points=tenths / 10):
            assert passes
    points = score.points()
    shown = points._repr_mimebundle_()
    assert points == pytest.approx(sum(tenths for tenths, passes in given if passes) / 10)
    assert float(shown["text/plain"]) == points
    assert shown[partial.PARTS_TYPE]["of"] == sum(tenths for tenths, _ in given) / 10
    assert len(score.caught) == sum(not passes for _, passes in given)


def test_grading_knows_the_parts_by_the_same_media_type() -> None:
    assert parts.PARTS_TYPE == partial.PARTS_TYPE
