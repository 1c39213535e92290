"""Grade many submissions, one after the other or through any `concurrent.futures.Executor`.

A submission never stops the others: what one raises becomes its own broken report, and when a worker process dies
(an answer may kill it), the submissions that were under way run again, each alone, so that only the guilty one is
reported as broken. Only a fault of the host, such as a full disk, ends the batch: no submission is to blame for it.

No more than a window of submissions is read ahead, so memory does not grow with the class.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Generic, TypeVar

from qlearn.errors import HostError, SubmissionError
from qlearn.grading.graded import GradedSubmission
from qlearn.grading.report import Outcome, SubmissionReport
from qlearn.grading.submission import Submission

__all__ = ["WINDOW_PER_JOB", "broken", "grade_batch", "grade_guarded"]

WINDOW_PER_JOB = 3  # keeps every worker busy while the one writer writes, and no more in memory

TaskT = TypeVar("TaskT")
Engine = Callable[[TaskT], GradedSubmission]
"""Grades one task; picklable, as it travels to worker processes. Raises `SubmissionError` for what it cannot read."""
OnGraded = Callable[["TaskT | None", GradedSubmission], None]


@dataclass(frozen=True)
class _Loaded(Generic[TaskT]):
    """A submission that was read and is under way."""

    submission: Submission
    task: TaskT


def grade_batch(
    submissions: Iterable[Submission],
    engine: Engine[TaskT],
    *,
    load: Callable[[Submission], TaskT],
    on_graded: OnGraded[TaskT],
    open_executor: Callable[[], Executor] | None = None,
    window: int = WINDOW_PER_JOB,
) -> None:
    """Grade every submission and hand each result over, whatever the others do.

    Parameters
    ----------
    submissions
        What to grade.
    engine
        Called once a submission; again only after the process it ran in died.
    load
        Reads a submission just before it is graded, here, in this process; what it gives is what `engine` gets. What
        it raises is reported as `engine`'s errors are.
    on_graded
        Called here with what `load` gave (None if it failed) and the result, as each arrives.
    open_executor
        Opens the executor to use, such as a process pool or a Dask cluster's. None grades in this process, one after
        the other.
    window
        Most submissions under way at a time: about `WINDOW_PER_JOB` for each worker.

    Raises
    ------
    HostError
        If the machine cannot go on. `on_graded` has then seen every submission that was finished.
    """
    batch = _Batch(engine, load, on_graded, window)
    waiting = iter(submissions)
    if open_executor is None:
        batch.run_here(waiting)
        return
    while True:
        with open_executor() as executor:
            lost = batch.run_together(waiting, executor)
        if not lost:
            return
        batch.run_alone(lost, open_executor)


def grade_guarded(engine: Engine[TaskT], submission: Submission, task: TaskT) -> GradedSubmission:
    """Grade one submission and turn what it raises into a broken report, timed in seconds.

    Raises
    ------
    HostError
        If the machine, not the submission, is at fault.
    """
    started = perf_counter()
    try:
        graded = engine(task)
    except HostError:
        raise
    except SubmissionError as error:
        graded = broken(submission, str(error))
    except Exception as error:  # a stranger's file may break any library in any way
        graded = broken(submission, f"{type(error).__name__}: {error}")
    seconds = round(perf_counter() - started, 3)
    return replace(graded, report=replace(graded.report, seconds=seconds, timestamp=submission.timestamp))


def broken(submission: Submission, reason: str) -> GradedSubmission:
    """Report a submission as broken: it has a reason and no marks."""
    report = SubmissionReport(
        student=submission.student.encode("utf-8", "backslashreplace").decode(),  # a folder can have any name
        assignment=submission.assignment,
        outcome=Outcome.BROKEN,
        reason=" ".join(reason.split()),
        timestamp=submission.timestamp,
    )
    return GradedSubmission(report)


@dataclass(frozen=True)
class _Batch(Generic[TaskT]):
    """What every way of running a batch needs."""

    engine: Engine[TaskT]
    load: Callable[[Submission], TaskT]
    on_graded: OnGraded[TaskT]
    window: int

    def run_here(self, waiting: Iterator[Submission]) -> None:
        """Grade in this process, one after the other."""
        while (loaded := self._load_next(waiting)) is not None:
            self.on_graded(loaded.task, grade_guarded(self.engine, loaded.submission, loaded.task))

    def run_together(self, waiting: Iterator[Submission], executor: Executor) -> list[_Loaded[TaskT]]:
        """Grade until none is left or a worker dies; return those that were under way when it died."""
        lost: list[_Loaded[TaskT]] = []
        running: dict[Future[GradedSubmission], _Loaded[TaskT]] = {}
        try:
            while True:
                while not lost and len(running) < self.window:
                    loaded = self._load_next(waiting)
                    if loaded is None:
                        break
                    try:
                        running[self._submit(executor, loaded)] = loaded
                    except BrokenExecutor:
                        lost.append(loaded)
                if not running:
                    return lost
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    loaded = running.pop(future)
                    try:
                        self.on_graded(loaded.task, future.result())
                    except BrokenExecutor:
                        lost.append(loaded)
        except BaseException:
            # A full disk or Ctrl-C: what has not begun need not begin, what runs is waited for by the executor.
            for future in running:
                future.cancel()
            raise

    def run_alone(self, lost: list[_Loaded[TaskT]], open_executor: Callable[[], Executor]) -> None:
        """Grade those that were under way when a worker died, one at a time, to find which of them killed it."""
        remaining = deque(lost)
        while remaining:
            with open_executor() as executor:
                while remaining:
                    loaded = remaining.popleft()
                    try:
                        graded = self._submit(executor, loaded).result()
                    except BrokenExecutor:
                        reason = "grading it ended the worker process each time; look at the notebook's code"
                        self.on_graded(loaded.task, broken(loaded.submission, reason))
                        break  # this executor is of no more use
                    self.on_graded(loaded.task, graded)

    def _submit(self, executor: Executor, loaded: _Loaded[TaskT]) -> Future[GradedSubmission]:
        return executor.submit(grade_guarded, self.engine, loaded.submission, loaded.task)

    def _load_next(self, waiting: Iterator[Submission]) -> _Loaded[TaskT] | None:
        """Read the next submission that can be read; report those that cannot."""
        for submission in waiting:
            try:
                return _Loaded(submission, self.load(submission))
            except SubmissionError as error:
                self.on_graded(None, broken(submission, str(error)))
            except OSError as error:
                self.on_graded(None, broken(submission, f"it cannot be read: {error.strerror or error}"))
        return None
