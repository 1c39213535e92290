"""`qlearn student`: what a student can look after without the teacher."""

from __future__ import annotations

from pathlib import Path

import click

_notebook = click.argument("notebook", type=click.Path(path_type=Path, exists=True, dir_okay=False))
_given_out = click.option(
    "--given-out",
    metavar="ZIP, FOLDER or FILE",
    type=click.Path(path_type=Path),
    help="Where the notebook came from, if the folder `as-given-out` is not beside it.",
)


@click.group()
def command() -> None:
    """Look after your own notebook: check it, put a cell back, see what you handed in.

    Whether qlearn itself works on your machine, `qlearn doctor` says.
    """


@command.command()
@_notebook
@_given_out
@click.pass_context
def check(context: click.Context, notebook: Path, given_out: Path | None) -> None:
    """Say whether NOTEBOOK would be taken as it is, and what in it would not count.

    Runs nothing; exits 1 if something has to be put right first.

    \b
    Example:
      qlearn student check bb84.ipynb
    """
    from qlearn.gradebook.own_copy import find_given_out
    from qlearn.grading.own_work import check_own_work

    advice = check_own_work(notebook.name, notebook.read_bytes(), find_given_out(notebook, given_out))
    for one in advice:
        click.echo(str(one))
    if any(one.refused for one in advice):
        click.echo("Put the lines that say STOP right, save, and check again.")
        context.exit(1)
    click.echo(f"{notebook.name} can be handed in. This does not say that the answers are right.")


@command.command()
@_notebook
@click.argument("cell")
@_given_out
def reset(notebook: Path, cell: str, given_out: Path | None) -> None:
    """Put one CELL of NOTEBOOK back as it was given out; the file before is kept beside it.

    Close the notebook in JupyterLab first, or it will save its own version over this one. The names of the cells are
    what `qlearn student check` calls them.

    \b
    Example:
      qlearn student reset bb84.ipynb sift
    """
    from qlearn.gradebook.own_copy import find_given_out
    from qlearn.grading.own_work import reset_cell

    before = notebook.read_bytes()
    after = reset_cell(before, find_given_out(notebook, given_out), cell)
    kept = _free_name(notebook)
    kept.write_bytes(before)
    notebook.write_bytes(after)
    click.echo(f"{cell} is as it was given out; what you had is in {kept.name}")


@command.command(name="handed-in")
def handed_in() -> None:
    """List what you handed in through the exchange on this machine, and when (in this machine's time).

    What went through an LMS or e-mail is listed there.
    """
    from datetime import UTC, datetime

    from qlearn.gradebook.own_copy import handed_in_before

    found = handed_in_before()
    for one in found:
        time = datetime.fromisoformat(one.time).replace(tzinfo=UTC).astimezone()
        click.echo(f"{time:%Y-%m-%d %H:%M}  {one.course}  {one.assignment}  {', '.join(one.files)}")
    if not found:
        click.echo("Nothing was handed in through the exchange from this account.")


def _free_name(notebook: Path) -> Path:
    number = 1
    while (kept := notebook.with_name(f"{notebook.stem}-before-reset-{number}.txt")).exists():
        number += 1
    return kept
