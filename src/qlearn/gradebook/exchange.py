"""Give out and take in through nbgrader's file exchange."""

from __future__ import annotations

import base64
import secrets
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qlearn.errors import CourseError, HostError
from qlearn.gradebook.course import Course
from qlearn.gradebook.history import note_release
from qlearn.gradebook.session import Session

__all__ = ["Collection", "collect", "generate", "read_release", "release", "submit_as"]

TIMESTAMP_FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"  # as nbgrader's own exchange writes it


@dataclass(frozen=True)
class Collection:
    """Who has handed in, and whose hand-in this collection brought or replaced."""

    students: tuple[str, ...]
    new: tuple[str, ...]


def generate(course: Course, assignment: str, *, due: datetime | None = None) -> Path:
    """Make the student version of an assignment and write its questions to the gradebook.

    Parameters
    ----------
    course, assignment
        What to make.
    due
        When it is due, with a time zone; None keeps what the gradebook says.

    Returns
    -------
    Path
        The folder with the student version.

    Raises
    ------
    CourseError
        If there is no such assignment, or nbgrader refuses its notebooks; the details are in the course's log.
    """
    course.check_assignment(assignment)
    session = Session(course)
    session.must(
        lambda api: api.generate_assignment(assignment, force=True, create=True), log_name=f"release-{assignment}"
    )
    if due is not None:
        with session.gradebook() as gradebook:
            gradebook.update_or_create_assignment(assignment, duedate=due.astimezone(UTC).isoformat())
    return course.released(assignment)


def release(course: Course, assignment: str, *, due: datetime | None = None) -> Path:
    """Make the student version and put it where students of this machine fetch it, in place of an earlier one.

    Returns
    -------
    Path
        The assignment's folder in the exchange.

    Raises
    ------
    CourseError
        As `generate`, or if nbgrader cannot write to the exchange.
    HostError
        On Windows, which has no file exchange.
    """
    _need_exchange()
    generate(course, assignment, due=due)
    outbound = course.exchange / course.course_id / "outbound" / assignment
    if outbound.exists():
        # nbgrader refuses to release over an earlier release; the student version was just made anew.
        shutil.rmtree(outbound)
    Session(course).must(lambda api: api.release_assignment(assignment), log_name=f"release-{assignment}")
    note_release(course, assignment)
    return outbound


def collect(course: Course, assignment: str, *, check_owner: bool = True) -> Collection:
    """Bring what was handed in from the exchange into the course; a newer hand-in replaces an older one.

    Parameters
    ----------
    course, assignment
        What to collect.
    check_owner
        Have nbgrader note a hand-in whose files belong to another user than it names.

    Returns
    -------
    Collection
        Who has handed in now, and who was new.

    Raises
    ------
    CourseError
        If there is no such assignment, it was never released, or nbgrader cannot read the exchange.
    HostError
        On Windows, which has no file exchange.
    """
    _need_exchange()
    course.check_assignment(assignment)
    if not (course.exchange / course.course_id / "inbound").is_dir():
        raise CourseError(
            f"nothing was released through the exchange {course.exchange} yet; "
            f"run: qlearn course release {course.root.name} {assignment}"
        )
    before = _timestamps(course, assignment)
    session = Session(course)
    session.api.config.ExchangeCollect.check_owner = check_owner
    session.must(lambda api: api.collect(assignment, update=True), log_name=f"collect-{assignment}")
    after = _timestamps(course, assignment)
    new = sorted(student for student, stamp in after.items() if before.get(student) != stamp)
    return Collection(students=tuple(sorted(after)), new=tuple(new))


def submit_as(course: Course, student: str, assignment: str, files: Mapping[str, bytes], *, at: datetime) -> Path:
    """Put a hand-in into the exchange as nbgrader's `submit`, run by that student, would have.

    For a sample class: one user of an operating system cannot submit as twelve.

    Parameters
    ----------
    course, student, assignment
        Whose work it is.
    files
        Content by file name.
    at
        When it was handed in, with a time zone.

    Returns
    -------
    Path
        The new folder in the exchange.
    """
    stamp = at.astimezone(UTC).strftime(TIMESTAMP_FORMAT)
    unguessable = base64.urlsafe_b64encode(secrets.token_bytes(9)).decode("ascii")
    folder = course.exchange / course.course_id / "inbound" / f"{student}+{assignment}+{stamp}+{unguessable}"
    folder.mkdir()
    everything = {
        **files,
        "timestamp.txt": stamp.encode("ascii"),
        "submission_secret.txt": secrets.token_hex(64).encode("ascii"),
    }
    for name, content in everything.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    folder.chmod(0o777)  # nbgrader leaves it so, for the teacher to delete later; its name cannot be guessed
    return folder


def read_release(course: Course, assignment: str) -> dict[str, bytes]:
    """Read the files of an assignment as students get them, by path inside it.

    Raises
    ------
    CourseError
        If its student version was not made yet.
    """
    folder = course.released(assignment)
    if not any(folder.glob("*.ipynb")):
        raise CourseError(
            f"{assignment} has no student version yet; run: qlearn course release {course.root.name} {assignment}"
        )
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }


def _timestamps(course: Course, assignment: str) -> dict[str, str]:
    return {
        student: course.timestamp(course.submitted(student, assignment))
        for student in course.students_with_work(assignment)
    }


def _need_exchange() -> None:
    if sys.platform == "win32":
        raise HostError("nbgrader's exchange needs Linux or macOS; use: qlearn course handout")
