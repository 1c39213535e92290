"""One run over an assignment: read, grade in worker processes, write here, keep a journal, leave a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor

from qlearn.errors import SubmissionError
from qlearn.gradebook.autograded import check_plain_name
from qlearn.gradebook.course import Course
from qlearn.gradebook.history import note_graded
from qlearn.gradebook.journal import Finished, Journal, name_of
from qlearn.gradebook.reports import read_report, write_report
from qlearn.gradebook.writer import Writer
from qlearn.grading.batch import grade_batch
from qlearn.grading.graded import GradedSubmission
from qlearn.grading.hand_in import HandIn, read_files
from qlearn.grading.plan import AssignmentPlan
from qlearn.grading.report import AssignmentReport, SubmissionReport
from qlearn.grading.submission import Submission
from qlearn.grading.worker import GradingTask

__all__ = ["Engine", "run_through"]

Engine = Callable[[GradingTask], GradedSubmission]


def run_through(
    course: Course,
    plan: AssignmentPlan,
    submissions: Sequence[Submission],
    *,
    engine: Engine,
    open_executor: Callable[[], Executor],
    window: int,
    on_report: Callable[[SubmissionReport], None],
    tell: Callable[[str], None],
) -> AssignmentReport:
    """Grade submissions by a plan; what a killed run had finished is taken from its journal.

    Raises
    ------
    HostError
        If the machine cannot go on; what was finished is in the report, the gradebook and the journal.
    CourseError
        If the gradebook cannot be used.
    """
    with Journal(course, plan.assignment) as journal, Writer(course, plan) as writer:
        earlier = read_report(course, plan.assignment)
        reports = {report.student: report for report in earlier.submissions} if earlier else {}
        reports.update((student, entry.report) for student, entry in journal.earlier.items())

        def keep(report: SubmissionReport) -> None:
            reports[report.student] = report
            on_report(report)

        def take(task: GradingTask | None, graded: GradedSubmission) -> None:
            if task is None:
                keep(graded.report)
                return
            report = writer.write(graded, task.hand_in)
            note_graded(course, report)
            journal.add(task.hand_in, report)
            keep(report)

        try:
            grade_batch(
                _without_finished(submissions, journal.begin(plan.digest()), keep, tell),
                engine,
                load=lambda submission: GradingTask(plan, _read(submission)),
                on_graded=take,
                open_executor=open_executor,
                window=window,
            )
        finally:
            finished = AssignmentReport(plan.assignment, tuple(reports[student] for student in sorted(reports)))
            write_report(course, finished)
        journal.end()
    return finished


def _without_finished(
    submissions: Sequence[Submission],
    finished: Mapping[str, Finished],
    keep: Callable[[SubmissionReport], None],
    tell: Callable[[str], None],
) -> Iterator[Submission]:
    """Give the submissions that are still to be graded; keep the reports of those that are not."""
    if finished:
        tell(f"going on with a run that was stopped after {len(finished)} submissions")
    for submission in submissions:
        entry = finished.get(submission.student)
        if entry is not None and _is_same(submission, entry):
            keep(entry.report)
        else:
            yield submission


def _is_same(submission: Submission, entry: Finished) -> bool:
    try:
        return entry.hand_in == name_of(_read(submission))
    except (SubmissionError, OSError):
        return False  # it was changed into something that cannot be read, and is reported so


def _read(submission: Submission) -> HandIn:
    """Read a hand-in from the disk.

    Raises
    ------
    SubmissionError
        If it cannot be read, or belongs to nobody who can have a mark.
    """
    check_plain_name(submission.student)
    return read_files(
        submission.folder,
        student=submission.student,
        assignment=submission.assignment,
        timestamp=submission.timestamp,
    )
