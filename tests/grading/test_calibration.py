"""Calibration judges the model solution and finds the strictest safe mode of each test, or says why there is none."""

from __future__ import annotations

import pytest

from grading.judge.small import message, points, run, shared_grader, small_plan
from qlearn.grading.calibration import Finding, calibrate, model_notebook
from qlearn.grading.engine import Grader
from qlearn.grading.parts import read_parts
from qlearn.grading.plan import AssignmentPlan, Mode


@pytest.fixture(scope="module")
def grader() -> Grader:
    return shared_grader()


CIRCLE = (
    "class Circle:\n    def __init__(self, r):\n        self.r = r\n    def area(self):\n        return 3 * self.r ** 2"
)
UNSAFE = "def noisy():\n    return limit + 1"
READS_A_GLOBAL = "limit = 4\nassert noisy() == 5"


def found(plan: AssignmentPlan, grader: Grader) -> list[Finding]:
    return list(calibrate(plan, grader).findings)


def test_each_test_gets_the_strictest_mode_in_which_the_model_has_full_marks(grader: Grader) -> None:
    plan = small_plan(
        ("answer", "x = 1"), ("test", "assert x == 1"), ("answer", CIRCLE), ("test", "assert Circle(2).area() == 12")
    )
    calibration = calibrate(plan, grader)
    assert [finding.mode for finding in calibration.findings] == [Mode.DATA, Mode.PROXIES]
    assert calibration.plan.notebooks[0].modes == {"test1": Mode.DATA, "test2": Mode.PROXIES}
    assert points(run(grader, calibration.plan)) == [2, 2]
    assert calibrate(plan, grader) == calibration


def test_tests_whose_model_changes_its_arguments_are_noted(grader: Grader) -> None:
    plan = small_plan(
        ("answer", "def mend(xs):\n    xs.sort()\ndef keep(xs):\n    return sorted(xs)"),
        ("test", "data = [3, 1]\nmend(data)\nassert data == [1, 3]"),
        ("test", "data = [3, 1]\nassert keep(data) == [1, 3] and data == [3, 1]"),
    )
    calibrated = calibrate(plan, grader).plan
    assert calibrated.notebooks[0].in_place == {"test1"}
    assert points(run(grader, calibrated)) == [2, 2]
    assert points(
        run(grader, calibrated, "def mend(xs):\n    xs.sort()\ndef keep(xs):\n    xs.sort()\n    return xs")
    ) == [2, 0]


def test_one_that_no_safe_mode_can_judge_is_named_with_the_reason(grader: Grader) -> None:
    plan = small_plan(("answer", UNSAFE), ("test", READS_A_GLOBAL))
    (finding,) = found(plan, grader)
    assert (finding.notebook, finding.grade_id, finding.mode) == ("small", "test1", Mode.NONE)
    assert finding.reason.startswith("it only works inside the student's own process, ")
    assert "needs the tag `unverified`: NameError: " in finding.reason
    outcome = run(grader, calibrate(plan, grader).plan)
    assert (outcome.tests["test1"].points, outcome.tests["test1"].outputs) == (None, ())
    assert "mark it by hand, or tag its cell `unverified`" in outcome.tests["test1"].concern


def test_only_with_the_teachers_leave_is_it_judged_over_there_and_then_unverified(grader: Grader) -> None:
    calibrated = calibrate(small_plan(("answer", UNSAFE), ("test", READS_A_GLOBAL), unverified=True), grader)
    assert [finding.mode for finding in calibrated.findings] == [Mode.STUDENT_PROCESS]
    right, wrong = run(grader, calibrated.plan), run(grader, calibrated.plan, "def noisy():\n    return 0")
    assert (points(right), points(wrong)) == ([2], [0])
    assert not right.tests["test1"].verified
    assert not wrong.tests["test1"].verified


def test_leave_that_is_not_needed_is_not_used(grader: Grader) -> None:
    calibrated = calibrate(small_plan(("answer", "x = 1"), ("test", "assert x == 1"), unverified=True), grader)
    assert [finding.mode for finding in calibrated.findings] == [Mode.DATA]
    assert run(grader, calibrated.plan).tests["test1"].verified


def test_a_wrong_model_solution_is_told_from_a_test_that_cannot_be_judged(grader: Grader) -> None:
    plan = small_plan(("answer", "x = 2"), ("test", "assert x == 1, 'count again'"), unverified=True)
    (finding,) = found(plan, grader)
    assert finding.mode is Mode.NONE
    assert finding.reason == "the model solution itself gets 0 of 2 points: count again"


def test_partial_credit_of_the_model_is_not_full_marks(grader: Grader) -> None:
    (finding,) = found(small_plan(("answer", "x = 2"), ("test", "x - 1")), grader)
    assert finding.mode is Mode.NONE
    assert "gets 1 of 2 points" in finding.reason


