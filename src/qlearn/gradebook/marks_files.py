"""Marks for other programs' import: Moodle's gradebook, and a workbook for Excel.

Moodle's importer (Grades, Import, CSV file) asks which column names the student and which hold grades. It takes `-`
for no grade, both for a new column and for one that is there; an empty field would become a grade in a new column. A
student it does not know stops its whole import, so only who is in the roster is written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qlearn.errors import CourseError
from qlearn.gradebook.marks import Mark, MarksRow, MarksTable, MarkState, Standing
from qlearn.gradebook.roster import Student

__all__ = ["MOODLE_COLUMNS", "write_moodle", "write_xlsx"]

MOODLE_COLUMNS = ("ID number", "Full name", "Email address")  # as Moodle itself calls them
NO_GRADE = "-"
LONGEST_SHEET_NAME = 31  # Excel's
_FORBIDDEN_IN_SHEETS = str.maketrans("[]:*?/\\", "_______")


def write_moodle(tables: Sequence[MarksTable], roster: dict[str, Student]) -> str:
    """Write one line a student and one column an assignment: the total, or `-` while any of it is outstanding.

    Raises
    ------
    CourseError
        If the roster is empty, or an assignment's points go beyond the 100 that Moodle takes.
    """
    if not roster:
        raise CourseError("the roster is empty, and Moodle stops at a student it does not know; fill it first")
    for table in tables:
        if table.max_points > 100:
            raise CourseError(f"{table.assignment} has {table.max_points:g} points; Moodle's import takes 100 at most")
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([*MOODLE_COLUMNS, *(table.assignment for table in tables)])
    rows = [{row.student.id: row for row in table.rows} for table in tables]
    for student in roster.values():
        grades = [_grade(found.get(student.id)) for found in rows]
        lines.writerow([student.id, student.name, student.email, *grades])
    return text.getvalue()


def write_xlsx(tables: Sequence[MarksTable], path: Path) -> None:
    """Write a workbook with one sheet an assignment: numbers as numbers, what is pending in words, sums as formulas.

    A file that is there is replaced once the new one is complete.
    """
    import xlsxwriter

    unfinished = path.with_name(f".{path.name}.part")
    try:
        # text stays text: a name that begins with an equals sign is no formula of ours
        with xlsxwriter.Workbook(unfinished, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            for number, table in enumerate(tables, start=1):
                sheet = book.add_worksheet(_sheet_name(table.assignment, number))
                _fill(sheet, table, bold)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _grade(row: MarksRow | None) -> str:
    if row is None or row.total is None or not row.is_complete:
        return NO_GRADE
    return f"{row.total:.10g}"


def _sheet_name(assignment: str, number: int) -> str:
    name = assignment.translate(_FORBIDDEN_IN_SHEETS)
    return name if len(name) <= LONGEST_SHEET_NAME else f"{name[: LONGEST_SHEET_NAME - 4]}~{number}"


def _fill(sheet: Any, table: MarksTable, bold: Any) -> None:
    from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

    first = 4  # the column of the first question
    last = first + len(table.questions) - 1
    heads = ["id", "name", "track", "standing", *(f"{one.label} /{one.max_points:g}" for one in table.questions)]
    heads += ["late penalty", f"total /{table.max_points:g}", "outstanding", "reason"]
    sheet.write_row(0, 0, heads, bold)
    for line, row in enumerate(table.rows, start=1):
        sheet.write_row(line, 0, [row.student.id, row.student.name, row.student.track, row.standing.value])
        for column, mark in enumerate(row.marks, start=first):
            sheet.write(line, column, _cell(mark))
        if row.total is not None:
            sheet.write(line, last + 1, row.penalty)
            total = f"=SUM({xl_range(line, first, line, last)})-{xl_rowcol_to_cell(line, last + 1)}"
            sheet.write_formula(line, last + 2, total, None, row.total)
        pending = sum(mark.state is MarkState.PENDING for mark in row.marks)
        sheet.write(line, last + 3, f"{pending} by hand" if pending else _outstanding(row))
        sheet.write(line, last + 4, row.reason)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(table.rows)), last + 4)
    sheet.set_column(0, last + 4, 12)


def _cell(mark: Mark) -> float | str:
    if mark.points is not None:
        return mark.points
    return "pending" if mark.state is MarkState.PENDING else ""


def _outstanding(row: MarksRow) -> str:
    return "" if row.standing is Standing.GRADED else row.standing.value
