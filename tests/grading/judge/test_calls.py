from __future__ import annotations

from dataclasses import replace

import pytest

from grading.judge.small import handed_in, small_plan
from qlearn.grading.engine import Grader
from qlearn.grading.hand_in import HandIn
from qlearn.grading.judge.calls import MOST_CALLS, hidden_lines
from qlearn.grading.plan import AssignmentPlan

TEST = """import numpy as np
assert double(2) == 4
### BEGIN HIDDEN TESTS
def check():
    for size in (3, 5):
        assert np.allclose(double(np.arange(size)), 2 * np.arange(size))
check()
### END HIDDEN TESTS
assert double(value=0.5) == 1.0"""


def traced(plan: AssignmentPlan) -> AssignmentPlan:
    notebook = plan.notebooks[0]
    names = frozenset(cell.grade_id for cell in notebook.tests)
    return replace(plan, notebooks=(replace(notebook, traced=names),))


def calls_of(grader: Grader, test: str, answer: str) -> list[tuple[str, str, bool]]:
    import nbformat

    plan = traced(small_plan(("answer", "..."), ("test", test)))
    notebook = handed_in(plan, answer)
    content = nbformat.writes(notebook).encode()
    outcomes = grader.trace(plan, HandIn("ada", "small", (("small.ipynb", content),)))
    return list(outcomes["test1"].calls)


def test_each_call_is_written_down_with_what_came_back_and_who_asked(grader: Grader) -> None:
    assert calls_of(grader, TEST, "def double(value):\n    return 2 * value") == [
        ("double(2)", "4", False),
        ("double(array([0, 1, 2]))", "array([0, 2, 4])", True),
        ("double(array([0, 1, 2, 3, 4]))", "array([0, 2, 4, 6, 8])", True),
        ("double(value=0.5)", "1.0", False),
    ]


def test_an_error_of_the_answers_is_what_came_back(grader: Grader) -> None:
    answer = "def double(value):\n    raise ValueError('no\\n numbers')"
    assert calls_of(grader, TEST, answer) == [("double(2)", "raised ValueError: no\\n numbers", False)]


def test_an_answer_that_ends_its_process_gave_nothing(grader: Grader) -> None:
    (call,) = calls_of(grader, TEST, "import os\ndef double(value):\n    os._exit(1)")
    assert call[0] == "double(2)"
    assert call[1].startswith("nothing: the process ended")


def test_a_loud_answer_is_shortened_and_cut_off(grader: Grader) -> None:
    test = "for number in range(1000):\n    double('x' * 5000)"
    calls = calls_of(grader, test, "def double(value):\n    return [value] * 100")
    assert len(calls) == MOST_CALLS
    assert all(len(text) < 1000 for call in calls for text in call[:2])


def test_nothing_of_an_object_of_the_students_runs_when_it_is_written_down(grader: Grader) -> None:
    answer = "class Odd:\n    def __repr__(self):\n        return 'forged'\ndef double(value):\n    return Odd()"
    for called, back, _ in calls_of(grader, "made = double(1)\ndouble(made)", answer):
        assert "forged" not in called + back


def test_what_is_not_traced_is_not_written_down(grader: Grader) -> None:
    import nbformat

    plan = small_plan(("answer", "..."), ("test", TEST))
    content = nbformat.writes(handed_in(plan, "def double(value):\n    return 2 * value")).encode()
    outcomes = grader.trace(plan, HandIn("ada", "small", (("small.ipynb", content),)))
    assert outcomes["test1"].calls == ()
    assert outcomes["test1"].points == 2.0


@pytest.mark.parametrize(
    ("source", "hidden"),
    [
        (TEST, {3, 4, 5, 6, 7, 8}),
        ("x = 1", set()),
        ("### BEGIN HIDDEN TESTS\nx\n### END HIDDEN TESTS\ny\n### BEGIN HIDDEN TESTS\nz", {1, 2, 3, 5, 6}),
    ],
)
def test_the_lines_of_hidden_tests_are_counted(source: str, hidden: set[int]) -> None:
    assert hidden_lines(source) == hidden
