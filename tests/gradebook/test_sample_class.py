from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gradebook.small_kit import ASSIGNMENT, MISCONCEPTION
from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import collect
from qlearn.gradebook.marks import Mark, MarksRow, MarksTable, MarkState, Question, Standing
from qlearn.gradebook.roster import Student
from qlearn.gradebook.sample_class import (
    CLASS_SIZE,
    NAMES,
    SampleWork,
    describe_class,
    find_disagreements,
    hand_in,
    plan_class,
)
from qlearn.grading.planted import PlantedAnswer
from qlearn.grading.report import AssignmentReport, Outcome, QuestionReport, SubmissionReport

WRONG_ANSWER = '''"""Thinks that every coin has one side.

test_sides: 0 points, [one-sided-coin]
"""

# --- sides
def sides(coins):
    return coins + (coins == 1)
'''
DUE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
QUESTIONS = (Question("coin", "test_sides", 2.0, by_hand=False), Question("coin", "explain", 4.0, by_hand=True))
PLANTED = PlantedAnswer(
    "one_side", ASSIGNMENT, "One side.", {"test_sides": 0.0}, {"test_sides": "[one-sided-coin]"}, {"sides": ""}
)
PENDING = Mark(MarkState.PENDING)


def planted(name: str, *, right: bool = False) -> PlantedAnswer:
    return replace(PLANTED, name=name, points={} if right else {"test_sides": 0.0})


def test_a_class_has_right_wrong_blank_unreadable_and_late_work() -> None:
    works = plan_class(ASSIGNMENT, [planted(f"wrong_{number}") for number in range(6)])
    kinds = [work.kind for work in works]
    assert len(works) == CLASS_SIZE
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"planted": 6, "right": 4, "blank": 1, "unreadable": 1}
    assert [work.kind for work in works if work.is_late] == ["right"]
    assert len({work.student.id for work in works}) == CLASS_SIZE


def test_with_many_planted_answers_the_wrong_ones_come_first() -> None:
    answers = [planted("a_right_one", right=True), *(planted(f"wrong_{number}") for number in range(9))]
    names = {work.answer.name for work in plan_class(ASSIGNMENT, answers) if work.answer}
    assert names == {f"wrong_{number}" for number in range(8)}


def test_every_track_has_a_class_of_distinct_names() -> None:
    everyone = [name for names in NAMES.values() for name in names]
    assert len(set(everyone)) == len(everyone) == CLASS_SIZE * len(NAMES)
    with pytest.raises(CourseError, match="no sample class for evening-coin; its name must start with"):
        plan_class("evening-coin", [])


def test_the_class_hands_in_through_the_exchange_and_is_collected(course: Course, tmp_path: Path) -> None:
    (tmp_path / ASSIGNMENT).mkdir()
    (tmp_path / ASSIGNMENT / "one_side.py").write_text(WRONG_ANSWER)
    works = hand_in(course, ASSIGNMENT, tmp_path, due=DUE)
    assert len(collect(course, ASSIGNMENT, check_owner=False).new) == CLASS_SIZE
    texts = {work.kind: (course.submitted(work.student.id, ASSIGNMENT) / "coin.ipynb").read_text() for work in works}
    assert texts["blank"] == (course.released(ASSIGNMENT) / "coin.ipynb").read_text()
    with pytest.raises(json.JSONDecodeError):
        json.loads(texts["unreadable"])
    assert "2 ** coins" in texts["right"]
    assert "coins + (coins == 1)" in texts["planted"]
    assert "BEGIN SOLUTION" not in texts["right"] + texts["planted"]
    stamps = {work.student.id: course.timestamp(course.submitted(work.student.id, ASSIGNMENT)) for work in works}
    assert [work.student.id for work in works if stamps[work.student.id] > str(DUE)] == [
        work.student.id for work in works if work.is_late
    ]


def test_the_class_is_described_by_who_did_what() -> None:
    works = plan_class(ASSIGNMENT, [planted(f"wrong_{number}") for number in range(7)] + [planted("r", right=True)])
    assert describe_class(works) == (
        "s04 handed in the notebook untouched, s09 a file that breaks off, s08 was late, 7 made planted mistakes"
    )


def judge(work: SampleWork, row: MarksRow, said: QuestionReport) -> list[str]:
    table = MarksTable(ASSIGNMENT, "", QUESTIONS, (row,))
    questions = (said, QuestionReport("coin", "explain", None, 4.0))
    entry = SubmissionReport("s01", ASSIGNMENT, Outcome.GRADED, questions=questions)
    return find_disagreements([work], table, AssignmentReport(ASSIGNMENT, (entry,)))


def marked(points: float, hand: Mark = PENDING, **changes: object) -> MarksRow:
    row = MarksRow(Student("s01"), Standing.GRADED, (Mark(MarkState.MARKED, points), hand))
    return replace(row, **changes)  # type: ignore[arg-type]


HEARD = QuestionReport("coin", "test_sides", 0.0, 2.0, MISCONCEPTION, "one-sided-coin")
SILENT = QuestionReport("coin", "test_sides", 2.0, 2.0)
NO_MARKS = (Mark(MarkState.NONE), Mark(MarkState.NONE))


@pytest.mark.parametrize(
    ("work", "row", "said", "expected"),
    [
        (SampleWork(Student("s01"), "right"), marked(2.0), SILENT, []),
        (SampleWork(Student("s01"), "planted", PLANTED), marked(0.0), HEARD, []),
        (SampleWork(Student("s01"), "blank"), marked(0.0, Mark(MarkState.MARKED, 0.0)), HEARD, []),
        (SampleWork(Student("s01"), "unreadable"), marked(0, marks=NO_MARKS, standing=Standing.BROKEN), SILENT, []),
        (SampleWork(Student("s01"), "right", is_late=True), marked(2.0, late_seconds=60.0), SILENT, []),
        (SampleWork(Student("s01"), "right"), marked(0.0), HEARD, ["(right): test_sides got 0.0, not 2.0"]),
        (
            SampleWork(Student("s01"), "planted", PLANTED),
            marked(2.0),
            SILENT,
            ["(one_side): test_sides got 2.0, not 0.0", "(one_side): test_sides said '', not '[one-sided-coin]'"],
        ),
        (
            SampleWork(Student("s01"), "right"),
            marked(2.0, Mark(MarkState.MARKED, 0.0)),
            SILENT,
            ["(right): explain got 0.0, not None"],
        ),
        (
            SampleWork(Student("s01"), "unreadable"),
            marked(0.0),
            SILENT,
            ["(unreadable): graded (), not broken", "(unreadable): a broken hand-in has 0 points"],
        ),
        (SampleWork(Student("s01"), "right", is_late=True), marked(2.0), SILENT, ["(right): late by 0 s"]),
    ],
)
def test_what_is_not_as_planted_is_named(
    work: SampleWork, row: MarksRow, said: QuestionReport, expected: list[str]
) -> None:
    assert judge(work, row, said) == [f"{ASSIGNMENT} s01 {line}" for line in expected]
