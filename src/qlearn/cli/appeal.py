"""`qlearn appeal`: all that bears on one mark, in one zip."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("course", type=click.Path(path_type=Path))
@click.argument("assignment")
@click.argument("student")
@click.argument("question")
@click.option(
    "--out", metavar="FILE.zip", type=click.Path(path_type=Path), help="Default: named after all three, here."
)
@click.option(
    "--with-hidden-tests", is_flag=True, help="Put the hidden test and its calls in: for you, not for handing on."
)
def command(
    course: Path, assignment: str, student: str, question: str, out: Path | None, with_hidden_tests: bool
) -> None:
    """Gather what bears on one mark of STUDENT: the answer, what was called, what came back, the message, the rule.

    The answer is judged once more for it; no mark is changed.

    \b
    Example:
      qlearn appeal physics-2026 school-bb84 s01 sift
    """
    from qlearn.gradebook.appeal import write_appeal
    from qlearn.gradebook.course import open_course

    target = out or Path(f"appeal-{assignment}-{student}-{question}.zip")
    names = write_appeal(
        open_course(course), assignment, student, question, target, with_hidden_tests=with_hidden_tests
    )
    click.echo(f"{target} holds {', '.join(names)}")
