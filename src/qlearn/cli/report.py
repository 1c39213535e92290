"""`qlearn report`: how a class did, on one page."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("course", type=click.Path(path_type=Path))
@click.argument("assignment", required=False)
@click.option("--out", metavar="FILE.html", type=click.Path(path_type=Path), help="Default: report.html in the course.")
@click.option("--language", type=click.Choice(["en", "ko"]), default="en", show_default=True)
def command(course: Path, assignment: str | None, out: Path | None, language: str) -> None:
    """Write one HTML page about a class: each question, each student, and what to talk about in the next lesson.

    It shows how many got a question right, which misconceptions were met, and which answers need a look. The page loads
    nothing from outside; it names students, so mind whom you send it to.

    \b
    Examples:
      qlearn report physics-2026
      qlearn report physics-2026 school-bb84 --language ko --out week-3.html
    """
    from datetime import datetime

    from qlearn.gradebook.class_report import summarise
    from qlearn.gradebook.class_report_page import render_class_report
    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.marks import read_all_marks
    from qlearn.gradebook.reports import write_atomically

    opened = open_course(course)
    names = [assignment] if assignment else [table.assignment for table in read_all_marks(opened)]
    summaries = [summarise(opened, name) for name in names]
    page = render_class_report(opened.course_id, summaries, language=language, made=datetime.now().astimezone())
    target = out or opened.root / "report.html"
    write_atomically(target, page)
    click.echo(f"{target} shows {', '.join(names)}")
