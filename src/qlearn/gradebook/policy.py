"""Which attempt counts, what lateness costs, where the book is: `policy.toml` in the course, for people to change.

Without the file, or where it says nothing, the rules are those that harm nobody: the latest attempt in time counts,
and lateness is shown, not punished. Everything that asks about lateness asks here, so that the marks table, nbgrader's
gradebook and the choice among attempts follow the same rules.
"""

from __future__ import annotations

import enum
import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from qlearn.errors import CourseError
from qlearn.gradebook.course import Course

__all__ = ["POLICY_NAME", "POLICY_TEXT", "Attempt", "Policy", "read_book", "read_policy"]

POLICY_NAME = "policy.toml"
DAY = 86400.0
_WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


class Attempt(enum.StrEnum):
    """Which of a student's attempts counts."""

    LATEST_IN_TIME = "latest in time"
    LATEST = "latest"
    FIRST = "first"


@dataclass(frozen=True)
class Policy:
    """The rules of a course.

    Attributes
    ----------
    attempt : Attempt
        Which attempt counts. Of attempts that are all late, `LATEST_IN_TIME` takes the latest.
    grace_minutes : float
        So much after the deadline still counts as in time.
    late_percent_per_day : float
        What each day begun after the deadline takes off, in per cent of the points reached.
    late_percent_at_most : float
        The most that lateness takes off.
    extensions : mapping
        A deadline of their own, by assignment and student, with a time zone.
    book : mapping
        Where the class reads the book, by language; under an empty one for all languages.
    """

    attempt: Attempt = Attempt.LATEST_IN_TIME
    grace_minutes: float = 0.0
    late_percent_per_day: float = 0.0
    late_percent_at_most: float = 100.0
    extensions: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    book: Mapping[str, str] = field(default_factory=dict)

    def in_words(self) -> list[str]:
        """Say the rules, a line each."""
        lines = [f"The attempt that counts: {self.attempt}"]
        if self.grace_minutes:
            lines.append(f"Still in time: {self.grace_minutes:g} minutes after the deadline")
        if self.late_percent_per_day:
            percent = f"{self.late_percent_per_day:g} % of the points reached for each day begun"
            lines.append(f"Lateness takes off {percent}, {self.late_percent_at_most:g} % at most")
        else:
            lines.append("Lateness is shown and takes nothing off")
        for (assignment, student), time in sorted(self.extensions.items()):
            lines.append(f"{student} has until {time.astimezone():%Y-%m-%d %H:%M} for {assignment}")
        return lines

    def deadline(self, assignment: str, student: str, due: datetime | None) -> datetime | None:
        """Until when a student may hand in: their own extension, or the class's time."""
        own = self.extensions.get((assignment, student))
        return own or due

    def seconds_late(self, handed_in: datetime, deadline: datetime | None) -> float:
        """How late a hand-in is; within the grace it is not late, beyond it all of the time counts."""
        if deadline is None:
            return 0.0
        late = (handed_in - deadline).total_seconds()
        return late if late > 60.0 * self.grace_minutes else 0.0

    def penalty(self, points: float, seconds_late: float) -> float:
        """What lateness takes off these points."""
        if seconds_late <= 0.0:
            return 0.0
        percent = min(self.late_percent_at_most, self.late_percent_per_day * math.ceil(seconds_late / DAY))
        return points * percent / 100.0

    def choose(self, times: Sequence[datetime], deadline: datetime | None) -> int:
        """Say which of some attempts counts, by its place in `times`."""
        order = sorted(range(len(times)), key=lambda place: times[place])
        if self.attempt is Attempt.FIRST:
            return order[0]
        if self.attempt is Attempt.LATEST:
            return order[-1]
        in_time = [place for place in order if self.seconds_late(times[place], deadline) == 0.0]
        return in_time[-1] if in_time else order[-1]


def read_policy(course: Course) -> Policy:
    """Read a course's rules; an absent file has the default ones.

    Raises
    ------
    CourseError
        If the file is no TOML, or a key or value is not one that the rules know.
    """
    path = course.root / POLICY_NAME
    given = _read(path)
    book = _book(path, given.pop("book", {}))
    extensions = given.pop("extensions", {})
    zone = _zone(path, given.pop("time_zone", ""))
    for name in given:
        if name not in _ALLOWED:
            raise CourseError(f"{path} sets {name}, which is no rule; there are: {', '.join(ALL_KEYS)}")
        _check_value(path, name, given[name])
    attempt = Attempt(given.pop("attempt", Attempt.LATEST_IN_TIME))
    return Policy(attempt=attempt, extensions=_extensions(path, extensions, zone, course), book=book, **given)


