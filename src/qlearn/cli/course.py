"""`qlearn course`: make a course, say who is in it, give out assignments, take in what was handed in."""

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

    outbound = release_assignment(open_course(course), assignment, due=_read_time(due, "--due"))
    click.echo(f"Released {assignment}: students find it in {outbound}")


@command.command()
@_folder
@click.argument("table", metavar="[CLASS.csv]", required=False, type=click.Path(path_type=Path))
def roster(course: Path, table: Path | None) -> None:
    """Show who is in the class, or take the class from a CSV file in place of who is in it now.

    The file's first line names its columns: id (or 학번), and name, track and email if you have them; others are left
    out. It may come from Excel, in UTF-8 or CP949. With one wrong row, nothing is changed.

    \b
    Examples:
      qlearn course roster physics-2026 class.csv
      qlearn course roster physics-2026
    """
    from qlearn.errors import CourseError
    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.roster import import_roster, read_roster

    opened = open_course(course)
    if table is not None:
        found = import_roster(opened, table)
        for row in found.bad_rows:
            click.echo(f"{table}, {row}", err=True)
        if found.bad_rows:
            wrong = "1 row" if len(found.bad_rows) == 1 else f"{len(found.bad_rows)} rows"
            raise CourseError(f"{wrong} of {table} cannot be taken, see above; put it right, nothing was changed")
        if found.unused_columns:
            click.echo(f"Left out: the columns {', '.join(found.unused_columns)}")
    students = read_roster(opened).values()
    for student in students:
        click.echo("  ".join(part for part in (student.id, student.name, student.track, student.email) if part))
    click.echo(f"{len(students)} students in {course}")


@command.command()
@_folder
def policy(course: Path) -> None:
    """Say which rules the course's policy.toml sets, and bring the gradebook in line with them.

    Run it after you changed the rules: the marks table follows them at once, nbgrader's gradebook when work is graded,
    when feedback is written, and here.

    \b
    Example:
      qlearn course policy physics-2026
    """
    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.late import settle_penalties
    from qlearn.gradebook.policy import read_policy

    opened = open_course(course)
    for line in read_policy(opened).in_words():
        click.echo(line)
    for assignment in opened.assignments():
        changed = settle_penalties(opened, assignment)
        if changed:
            click.echo(f"{assignment}: what lateness takes off has changed for {', '.join(changed)}")


@command.command()
@_folder
@_assignment
@click.argument("download", metavar="[FOLDER or ZIP]", required=False, type=click.Path(path_type=Path))
@click.option("--handed-in", metavar="TIME", help="When the files were handed in, such as 2026-12-01T18:00.")
def collect(course: Path, assignment: str, download: Path | None, handed_in: str | None) -> None:
    """Bring in what students handed in for ASSIGNMENT: from the exchange, or from a FOLDER or ZIP.

    A zip from Moodle or Canvas is read by its files' names, a folder by one folder a student, named by id. A file whose
    name leads to nobody in the roster is listed and left alone.

    \b
    Examples:
      qlearn course collect physics-2026 school-bb84
      qlearn course collect physics-2026 school-bb84 submissions.zip
    """
    from qlearn.gradebook.collect_files import collect_files
    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.exchange import collect as collect_exchange

    opened = open_course(course)
    if download is None:
        if handed_in is not None:
            raise click.UsageError("--handed-in goes with a folder or zip; the exchange knows when")
        found = collect_exchange(opened, assignment)
    else:
        found = files = collect_files(opened, assignment, download, handed_in=_read_time(handed_in, "--handed-in"))
        for name, why in files.unknown:
            click.echo(f"Left alone: {name} {why}")
        if files.late:
            click.echo(f"Late, says the LMS: {', '.join(files.late)}")
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


def _read_time(text: str | None, option: str) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise click.BadParameter(f"{text!r} is no time; write it like 2026-12-01T18:00", param_hint=option) from None
