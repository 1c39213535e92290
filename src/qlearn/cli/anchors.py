"""`qlearn anchors`: what the chapters compute beside the reference values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from qlearn.book.anchors import Ledger, Row

_FOLDER = click.Path(file_okay=False, path_type=Path)
_COLUMNS = ("id", "kind", "source", "reference", "published", "computed", "tolerance", "agreement")
# a pipe has no width of its own, and the table folds badly at rich's 80 columns
_LEAST_WIDTH = 140


@click.command(epilog="Example: qlearn anchors --json")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document for a script.")
@click.option("--source", type=_FOLDER, help="The book's folder; this checkout's `book` when left out.")
@click.pass_context
def command(context: click.Context, as_json: bool, source: Path | None) -> None:
    """Compute every reference value that a chapter declares, and compare.

    A kind says what an agreement is worth: `published`, a figure that the source prints is compared too; `identity`,
    the value follows from a definition; `recomputed`, we computed it anew from the source's formula.

    Exits 0 when all agree, 1 when one does not.
    """
    import json

    from qlearn.book.anchors import book_ledger
    from qlearn.book.folder import find_book

    ledger = book_ledger(find_book(source))
    if as_json:
        document = {
            "agree": not ledger.disagreeing,
            "anchors": [row.as_json() for row in ledger.rows],
            "undeclared": list(ledger.undeclared),
        }
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        _print(ledger)
    context.exit(1 if ledger.disagreeing else 0)


def _print(ledger: Ledger) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not console.is_terminal:
        console = Console(width=max(console.width, _LEAST_WIDTH))
    table = Table(show_lines=True)
    for name in _COLUMNS:
        # values stand line by line beside each other, so they must not be folded
        table.add_column(name, no_wrap=name in ("id", "reference", "computed"), overflow="fold")
    for row in ledger.rows:
        table.add_row(*_cells(row), style=None if row.agrees else "red")
    console.print(table)
    for row in ledger.disagreeing:
        chapter, expression = row.declaration.chapter, " ".join(row.declaration.expression.split())
        console.print(
            f"{row.anchor.id} disagrees: chapter {chapter} computes it with {expression}", style="red", soft_wrap=True
        )
    if ledger.undeclared:
        console.print(f"Declared by no chapter: {', '.join(ledger.undeclared)}", soft_wrap=True)
    right = len(ledger.rows) - len(ledger.disagreeing)
    console.print(f"{right} of {len(ledger.rows)} agree.")


def _cells(row: Row) -> tuple[str, ...]:
    from rich.markup import escape

    from qlearn.book.anchors.words import agreements, computed, published, references, tolerance, words_for

    words = words_for("en")
    cells = (
        row.anchor.id,
        row.anchor.kind.value,
        row.anchor.source,
        "\n".join(references(row.anchor)),
        "\n".join(published(row, words)),
        "\n".join(computed(row)),
        tolerance(row.anchor, words),
        "\n".join(agreements(row, words)),
    )
    return tuple(map(escape, cells))
