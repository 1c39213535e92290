"""`qlearn similar`: answers of a class that are alike."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("course", type=click.Path(path_type=Path))
@click.argument("assignment")
@click.option(
    "--least", type=click.FloatRange(0, 100), default=80.0, show_default=True, help="Show pairs from so many per cent."
)
@click.option("--json", "as_json", is_flag=True, help="The pairs as JSON.")
def command(course: Path, assignment: str, least: float, as_json: bool) -> None:
    """List pairs of answers to ASSIGNMENT that are alike beyond names, comments and formatting.

    What the released notebook holds does not count, and what most of the class wrote counts little. The list says
    where to look and no more: it changes no mark, and short answers can be alike by chance.

    \b
    Example:
      qlearn similar physics-2026 school-bb84
    """
    import json
    from dataclasses import asdict

    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.similarity import compare_class

    pairs = compare_class(open_course(course), assignment, least_share=least / 100)
    if as_json:
        click.echo(json.dumps([asdict(pair) for pair in pairs], indent=1))
        return
    for pair in pairs:
        click.echo(f"{100 * pair.share:3.0f} %  {pair.one}  {pair.other}  {pair.question}")
    click.echo(f"{len(pairs)} pairs of answers to look at" if pairs else "No two answers are so alike")
