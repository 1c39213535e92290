"""Read what a student handed in from its folder: ordinary files only, within limits, as bytes.

A stranger chose every name and every kind of file here. Links are not followed, pipes and devices are not opened for
reading, and whatever is left out is named with its reason.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from qlearn.errors import SubmissionError
from qlearn.grading.slimming import TooManyBracketsError, without_outputs

__all__ = ["HandIn", "looks_like_notebook", "read_files", "shown"]

MIB = 1024 * 1024
MOST_FILE_BYTES = 50 * MIB  # of one file, of a notebook without its outputs
MOST_NOTEBOOK_BYTES_ON_DISK = 1024 * MIB  # outputs and all; read piece by piece
MOST_BYTES = 100 * MIB  # of all files together
MOST_FILES = 500
MOST_ENTRIES = 20_000  # looked at, files and folders together
MOST_FOLDERS_DEEP = 8
_SLIM_FROM = MIB  # smaller notebooks are quicker to parse with their outputs than to search through
_PIECE = MIB

_IGNORED = {".ipynb_checkpoints", "__pycache__", ".DS_Store"}
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = {
    stat.S_IFLNK: "a link, which is not followed",
    stat.S_IFIFO: "a pipe (FIFO), not a file",
    stat.S_IFSOCK: "a socket, not a file",
    stat.S_IFCHR: "a device, not a file",
    stat.S_IFBLK: "a device, not a file",
    stat.S_IFDIR: "a folder, not a file",
}


@dataclass(frozen=True)
class HandIn:
    """One student's submission for one assignment, taken off the disk."""

    student: str
    assignment: str
    files: tuple[tuple[str, bytes], ...]
    """Relative name with `/`, content. Large notebooks have lost their outputs."""
    refused: tuple[tuple[str, str], ...] = ()
    """Relative name, and why it was not read, in words that go on from "it is"."""
    timestamp: str = ""
    """The text the exchange left with it, empty if it came another way."""

    def digest(self) -> str:
        """Name this hand-in by its content: names, bytes and refusals, whoever handed it in and when."""
        digest = hashlib.sha256()
        parts = [(b"file", name, content) for name, content in self.files]
        parts += [(b"refused", name, reason.encode()) for name, reason in self.refused]
        for kind, name, content in sorted(parts):
            for part in (kind, name.encode("utf-8", "surrogatepass"), content):
                digest.update(len(part).to_bytes(8, "big"))
                digest.update(part)
        return digest.hexdigest()


def read_files(folder: Path, *, student: str, assignment: str, timestamp: str = "") -> HandIn:
    """Read a submission's folder with all that is in it.

    Notebooks are read before other files, and files at the top before those in folders, so that the limits on the
    number and size of all files together leave out what matters least.

    Raises
    ------
    SubmissionError
        If the folder is not there, is a link, or may not be read.
    """
    try:
        kind = stat.S_IFMT(folder.lstat().st_mode)
        if kind != stat.S_IFDIR:
            raise SubmissionError(f"the submission {shown(folder.name)} is {_KINDS.get(kind, 'a file')} where a folder "
                                  "is expected; ask the student to hand in again")  # fmt: skip
        found, refused = _list(folder)
    except OSError as error:
        raise SubmissionError(
            f"the folder of the submission cannot be read ({error.strerror}); check its path and its rights"
        ) from error
    files: list[tuple[str, bytes]] = []
    left = MOST_BYTES
    for name, path in sorted(found, key=_importance):
        if len(files) >= MOST_FILES:
            refused.append((name, f"one file too many: {MOST_FILES} are read"))
            continue
        try:
            content = _read(path, name, left)
        except _RefusedError as error:
            refused.append((name, str(error)))
            continue
        left -= len(content)
        files.append((name, content))
    return HandIn(student, assignment, tuple(sorted(files)), tuple(sorted(refused)), timestamp)


def looks_like_notebook(name: str) -> bool:
    """Whether a file may be a notebook by its name, which a browser or an editor may have lengthened."""
    name = name.lower()
    return ".ipynb" in name or name.endswith((".json", ".txt"))


def shown(name: str) -> str:
    """Give a name that a stranger chose as it may appear within a message."""
    text = "".join(character if character.isprintable() else "\ufffd" for character in name)
    return text if len(text) <= 80 else text[:60] + "…" + text[-19:]


