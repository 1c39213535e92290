"""The demo: a book, a course, a sample class in two tracks, from hand-out to marks. Nothing in it is canned."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import collect, release
from qlearn.gradebook.feedback import write_feedback
from qlearn.gradebook.grade import can_confine, grade_assignment
from qlearn.gradebook.marks import MarksTable, read_marks
from qlearn.gradebook.new_course import Kit, new_course
from qlearn.gradebook.roster import write_roster
from qlearn.gradebook.sample_class import SampleWork, describe_class, find_disagreements, hand_in
from qlearn.grading.processes import open_process_pool
from qlearn.grading.report import AssignmentReport, Outcome

__all__ = ["ASSIGNMENTS", "DemoResult", "StepDisplay", "run_demo"]

ASSIGNMENTS = ("school-bb84", "graduate-bb84")
MARKER = ".made-by-qlearn-demo"


class StepDisplay(Protocol):
    """Shows what the demo is doing."""

    def begin(self, title: str, total: int | None = None) -> None:
        """Begin a step of `total` parts, or of unknown length."""

    def advance(self) -> None:
        """One part is done."""

    def end(self, summary: str) -> None:
        """Finish the step; the summary says what came of it."""


@dataclass(frozen=True)
class DemoResult:
    """What the demo made.

    `cast` says who did something other than answer; `disagreements` names each mark or message that is not what the
    sample class was planted to get.
    """

    course: Course
    book: Path
    tables: tuple[MarksTable, ...]
    cast: tuple[str, ...]
    disagreements: tuple[str, ...]


def run_demo(
    folder: Path,
    kit: Kit,
    display: StepDisplay,
    *,
    build_book: Callable[[Path], Path],
    now: datetime,
    jobs: int | None = None,
) -> DemoResult:
    """Build the book and play one assignment a track with a sample class.

    Parameters
    ----------
    folder
        Where the course goes; an earlier demo's course there is replaced.
    kit
        The checkout with book, exercises and planted answers.
    display
        Told about every step.
    build_book
        Builds the book of a folder and returns where its pages are; runs in a process of its own, beside the class.
    now
        The present, with a time zone; the assignments were due a day and a half ago.
    jobs
        Grade and write feedback in so many processes; as many as processors if None.

    Raises
    ------
    CourseError
        If the folder holds anything but an earlier demo's course, or a step fails.
    BookError
        If the book cannot be built.
    """
    course = _begin_course(folder, kit, display)
    with open_process_pool(1, course.logs / "book.log") as pool:
        book = pool.submit(build_book, kit.book)
        works = _hand_out_and_in(course, kit, display, due=now - timedelta(hours=36))
        reports = [_grade(course, assignment, display, jobs) for assignment in ASSIGNMENTS]
        for assignment in ASSIGNMENTS:
            _give_feedback(course, assignment, display, jobs)
        pages = _await_book(book, display)
    tables = [read_marks(course, assignment) for assignment in ASSIGNMENTS]
    disagreements = [
        line
        for table, report in zip(tables, reports, strict=True)
        for line in find_disagreements(works[table.assignment], table, report)
    ]
    cast = tuple(f"{assignment}: {describe_class(works[assignment])}" for assignment in ASSIGNMENTS)
    return DemoResult(course, pages, tuple(tables), cast, tuple(disagreements))


def _begin_course(folder: Path, kit: Kit, display: StepDisplay) -> Course:
    display.begin("Make a course")
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise CourseError(f"{folder} is not a folder; choose another one with --dir")
    if (folder / MARKER).is_file():
        shutil.rmtree(folder)
    elif folder.is_dir() and any(folder.iterdir()):
        raise CourseError(f"{folder} was not made by this demo, so it stays as it is; choose another one with --dir")
    course = new_course(folder, kit)
    (course.root / MARKER).write_text("`qlearn demo` replaces this folder. Remove this file to keep it.\n")
    display.end(f"{folder}: gradebook, file exchange, {len(course.assignments())} assignments")
    return course


def _hand_out_and_in(
    course: Course, kit: Kit, display: StepDisplay, *, due: datetime
) -> dict[str, Sequence[SampleWork]]:
    display.begin("Release two assignments", total=len(ASSIGNMENTS))
    for assignment in ASSIGNMENTS:
        release(course, assignment, due=due)
        display.advance()
    display.end(" and ".join(ASSIGNMENTS))
    display.begin("Hand in a sample class's work", total=len(ASSIGNMENTS))
    works: dict[str, Sequence[SampleWork]] = {}
    for assignment in ASSIGNMENTS:
        works[assignment] = hand_in(course, assignment, kit.answers, due=due)
        display.advance()
    students = [work.student for assignment in ASSIGNMENTS for work in works[assignment]]
    write_roster(course, students)
    display.end(f"{len(students)} students, in the exchange's own format")
    display.begin("Collect through nbgrader's exchange", total=len(ASSIGNMENTS))
    found = 0
    for assignment in ASSIGNMENTS:
        # One user of this machine handed in for all of them, so files cannot belong to the students.
        found += len(collect(course, assignment, check_owner=False).new)
        display.advance()
    display.end(f"{found} hand-ins")
    return works


def _grade(course: Course, assignment: str, display: StepDisplay, jobs: int | None) -> AssignmentReport:
    display.begin(f"Grade {assignment}", total=len(course.students_with_work(assignment)))
    # The sample class is our own: where there is no sandbox it may do without.
    trust = not can_confine()
    report = grade_assignment(course, assignment, jobs=jobs, trust=trust, on_report=lambda _: display.advance())
    display.end(", ".join(f"{report.count(outcome)} {outcome.value}" for outcome in Outcome if report.count(outcome)))
    return report


def _give_feedback(course: Course, assignment: str, display: StepDisplay, jobs: int | None) -> None:
    display.begin(f"Write feedback on {assignment}")
    result = write_feedback(course, assignment, jobs=jobs)
    failures = "".join(f"; {student}: {reason}" for student, reason in result.failed)
    display.end(f"{len(result.released)} released to the exchange{failures}")


def _await_book(book: Future[Path], display: StepDisplay) -> Path:
    display.begin("Build the book (begun beside the class)")
    pages = book.result()
    display.end(str(pages))
    return pages
