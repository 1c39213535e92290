from __future__ import annotations

from dataclasses import replace

import pytest

from gradebook.small_kit import ASSIGNMENT
from qlearn.gradebook.calibrating import calibrated
from qlearn.gradebook.course import Course
from qlearn.gradebook.planning import make_plan
from qlearn.grading.calibration import Calibration, Finding
from qlearn.grading.plan import AssignmentPlan, Mode

ASKED = frozenset({"type int", "Coin getattr sides"})


class Calibrator:
    """Finds what it is told, and counts how often it is asked."""

    def __init__(self, **modes: Mode) -> None:
        self.asked = 0
        self.modes = modes

    def __call__(self, plan: AssignmentPlan) -> Calibration:
        self.asked += 1
        (notebook,) = plan.notebooks
        found = replace(
            notebook, modes=dict(self.modes), in_place=frozenset({"test_parity"}), operations={"test_sides": ASKED}
        )
        findings = tuple(Finding("coin", name, mode, f"why {mode.name}") for name, mode in self.modes.items())
        return Calibration(replace(plan, notebooks=(found,)), findings)


@pytest.fixture
def plan(course: Course) -> AssignmentPlan:
    return make_plan(course, ASSIGNMENT)


def test_an_assignment_is_calibrated_once(course: Course, plan: AssignmentPlan) -> None:
    calibrator = Calibrator(test_sides=Mode.PROXIES, test_parity=Mode.STUDENT_PROCESS)
    first = calibrated(course, plan, calibrator)
    assert calibrated(course, plan, calibrator) == first
    assert calibrator.asked == 1
    assert first[0].notebooks[0].modes == {"test_sides": Mode.PROXIES, "test_parity": Mode.STUDENT_PROCESS}
    assert first[0].notebooks[0].in_place == {"test_parity"}
    assert first[0].notebooks[0].operations == {"test_sides": ASKED}


def test_a_changed_plan_and_a_damaged_file_are_calibrated_again(course: Course, plan: AssignmentPlan) -> None:
    calibrator = Calibrator(test_sides=Mode.DATA)
    calibrated(course, plan, calibrator)
    calibrated(course, replace(plan, trusted=True), calibrator)
    (course.reports / f".{ASSIGNMENT}.calibration").write_text('{"plan": 3')
    calibrated(course, plan, calibrator)
    assert calibrator.asked == 3


def test_only_tests_that_no_safe_mode_can_judge_are_remarked_on(course: Course, plan: AssignmentPlan) -> None:
    calibrator = Calibrator(test_sides=Mode.DATA, test_parity=Mode.STUDENT_PROCESS)
    for _ in range(2):
        _, remarks = calibrated(course, plan, calibrator)
        assert [str(remark) for remark in remarks] == [
            "coin.ipynb, test_parity: in the student's process, unverified: why STUDENT_PROCESS"
        ]


def test_a_test_that_could_not_be_judged_is_tried_again_in_the_next_run(course: Course, plan: AssignmentPlan) -> None:
    calibrator = Calibrator(test_sides=Mode.DATA, test_parity=Mode.NONE)
    for _ in range(2):
        _, remarks = calibrated(course, plan, calibrator)
        assert [remark.mode for remark in remarks] == [Mode.NONE]
    assert calibrator.asked == 2
