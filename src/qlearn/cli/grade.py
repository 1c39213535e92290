"""`qlearn grade`: grade what was collected."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("course", type=click.Path(path_type=Path))
@click.argument("assignment")
@click.option("--jobs", type=click.IntRange(1, 256), help="Submissions to grade at a time; default: one a processor.")
def command(course: Path, assignment: str, jobs: int | None) -> None:
    """Grade every collected submission of ASSIGNMENT and write the marks to the gradebook.

    A submission that cannot be read or executed is reported as broken, never as zero, and stops no other.
    Grading again gives the same marks. Students' code runs on this machine without a sandbox.

    \b
    Example:
      qlearn grade physics-2026 school-bb84
    """
    from rich.console import Console

    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.grade import collected_submissions, grade_assignment
    from qlearn.gradebook.terminal import batch_progress, render_report

    opened = open_course(course)
    total = len(collected_submissions(opened, assignment))
    with batch_progress(Console(stderr=True), f"Grading {assignment}", total) as progress:
        report = grade_assignment(opened, assignment, jobs=jobs, on_report=progress.report)
    Console().print(render_report(report))
    click.echo(f"See the marks with: qlearn marks {course} {assignment}")
