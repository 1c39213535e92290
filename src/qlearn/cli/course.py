"""`qlearn course`: make a course, give out assignments, take in what was handed in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from shlex import quote

import click

_folder = click.argument("course", type=click.Path(path_type=Path))
_assignment = click.argument("assignment")


@click.group()
def command() -> None:
    """Make a course, give out assignments, take in work.

    \b
    Example:
      qlearn course new physics-2026
      qlearn course release physics-2026 school-bb84
    """


@command.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--kit", type=click.Path(path_type=Path), help="A checkout of qlearn, if not the one this runs from.")
def new(folder: Path, kit: Path | None) -> None:
    """Make a course folder DIR with the kit's exercises, a gradebook and a file exchange.

    \b
    Example:
      qlearn course new physics-2026
    """
    from qlearn.gradebook.new_course import find_kit, new_course

    course = new_course(folder, find_kit(kit))
    click.echo(f"The course {folder} holds: {', '.join(course.assignments())}")
    click.echo(f"Give one out with: qlearn course release {quote(str(folder))} {course.assignments()[-1]}")


@command.command()
@_folder
@_assignment
@click.option("--due", metavar="TIME", help="When it is due, such as 2026-12-01T18:00 (this machine's time zone).")
def release(course: Path, assignment: str, due: str | None) -> None:
    """Make the student version of ASSIGNMENT and put it where students fetch it.

    Releasing again replaces what was released.

    \b
    Example:
      qlearn course release physics-2026 school-bb84 --due 2026-12-01T18:00
    """
    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.exchange import release as release_assignment

    outbound = release_assignment(open_course(course), assignment, due=_read_time(due))
    click.echo(f"Released {assignment}: students find it in {outbound}")


@command.command()
@_folder
@_assignment
def collect(course: Path, assignment: str) -> None:
    """Bring in what students handed in for ASSIGNMENT through the exchange.

    \b
    Example:
      qlearn course collect physics-2026 school-bb84
    """
    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.exchange import collect as collect_assignment

    found = collect_assignment(open_course(course), assignment)
    click.echo(f"{len(found.students)} hand-ins of {assignment}, {len(found.new)} of them new")
    if found.new:
        click.echo(f"New: {', '.join(found.new)}")
        click.echo(f"Grade them with: qlearn grade {course} {assignment}")


@command.command()
@_folder
@_assignment
@click.option("--out", metavar="FILE.zip", type=click.Path(path_type=Path), help="Default: ASSIGNMENT.zip here.")
def handout(course: Path, assignment: str, out: Path | None) -> None:
    """Pack the student version of ASSIGNMENT as a zip for an LMS or e-mail.

    The zip holds the notebook, its data and a page on how to begin, no solutions and no hidden tests.

    \b
    Example:
      qlearn course handout physics-2026 school-bb84 --out week-3.zip
    """
    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.handout import write_handout

    target = out or Path(f"{assignment}.zip")
    names = write_handout(open_course(course), assignment, target)
    click.echo(f"{target} holds, without solutions and hidden tests:")
    for name in names:
        click.echo(f"  {name}")


def _read_time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise click.BadParameter(f"{text!r} is no time; write it like 2026-12-01T18:00", param_hint="--due") from None
