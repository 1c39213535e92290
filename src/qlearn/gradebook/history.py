"""When an assignment was given out, and what each attempt that was graded got: one file of JSON lines an assignment.

Grading an attempt anew adds a line; of lines about the same attempt the last one counts. Nothing here is needed for a
mark, so a line that is torn or missing costs a number in the class report and no more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from qlearn.gradebook.course import Course
from qlearn.grading.report import SubmissionReport

__all__ = ["GradedAttempt", "History", "note_graded", "note_release", "read_history"]


@dataclass(frozen=True)
class GradedAttempt:
    """One attempt of a student: when it was handed in, and the points of each question by notebook and grade_id."""

    student: str
    handed_in: datetime
    points: Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class History:
    """What is known of an assignment's course; `released` is None where it was given out before this was kept."""

    released: datetime | None = None
    attempts: tuple[GradedAttempt, ...] = field(default=())

    def hours_to_right(self, notebook: str, grade_id: str, maximum: float) -> list[float]:
        """Hours from the release to each student's first attempt with full marks, for those whose times are known."""
        if self.released is None:
            return []
        first: dict[str, datetime] = {}
        for attempt in self.attempts:
            if attempt.points.get((notebook, grade_id), -1.0) >= maximum:
                earlier = first.get(attempt.student, attempt.handed_in)
                first[attempt.student] = min(earlier, attempt.handed_in)
        hours = [(time - self.released).total_seconds() / 3600 for time in first.values()]
        return [value for value in hours if value >= 0]


def note_release(course: Course, assignment: str) -> None:
    """Keep when an assignment was given out; only the first time counts."""
    if read_history(course, assignment).released is None:
        _append(course, assignment, {"released": datetime.now(UTC).isoformat()})


def note_graded(course: Course, report: SubmissionReport) -> None:
    """Keep what an attempt got, if it is known when it was handed in."""
    handed_in = _parse(report.timestamp)
    if handed_in is None or not report.questions:
        return
    points = [[one.notebook, one.grade_id, one.points] for one in report.questions if one.points is not None]
    record = {"student": report.student, "handed_in": handed_in.isoformat(), "points": points}
    _append(course, report.assignment, record)


def read_history(course: Course, assignment: str) -> History:
    """Read what is known; lines that cannot be read are passed over."""
    path = course.reports / f".{assignment}.history"
    released: datetime | None = None
    attempts: dict[tuple[str, datetime], GradedAttempt] = {}
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    for line in lines:
        try:
            record = json.loads(line)
            if "released" in record:
                released = released or datetime.fromisoformat(record["released"])
                continue
            points = {(notebook, grade_id): float(value) for notebook, grade_id, value in record["points"]}
            attempt = GradedAttempt(record["student"], datetime.fromisoformat(record["handed_in"]), points)
        except (ValueError, KeyError, TypeError):
            continue
        attempts[attempt.student, attempt.handed_in] = attempt
    return History(released, tuple(attempts.values()))


def _append(course: Course, assignment: str, record: Mapping[str, object]) -> None:
    course.reports.mkdir(exist_ok=True)
    with (course.reports / f".{assignment}.history").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(record) + "\n")


def _parse(stamp: str) -> datetime | None:
    from nbgrader.utils import parse_utc

    try:
        return parse_utc(stamp).replace(tzinfo=UTC) if stamp else None
    except (ValueError, OverflowError, TypeError):
        return None