def test_one_bad_test_does_not_spoil_the_others(grader: Grader) -> None:
    plan = small_plan(
        ("answer", "x = 1"), ("test", "assert x == 1"), ("test", "assert x == 2"), ("answer", CIRCLE),
        ("test", "assert Circle(1).r == 1"),
    )  # fmt: skip
    assert [finding.mode for finding in found(plan, grader)] == [Mode.DATA, Mode.NONE, Mode.PROXIES]


def test_a_type_that_calibration_did_not_foresee_waits_for_a_person(grader: Grader) -> None:
    plan = calibrate(
        small_plan(("answer", "def f(x):\n    return x / 2"), ("test", "assert abs(f(3) - 1.5) < 1e-9")), grader
    ).plan
    liar = "class Liar:\n    def __sub__(self, other):\n        return 0.0\ndef f(x):\n    return Liar()"
    outcome = run(grader, plan, liar)
    assert points(outcome) == [None]
    assert "look at the answer" in outcome.tests["test1"].concern
    assert message(outcome.tests["test1"]) == ""
    exact = "from fractions import Fraction\ndef f(x):\n    return Fraction(x, 2)"
    assert points(run(grader, plan, exact)) == [2]


def test_the_models_notebook_holds_each_cell_by_its_grade_id() -> None:
    plan = small_plan(("given", "import math"), ("answer", "x = 1"), ("test", "assert x")).notebooks[0]
    notebook = model_notebook(plan)
    assert [cell.metadata.nbgrader.grade_id for cell in notebook.cells] == ["given1", "answer1", "test1"]
    assert [cell.source for cell in notebook.cells] == [cell.source for cell in plan.cells]


PARTS = "from qlearn import check\nscore = check.Parts()\nwith score('is one', points=1):\n    assert x == 1\n"


@pytest.mark.parametrize(
    ("rest", "mode", "reason"),
    [
        ("with score('is less than two', points=1):\n    assert x < 2\nscore.points()", Mode.DATA, ""),
        ("score.points()", Mode.NONE, "its parts add up to 1 points, and the cell is worth 2: change one of the two"),
        (
            "with score('is less than two', points=4):\n    assert x < 2\nscore.points()",
            Mode.NONE,
            "its parts add up to 5 points, and the cell is worth 2: change one of the two",
        ),
        (
            "with score('is less', points=1):\n    assert x < 2\nscore.points();",
            Mode.NONE,
            "it counts by parts",
        ),
        ("with score('is less', points=1):\n    assert x < 2\nprint(score.points())", Mode.NONE, "it counts by parts"),
        (
            "with score('is two', points=1):\n    assert x == 2, 'It is not.'\nscore.points()",
            Mode.NONE,
            "the model solution itself gets 1 of 2 points: is two: It is not.",
        ),
        ("score('is one', points=1)", Mode.NONE, "the model solution itself gets 0 of 2 points: ValueError: part 'is "),
    ],
)
def test_a_test_that_counts_by_parts_gives_the_model_just_the_cells_points(
    rest: str, mode: Mode, reason: str, grader: Grader
) -> None:
    (finding,) = found(small_plan(("answer", "x = 1"), ("test", PARTS + rest)), grader)
    assert finding.mode is mode
    assert finding.reason.startswith(reason)


@pytest.mark.parametrize("mode", [Mode.DATA, Mode.PROXIES])
def test_a_failed_part_says_whether_the_students_code_raised_it(mode: Mode, grader: Grader) -> None:
    test = (
        "from qlearn import check\nscore = check.Parts()\n"
        "with score('runs', points=1):\n    f(41)\n"
        "with score('gives two', points=1):\n    assert f(1) == 2, 'It is not two.'\nscore.points()"
    )
    plan = small_plan(("answer", "def f(x):\n    return 2"), ("test", test))
    (notebook,) = plan.notebooks
    wrong = "def f(x):\n    if x > 9:\n        raise AssertionError(f'called with {x}')\n    return 3"
    handed_in = model_notebook(notebook)
    handed_in.cells[0].source = wrong
    outcome = grader.run_notebook(plan, notebook, handed_in, mode=mode).tests["test1"]
    result = read_parts(outcome.outputs)
    assert outcome.points == 0
    assert [(part.name, part.raised_in) for part in result.failed] == [("runs", "student"), ("gives two", "")]


def test_a_part_that_fails_unless_the_answer_changes_what_it_is_given_stays_failed(grader: Grader) -> None:
    test = (
        "from qlearn import check\nscore = check.Parts()\ndata = [3, 1]\n"
        "with score('copies', points=1):\n    assert f(data) == data\n"
        "with score('gives a list', points=1):\n    assert len(f(data)) == 2\nscore.points()"
    )
    plan = calibrate(small_plan(("answer", "def f(xs):\n    return list(xs)"), ("test", test)), grader).plan
    assert points(run(grader, plan)) == [2]
    assert points(run(grader, plan, "def f(xs):\n    xs.sort()\n    return list(xs)")) == [1]
