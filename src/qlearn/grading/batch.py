"""Grade many submissions, one after the other or through any `concurrent.futures.Executor`.

A submission never stops the others: what one raises becomes its own broken report, and when a worker process dies
(an answer may kill it), the submissions that were not finished run again, each alone, so that only the guilty one is
reported as broken. Only a fault of the host, such as a full disk, ends the batch: no submission is to blame for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, as_completed
from dataclasses import replace
from time import perf_counter
from typing import Protocol

from qlearn.errors import HostError, SubmissionError
from qlearn.grading.report import Outcome, SubmissionReport
from qlearn.grading.submission import Submission

__all__ = ["Engine", "grade_batch"]


class Engine(Protocol):
    """Grades one submission; picklable, since it travels to worker processes."""

    def __call__(self, submission: Submission) -> SubmissionReport:
        """Grade it and write its marks; raise `SubmissionError` for what cannot be read or executed."""
        ...


def grade_batch(
    submissions: Sequence[Submission],
    engine: Engine,
    *,
    open_executor: Callable[[], Executor] | None = None,
    on_report: Callable[[SubmissionReport], None] = lambda _: None,
) -> tuple[SubmissionReport, ...]:
    """Grade every submission and report each, whatever the others do.

    Parameters
    ----------
    submissions
        What to grade.
    engine
        Called once a submission; again only after the process it ran in died.
    open_executor
        Opens the executor to use, such as a process pool or `dask.distributed.Client.get_executor`. None grades in
        this process, one after the other.
    on_report
        Called here, in this process, as each report arrives.

    Returns
    -------
    tuple of SubmissionReport
        One a submission, in the order given.

    Raises
    ------
    HostError
        If the machine cannot go on. `on_report` has then seen every submission that was finished.
    """
    reports: dict[int, SubmissionReport] = {}

    def keep(number: int, report: SubmissionReport) -> None:
        reports[number] = report
        on_report(report)

    if open_executor is None:
        for number, submission in enumerate(submissions):
            keep(number, grade_guarded(engine, submission))
    else:
        unfinished = _grade_together(submissions, engine, open_executor, keep)
        for number in unfinished:
            keep(number, _grade_alone(submissions[number], engine, open_executor))
    return tuple(reports[number] for number in range(len(submissions)))


def grade_guarded(engine: Engine, submission: Submission) -> SubmissionReport:
    """Grade one submission and turn what it raises into a broken report, timed in seconds.

    Raises
    ------
    HostError
        If the machine, not the submission, is at fault.
    """
    started = perf_counter()
    try:
        report = engine(submission)
    except HostError:
        raise
    except SubmissionError as error:
        report = _broken(submission, str(error))
    except Exception as error:  # a stranger's file may break any library in any way
        report = _broken(submission, f"{type(error).__name__}: {error}")
    return replace(report, seconds=round(perf_counter() - started, 3), timestamp=submission.timestamp)


def _grade_together(
    submissions: Sequence[Submission],
    engine: Engine,
    open_executor: Callable[[], Executor],
    keep: Callable[[int, SubmissionReport], None],
) -> list[int]:
    """Grade through one executor; return the numbers of those lost because a worker process died."""
    unfinished = []
    with open_executor() as executor:
        numbers = {
            executor.submit(grade_guarded, engine, submission): number for number, submission in enumerate(submissions)
        }
        try:
            for future in as_completed(numbers):
                try:
                    keep(numbers[future], future.result())
                except BrokenExecutor:
                    unfinished.append(numbers[future])
        except BaseException:
            # A full disk or Ctrl-C: what has not begun need not begin, what runs is waited for by the executor.
            for future in numbers:
                future.cancel()
            raise
    return sorted(unfinished)


def _grade_alone(submission: Submission, engine: Engine, open_executor: Callable[[], Executor]) -> SubmissionReport:
    with open_executor() as executor:
        try:
            return executor.submit(grade_guarded, engine, submission).result()
        except BrokenExecutor:
            return _broken(submission, "grading it ended the worker process each time; look at the notebook's code")


def _broken(submission: Submission, reason: str) -> SubmissionReport:
    return SubmissionReport(
        student=submission.student,
        assignment=submission.assignment,
        outcome=Outcome.BROKEN,
        reason=" ".join(reason.split()),
        timestamp=submission.timestamp,
    )
