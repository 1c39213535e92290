"""Write the pages students get back, and put them where they can fetch them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from qlearn.errors import CourseError, HostError
from qlearn.gradebook.course import Course
from qlearn.gradebook.grade import default_jobs
from qlearn.gradebook.late import settle_penalties
from qlearn.gradebook.session import Session, last_error, worker_session
from qlearn.grading.processes import open_process_pool

__all__ = ["FeedbackResult", "graded_students", "write_feedback"]

STUDENTS_WORTH_A_PROCESS = 25
"""Pages that are written in the time that another process needs to import nbgrader."""


@dataclass(frozen=True)
class FeedbackResult:
    """Whose feedback was written, whose of these is in the exchange, and what failed, by student."""

    written: tuple[str, ...]
    released: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]


def write_feedback(
    course: Course,
    assignment: str,
    *,
    jobs: int | None = None,
    on_student: Callable[[str], None] = lambda _: None,
) -> FeedbackResult:
    """Write feedback for every graded submission and release it; who has no marks gets none.

    A hand-in that came another way than through the exchange has no secret to file its feedback under: it is
    written, and stays in the course's `feedback` folder for the teacher to send.

    Raises
    ------
    CourseError
        If there is no such assignment or nothing of it was graded.
    HostError
        If the machine cannot go on.
    """
    students = graded_students(course, assignment)
    settle_penalties(course, assignment)  # marks by hand may have come since the work was graded
    reasons: dict[str, str] = {}
    jobs = min(jobs or default_jobs(), -(-len(students) // STUDENTS_WORTH_A_PROCESS))
    for student, reason in _write_all(course, assignment, students, jobs):
        if reason:
            reasons[student] = reason
        on_student(student)
    written = [student for student in students if student not in reasons]
    released = _release(course, assignment, written)
    return FeedbackResult(tuple(written), tuple(released), tuple(sorted(reasons.items())))


def graded_students(course: Course, assignment: str) -> list[str]:
    """Name the students whose work on an assignment was graded.

    Raises
    ------
    CourseError
        If there is no such assignment or nothing of it was graded.
    """
    course.check_assignment(assignment)
    folders = course.root.glob(f"autograded/*/{assignment}")
    students = sorted(folder.parent.name for folder in folders if any(folder.glob("*.ipynb")))
    if not students:
        raise CourseError(f"nothing of {assignment} was graded yet; run: qlearn grade {course.root.name} {assignment}")
    return students


def _write_all(course: Course, assignment: str, students: Sequence[str], jobs: int) -> Iterator[tuple[str, str]]:
    """Write everyone's pages; yield each student with what failed, or nothing, as they come."""
    if jobs == 1:
        for student in students:
            yield student, _write_one(course.root, assignment, student)
        return
    with open_process_pool(jobs, Session(course).log_file(f"feedback-{assignment}")) as pool:
        futures = {pool.submit(_write_one, course.root, assignment, student): student for student in students}
        for future in as_completed(futures):
            yield futures[future], future.result()


def _write_one(course_root: Path, assignment: str, student: str) -> str:
    """Write one student's pages; return what failed, or nothing."""
    result = worker_session(course_root).run(
        partial(_generate_one, assignment=assignment, student=student),
        log_name=f"feedback-{assignment}",
        student=student,
    )
    return "" if result["success"] else last_error(result)


def _generate_one(api: Any, *, assignment: str, student: str) -> Mapping[str, Any]:
    result: Mapping[str, Any] = api.generate_feedback(assignment, student, force=True)
    return result


def _release(course: Course, assignment: str, students: Sequence[str]) -> list[str]:
    session = Session(course)
    released = []
    for student in students:
        if (course.feedback(student, assignment) / "submission_secret.txt").is_file():
            result = session.run(
                partial(_release_one, assignment=assignment, student=student),
                log_name=f"feedback-{assignment}",
                student=student,
            )
            if not result["success"]:
                raise HostError(f"the exchange {course.exchange} cannot take feedback: {last_error(result)}")
            released.append(student)
    return released


def _release_one(api: Any, *, assignment: str, student: str) -> Mapping[str, Any]:
    result: Mapping[str, Any] = api.release_feedback(assignment, student)
    return result
