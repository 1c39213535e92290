"""Build an edition of the book as a folder of plain files, and do nothing where nothing has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qlearn.book.editions import Edition
from qlearn.book.finished import forget, read_record, traces, write_record
from qlearn.book.folder import find_book, make_writable
from qlearn.book.language import language_settings
from qlearn.book.sphinx_run import BuildProgress, run_sphinx
from qlearn.errors import BookError

__all__ = ["BuildProgress", "build_book"]


def build_book(
    source: Path | None = None,
    output: Path | None = None,
    *,
    audience: str = "reader",
    language: str | None = None,
    progress: Callable[[BuildProgress], None] | None = None,
    strict: bool = False,
) -> Path:
    """Build an edition as a site of plain files.

    Parameters
    ----------
    source : Path, optional
        The book's folder; see `find_book` for what is used when it is left out.
    output : Path, optional
        Folder for the site and the caches; `_build` in the book's folder when left out. Pages whose chapter and code
        have not changed are not computed again, and where nothing at all has changed nothing is written.
    audience : str
        "reader", or "teacher" for an edition with the teacher guides, in a folder `teacher` under `output`.
    language : str, optional
        Code of a language that `locale` in the book's folder has catalogues for; its pages lie in a folder of the
        site named after it. The language the chapters are written in when left out.
    progress : callable, optional
        Called with a `BuildProgress` as the build goes on.
    strict : bool
        Treat a warning (a broken reference, an unknown citation) as an error.

    Returns
    -------
    Path
        The folder of the pages, `html` or a language's in it; its `index.html` is the first page.

    Raises
    ------
    BookError
        When the audience is unknown, when nobody has translated into the language, when a chapter is not in the table
        of contents, when a cell fails (the message names chapter and cell), when a page shows a control that needs a
        kernel, when the book's settings are wrong, or, with `strict`, on the first warning.
    """
    book = find_book(source)
    edition = Edition(book, (output or book / "_build").resolve(), audience, language)
    folder = make_writable(edition.folder)
    site = edition.site
    made_from = traces(edition.sources(), book, [f"audience {audience}", f"language {language}"])
    last = read_record(folder)
    if last is not None and last.holds(made_from, site):
        if progress is not None:
            progress(BuildProgress("unchanged", "", len(last.pages), len(last.pages)))
        complaints = last.complaints
    else:
        edition.contents()
        if last is not None:
            last.clear_damage(site, edition.pages())
        forget(folder)
        # warnings of pages that are not read again would be lost to a strict build
        fresh = last is None or (strict and bool(last.complaints))
        settings = language_settings(book, folder, language) if language else {}
        outcome = run_sphinx(edition, site, code=made_from.code, fresh=fresh, settings=settings, progress=progress)
        complaints = outcome.complaints
        write_record(
            folder, site, made_from, outside=outcome.outside, pages=outcome.pages, complaints=outcome.complaints
        )
    if strict and complaints:
        raise BookError(f"the book has {len(complaints)} lines of warnings; the first: {complaints[0].strip()}")
    return site
