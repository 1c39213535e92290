"""Catalogues of a book: where translators keep them, and where Sphinx may read them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from qlearn.errors import BookError

__all__ = [
    "EDITIONS_SCRIPT",
    "EDITION_NOTE",
    "LOCALE",
    "catalogue_folder",
    "check_code",
    "language_settings",
    "other_editions",
    "require_catalogues",
]

LOCALE = "locale"
# each edition leaves a note of its pages in its folder, and every edition of a site has a script that knows all notes
EDITION_NOTE = "_static/qlearn/edition.json"
EDITIONS_SCRIPT = "_static/qlearn/editions.js"
_CODE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


def check_code(language: str) -> str:
    """Give a language's code back when it is one.

    Parameters
    ----------
    language : str
        Such as "ko" or "pt_BR".

    Returns
    -------
    str
        The same.

    Raises
    ------
    BookError
        When it has another form.
    """
    if not _CODE.fullmatch(language):
        raise BookError(f"{language!r} is no language code; give two or three small letters, such as ko")
    return language


def catalogue_folder(book: Path, language: str) -> Path:
    """Folder of a language's catalogues, there or not."""
    return book / LOCALE / language / "LC_MESSAGES"


def other_editions(site: Path) -> dict[str, Path]:
    """Folders of a site that hold an edition in another language, by their names."""
    notes = site.glob(f"*/{EDITION_NOTE}")
    return {folder.name: folder for folder in sorted(site / note.relative_to(site).parts[0] for note in notes)}


def require_catalogues(book: Path, language: str) -> None:
    """Make sure that somebody has begun to translate a book.

    Raises
    ------
    BookError
        When the book has no catalogues in that language.
    """
    check_code(language)
    known = sorted(folder.parent.name for folder in (book / LOCALE).glob("*/LC_MESSAGES"))
    if language not in known:
        raise BookError(
            f"there is no translation into {language!r}; this book has {', '.join(known) or 'none yet'}; "
            "leave --language out for the book as it is written, or start one with: "
            f"qlearn book messages --language {language}"
        )


def language_settings(book: Path, folder: Path, language: str) -> dict[str, Any]:
    """Sphinx settings of an edition in another language.

    Parameters
    ----------
    book : Path
        The book's folder.
    folder : Path
        Where the edition is built; the catalogues are copied there.
    language : str
        Code of the language.

    Returns
    -------
    dict
        Settings that go before the book's own.
    """
    copies = _copy_catalogues(catalogue_folder(book, language), folder / LOCALE / language / "LC_MESSAGES")
    return {"language": language, "locale_dirs": [str(copies.parent.parent)], "qlearn_edition": language}


def _copy_catalogues(catalogues: Path, copies: Path) -> Path:
    """Copy catalogues to where Sphinx may write the form it reads beside them; the sources stay as they are."""
    wanted = {file.relative_to(catalogues): file for file in catalogues.rglob("*.po")}
    for old in list(copies.rglob("*.po")):
        if old.relative_to(copies) not in wanted:
            old.unlink()
            old.with_suffix(".mo").unlink(missing_ok=True)
    for relative, file in wanted.items():
        copy = copies / relative
        if not copy.exists() or copy.read_bytes() != file.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
    return copies
