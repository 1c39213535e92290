"""Grade an assignment: every collected submission, and a report that stays in the course."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from qlearn.errors import CourseError, HostError
from qlearn.gradebook.course import Course
from qlearn.gradebook.session import Session
from qlearn.grading.batch import WINDOW_PER_JOB
from qlearn.grading.processes import open_process_pool, preload, usable_processors
from qlearn.grading.report import AssignmentReport, SubmissionReport
from qlearn.grading.submission import Submission

if TYPE_CHECKING:
    from qlearn.gradebook.run import Engine
    from qlearn.grading.calibration import Calibration
    from qlearn.grading.plan import AssignmentPlan

__all__ = ["can_confine", "collected_submissions", "default_jobs", "grade_assignment"]

MOST_JOBS = 8  # a process with QuTiP loaded takes some 200 MB
TRUSTED = (
    "students' code runs without a sandbox (--trust-submissions): it can read and change whatever you can, "
    "the gradebook included"
)
NO_FORK = (
    "students' code can be confined on Linux alone: grade in a virtual machine or container, "
    "or trust the class with --trust-submissions"
)


def default_jobs() -> int:
    """As many jobs as processors, up to `MOST_JOBS`."""
    return min(usable_processors(), MOST_JOBS)


def can_confine() -> bool:
    """Whether this machine can hold strangers' code."""
    if not hasattr(os, "fork"):
        return False
    from qlearn.grading.worker import check_host

    try:
        check_host(trusted=False)
    except HostError:
        return False
    return True


def collected_submissions(course: Course, assignment: str, students: Collection[str] = ()) -> list[Submission]:
    """List what was collected for an assignment.

    Parameters
    ----------
    course, assignment
        What to list.
    students
        Of these alone; of all if empty.

    Raises
    ------
    CourseError
        If there is no such assignment, its student version was not made yet, or nothing was collected, of one of
        `students` or at all.
    """
    course.check_assignment(assignment)
    with Session(course).gradebook() as gradebook:
        known = {entry.name for entry in gradebook.assignments}
    if assignment not in known:
        raise CourseError(
            f"{assignment} was not released yet, so there is nothing to grade; "
            f"run: qlearn course release {course.root.name} {assignment}"
        )
    collected = course.students_with_work(assignment)
    missing = [student for student in students if student not in collected]
    if not collected or missing:
        whose = f"no work of {missing[0]}" if missing else "nobody's work"
        raise CourseError(
            f"{whose} on {assignment} was collected yet; run: qlearn course collect {course.root.name} {assignment}"
        )
    notebooks = course.notebooks(assignment)
    folders = {student: course.submitted(student, assignment) for student in students or collected}
    return [
        Submission(student, assignment, folder, notebooks, course.timestamp(folder))
        for student, folder in sorted(folders.items())
    ]


