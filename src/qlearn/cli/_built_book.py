"""Where the built book is, for the commands that show it."""

from __future__ import annotations

from pathlib import Path

__all__ = ["built_book"]


def built_book() -> Path | None:
    """Give the folder that `qlearn book build` puts its pages in, built or not; None when there is no book here."""
    from qlearn.book.folder import find_book
    from qlearn.errors import BookError

    try:
        return find_book() / "_build" / "html"
    except BookError:
        return None
