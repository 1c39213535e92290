"""Find the book: the one that is named, the one in this folder, or the one of the checkout."""

from __future__ import annotations

import tempfile
from pathlib import Path

import qlearn
from qlearn.errors import BookError

__all__ = ["chapter_files", "find_book", "make_writable"]


def find_book(source: Path | None = None) -> Path:
    """Folder that holds the book's sources.

    Parameters
    ----------
    source : Path, optional
        A folder to use; when left out, `book` under the current folder, then `book` of the checkout that this
        package is installed from.

    Returns
    -------
    Path
        Absolute path of a folder with `_config.yml` and `_toc.yml`.

    Raises
    ------
    BookError
        When there is no such folder.
    """
    if source is not None:
        if _is_book(source):
            return source.resolve()
        raise BookError(f"{source} is no book; a book folder holds _config.yml and _toc.yml")
    checkout = Path(qlearn.__file__).resolve().parents[2]
    for folder in (Path.cwd() / "book", Path.cwd(), checkout / "book"):
        if _is_book(folder):
            return folder.resolve()
    raise BookError("no book here; run this in a checkout of qlearn or name the folder with --source")


def chapter_files(book: Path) -> list[Path]:
    """List the MyST files of a readers' book: every .md but teacher guides, translators' files and what was built.

    Parameters
    ----------
    book : Path
        The book's folder.

    Returns
    -------
    list of Path
        Sorted paths.
    """
    hidden = {"_build", "locale", "teaching"}
    return sorted(file for file in book.rglob("*.md") if not hidden & set(file.relative_to(book).parts))


def make_writable(folder: Path) -> Path:
    """Make a folder to build into.

    Parameters
    ----------
    folder : Path
        Made with its parents where it is not there.

    Returns
    -------
    Path
        The same.

    Raises
    ------
    BookError
        When nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BookError(f"cannot write to {folder}: {reason}; choose another folder with --out") from error
    return folder


def _is_book(folder: Path) -> bool:
    return (folder / "_config.yml").is_file() and (folder / "_toc.yml").is_file()
