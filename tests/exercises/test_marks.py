"""Under nbgrader alone, the reference and each planted answer get their stated marks and messages."""

from __future__ import annotations

import pytest

from exercises.stock_nbgrader import ANSWERS, ASSIGNMENTS, BLANK, REFERENCE, GradedClass
from qlearn.grading.notebooks import automatic_points, hand_marked_points
from qlearn.grading.planted import read_planted_answers


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_exercise_has_planted_answers(assignment: str) -> None:
    answers = read_planted_answers(ANSWERS / assignment)
    assert sum(not answer.is_right for answer in answers) >= 6
    assert sum(answer.is_right for answer in answers) >= 2


def test_the_reference_gets_every_automatic_point_and_waits_for_the_hand(graded_class: GradedClass) -> None:
    grades = graded_class.grades(REFERENCE)
    automatic = automatic_points(graded_class.source)
    assert {test: grades[test][0] for test in automatic} == automatic, [
        graded_class.message(REFERENCE, test) for test in automatic
    ]
    for cell in hand_marked_points(graded_class.source):
        assert grades[cell] == (None, None, True)


def test_each_planted_answer_gets_its_stated_marks(graded_class: GradedClass) -> None:
    full = automatic_points(graded_class.source)
    for name, answer in graded_class.answers.items():
        grades = graded_class.grades(name)
        awarded = {test: grades[test][0] for test in full}
        messages = {test: graded_class.message(name, test) for test in full}
        assert set(answer.points) <= set(full), f"{name} names a test that is not there"
        assert awarded == full | dict(answer.points), f"{name}: {messages}"


def test_each_planted_answer_sees_its_message(graded_class: GradedClass) -> None:
    for name, answer in graded_class.answers.items():
        for test, text in answer.messages.items():
            assert text in graded_class.message(name, test), name


def test_a_blank_gets_nothing_and_each_test_says_that_there_is_no_answer(graded_class: GradedClass) -> None:
    grades = graded_class.grades(BLANK)
    for test in automatic_points(graded_class.source):
        assert grades[test][0] == 0
        assert "there is no answer yet" in graded_class.message(BLANK, test)
    for cell in hand_marked_points(graded_class.source):
        assert grades[cell][0] == 0


def test_the_marker_reads_the_rubric_beside_the_answer(graded_class: GradedClass) -> None:
    marked = graded_class.autograded(REFERENCE)
    for number, cell in enumerate(marked.cells):
        nbgrader = cell.metadata.get("nbgrader", {})
        if nbgrader.get("grade") and nbgrader.get("solution"):
            assert "BEGIN MARK SCHEME" in marked.cells[number - 1].source
