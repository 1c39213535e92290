"""`qlearn regrade`: marks after a test was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from qlearn.gradebook.regrade import MarkChange


@click.command()
@click.argument("course", type=click.Path(path_type=Path))
@click.argument("assignment")
@click.option("--because", metavar="REASON", default="", help="Why, for the log; asked for if you leave it out.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Submissions to grade at a time; default: one a processor.")
@click.option("--yes", is_flag=True, help="Change the marks without asking; needs --because.")
def command(course: Path, assignment: str, because: str, jobs: int | None, yes: bool) -> None:
    """Grade ASSIGNMENT again after you corrected a test in its source notebook.

    Shows each mark that would change, and changes them when you agree. Marks and comments given by hand stay. The
    course's logs say who did it, when and why.

    \b
    Example:
      qlearn regrade physics-2026 school-bb84 --because "question 3 refused a right answer with a list"
    """
    from rich.console import Console

    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.grade import collected_submissions
    from qlearn.gradebook.regrade import preview_regrade, regrade
    from qlearn.gradebook.terminal import batch_progress

    if yes and not because.strip():
        raise click.UsageError("--yes needs --because: the log says why marks were changed")
    opened = open_course(course)
    console = Console(stderr=True)
    total = len(collected_submissions(opened, assignment))
    with batch_progress(console, f"Looking at {assignment}", total) as progress:
        changes = preview_regrade(opened, assignment, jobs=jobs, on_report=progress.report)
    _show(changes, done=False)
    if not yes:
        click.confirm("Take over the corrected tests and change these marks?", abort=True, err=True)
    reason = because or click.prompt("Why, for the log", err=True)
    with batch_progress(console, f"Grading {assignment}", total) as progress:
        done = regrade(opened, assignment, why=reason, jobs=jobs, on_report=progress.report)
    if done != changes:
        click.echo("It came out differently than shown. In fact:")
    _show(done, done=True)
    click.echo(f"Who, when and why is in {opened.logs / f'regrade-{assignment}.log'}")


def _show(changes: Sequence[MarkChange], *, done: bool) -> None:
    for change in changes:
        click.echo(str(change))
    verb = "changed" if done else "would change"
    students = len({change.student for change in changes})
    click.echo(
        f"{_counted(len(changes), 'mark')} of {_counted(students, 'student')} {verb}" if changes else f"No mark {verb}"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
