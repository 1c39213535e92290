"""What the last build of an edition was made from and what it wrote, so that the next may have nothing to do.

Sphinx needs seconds to find out that nothing has changed, most of them for imports. The record here answers in
tenths: same sources, same code, same packages, and every file of the site as it was written.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import qlearn
from qlearn.book.language import EDITIONS_SCRIPT, other_editions

__all__ = ["Record", "Traces", "forget", "read_record", "traces", "write_record"]

_NAME = ".finished.json"
_CODE = ("book", "physics", "widgets", "errors.py", "__init__.py")


@dataclass(frozen=True)
class Traces:
    """Digests of what a build is made from.

    Attributes
    ----------
    sources : str
        Of the book's own files.
    code : str
        Of this package's code, the installed packages' versions and the settings: what may change any page.
    """

    sources: str
    code: str


@dataclass(frozen=True)
class Record:
    """A build that went through.

    Attributes
    ----------
    traces : Traces
        What it was made from.
    outside : dict
        Files beyond the book's folder that pages include, and the digest of each.
    pages : list of str
        The pages of the book.
    complaints : list of str
        Lines of warnings; pages that are not read again do not repeat theirs.
    site : dict
        Each file under the folder of the site, with its size and time of change.
    """

    traces: Traces
    outside: dict[str, str] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    site: dict[str, list[int]] = field(default_factory=dict)

    def holds(self, now: Traces, site: Path) -> bool:
        """Tell whether a build from these traces would write the site that is there."""
        return self.traces == now and _digests(self.outside) == self.outside and _listing(site) == self.site

    def clear_damage(self, site: Path, pages: Iterable[str]) -> None:
        """Remove from a site what a build would wrongly keep.

        Sphinx writes a page whose file is missing, but neither one that has been altered nor does it remove the page
        of a chapter that is gone.
        """
        if set(self.pages) - set(pages):
            for part in site.iterdir():
                if part.is_dir() and part.name not in other_editions(site):
                    shutil.rmtree(part, ignore_errors=True)
                elif part.is_file():
                    part.unlink()
        for name, seen in _listing(site).items():
            if name in self.site and seen != self.site[name]:
                (site / name).unlink()


def traces(sources: Iterable[Path], book: Path, settings: Iterable[str]) -> Traces:
    """Digest what a build is made from.

    Parameters
    ----------
    sources : iterable of Path
        The book's files.
    book : Path
        Their folder.
    settings : iterable of str
        What the build was asked for.

    Returns
    -------
    Traces
        Equal for equal input.
    """
    package = Path(qlearn.__file__).parent
    files = [package / name for name in _CODE]
    code = [file for top in files for file in (sorted(top.rglob("*")) if top.is_dir() else [top])]
    seen = {file.relative_to(package).as_posix(): file for file in code if "__pycache__" not in file.parts}
    words = [sys.version, *sorted(settings), *_installed()]
    return Traces(
        sources=_digest({file.relative_to(book).as_posix(): file for file in sources}, []),
        code=_digest({name: file for name, file in seen.items() if file.is_file()}, words),
    )


def read_record(folder: Path) -> Record | None:
    """Read the record of the last build in a folder; None where there is none that can be read."""
    try:
        known = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        return Record(**{**known, "traces": Traces(**known["traces"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_record(
    folder: Path, site: Path, made_from: Traces, *, outside: Iterable[Path], pages: list[str], complaints: list[str]
) -> None:
    """Record a build that went through."""
    record = Record(made_from, _digests(str(path) for path in outside), pages, complaints, _listing(site))
    (folder / _NAME).write_text(json.dumps(asdict(record)), encoding="utf-8")


def forget(folder: Path) -> None:
    """Drop the record: a build begins, and may not end."""
    (folder / _NAME).unlink(missing_ok=True)


def _installed() -> list[str]:
    # a name such as sphinx-7.4.7.dist-info says all that is wanted, and reading the metadata inside takes a second
    folders = (Path(entry) for entry in sys.path if Path(entry).is_dir())
    return sorted({found.name for folder in folders for found in folder.glob("*.dist-info")})


def _digest(files: dict[str, Path], words: list[str]) -> str:
    whole = hashlib.sha256()
    for word in words:
        whole.update(word.encode() + b"\0")
    for name in sorted(files):
        whole.update(name.encode() + b"\0" + hashlib.sha256(files[name].read_bytes()).digest())
    return whole.hexdigest()


def _digests(paths: Iterable[str]) -> dict[str, str]:
    return {path: _digest({path: Path(path)}, []) for path in sorted(paths) if Path(path).is_file()}


def _listing(site: Path) -> dict[str, list[int]]:
    # what other editions write is not this one's: their folders, and the script that tells of them
    theirs = (*(f"{name}/" for name in other_editions(site)), EDITIONS_SCRIPT)
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    found = {name: file.stat() for name, file in files.items() if not name.startswith(theirs)}
    return {name: [status.st_size, status.st_mtime_ns] for name, status in sorted(found.items())}