def grade_assignment(
    course: Course,
    assignment: str,
    *,
    students: Collection[str] = (),
    jobs: int | None = None,
    cluster: str = "",
    trust: bool = False,
    on_report: Callable[[SubmissionReport], None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
    engine: Engine | None = None,
    open_executor: Callable[[], Executor] | None = None,
) -> AssignmentReport:
    """Grade the collected submissions of an assignment, and keep the report in the course.

    A run that was killed is taken up where it stopped; one that came to its end is done again.

    Parameters
    ----------
    course, assignment
        What to grade.
    students
        Whose work; everybody's if empty.
    jobs
        Worker processes on this machine; as many as processors if None.
    cluster
        The address of a Dask scheduler whose workers grade; this machine alone if empty.
    trust
        Run students' code without a sandbox.
    on_report
        Called as each submission is finished.
    tell
        Told, a sentence each, what the teacher should know before the marks are used.
    engine
        What grades a task; the sandboxed grader, after calibration, if None.
    open_executor
        Another executor than a pool of processes on this machine.

    Returns
    -------
    AssignmentReport
        The same as `read_report` will read.

    Raises
    ------
    CourseError
        As `collected_submissions` and `make_plan`.
    HostError
        If this machine cannot hold strangers' code, or cannot go on; what was finished is in the report and in the
        gradebook.
    """
    if not cluster and open_executor is None and hasattr(os, "fork"):
        preload()
    submissions = collected_submissions(course, assignment, students)
    log_file = Session(course).log_file(f"workers-{assignment}")
    jobs = min(jobs or default_jobs(), len(submissions))
    if trust:
        tell(TRUSTED)
    if not hasattr(os, "fork"):
        return _grade_with_nbgrader(course, submissions, open_executor or partial(open_process_pool, jobs, log_file),
                                    trust, on_report)  # fmt: skip
    # Imported here: the sandbox needs modules that Windows has not got.
    from qlearn.gradebook.calibrating import calibrated
    from qlearn.gradebook.planning import make_plan
    from qlearn.gradebook.run import run_through
    from qlearn.grading.cluster import ClusterExecutor, check_cluster
    from qlearn.grading.worker import check_host, grade_hand_in

    if cluster:
        jobs = check_cluster(cluster, trusted=trust)
        open_executor = partial(ClusterExecutor, cluster)
    elif open_executor is None:
        check_host(trust)
        open_executor = partial(open_process_pool, jobs, log_file, graders=True)
    executors = _Executors(open_executor)
    plan = make_plan(course, assignment, trusted=trust, warn=tell)  # while the libraries of graders are being loaded
    with executors:
        if engine is None and not cluster:
            executors.warm_up(jobs)
        if engine is None:
            plan, remarks = calibrated(course, plan, executors.calibrate)
            for remark in remarks:
                tell(str(remark))
        return run_through(
            course,
            plan,
            submissions,
            engine=engine or grade_hand_in,
            open_executor=executors.take,
            window=WINDOW_PER_JOB * jobs,
            on_report=on_report,
            tell=tell,
        )


class _Executors:
    """Opens executors, the first one early: its workers load their libraries while the gradebook is read."""

    def __init__(self, open_executor: Callable[[], Executor]) -> None:
        self._open = open_executor
        self._first: Executor | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        if self._first is not None:
            self._first.shutdown(wait=True, cancel_futures=True)

    def warm_up(self, jobs: int) -> None:
        """Let so many workers get ready."""
        from qlearn.grading.worker import get_ready

        self._first = self._open()
        for _ in range(jobs):
            self._first.submit(get_ready)

    def calibrate(self, plan: AssignmentPlan) -> Calibration:
        """Judge the model solution in workers, a notebook in each."""
        from qlearn.grading.calibration import Calibration
        from qlearn.grading.worker import calibrate_plan

        executor = self._first = self._first or self._open()
        try:
            parts = [replace(plan, notebooks=(notebook,)) for notebook in plan.notebooks]
            found = [future.result() for future in [executor.submit(calibrate_plan, part) for part in parts]]
        except BrokenExecutor as error:
            raise CourseError(
                f"the model solution of {plan.assignment} ended the process it ran in; run the source notebook yourself"
            ) from error
        notebooks = tuple(notebook for one in found for notebook in one.plan.notebooks)
        findings = tuple(finding for one in found for finding in one.findings)
        return Calibration(replace(plan, notebooks=notebooks), findings)

    def take(self) -> Executor:
        """Give the first executor once, then a new one each time: the batch asks again when one has broken."""
        executor, self._first = self._first or self._open(), None
        return executor


def _grade_with_nbgrader(
    course: Course,
    submissions: Sequence[Submission],
    open_executor: Callable[[], Executor],
    trust: bool,
    on_report: Callable[[SubmissionReport], None],
) -> AssignmentReport:
    """Grade where no process can be forked, with nbgrader's own autograder."""
    from qlearn.gradebook.engine import run_with_nbgrader

    if not trust:
        raise HostError(NO_FORK)
    return run_with_nbgrader(course, submissions, open_executor=open_executor, on_report=on_report)