class _RefusedError(Exception):
    """Why a file was not read."""


def _list(folder: Path) -> tuple[list[tuple[str, Path]], list[tuple[str, str]]]:
    """Find the files below a folder; links, deep folders and what comes after the limit are refused at once."""
    found: list[tuple[str, Path]] = []
    refused: list[tuple[str, str]] = []
    entries = 0
    waiting = deque([(folder, "", 0)])
    while waiting:
        here, prefix, depth = waiting.popleft()
        for entry in _entries(here, prefix, refused):
            entries += 1
            if entries > MOST_ENTRIES:
                refused.append(
                    (prefix or ".", f"over the limit of {MOST_ENTRIES} files and folders; the rest is not read")
                )
                return found, refused
            name = prefix + _readable(entry.name)
            if not entry.is_dir(follow_symlinks=False):
                found.append((name, Path(entry.path)))
                continue
            if looks_like_notebook(name):
                refused.append((name, "a folder, not a file"))
            if depth + 1 < MOST_FOLDERS_DEEP:
                waiting.append((Path(entry.path), f"{name}/", depth + 1))
            else:
                refused.append((name, f"a folder more than {MOST_FOLDERS_DEEP - 1} deep"))
    return found, refused


def _entries(folder: Path, prefix: str, refused: list[tuple[str, str]]) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from (entry for entry in entries if entry.name not in _IGNORED)
    except OSError as error:
        if not prefix:
            raise
        refused.append((prefix.rstrip("/"), f"a folder that cannot be read ({error.strerror})"))


def _importance(item: tuple[str, Path]) -> tuple[bool, bool, int, str]:
    name, _ = item
    return ".ipynb" not in name.lower(), not looks_like_notebook(name), name.count("/"), name


def _read(path: Path, name: str, left: int) -> bytes:
    """Read one ordinary file, a large notebook without its outputs."""
    try:
        # A pipe without a writer would block the opening, and a link would lead elsewhere.
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise _RefusedError(_why_closed(path, error)) from error
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        status = os.fstat(descriptor)
        kind = stat.S_IFMT(status.st_mode)
        if kind != stat.S_IFREG:
            raise _RefusedError(_KINDS.get(kind, "not an ordinary file"))
        slim = looks_like_notebook(name) and status.st_size > _SLIM_FROM
        most_on_disk = MOST_NOTEBOOK_BYTES_ON_DISK if slim else MOST_FILE_BYTES
        if status.st_size > most_on_disk:
            raise _RefusedError(f"{status.st_size / MIB:.0f} MB in size, over the {most_on_disk // MIB} MB allowed")
        pieces = _pieces(file, most_on_disk)
        try:
            return _gather(without_outputs(pieces) if slim else pieces, left)
        except OSError as error:
            raise _RefusedError(f"a file that cannot be read ({error.strerror})") from error


def _pieces(file: BinaryIO, most: int) -> Iterator[bytes]:
    """Read a file piece by piece; it may grow meanwhile, so the size it had is no promise."""
    while piece := file.read(_PIECE):
        most -= len(piece)
        if most < 0:
            raise _RefusedError("a file that grew while it was read")
        yield piece


def _gather(pieces: Iterator[bytes], left: int) -> bytes:
    """Join the pieces within the limits."""
    content = bytearray()
    try:
        for piece in pieces:
            content += piece
            if len(content) > MOST_FILE_BYTES:
                raise _RefusedError(f"over the {MOST_FILE_BYTES // MIB} MB allowed for one file, outputs not counted")
            if len(content) > left:
                raise _RefusedError(f"too much: all files together may have {MOST_BYTES // MIB} MB")
    except TooManyBracketsError as error:
        raise _RefusedError("a notebook whose outputs are nested beyond reason") from error
    return bytes(content)


def _why_closed(path: Path, error: OSError) -> str:
    try:
        kind = stat.S_IFMT(path.lstat().st_mode)
    except OSError:
        kind = 0
    return _KINDS.get(kind, f"a file that cannot be opened ({error.strerror})")


def _readable(name: str) -> str:
    """Give a file's name as text; a name from a Korean Windows archive may be in CP949."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "cp949"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding)) if encoding == "cp949" else raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