def read_book(root: Path, language: str) -> str:
    """Read from the rules of the course in a folder where its book stands, in one language; empty if they do not say.

    Raises
    ------
    CourseError
        If the file is no TOML, or this is no web address.
    """
    book = _book(root / POLICY_NAME, _read(root / POLICY_NAME).get("book", {}))
    return book.get(language, book.get("", ""))


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} cannot be read ({error}); see the README of the course for its form") from error


def _book(path: Path, given: object) -> dict[str, str]:
    book = {"": given} if isinstance(given, str) else given
    if not isinstance(book, dict) or not all(_WEB_ADDRESS.fullmatch(str(place)) for place in book.values()):
        raise CourseError(
            f'{path} sets book to {given!r}; it must be a web address such as "https://school.example/book", '
            'or one for each language, such as { en = "https://...", ko = "https://..." }'
        )
    return {str(language): str(place) for language, place in book.items()}


_ALLOWED = {
    "attempt": ", ".join(repr(str(attempt)) for attempt in Attempt),
    "grace_minutes": "a number, 0 or above",
    "late_percent_per_day": "a number from 0 to 100",
    "late_percent_at_most": "a number from 0 to 100",
}
ALL_KEYS = ("time_zone", *_ALLOWED, "extensions", "book")


def _check_value(path: Any, name: str, value: object) -> None:
    if name == "attempt":
        right = value in list(Attempt)
    else:
        highest = 100.0 if "percent" in name else math.inf
        number = isinstance(value, int | float) and not isinstance(value, bool)
        right = number and 0.0 <= float(value) <= highest and math.isfinite(float(value))  # type: ignore[arg-type]
    if not right:
        raise CourseError(f"{path} sets {name} to {value!r}; it must be {_ALLOWED[name]}")


def _zone(path: Any, name: object) -> tzinfo | None:
    """The zone that times without one are in; this machine's own if the file names none."""
    if name == "":
        return None
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise CourseError(f"{path} sets time_zone to {name!r}; it must be a name like 'Asia/Seoul'") from error


def _extensions(path: Any, given: object, zone: tzinfo | None, course: Course) -> dict[tuple[str, str], datetime]:
    if not isinstance(given, dict) or not all(isinstance(of, dict) for of in given.values()):
        raise CourseError(
            f'{path} must give extensions as in [extensions.school-bb84], below it s01 = "2026-12-08T18:00"'
        )
    for assignment in given:
        if assignment not in course.assignments():
            there_are = ", ".join(course.assignments())
            raise CourseError(f"{path} extends {assignment}, which is no assignment; there are: {there_are}")
    return {
        (assignment, student): _time(path, student, value, zone)
        for assignment, students in given.items()
        for student, value in students.items()
    }


def _time(path: Any, student: str, value: object, zone: tzinfo | None) -> datetime:
    try:
        # a date alone is the whole of that day; TOML has times of its own, and people write them as text
        time = value if isinstance(value, date) else datetime.fromisoformat(str(value))
        if not isinstance(time, datetime):
            time = datetime(time.year, time.month, time.day) + timedelta(days=1)
    except ValueError:
        raise CourseError(
            f"{path} extends the time of {student} to {value!r}; write it like 2026-12-08T18:00:00"
        ) from None
    if time.tzinfo is None:
        time = time.replace(tzinfo=zone) if zone else time.astimezone()
    return time.astimezone(UTC)


POLICY_TEXT = """# What counts, and what lateness costs. Lines that begin with # do nothing; they show the defaults.

# time_zone = "Asia/Seoul"        # of the times below; default: this machine's

# attempt = "latest in time"      # which attempt counts; or "latest", or "first"
# grace_minutes = 0               # so long after the deadline still counts as in time
# late_percent_per_day = 0        # each day begun takes off so much of the points reached
# late_percent_at_most = 100      # and all days together no more than this

# book = "https://school.example/book"   # feedback pages link to it; { en = "...", ko = "..." } for two languages

# [extensions.school-bb84]        # a later time for one student
# s01 = 2026-12-08T18:00:00
"""
