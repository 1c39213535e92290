"""A hand-in as found on disk: which notebooks it should hold, and whether they can be read."""

from __future__ import annotations

import json
import stat
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from qlearn.errors import SubmissionError

_nbformat: Any = nbformat  # its functions carry no types

__all__ = ["Submission", "check_readable", "read_handed_in"]

MOST_NOTEBOOK_BYTES = 50_000_000  # a notebook beyond this is a mistake, and reading it would take gigabytes


@dataclass(frozen=True)
class Submission:
    """One student's hand-in for one assignment.

    `notebooks` are those the assignment consists of, without `.ipynb`; `timestamp` is the text the exchange left with
    the hand-in, empty if it came another way.
    """

    student: str
    assignment: str
    folder: Path
    notebooks: tuple[str, ...]
    timestamp: str = ""


def check_readable(submission: Submission) -> list[str]:
    """Read every notebook of a hand-in once, before anything is executed or written.

    Returns
    -------
    list of str
        The notebooks that are missing although others are there; their questions cannot be graded.

    Raises
    ------
    SubmissionError
        If no expected notebook is there, or one that is there cannot be read.
    """
    missing = [name for name in submission.notebooks if not _exists(submission.folder / f"{name}.ipynb")]
    if len(missing) == len(submission.notebooks):
        expected = ", ".join(f"{name}.ipynb" for name in missing)
        found = ", ".join(sorted(path.name for path in submission.folder.iterdir())) or "nothing"
        raise SubmissionError(f"{expected} is not in the hand-in, which holds {found}; ask the student for it")
    for name in submission.notebooks:
        if name not in missing:
            read_handed_in(submission.folder / f"{name}.ipynb")
    return missing


def read_handed_in(path: Path) -> nbformat.NotebookNode:
    """Read a notebook that a stranger wrote; an older format is converted to format 4.

    Raises
    ------
    SubmissionError
        If it is no ordinary file, empty, too large, not UTF-8, or not a notebook; the message names which.
    """
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise SubmissionError(f"{path.name} is not an ordinary file; ask the student for the notebook itself")
    if status.st_size == 0:
        raise SubmissionError(f"{path.name} is empty; ask the student to hand it in again")
    if status.st_size > MOST_NOTEBOOK_BYTES:
        raise SubmissionError(
            f"{path.name} has {status.st_size / 1e6:.0f} MB, over the {MOST_NOTEBOOK_BYTES / 1e6:.0f} MB allowed; "
            "ask the student to clear its outputs"
        )
    try:
        text = path.read_bytes().decode("utf-8")
        json.loads(text)  # first, because its message tells where the text breaks off
        with warnings.catch_warnings():
            # An older format or a missing cell id is put right by nbformat; it warns, and the mark is not in doubt.
            warnings.simplefilter("ignore")
            notebook: nbformat.NotebookNode = _nbformat.reads(text, as_version=4)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, nbformat.ValidationError) as error:
        raise SubmissionError(
            f"{path.name} cannot be read as a notebook ({_shorten(error)}); ask the student to hand it in again"
        ) from error
    if not isinstance(notebook.get("cells"), list):
        raise SubmissionError(f"{path.name} is JSON but no notebook: it has no list of cells")
    return notebook


def _exists(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True


def _shorten(reason: object, length: int = 120) -> str:
    if isinstance(reason, json.JSONDecodeError):
        return f"{reason.msg.removesuffix(' starting at')}, line {reason.lineno}"
    text = " ".join(str(reason).split())
    return text if len(text) <= length else text[: length - 1] + "…"
