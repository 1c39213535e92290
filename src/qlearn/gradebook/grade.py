"""Grade an assignment: every collected submission, and a report that stays in the course."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.engine import NbgraderEngine
from qlearn.gradebook.session import Session
from qlearn.grading.batch import Engine, grade_batch
from qlearn.grading.processes import open_process_pool, usable_processors
from qlearn.grading.report import AssignmentReport, SubmissionReport
from qlearn.grading.submission import Submission

__all__ = ["collected_submissions", "default_jobs", "grade_assignment", "read_report"]

MOST_JOBS = 8  # a kernel with QuTiP loaded takes some 200 MB


def default_jobs() -> int:
    """As many jobs as processors, up to `MOST_JOBS`."""
    return min(usable_processors(), MOST_JOBS)


def collected_submissions(course: Course, assignment: str) -> list[Submission]:
    """List what was collected for an assignment.

    Raises
    ------
    CourseError
        If there is no such assignment, its student version was not made yet, or nothing was collected.
    """
    course.check_assignment(assignment)
    with Session(course).gradebook() as gradebook:
        known = {entry.name for entry in gradebook.assignments}
    if assignment not in known:
        raise CourseError(
            f"{assignment} was not released yet, so there is nothing to grade; "
            f"run: qlearn course release {course.root.name} {assignment}"
        )
    students = course.students_with_work(assignment)
    if not students:
        raise CourseError(
            f"nobody's work on {assignment} was collected yet; "
            f"run: qlearn course collect {course.root.name} {assignment}"
        )
    notebooks = course.notebooks(assignment)
    folders = {student: course.submitted(student, assignment) for student in students}
    return [
        Submission(student, assignment, folder, notebooks, course.timestamp(folder))
        for student, folder in folders.items()
    ]


def grade_assignment(
    course: Course,
    assignment: str,
    *,
    jobs: int | None = None,
    on_report: Callable[[SubmissionReport], None] = lambda _: None,
    engine: Engine | None = None,
    open_executor: Callable[[], Executor] | None = None,
) -> AssignmentReport:
    """Grade every collected submission of an assignment, and keep the report in the course.

    Parameters
    ----------
    course, assignment
        What to grade.
    jobs
        Worker processes; as many as processors if None.
    on_report
        Called as each submission is finished.
    engine
        What grades a submission; nbgrader's autograder if None.
    open_executor
        Another executor than a pool of processes on this machine.

    Returns
    -------
    AssignmentReport
        The same as `read_report` will read.

    Raises
    ------
    CourseError
        As `collected_submissions`.
    HostError
        If the machine cannot go on; what was finished is in the report and in the gradebook.
    """
    submissions = collected_submissions(course, assignment)
    log_file = Session(course).log_file(f"kernels-{assignment}")
    pool = partial(open_process_pool, min(jobs or default_jobs(), len(submissions)), log_file)
    reports = {report.student: report for report in _earlier(course, assignment)}

    def keep(report: SubmissionReport) -> None:
        reports[report.student] = report
        on_report(report)

    try:
        grade_batch(
            submissions,
            engine or NbgraderEngine(course.root),
            open_executor=open_executor or pool,
            on_report=keep,
        )
    finally:
        finished = AssignmentReport(assignment, tuple(reports[student] for student in sorted(reports)))
        _write_atomically(_report_file(course, assignment), finished.to_json())
    return finished


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


def _earlier(course: Course, assignment: str) -> tuple[SubmissionReport, ...]:
    report = read_report(course, assignment)
    return report.submissions if report is not None else ()


def _report_file(course: Course, assignment: str) -> Path:
    return course.reports / f"{assignment}.json"


def _write_atomically(path: Path, text: str) -> None:
    """Replace a file at once, so that a reader or a crash never meets half of it."""
    path.parent.mkdir(exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
