"""The files of an assignment that are no notebooks: its data, which grading puts beside every answer."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from traitlets.config.loader import LazyConfigValue

from qlearn.errors import CourseError

__all__ = ["IGNORED", "ignored_names", "is_ignored", "read_data_files"]

MOST_BYTES = 64 * 1024 * 1024  # all data files together; they travel with every submission
MOST_FILES = 1000
IGNORED = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback")  # nbgrader's own default


def read_data_files(folder: Path, config: Any, warn: Callable[[str], None]) -> tuple[tuple[str, bytes], ...]:
    """Read what nbgrader's autograder would copy over the students' versions.

    Parameters
    ----------
    folder
        The assignment's folder in the course's `source`.
    config
        The course's settings: `c.CourseDirectory.ignore` and `c.Autograde.exclude_overwriting` count.
    warn
        Told of every link, which is not followed.

    Returns
    -------
    tuple of (str, bytes)
        Relative name with `/` and content, by name.

    Raises
    ------
    CourseError
        If there are too many files, or too large ones, to send along with every submission.
    """
    ignored = ignored_names(config)
    kept_by_student = _given(config.Autograde.get("exclude_overwriting"), {}).get(folder.name, [])
    files: list[tuple[str, bytes]] = []
    size = 0
    for path in _find(folder, ignored, warn):
        name = path.relative_to(folder).as_posix()
        if name in kept_by_student:
            continue
        size += path.stat().st_size
        if size > MOST_BYTES or len(files) == MOST_FILES:
            raise CourseError(
                f"{folder} holds more than {MOST_FILES} data files or {MOST_BYTES // 2**20} MiB of them; "
                "keep only what the notebooks read, or name the others in c.CourseDirectory.ignore"
            )
        files.append((name, path.read_bytes()))
    return tuple(sorted(files))


def ignored_names(config: Any) -> tuple[str, ...]:
    """Give the patterns of file names that nbgrader never copies in this course."""
    return tuple(_given(config.CourseDirectory.get("ignore"), list(IGNORED)))


def _given(value: Any, default: Any) -> Any:
    """Give a setting, or its default; the file may have added to the default (`.append`) without knowing it."""
    if value is None:
        return default
    return value.get_value(default) if isinstance(value, LazyConfigValue) else value


def is_ignored(name: str, ignored: tuple[str, ...]) -> bool:
    """Whether a file, or a folder it lies in, has a name that matches one of the patterns."""
    return any(fnmatch.fnmatchcase(part, pattern) for part in name.split("/") for pattern in ignored)


def _find(folder: Path, ignored: tuple[str, ...], warn: Callable[[str], None]) -> list[Path]:
    found = []
    for place, folders, names in os.walk(folder):
        here = Path(place)
        for name in [*folders, *names]:
            if not is_ignored(name, ignored) and (here / name).is_symlink():
                warn(f"{here / name} is a link, so students' code will not find it; put the file itself there")
        folders[:] = sorted(name for name in folders if not is_ignored(name, ignored))
        files = [here / name for name in names if not is_ignored(name, ignored) and not name.endswith(".ipynb")]
        found += [path for path in files if path.is_file() and not path.is_symlink()]
    return sorted(found)
