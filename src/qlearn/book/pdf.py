"""Print an edition of the book to one PDF: a title page, contents, every chapter, widgets as their pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qlearn.book.build import BuildProgress
from qlearn.book.chromium import find_chromium, print_page
from qlearn.book.editions import Edition
from qlearn.book.finished import forget, read_record, traces, write_record
from qlearn.book.folder import find_book, make_writable
from qlearn.book.sphinx_run import run_sphinx
from qlearn.errors import BookError

__all__ = ["print_book"]

_AUDIENCE_LINE = {"reader": "", "teacher": "Teachers' edition"}
# as in print/print.html, whose title is this until every formula is set and every picture is there
_NOT_READY = b"qlearn-page-not-ready"


def print_book(
    source: Path | None = None,
    output: Path | None = None,
    *,
    audience: str = "reader",
    progress: Callable[[BuildProgress], None] | None = None,
    strict: bool = False,
) -> Path:
    """Print an edition with Chromium: tagged, with an outline, on A4.

    Parameters
    ----------
    source, output, audience, progress, strict
        As for `build_book`.

    Returns
    -------
    Path
        The file `pdf/book.pdf` under the edition's folder.

    Raises
    ------
    HostError
        When there is no Chromium.
    BookError
        As from `build_book`, or when a formula cannot be set, a picture is missing or Chromium fails.
    """
    book = find_book(source)
    edition = Edition(book, (output or book / "_build").resolve(), audience)
    chromium = find_chromium()
    folder = make_writable(edition.folder / "pdf")
    pages, pdf = edition.folder / ".print", folder / "book.pdf"
    made_from = traces(edition.sources(), book, [f"audience {audience}", chromium])
    last = read_record(pages)
    if last is not None and last.holds(made_from, folder):
        complaints = last.complaints
        _tell(progress, "unchanged", 1)
    else:
        forget(pages)
        settings = {"qlearn_print": True, "qlearn_print_audience": _AUDIENCE_LINE[audience]}
        outcome = run_sphinx(
            edition,
            pages,
            builder="singlehtml",
            code=made_from.code,
            fresh=strict and last is not None and bool(last.complaints),
            settings=settings,
            progress=progress,
        )
        complaints = outcome.complaints
        _tell(progress, "print", 0)
        print_page(pages / "index.html", pdf)
        _look_through(pdf)
        write_record(pages, folder, made_from, outside=outcome.outside, pages=outcome.pages, complaints=complaints)
    if strict and complaints:
        raise BookError(f"the book has {len(complaints)} lines of warnings; the first: {complaints[0].strip()}")
    return pdf


def _tell(progress: Callable[[BuildProgress], None] | None, stage: str, done: int) -> None:
    if progress is not None:
        progress(BuildProgress(stage, "book.pdf", done, 1))


def _look_through(pdf: Path) -> None:
    """Refuse a print that was taken before the page was ready, or of a page that never was."""
    text = pdf.read_bytes()
    if _NOT_READY in text:
        pdf.unlink()
        why = text[text.index(_NOT_READY) + len(_NOT_READY) :].split(b")", 1)[0].decode("latin-1").lstrip(": ")
        raise BookError(f"the book cannot be printed: the page was not ready ({why or 'its formulas were not set'})")
