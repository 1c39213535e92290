from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from qlearn.gradebook.marks import Mark, MarksRow, MarksTable, MarkState, Question, Standing, count_pending
from qlearn.gradebook.marks_text import describe_lateness, render_marks, write_csv, write_json
from qlearn.gradebook.roster import Student

QUESTIONS = (
    Question("coin", "test_sides", 2.0, by_hand=False),
    Question("coin", "test_parity", 3.0, by_hand=False),
    Question("coin", "explain_parity", 4.0, by_hand=True),
)
PENDING, NONE = Mark(MarkState.PENDING), Mark(MarkState.NONE)


def marked(*points: float) -> tuple[Mark, ...]:
    return tuple(Mark(MarkState.MARKED, value) for value in points)


TABLE = MarksTable(
    "school-coin",
    "2026-03-02T09:00:00+00:00",
    QUESTIONS,
    (
        MarksRow(Student("s01", "Kim Seo-yeon 김서연", "school"), Standing.GRADED, (*marked(2, 1.5), PENDING)),
        MarksRow(
            Student("s02", "Lee, Do-yun"),
            Standing.NEEDS_ATTENTION,
            (*marked(0, 3), Mark(MarkState.REVIEW, 4.0)),
            "sides ran out of time",
            late_seconds=93600,
            misconceptions=("one-sided-coin", "one-sided-coin", "kept-the-sign"),
        ),
        MarksRow(Student("s03"), Standing.BROKEN, (NONE, NONE, NONE), "coin.ipynb is empty"),
        MarksRow(Student("s04"), Standing.MISSING, (NONE, NONE, NONE), misconceptions=()),
    ),
)


def shown(*, width: int = 100) -> str:
    console = Console(width=width, file=io.StringIO(), record=True)
    console.print(render_marks(TABLE, width=width))
    return console.export_text()


def test_csv_has_a_line_a_student_with_pending_and_missing_marks_told_from_zero() -> None:
    rows = list(csv.DictReader(io.StringIO(write_csv([TABLE]))))
    assert list(rows[0]) == [
        *("assignment", "id", "name", "track", "standing", "late_seconds"),
        *("test_sides", "test_parity", "explain_parity", "total", "out_of", "penalty", "reason"),
    ]
    fields = ("test_sides", "test_parity", "explain_parity", "total", "standing", "late_seconds")
    assert [tuple(row[name] for name in fields) for row in rows] == [
        ("2", "1.5", "pending", "3.5", "graded", "0"),
        ("0", "3", "4", "7", "needs attention", "93600"),
        ("", "", "", "", "broken", "0"),
        ("", "", "", "", "nothing handed in", "0"),
    ]
    assert [row["name"] for row in rows[:2]] == ["Kim Seo-yeon 김서연", "Lee, Do-yun"]


def test_csv_of_two_assignments_shares_columns_of_the_same_name() -> None:
    other = MarksTable("school-dice", "", (Question("dice", "test_six", 1.0, by_hand=False),), ())
    header = write_csv([TABLE, other]).splitlines()[0].split(",")
    assert header[6:-4] == ["test_sides", "test_parity", "explain_parity", "test_six"]


def test_json_carries_marks_totals_means_and_counts() -> None:
    (record,) = json.loads(write_json([TABLE]))
    assert record["rows"][0]["marks"][2] == {"state": "pending", "points": None}
    assert [row["total"] for row in record["rows"]] == [3.5, 7.0, None, None]
    assert record["automatic_mean"] == pytest.approx(3.25)
    assert record["misconceptions"] == {"kept-the-sign": 1, "one-sided-coin": 1}
    assert record["rows"][0]["student"]["name"] == "Kim Seo-yeon 김서연"


def test_a_terminal_shows_what_is_pending_broken_late_and_misunderstood() -> None:
    text = shown()
    lines = {line.split()[0]: line for line in text.splitlines() if line.startswith(" s0")}
    assert lines["s01"].split()[-4:] == ["2", "1.5", "?", "3.5+?"]
    assert lines["s02"].split()[3:] == ["0", "3", "4*", "7", "needs", "attention", "late", "26", "h"]
    assert [line.split()[1:] for line in text.splitlines() if line.startswith(" s03")] == [
        ["-", "-", "-", "-", "broken"]
    ]
    assert "4 students: 1 graded, 1 needs attention, 1 broken, 1 nothing handed in" in text
    assert "Mean 3.25 of 5 automatic points" in text
    assert "s03 broken: coin.ipynb is empty" in text
    assert "one sided coin" in text


def test_a_narrow_terminal_gets_numbered_columns_and_their_names_below() -> None:
    text = shown(width=62)
    assert "1 sides, 2 parity, 3 explain parity" in text
    assert max(len(line) for line in text.splitlines()) <= 62


def test_eight_questions_and_a_late_student_fit_a_terminal_of_80_columns() -> None:
    questions = (QUESTIONS * 3)[:8]
    row = MarksRow(Student("g12", "Seo Dong-hyun 서동현"), Standing.GRADED, marked(*[1.5] * 8), late_seconds=93600)
    console = Console(width=80, file=io.StringIO(), record=True)
    console.print(render_marks(replace(TABLE, questions=questions, rows=(row,)), width=80))
    text = console.export_text()
    assert "late 26 h" in text
    assert "…" not in text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, ""),
        (20, "late 1 min"),
        (3000, "late 50 min"),
        (7200, "late 2 h"),
        (93600, "late 26 h"),
        (400000, "late 5 days"),
    ],
)
def test_lateness_is_told_in_the_largest_unit_that_fits(seconds: float, text: str) -> None:
    assert describe_lateness(seconds) == text


def test_answers_that_wait_for_a_hand_mark_are_counted() -> None:
    assert count_pending(TABLE) == 1
