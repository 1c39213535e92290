"""Write a graded submission's folder in `autograded`, as nbgrader leaves it, all at once or not at all."""

from __future__ import annotations

import errno
import glob
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from qlearn.errors import SubmissionError
from qlearn.gradebook.data_files import is_ignored

__all__ = ["check_plain_name", "replace_folder", "student_files"]

LONGEST_NAME = 128  # what nbgrader's database takes
READ_ONLY = 0o444
TAKEN_OR_UNFIT = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL)


def check_plain_name(name: str) -> None:
    """Raise `SubmissionError` unless a student's id can be a folder's name and an entry in every database."""
    plain = name.isprintable() and not set(name) & set("/\\") and name.strip() == name and not name.startswith(".")
    if not plain or not 0 < len(name) <= LONGEST_NAME:
        shown = name.encode("utf-8", "backslashreplace").decode()
        raise SubmissionError(
            f"{shown[:LONGEST_NAME]!r} cannot be a student's id: an id has 1 to {LONGEST_NAME} visible characters "
            "without / and \\ and does not begin with a dot; rename the folder in submitted"
        )


def replace_folder(
    folder: Path, files: Iterable[tuple[str, bytes]], *, permissions: int = READ_ONLY, shared: bool = False
) -> None:
    """Write a folder anew beside the old one and put it in its place.

    Parameters
    ----------
    folder
        What is replaced; leftovers of an earlier attempt that was killed are cleared away.
    files
        Relative names with `/` and content. A later file whose place is taken is left out.
    permissions
        Of every file.
    shared
        Let the group write to the folders, as nbgrader's `groupshared`.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(folder)
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, content in files:
            _write(building, name, content, permissions)
        for place in (building, *(path for path in building.rglob("*") if path.is_dir())):
            place.chmod(0o2775 if shared else 0o755)
        _put_in_place(building, folder)
    finally:
        _clear_leftovers(folder)


def student_files(files: Iterable[tuple[str, bytes]], ignored: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Give those of a student's files that nbgrader copies: no notebooks, nothing ignored, plain names only."""
    for name, content in files:
        parts = name.split("/")
        plain = name.isprintable() and "\\" not in name and not {"", ".", ".."} & set(parts)
        if plain and not name.lower().endswith(".ipynb") and not is_ignored(name, ignored):
            yield name, content


def _put_in_place(building: Path, folder: Path) -> None:
    if not os.path.lexists(folder):
        building.rename(folder)
        return
    old = building.with_name(f"{building.name}-old")
    folder.rename(old)
    try:
        building.rename(folder)
    except OSError:
        old.rename(folder)
        raise


def _clear_leftovers(folder: Path) -> None:
    for leftover in folder.parent.glob(f".{glob.escape(folder.name)}-*"):
        if leftover.is_symlink() or not leftover.is_dir():
            leftover.unlink()
        else:
            shutil.rmtree(leftover)


def _write(building: Path, name: str, content: bytes, permissions: int) -> None:
    path = building / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        if error.errno in TAKEN_OR_UNFIT:
            return  # a student's file where the assignment's data lies, or a name this disk cannot hold
        raise
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
    path.chmod(permissions)
