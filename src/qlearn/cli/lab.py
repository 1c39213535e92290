"""`qlearn lab`: JupyterLab for a teacher's course or for a learner's notebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from qlearn.lab.launch import LabAddress

EXAMPLES = """
\b
Examples:
  qlearn lab my-course
  qlearn lab --student bb84.ipynb
"""


@click.command(epilog=EXAMPLES)
@click.argument("course", required=False, type=click.Path(path_type=Path))
@click.option("--student", type=click.Path(path_type=Path), metavar="FILE", help="A notebook, or a folder of them.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; else the first free one from 8888.")
@click.option("--ip", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Address to listen on.")
@click.option("--browser/--no-browser", default=True, help="Open the page in your browser, or only print its address.")
def command(course: Path | None, student: Path | None, port: int | None, ip: str, browser: bool) -> None:
    """Open JupyterLab on a COURSE with Formgrader and the book, or on a learner's notebook.

    It listens on this machine alone, asks for the token in the address, and makes no request to any other machine.
    """
    from qlearn.cli._built_book import built_book
    from qlearn.gradebook.course import open_course
    from qlearn.lab.launch import is_loopback, run_lab
    from qlearn.lab.settings import learner_settings, teacher_settings

    if course is not None and student is not None:
        raise click.UsageError("give a COURSE folder or --student and a notebook, not both")
    if course is not None:
        settings = teacher_settings(open_course(course).root, built_book())
    elif student is not None:
        settings = learner_settings(student)
    else:
        raise click.UsageError("give a COURSE folder, or --student and a notebook")
    if not is_loopback(ip):
        click.echo(
            f"qlearn: {ip} can be reached from other machines; whoever has the token can run code here", err=True
        )
    run_lab(settings, ip=ip, port=port, announce=announce, open_browser=browser)


def announce(address: LabAddress) -> None:
    """Print where JupyterLab, and what comes with it, is found."""
    click.echo(f"JupyterLab  {address.lab}")
    if address.formgrader is not None:
        click.echo(f"Formgrader  {address.formgrader}")
    if address.book is not None:
        click.echo(f"Book        {address.book}")
    click.echo("Ctrl-C stops it; work that is saved stays.")
