"""`qlearn grade`: grade what was collected."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("course", type=click.Path(path_type=Path))
@click.argument("assignment")
@click.option("--jobs", type=click.IntRange(1, 256), help="Submissions to grade at a time; default: one a processor.")
@click.option("--student", "students", multiple=True, metavar="ID", help="Only this student's work; can be repeated.")
@click.option("--dask", "cluster", metavar="ADDRESS", default="", help="Grade on the Dask cluster with this scheduler.")
@click.option("--trust-submissions", "trust", is_flag=True, help="Run students' code without a sandbox.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON document.")
def command(
    course: Path,
    assignment: str,
    jobs: int | None,
    students: tuple[str, ...],
    cluster: str,
    trust: bool,
    as_json: bool,
) -> None:
    """Grade every collected submission of ASSIGNMENT and write the marks to the gradebook.

    Students' code runs in a sandbox that holds no test, no gradebook and no network.
    A submission that cannot be read or executed is reported as broken, never as zero, and stops no other.
    Grading again gives the same marks. A run that was stopped goes on where it stopped.

    \b
    Examples:
      qlearn grade physics-2026 school-bb84
      qlearn grade physics-2026 school-bb84 --student s01 --student s02
      qlearn grade physics-2026 school-bb84 --dask tcp://10.0.0.5:8786
    """
    from qlearn.grading.processes import preload

    if course.is_dir() and not cluster:
        preload()  # takes seconds, and meanwhile this process imports what it needs itself
    from rich.console import Console
    from rich.text import Text

    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.grade import collected_submissions, grade_assignment
    from qlearn.gradebook.terminal import batch_progress, render_report

    opened = open_course(course)
    total = len(collected_submissions(opened, assignment, students))
    progress_console = Console(stderr=True)
    with batch_progress(progress_console, f"Grading {assignment}", total) as progress:
        report = grade_assignment(
            opened,
            assignment,
            students=students,
            jobs=jobs,
            cluster=cluster,
            trust=trust,
            on_report=progress.report,
            tell=lambda sentence: progress_console.print(Text(f"qlearn: {sentence}"), soft_wrap=True),
        )
    if as_json:
        click.echo(report.to_json(), nl=False)
        return
    Console().print(render_report(report))
    click.echo(f"See the marks with: qlearn marks {course} {assignment}")
