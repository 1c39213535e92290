"""`qlearn demo`: the whole kit on a sample class."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

NEXT_STEPS = (
    ("{qlearn} lab {folder}", "mark the pending answers by hand: JupyterLab with Formgrader"),
    ("{qlearn} marks {folder} --csv", "the marks for a spreadsheet"),
    ("{qlearn} course handout {folder} school-bb84", "what a student gets, as a zip"),
    ("{qlearn} book serve", "the book in a browser"),
    ("{qlearn} course new my-course", "a course of your own"),
)


@click.command()
@click.option(
    "--dir",
    "folder",
    default="demo-course",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where the course goes; an earlier demo there is replaced, anything else is left alone.",
)
@click.option("--jobs", type=click.IntRange(1, 256), help="Submissions to grade at a time; default: one a processor.")
def command(folder: Path, jobs: int | None) -> None:
    """Build the book, then play two assignments with a sample class of 24, from hand-out to marks.

    \b
    Example:
      qlearn demo --dir try-it
    """
    from datetime import UTC, datetime

    from rich.console import Console

    from qlearn.book.build import build_book
    from qlearn.errors import ExerciseError
    from qlearn.gradebook.demo import run_demo
    from qlearn.gradebook.marks_text import render_marks
    from qlearn.gradebook.new_course import find_kit
    from qlearn.gradebook.terminal import Steps, program_name

    console = Console()
    with Steps(console) as steps:
        result = run_demo(folder, find_kit(), steps, build_book=build_book, now=datetime.now(UTC), jobs=jobs)
    for table in result.tables:
        console.print(render_marks(table, width=console.width))
    click.echo("\nWho did what, and it shows above:")
    for line in result.cast:
        click.echo(f"  {line}")
    if result.disagreements:
        raise ExerciseError("the sample class did not get its planted marks: " + "; ".join(result.disagreements))
    click.echo("  Every answer got the marks and the messages that it was planted to get.\n\nNext:")
    names = {"qlearn": program_name(sys.argv[0]), "folder": shlex.quote(str(folder))}
    steps_next = [(line.format(**names), meaning) for line, meaning in NEXT_STEPS]
    width = max(len(line) for line, _ in steps_next)
    for line, meaning in steps_next:
        click.echo(f"  {line:<{width}}  {meaning}")
