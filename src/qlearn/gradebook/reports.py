"""The report of the last grading of an assignment, a JSON file that stays in the course."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.grading.report import AssignmentReport

__all__ = ["read_report", "write_atomically", "write_report"]


def read_report(course: Course, assignment: str) -> AssignmentReport | None:
    """Read the report of the last grading; None if the assignment was not graded with `qlearn grade`.

    Raises
    ------
    CourseError
        If the file is damaged.
    """
    path = _report_file(course, assignment)
    if not path.exists():
        return None
    try:
        return AssignmentReport.from_json(path.read_text(encoding="utf-8"))
    except (ValueError, KeyError, TypeError) as error:
        raise CourseError(f"{path} is damaged ({error}); delete it and grade {assignment} again") from error


def write_report(course: Course, report: AssignmentReport) -> None:
    """Replace an assignment's report."""
    write_atomically(_report_file(course, report.assignment), report.to_json())


def write_atomically(path: Path, text: str) -> None:
    """Replace a file of JSON at once, so that a reader or a crash never meets half of it."""
    path.parent.mkdir(exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        # JSON's own escape stands for half a surrogate pair, which a message may hold and UTF-8 cannot
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _report_file(course: Course, assignment: str) -> Path:
    return course.reports / f"{assignment}.json"
