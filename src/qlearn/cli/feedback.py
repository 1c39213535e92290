"""`qlearn feedback`: write what students get back."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("course", type=click.Path(path_type=Path))
@click.argument("assignment")
@click.option("--jobs", type=click.IntRange(1, 256), help="Students at a time; default: one a processor.")
def command(course: Path, assignment: str, jobs: int | None) -> None:
    """Write feedback for every graded submission of ASSIGNMENT and release it to the exchange.

    \b
    Example:
      qlearn feedback physics-2026 school-bb84
    """
    from rich.console import Console

    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.feedback import graded_students, write_feedback
    from qlearn.gradebook.marks import count_pending, read_marks
    from qlearn.gradebook.terminal import batch_progress

    opened = open_course(course)
    pending = count_pending(read_marks(opened, assignment))
    if pending:
        click.echo(
            f"{pending} answers wait for a hand mark, and these pages say so; "
            "mark them in Formgrader and run this again",
            err=True,
        )
    total = len(graded_students(opened, assignment))
    with batch_progress(Console(stderr=True), f"Feedback on {assignment}", total) as progress:
        result = write_feedback(opened, assignment, jobs=jobs, on_student=lambda _: progress.advance())
    click.echo(f"Feedback on {assignment} written for {len(result.written)}, released to {len(result.released)}")
    if len(result.released) < len(result.written):
        click.echo(f"The others handed in another way; their pages are in {opened.root / 'feedback'}")
    for student, reason in result.failed:
        click.echo(f"{student}: no feedback ({reason})", err=True)
