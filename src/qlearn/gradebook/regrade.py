"""Grade an assignment again after one of its tests was corrected: first shown, then done, and noted for later.

What would change is found in a copy of the course that holds this assignment alone: there the corrected source is
released and every hand-in graded, by the very code that does it in earnest. Until the teacher agrees, nothing in the
course itself is touched. Hand marks and comments stay, as whenever work is graded.
"""

from __future__ import annotations

import getpass
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from qlearn.errors import CourseError
from qlearn.gradebook.course import CONFIG_NAME, DATABASE_NAME, SQLITE, Course, open_course
from qlearn.gradebook.exchange import generate
from qlearn.gradebook.grade import collected_submissions, grade_assignment
from qlearn.gradebook.marks import MarksTable, read_marks
from qlearn.gradebook.policy import POLICY_NAME

__all__ = ["MarkChange", "find_changes", "preview_regrade", "regrade"]


@dataclass(frozen=True)
class MarkChange:
    """One mark that a regrade changes; None stands for no mark."""

    student: str
    question: str
    before: float | None
    after: float | None

    def __str__(self) -> str:
        before, after = ("no mark" if value is None else f"{value:g}" for value in (self.before, self.after))
        return f"{self.student}  {self.question}: {before} -> {after}"


def preview_regrade(course: Course, assignment: str, **grading: Any) -> list[MarkChange]:
    """Say which marks a regrade with the source as it is now would change; changes nothing.

    Parameters
    ----------
    course, assignment
        What to look at.
    **grading
        As `grade_assignment` takes them, such as `jobs` and `on_report`.

    Raises
    ------
    CourseError
        As `grade_assignment`, or if the gradebook is no SQLite file in the course folder, or nbgrader refuses the
        corrected source.
    HostError
        As `grade_assignment`.
    """
    collected_submissions(course, assignment)
    before = read_marks(course, assignment)
    with _copy(course, assignment) as copy:
        generate(copy, assignment)
        grade_assignment(copy, assignment, **grading)
        return find_changes(before, read_marks(copy, assignment))


def regrade(course: Course, assignment: str, *, why: str, **grading: Any) -> list[MarkChange]:
    """Take over the corrected source, grade every hand-in again, and note in the course's log who did it and why.

    Returns
    -------
    list of MarkChange
        What was changed in fact.

    Raises
    ------
    CourseError
        As `preview_regrade`, or if no reason is given.
    HostError
        As `grade_assignment`; running it again goes on.
    """
    if not why.strip():
        raise CourseError("a regrade needs a reason, for whoever asks later; give it with --because")
    collected_submissions(course, assignment)
    before = read_marks(course, assignment)
    generate(course, assignment)
    grade_assignment(course, assignment, **grading)
    changes = find_changes(before, read_marks(course, assignment))
    _note(course, assignment, why, changes)
    return changes


def find_changes(before: MarksTable, after: MarksTable) -> list[MarkChange]:
    """Compare two tables mark by mark, by student and in the order of the questions."""
    labels = {
        (question.notebook, question.grade_id): question.label for question in (*before.questions, *after.questions)
    }
    old, new = _points(before), _points(after)
    return [
        MarkChange(student, label, old.get((student, *place)), new.get((student, *place)))
        for student in sorted({row.student.id for row in (*before.rows, *after.rows)})
        for place, label in labels.items()
        if old.get((student, *place)) != new.get((student, *place))
    ]


def _points(table: MarksTable) -> dict[tuple[str, str, str], float | None]:
    return {
        (row.student.id, question.notebook, question.grade_id): mark.points
        for row in table.rows
        for question, mark in zip(table.questions, row.marks, strict=True)
    }


@contextmanager
def _copy(course: Course, assignment: str) -> Iterator[Course]:
    """Make a course with this assignment alone beside the real one's folders; gone afterwards."""
    if course.database_url != f"{SQLITE}{course.root / DATABASE_NAME}":
        raise CourseError(
            f"a regrade is shown in a copy of {DATABASE_NAME} in the course folder, but this gradebook is elsewhere; "
            f"release and grade {assignment} again instead"
        )
    outer = Path(tempfile.mkdtemp(prefix=".regrade-", dir=course.root))
    root = outer / course.root.name  # the folder's name is the course's
    try:
        (root / "exchange").mkdir(parents=True)  # nbgrader wants one to be there
        for name in (CONFIG_NAME, DATABASE_NAME, POLICY_NAME, "roster.csv", "header.ipynb"):
            if (course.root / name).is_file():
                shutil.copyfile(course.root / name, root / name)
        shutil.copytree(course.source / assignment, root / "source" / assignment)
        for student in course.students_with_work(assignment):
            target = root / "submitted" / student / assignment
            # links to the same bytes: grading reads hand-ins and never writes to them
            shutil.copytree(course.submitted(student, assignment), target, symlinks=True, copy_function=_link)
        yield open_course(root)
    finally:
        shutil.rmtree(outer, ignore_errors=True)


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
    return target


def _note(course: Course, assignment: str, why: str, changes: Sequence[MarkChange]) -> None:
    course.logs.mkdir(exist_ok=True)
    reason = " ".join(why.split())
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    lines = [f"{now}  {_who()}  {assignment}: {reason}", *(f"    {change}" for change in changes)]
    if not changes:
        lines.append("    no mark changed")
    with (course.logs / f"regrade-{assignment}.log").open("a", encoding="utf-8") as log:
        log.write("\n".join(lines) + "\n")


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "unknown user"
