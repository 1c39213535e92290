"""`qlearn book`: build the book, read it on this machine."""

from __future__ import annotations

from pathlib import Path

import click

_FOLDER = click.Path(file_okay=False, path_type=Path)
_source = click.option("--source", type=_FOLDER, help="The book's folder; this checkout's `book` when left out.")
_out = click.option("--out", type=_FOLDER, help="Where to build; `_build` in the book's folder when left out.")


@click.group()
def command() -> None:
    """Build the book or read it on this machine; neither needs the network."""


@command.command()
@_source
@_out
@click.option("--strict", is_flag=True, help="Stop on a warning too: a broken reference, an unknown citation.")
def build(source: Path | None, out: Path | None, strict: bool) -> None:
    """Build the book as a folder of plain files.

    \b
    Example:
      qlearn book build --out site
    """
    html = _build_with_progress(source, out, strict=strict)
    click.echo(f"The book is ready: {html / 'index.html'}")
    click.echo("Open that file in a browser, or run: qlearn book serve")


@command.command()
@_source
@_out
@click.option("--port", default=8400, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
def serve(source: Path | None, out: Path | None, port: int) -> None:
    """Build what has changed and serve the book at http://localhost, for this machine only.

    \b
    Example:
      qlearn book serve --port 8401
    """
    from qlearn.book.serve import book_server

    html = _build_with_progress(source, out, strict=False)
    with book_server(html, port=port) as server:
        click.echo(f"The book is at http://localhost:{server.server_address[1]}/  (Ctrl-C stops it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()


def _build_with_progress(source: Path | None, out: Path | None, *, strict: bool) -> Path:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from qlearn.book.build import BuildProgress, build_book

    words = {"read": "Running chapters", "write": "Writing pages"}
    columns = (
        TextColumn("{task.description:<18}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[page]}"),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks = {stage: bar.add_task(text, total=None, page="") for stage, text in words.items()}

        def show(step: BuildProgress) -> None:
            bar.update(tasks[step.stage], completed=step.done, total=step.total, page=step.page)

        return build_book(source, out, progress=show, strict=strict)
