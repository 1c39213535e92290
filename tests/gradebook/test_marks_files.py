from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from gradebook.test_marks_text import QUESTIONS, TABLE, marked
from qlearn.errors import CourseError
from qlearn.gradebook.marks import MarksRow, MarksTable, Question, Standing
from qlearn.gradebook.marks_files import MOODLE_COLUMNS, write_moodle, write_xlsx
from qlearn.gradebook.roster import Student

ROSTER = {
    student.id: student
    for student in (
        Student("s01", "Kim Seo-yeon 김서연", "school", "s01@example.org"),
        Student("s02", "Lee, Do-yun"),
        Student("s05", "Park"),
    )
}
DONE = replace(TABLE, rows=(MarksRow(ROSTER["s01"], Standing.GRADED, marked(2, 1.5, 3), penalty=0.65),))


def moodle_reads(value: str) -> float | None:
    """Read a grade as Moodle's `gradeimport_csv_load_data` does; what it cannot read stops its import."""
    return None if value.strip() == "-" else float(value)


def test_moodle_gets_a_line_for_each_of_the_roster_and_no_grade_while_a_mark_is_outstanding() -> None:
    other = MarksTable("school-dice", "", (Question("dice", "six", 1.0, by_hand=False),), ())
    rows = list(csv.DictReader(io.StringIO(write_moodle([TABLE, replace(DONE, assignment="again"), other], ROSTER))))
    assert list(rows[0]) == [*MOODLE_COLUMNS, "school-coin", "again", "school-dice"]
    assert [row["ID number"] for row in rows] == ["s01", "s02", "s05"]
    assert rows[0]["Full name"] == "Kim Seo-yeon 김서연"
    assert rows[0]["Email address"] == "s01@example.org"
    # s01 waits for a hand mark, s02's has to be looked at again, s05 handed in nothing
    assert [moodle_reads(row["school-coin"]) for row in rows] == [None, None, None]
    assert [moodle_reads(row["again"]) for row in rows] == [5.85, None, None]
    assert [moodle_reads(row["school-dice"]) for row in rows] == [None, None, None]


def test_what_moodle_would_stop_at_is_said_before() -> None:
    with pytest.raises(CourseError, match="the roster is empty, and Moodle stops at a student it does not know"):
        write_moodle([TABLE], {})
    many = replace(TABLE, questions=(Question("coin", "sides", 101.0, by_hand=False),))
    with pytest.raises(CourseError, match="school-coin has 101 points; Moodle's import takes 100 at most"):
        write_moodle([many], ROSTER)


def test_the_workbook_has_numbers_as_numbers_and_what_is_pending_in_words(tmp_path: Path) -> None:
    write_xlsx([TABLE, replace(DONE, assignment="graduate-two-qubits-and-a-long-name")], tmp_path / "marks.xlsx")
    book = openpyxl.load_workbook(tmp_path / "marks.xlsx", data_only=True)
    assert [sheet.title for sheet in book] == ["school-coin", "graduate-two-qubits-and-a-l~2"]
    rows = list(book["school-coin"].iter_rows(values_only=True))
    assert rows[0][4:9] == ("sides /2", "parity /3", "explain parity /4", "late penalty", "total /9")
    assert rows[1][:10] == ("s01", "Kim Seo-yeon 김서연", "school", "graded", 2, 1.5, "pending", 0, 3.5, "1 by hand")
    assert rows[3][3:9] == ("broken", None, None, None, None, None)
    assert rows[3][9:] == ("broken", "coin.ipynb is empty")
    assert list(tmp_path.iterdir()) == [tmp_path / "marks.xlsx"]
    formula = openpyxl.load_workbook(tmp_path / "marks.xlsx")["graduate-two-qubits-and-a-l~2"]["I2"].value
    assert formula == "=SUM(E2:G2)-H2"


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    rows = (MarksRow(Student("s01", '=HYPERLINK("http://x")'), Standing.GRADED, marked(0, 0, 0)),)
    write_xlsx([replace(TABLE, rows=rows)], tmp_path / "marks.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "marks.xlsx")["school-coin"]["B2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


def test_an_assignment_without_students_still_gives_a_sheet(tmp_path: Path) -> None:
    write_xlsx([MarksTable("none/of:it", "", QUESTIONS, ())], tmp_path / "marks.xlsx")
    assert openpyxl.load_workbook(tmp_path / "marks.xlsx").sheetnames == ["none_of_it"]
