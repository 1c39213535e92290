"""`qlearn marks`: the marks of a class."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("course", type=click.Path(path_type=Path))
@click.argument("assignment", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="One line a student and assignment, for a spreadsheet.")
@click.option("--json", "as_json", is_flag=True, help="Everything, for a program.")
@click.option("--moodle", "for_moodle", is_flag=True, help="CSV for Moodle: Grades, Import, CSV file.")
@click.option(
    "--xlsx", metavar="FILE.xlsx", type=click.Path(path_type=Path), help="A workbook, one sheet an assignment."
)
def command(
    course: Path, assignment: str | None, as_csv: bool, as_json: bool, for_moodle: bool, xlsx: Path | None
) -> None:
    """Show the marks of one ASSIGNMENT, or of all: student x question, means, misconceptions.

    What waits for a hand mark is shown as pending; what is broken or missing has no marks, which is not a zero.

    \b
    Examples:
      qlearn marks physics-2026
      qlearn marks physics-2026 school-bb84 --csv > marks.csv
      qlearn marks physics-2026 --moodle > moodle.csv
      qlearn marks physics-2026 --xlsx marks.xlsx
    """
    from rich.console import Console

    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.marks import read_all_marks, read_marks
    from qlearn.gradebook.marks_files import write_moodle, write_xlsx
    from qlearn.gradebook.marks_text import render_marks, write_csv, write_json
    from qlearn.gradebook.roster import read_roster

    if as_csv + as_json + for_moodle + (xlsx is not None) > 1:
        raise click.UsageError("give one of --csv, --json, --moodle and --xlsx, not several")
    opened = open_course(course)
    tables = [read_marks(opened, assignment)] if assignment else read_all_marks(opened)
    if for_moodle:
        click.echo(write_moodle(tables, read_roster(opened)), nl=False)
        return
    if xlsx is not None:
        write_xlsx(tables, xlsx)
        click.echo(f"{xlsx} holds {', '.join(table.assignment for table in tables)}")
        return
    if as_csv or as_json:
        click.echo((write_csv if as_csv else write_json)(tables), nl=False)
        return
    console = Console()
    for table in tables:
        console.print(render_marks(table, width=console.width))
