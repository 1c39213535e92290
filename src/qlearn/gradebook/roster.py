"""Who is in the class: `roster.csv` in the course folder, and the same names in nbgrader's gradebook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.session import Session

__all__ = ["Student", "read_roster", "write_roster"]

TRACKS = ("school", "graduate")


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


def read_roster(course: Course) -> dict[str, Student]:
    """Read `roster.csv`, by student id; an absent file is an empty roster.

    Raises
    ------
    CourseError
        If its columns are not those of `Student`, it is not UTF-8, a track is unknown, or an id stands there twice.
    """
    path = course.root / "roster.csv"
    if not path.exists():
        return {}
    columns = [field.name for field in fields(Student)]
    try:
        rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")))
        if list(rows.fieldnames or []) != columns:
            raise CourseError(f"{path} starts with {rows.fieldnames}; its first line must be {','.join(columns)}")
        students = [Student(**{name: (row[name] or "").strip() for name in columns}) for row in rows]
    except UnicodeDecodeError as error:
        raise CourseError(f"{path} is not UTF-8 ({error}); save it as CSV UTF-8") from error
    roster: dict[str, Student] = {}
    for student in filter(lambda student: student.id, students):
        if student.track not in ("", *TRACKS):
            allowed = f"{', '.join(TRACKS)}, or nothing for whoever takes part in everything"
            raise CourseError(f"{path}: the track of {student.id} is {student.track}; it must be {allowed}")
        if student.id in roster:
            raise CourseError(f"{path}: {student.id} stands there twice; each id may have one line")
        roster[student.id] = student
    return roster


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
