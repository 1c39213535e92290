"""The files of a download: a folder, or a zip from an LMS with students' own zips inside. Nothing is unpacked to disk.

A stranger made these files. A path that leads out of the download, a zip that unfolds without end or one under a
password stops the whole download before anything is taken from it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from qlearn.errors import CourseError

__all__ = ["DownloadedFile", "read_download"]

MOST_FILES = 20_000
MOST_FILE_BYTES = 64 << 20  # a notebook with pictures has a few million
MOST_BYTES = 2 << 30
LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db", ".ipynb_checkpoints")


@dataclass(frozen=True)
class DownloadedFile:
    """A file of a download; `path` is where it lay in it, a student's own zip counting as a folder."""

    path: PurePosixPath
    content: bytes


def read_download(source: Path) -> list[DownloadedFile]:
    """Read every file of a folder or zip, and of the zips in it, by path.

    Parameters
    ----------
    source
        The folder or zip file.

    Raises
    ------
    CourseError
        If there is nothing there, a zip is damaged or under a password, a path in it leads out of it, or it holds more
        than `MOST_FILES` files or `MOST_BYTES` bytes.
    """
    if not source.exists():
        raise CourseError(f"no such folder or zip: {source}; name what you downloaded")
    found: Iterator[tuple[PurePosixPath, bytes]]
    if source.is_dir():
        # links are not followed: a download has none, and one would reach beyond it
        paths = sorted(path for path in source.rglob("*") if path.is_file() and not path.is_symlink())
        found = ((PurePosixPath(path.relative_to(source).as_posix()), _read(path)) for path in paths)
    else:
        found = _members(source.name, _read(source))
    files: list[DownloadedFile] = []
    size = 0
    for path, content in _with_zips_opened(found):
        size += len(content)
        if len(files) >= MOST_FILES or size > MOST_BYTES:
            raise CourseError(
                f"{source} holds more than {MOST_FILES} files or {MOST_BYTES >> 20} MiB; nothing was collected"
            )
        files.append(DownloadedFile(path, content))
    return files


def _with_zips_opened(found: Iterator[tuple[PurePosixPath, bytes]]) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Put the members of a student's zip in its place; a zip within that stays closed."""
    for path, content in found:
        if any(part in LITTER or part.startswith("._") for part in path.parts):
            continue
        if path.suffix.lower() != ".zip":
            yield path, content
            continue
        for inner, inside in _members(str(path), content):
            if not any(part in LITTER or part.startswith("._") for part in inner.parts):
                yield path / inner, inside


def _members(name: str, content: bytes) -> Iterator[tuple[PurePosixPath, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            paths = [_safe_path(name, member.filename) for member in members]
            for path, member in zip(paths, members, strict=True):
                _check_size(f"{member.filename} in {name}", member.file_size)
                if member.flag_bits & 1:
                    raise CourseError(f"{name} is under a password; hand it in or download it without one")
                yield path, _unpack(archive, member)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise CourseError(f"{name} is no zip that can be read ({error}); download it again") from error


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as stream:
        content = stream.read(MOST_FILE_BYTES + 1)  # what a zip says of its size is the zip's word alone
    _check_size(member.filename, len(content))
    return content


def _read(path: Path) -> bytes:
    limit = MOST_BYTES if path.suffix.lower() == ".zip" else MOST_FILE_BYTES
    if path.stat().st_size > limit:
        _check_size(str(path), path.stat().st_size)
    return path.read_bytes()


def _safe_path(archive: str, name: str) -> PurePosixPath:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name or not path.parts:
        raise CourseError(f"{archive} holds the path {name!r}, which leads out of it; nothing was collected")
    return path


def _check_size(what: str, size: int) -> None:
    if size > MOST_FILE_BYTES:
        raise CourseError(f"{what} has more than {MOST_FILE_BYTES >> 20} MiB; nothing was collected")
