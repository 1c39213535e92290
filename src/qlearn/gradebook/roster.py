"""Who is in the class: `roster.csv` in the course folder, and the same names in nbgrader's gradebook.

A school's own list comes out of Excel or a school system: as UTF-8 with or without a byte order mark, or as CP949,
with columns in any order, more of them than we need, and named in Korean. `read_table` takes all of these and says of
every row that it cannot take why; what it refuses is never half used.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.session import Session

__all__ = ["BadRow", "RosterTable", "Student", "import_roster", "read_roster", "read_table", "write_roster"]

TRACKS = ("school", "graduate")
HEADINGS = {"학번": "id", "이름": "name", "성명": "name", "트랙": "track", "이메일": "email", "e-mail": "email"}
ENCODINGS = ("utf-8-sig", "cp949")  # Korean text in CP949 is hardly ever valid UTF-8, so this order tells them apart
_ID = re.compile(r"[^\s/\\+:*?\"<>|.][^\s/\\+:*?\"<>|]*")  # a folder's name, which the exchange joins with plus signs
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True)
class Student:
    """One line of the roster; `track` is school, graduate, or empty for whoever takes part in everything."""

    id: str
    name: str = ""
    track: str = ""
    email: str = ""

    def takes(self, assignment: str) -> bool:
        """Whether the assignment is this student's: its name begins with no track, or with this student's."""
        track = assignment.partition("-")[0]
        return not self.track or track not in TRACKS or track == self.track


@dataclass(frozen=True)
class BadRow:
    """A line of the file that cannot be taken, and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True)
class RosterTable:
    """What a file of students holds: whom it names, which rows are wrong, which columns say nothing to us."""

    students: tuple[Student, ...]
    bad_rows: tuple[BadRow, ...]
    unused_columns: tuple[str, ...]


def read_table(path: Path) -> RosterTable:
    """Read a file of students as Excel, a school system or a hand writes it.

    Raises
    ------
    CourseError
        If there is no such file, it is no text in UTF-8 or CP949, or it has no column `id`.
    """
    if not path.is_file():
        raise CourseError(f"no such file: {path}; name a CSV file with the columns {_columns()}")
    rows = csv.reader(io.StringIO(_decode(path)))
    headings = [_heading(text) for text in next(rows, [])]
    if "id" not in headings or len(set(headings)) < len(headings):
        seen = ", ".join(headings) or "nothing"
        raise CourseError(f"{path} starts with {seen}; its first line must be {_columns()}, each once, and id at least")
    known = {field.name for field in fields(Student)}
    students: list[Student] = []
    bad: list[BadRow] = []
    for row in rows:
        if not any(field.strip() for field in row):
            continue
        reason = f"has {len(row)} fields, the first line has {len(headings)}" if len(row) > len(headings) else ""
        values = {name: text.strip() for name, text in zip(headings, row, strict=False) if name in known}
        student = Student(**{"id": "", **values})
        reason = reason or _what_is_wrong(student, {other.id for other in students})
        if reason:
            bad.append(BadRow(rows.line_num, reason))
        else:
            students.append(student)
    unused = tuple(name for name in headings if name and name not in known)
    return RosterTable(tuple(students), tuple(bad), unused)


def read_roster(course: Course) -> dict[str, Student]:
    """Read `roster.csv`, by student id; an absent file is an empty roster.

    Raises
    ------
    CourseError
        As `read_table`, or if a row is wrong; the message says of the first one why.
    """
    path = course.root / "roster.csv"
    if not path.exists():
        return {}
    table = read_table(path)
    if table.bad_rows:
        more = f"; {len(table.bad_rows) - 1} more rows are wrong" if len(table.bad_rows) > 1 else ""
        raise CourseError(f"{path}, {table.bad_rows[0]}{more}")
    return {student.id: student for student in table.students}


def import_roster(course: Course, path: Path) -> RosterTable:
    """Take over a class list in place of the course's roster; with one wrong row, nothing is changed.

    Raises
    ------
    CourseError
        As `read_table`, or if the file names nobody.
    """
    table = read_table(path)
    if not table.students and not table.bad_rows:
        raise CourseError(f"{path} names nobody; put one student on each line below {_columns()}")
    if not table.bad_rows:
        write_roster(course, table.students)
    return table


def write_roster(course: Course, students: Sequence[Student]) -> None:
    """Write the roster and enter every student in nbgrader's gradebook, so that Formgrader shows the names."""
    text = io.StringIO()
    table = csv.DictWriter(text, [field.name for field in fields(Student)], lineterminator="\n")
    table.writeheader()
    table.writerows(asdict(student) for student in students)
    (course.root / "roster.csv").write_text(text.getvalue(), encoding="utf-8")
    with Session(course).gradebook() as gradebook:
        for student in students:
            family_name, _, given_name = student.name.partition(" ")
            gradebook.update_or_create_student(
                student.id, last_name=family_name, first_name=given_name, email=student.email or None
            )


def _decode(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CourseError(f"{path} is neither UTF-8 nor CP949; save it from Excel as CSV UTF-8")


def _heading(text: str) -> str:
    plain = text.strip().lower()
    return HEADINGS.get(plain, plain)


def _columns() -> str:
    return ",".join(field.name for field in fields(Student))


def _what_is_wrong(student: Student, taken: set[str]) -> str:
    if not student.id:
        return "has no id; every student needs one"
    if not _ID.fullmatch(student.id):
        return f"the id {student.id!r} cannot name a folder; use letters, digits, - and _"
    if student.id in taken:
        return f"{student.id} stands there twice; each id may have one line"
    if student.track not in ("", *TRACKS):
        allowed = f"{', '.join(TRACKS)}, or nothing for whoever takes part in everything"
        return f"the track of {student.id} is {student.track}; it must be {allowed}"
    if student.email and not _ADDRESS.fullmatch(student.email):
        return f"the e-mail of {student.id} is {student.email!r}; it must be like name@school.kr, or nothing"
    return ""
