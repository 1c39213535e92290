"""Catalogues for translators: what a chapter says, sentence by sentence, and what each is in another language."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from qlearn.book.editions import Edition
from qlearn.book.finished import traces
from qlearn.book.folder import find_book, make_writable
from qlearn.book.language import LOCALE, catalogue_folder, check_code
from qlearn.book.sphinx_run import run_sphinx
from qlearn.errors import BookError

__all__ = ["Progress", "update_catalogues"]

_IDLE_HEADER = re.compile(
    '"(Project-Id-Version|Report-Msgid-Bugs-To|Last-Translator|Language-Team|POT-Creation-Date|PO-Revision-Date|'
    "Generated-By):|#$"
)


@dataclass(frozen=True)
class Progress:
    """How far a chapter's translation is.

    Attributes
    ----------
    catalogue : str
        The chapter, without suffix.
    translated, messages : int
        How many of its messages have a translation, and how many it has.
    """

    catalogue: str
    translated: int
    messages: int


def update_catalogues(source: Path | None, output: Path | None, language: str | None = None) -> list[Progress]:
    """Write a template of each chapter's messages, and bring a language's catalogues up to date with them.

    Translations that are there stay; one whose message has changed is kept as a guess and marked `fuzzy`, which a
    build does not use.

    Parameters
    ----------
    source : Path, optional
        The book's folder; see `find_book`.
    output : Path, optional
        Folder that builds write into; `_build` in the book's folder when left out.
    language : str, optional
        Code of a language such as "ko"; only templates are written when it is left out.

    Returns
    -------
    list of Progress
        One a chapter.

    Raises
    ------
    BookError
        When the code is none, or the book cannot be read.
    """
    if language is not None:
        check_code(language)
    book = find_book(source)
    edition = Edition(book, (output or book / "_build").resolve())
    found = make_writable(edition.folder / ".messages")
    run_sphinx(edition, found, builder="gettext", code=traces(edition.sources(), book, []).code)
    templates = book / LOCALE / "pot"
    progress = []
    for file in sorted(found.rglob("*.pot")):
        name = file.relative_to(found).with_suffix("")
        if name.name == "sphinx":  # the words of templates, which are translated elsewhere
            continue
        template = _read(file)
        _write(template, templates / name.with_suffix(".pot"))
        if language is None:
            progress.append(Progress(name.as_posix(), 0, len(template)))
            continue
        target = catalogue_folder(book, language) / name.with_suffix(".po")
        progress.append(_update(target, template, language, name.as_posix()))
    return progress


def _update(target: Path, template: Catalog, language: str, name: str) -> Progress:
    catalogue = _read(target, language) if target.exists() else _new(template, language)
    catalogue.update(template, no_fuzzy_matching=False)
    _write(catalogue, target)
    messages = [message for message in catalogue if message.id]
    return Progress(name, sum(bool(message.string) and not message.fuzzy for message in messages), len(messages))


def _new(template: Catalog, language: str) -> Catalog:
    return Catalog(locale=language, charset=template.charset, fuzzy=False)


def _read(file: Path, language: str | None = None) -> Catalog:
    try:
        return read_po(io.BytesIO(file.read_bytes()), locale=language, abort_invalid=True)
    except Exception as error:
        raise BookError(f"{file} is no catalogue: {error}; correct it, or delete it to begin again") from error


def _write(catalogue: Catalog, target: Path) -> None:
    text = io.BytesIO()
    catalogue.header_comment = ""
    # neither places nor dates nor a tool's name: a catalogue changes when its messages do
    write_po(text, catalogue, width=0, no_location=True)
    kept = [line for line in text.getvalue().decode().splitlines() if not _IDLE_HEADER.match(line)]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(kept).rstrip() + "\n", encoding="utf-8", newline="\n")
