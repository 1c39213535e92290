"""Who a build is for, and in which language: each edition is built in a folder of its own.

Readers get the chapters, teachers the guides as well. An edition in another language than the chapters' is a folder
of the site that they make; `locale/<language>/LC_MESSAGES/` in the book's folder holds its catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from qlearn.book.folder import chapter_files
from qlearn.book.language import LOCALE, catalogue_folder, require_catalogues
from qlearn.errors import BookError

__all__ = ["AUDIENCES", "Edition"]

AUDIENCES = ("reader", "teacher")
_GUIDES = "teaching"
_SUFFIXES = (".md", ".ipynb", ".rst")


@dataclass(frozen=True)
class Edition:
    """One edition of a book, and where it is built.

    Attributes
    ----------
    book : Path
        Folder of the sources.
    output : Path
        Folder of all editions; what they share, such as the outputs of cells, is here.
    audience : str
        One of `AUDIENCES`.
    language : str or None
        A language that the book has catalogues for; None for the one that its chapters are written in.

    Raises
    ------
    BookError
        For an unknown audience, and for a language without catalogues.
    """

    book: Path
    output: Path
    audience: str = "reader"
    language: str | None = None

    def __post_init__(self) -> None:
        """Refuse an audience that nobody writes for, and a language that nobody has translated into."""
        if self.audience not in AUDIENCES:
            raise BookError(f"audience {self.audience!r} is unknown; choose {' or '.join(AUDIENCES)}")
        if self.language is not None:
            require_catalogues(self.book, self.language)

    @property
    def _top(self) -> Path:
        return self.output if self.audience == "reader" else self.output / self.audience

    @property
    def folder(self) -> Path:
        """Where this edition is built; no other edition writes there."""
        return self._top / f"language-{self.language}" if self.language else self._top

    @property
    def site(self) -> Path:
        """Folder of its pages; another language's lie in a folder of the site, so that pages can link each other."""
        return self._top / "html" / self.language if self.language else self._top / "html"

    def sources(self) -> list[Path]:
        """List every file that the edition may show, sorted."""
        hidden = {"_build", LOCALE} if self.audience == "teacher" else {"_build", LOCALE, _GUIDES}
        files = (file for file in self.book.rglob("*") if not hidden & set(file.relative_to(self.book).parts))
        own = [file for file in files if self.output not in file.parents and file.is_file()]
        return sorted([*own, *(catalogue_folder(self.book, self.language).rglob("*.po") if self.language else ())])

    def pages(self) -> list[str]:
        """Name every file in the edition's table of contents, without suffix."""
        return list(_names(_read(self.contents())))

    def contents(self) -> Path:
        """Give the table of contents to build from, the book's own or one with the guides written beside the build.

        Raises
        ------
        BookError
            When the book's table is no Jupyter Book's, names a file that is not there, or leaves a chapter out.
        """
        path = self.book / "_toc.yml"
        table = _read(path)
        named = list(_names(table))
        for name in named:
            if not any(self.book.joinpath(f"{name}{suffix}").is_file() for suffix in ("", *_SUFFIXES)):
                raise BookError(
                    f"_toc.yml names {name}, but {self.book} has no such file; write it or take the line out"
                )
        for file in chapter_files(self.book):
            name = file.relative_to(self.book).with_suffix("").as_posix()
            if name not in named and not any(part.startswith("_") for part in name.split("/")):
                raise BookError(f"chapter {name} is not in _toc.yml; add it there, or name it _{file.name} to leave it")
        if self.audience == "reader":
            return path
        ours = self.folder / "_toc.yml"
        ours.parent.mkdir(parents=True, exist_ok=True)
        ours.write_text(yaml.safe_dump(_with_guides(table, self._guides(named)), sort_keys=False), encoding="utf-8")
        return ours

    def _guides(self, chapters: list[str]) -> list[str]:
        """Name the guides in the order of their chapters, those of no chapter last."""
        order = [name.split("/")[-1] for name in chapters]
        names = sorted(file.stem for file in (self.book / _GUIDES).glob("*.md"))
        if not names:
            raise BookError(f"{self.book} has no teacher guides; write one into {_GUIDES}/, or build for readers")
        names.sort(key=lambda name: order.index(name) if name in order else len(order))
        return [f"{_GUIDES}/{name}" for name in names]


def _read(path: Path) -> dict[str, Any]:
    try:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise BookError(f"{path} is no YAML: {' '.join(str(error).split())}") from error
    if not isinstance(table, dict) or "root" not in table:
        raise BookError(f"{path} is no table of contents; it needs a root and its chapters")
    return table


def _names(table: Any) -> Any:
    """Yield every file that a table of contents names, without suffix, the root first."""
    if isinstance(table, list):
        for entry in table:
            yield from _names(entry)
    elif isinstance(table, dict):
        for key in ("root", "file"):
            if key in table:
                name = str(table[key])
                yield next((name.removesuffix(suffix) for suffix in _SUFFIXES if name.endswith(suffix)), name)
        for value in table.values():
            if isinstance(value, list):
                yield from _names(value)


def _with_guides(table: dict[str, Any], guides: list[str]) -> dict[str, Any]:
    """Add the part of the guides to a table of contents, whichever form it has."""
    part = {"chapters": [{"file": name} for name in guides], "caption": "Teaching guides"}
    kept = {key: value for key, value in table.items() if key not in ("chapters", "sections", "parts", "subtrees")}
    # a table of the other formats Jupyter Book knows is the same tree by other names
    parts = list(table.get("parts") or table.get("subtrees") or [])
    flat = table.get("chapters") or table.get("sections")
    if flat:
        parts.append({"chapters": flat})
    return {**kept, "parts": [*parts, part]}
