"""`qlearn book`: build the book, read it on this machine."""

from __future__ import annotations

from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path)
_source = click.option("--source", type=_FOLDER, help="The book's folder; this checkout's `book` when left out.")
_out = click.option("--out", type=_FOLDER, help="Where to build; `_build` in the book's folder when left out.")


_audience = click.option(
    "--audience",
    default="reader",
    metavar="[reader|teacher]",
    help="teacher adds the teacher guides, in _build/teacher.",
)


@click.group()
def command() -> None:
    """Build the book or read it on this machine; neither needs the network."""


@command.command()
@_source
@_out
@_audience
@click.option("--language", metavar="CODE", help="The edition in this language, such as ko, beside the book's own.")
@click.option("--strict", is_flag=True, help="Stop on a warning too: a broken reference, an unknown citation.")
@click.option("--pdf", is_flag=True, help="Print the whole book to one PDF; this needs Chromium.")
def build(source: Path | None, out: Path | None, audience: str, language: str | None, strict: bool, pdf: bool) -> None:
    """Build the book as a folder of plain files, or as one PDF.

    \b
    Examples:
      qlearn book build --out site
      qlearn book build --audience teacher
      qlearn book build --language ko
      qlearn book build --pdf
    """
    if pdf:
        if language is not None:
            raise click.UsageError("--pdf prints the book in the language it is written in; leave --language out")
        click.echo(f"The book is printed: {_with_progress(source, out, audience, strict=strict, pdf=True)}")
        return
    html = _with_progress(source, out, audience, strict=strict, language=language)
    click.echo(f"The book is ready: {html / 'index.html'}")
    click.echo("Open that file in a browser, or run: qlearn book serve")


@command.command()
@_source
@_out
@_audience
@click.option("--port", default=8400, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--lab", type=_FOLDER, metavar="FOLDER", help="JupyterLab too: chapters open as notebooks in FOLDER.")
def serve(source: Path | None, out: Path | None, audience: str, port: int, lab: Path | None) -> None:
    """Build what has changed and serve the book at http://localhost, for this machine only.

    With --lab each chapter can be opened as a notebook, and whoever reads needs the token in the address.

    \b
    Examples:
      qlearn book serve --port 8401
      qlearn book serve --lab my-notebooks
    """
    html = _with_progress(source, out, audience, strict=False)
    if lab is None:
        _serve_files(html, port)
    else:
        from qlearn.cli.lab import announce
        from qlearn.lab.launch import run_lab
        from qlearn.lab.settings import reader_settings

        settings = reader_settings(lab, html)
        run_lab(settings, ip="127.0.0.1", port=port or None, announce=announce, open_browser=False)


def _serve_files(html: Path, port: int) -> None:
    from qlearn.book.serve import book_server

    with book_server(html, port=port) as server:
        click.echo(f"The book is at http://localhost:{server.server_address[1]}/  (Ctrl-C stops it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()


@command.command()
@_source
@_out
@click.option("--language", metavar="CODE", help="Bring this language's catalogues up to date too, or begin them.")
def messages(source: Path | None, out: Path | None, language: str | None) -> None:
    """Write the catalogues that translators work on, into `locale` in the book's folder.

    \b
    Example:
      qlearn book messages --language ko
    """
    from qlearn.book.messages import update_catalogues

    for chapter in update_catalogues(source, out, language):
        done = f"{chapter.translated} of {chapter.messages} translated" if language else f"{chapter.messages} messages"
        click.echo(f"{chapter.catalogue:<32}  {done}")


def _with_progress(
    source: Path | None,
    out: Path | None,
    audience: str,
    *,
    strict: bool,
    pdf: bool = False,
    language: str | None = None,
) -> Path:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from qlearn.book.build import BuildProgress, build_book

    words = {"run": "Running chapters", "read": "Reading chapters", "write": "Writing pages", "print": "Printing"}
    columns = (
        TextColumn("{task.description:<18}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[page]}"),
    )
    console = Console(stderr=True)
    unchanged = False
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks = {stage: bar.add_task(text, total=None, page="", visible=False) for stage, text in words.items()}

        def show(step: BuildProgress) -> None:
            nonlocal unchanged
            if step.stage == "unchanged":
                unchanged = True
            else:
                task = tasks[step.stage]
                bar.update(task, completed=step.done, total=step.total, page=step.page, visible=True)

        if pdf:
            from qlearn.book.pdf import print_book

            return print_book(source, out, audience=audience, progress=show, strict=strict)
        html = build_book(source, out, audience=audience, language=language, progress=show, strict=strict)
    if unchanged:
        click.echo("Nothing has changed since the last build.")
    return html
