"""What the commands show while they work: progress bars and finished steps."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from qlearn.gradebook.marks import Standing
from qlearn.gradebook.marks_text import STANDING_COLOURS
from qlearn.grading.report import AssignmentReport, Outcome, SubmissionReport

__all__ = ["BatchProgress", "Steps", "batch_progress", "program_name", "render_report"]

TITLE_WIDTH = 40


class RateColumn(ProgressColumn):
    """How many are finished a second, over the last of them."""

    def render(self, task: Task) -> Text:
        """Write the rate; nothing while there is none."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.2g}/s" if speed else "", style="cyan")


class BatchProgress:
    """A bar over a batch of submissions that counts outcomes as they come."""

    def __init__(self, progress: Progress, title: str, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=total, counts="")
        self._counts: dict[str, int] = {}

    def report(self, report: SubmissionReport) -> None:
        """Count one finished submission."""
        self._counts[report.outcome.value] = self._counts.get(report.outcome.value, 0) + 1
        counts = ", ".join(f"{count} {outcome}" for outcome, count in self._counts.items())
        self._progress.update(self._task, advance=1, counts=counts)

    def advance(self) -> None:
        """One more is done, with nothing to say about it."""
        self._progress.update(self._task, advance=1)


@contextmanager
def batch_progress(console: Console, title: str, total: int) -> Iterator[BatchProgress]:
    """Show a progress bar that leaves the terminal as it was."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        RateColumn(),
        TimeElapsedColumn(),
        TextColumn("left", style="dim"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[counts]}", style="dim"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield BatchProgress(progress, title, total)


class Steps:
    """Shows steps one below the other: a spinner or bar while one runs, a line with its time when it is done."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress: Progress | None = None
        self._title = ""
        self._started = 0.0

    def begin(self, title: str, total: int | None = None) -> None:
        """Begin a step of `total` parts, or of unknown length."""
        self._title, self._started = title, perf_counter()
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn(f"{title:<{TITLE_WIDTH}}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn() if total is not None else TextColumn(""),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,  # a log file gets the finished lines alone
        )
        self._progress.add_task(title, total=total)
        self._progress.start()

    def advance(self) -> None:
        """One part is done."""
        if self._progress is not None:
            self._progress.advance(self._progress.task_ids[0])

    def end(self, summary: str) -> None:
        """Replace the bar by a line that says what came of the step and how long it took, in seconds."""
        self.stop()
        line = Text(" ✓ ", style="green")
        line.append(f"{self._title:<{TITLE_WIDTH}}", style="bold")
        line.append(f"{perf_counter() - self._started:6.1f} s  ", style="cyan")
        line.append(summary, style="default")
        self._console.print(line, soft_wrap=True)

    def stop(self) -> None:
        """Take the bar away, so that an error message is not written into it."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def __enter__(self) -> Steps:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def render_report(report: AssignmentReport) -> Table:
    """Say how many ended in each way, and of each that did not simply pass through, why."""
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    table.add_column(justify="right")
    for outcome in Outcome:
        style = STANDING_COLOURS[Standing(outcome.value)]
        table.add_row(str(report.count(outcome)), Text(outcome.value, style=style), "")
        for submission in report.submissions:
            if submission.outcome is outcome and submission.reason:
                table.add_row("", Text(submission.student), submission.reason)
    return table


def program_name(called_as: str) -> str:
    """Name this program as the reader can type it: `qlearn` if the shell finds it, else the way it was called."""
    if shutil.which("qlearn") is not None or Path(called_as).name != "qlearn":
        return "qlearn"
    return called_as
