"""What the sandbox refuses, in words for the student who met it.

The kernel knows only "operation not permitted"; which rule stood behind it is told from the error's number, its file
name and the libraries it came through.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from qlearn.grading.sandbox.limits import Limits, applied_limits, size_in_words

__all__ = ["explain_refusal"]

PROGRAMS = (
    "An answer may not start other programs or processes (!ls, %%bash, subprocess, multiprocessing): "
    "do the work in Python, in this one process."
)
NETWORK = "An answer has no network: use the files that come with the assignment."
SYSTEM = (
    "An answer may not start other programs, use the network or reach other processes: do the work in Python alone."
)
FILES = (
    "An answer may read the assignment's files and Python's libraries and write only into its own folder; "
    "{name} lies outside: use a plain file name such as 'data.csv'."
)

PROGRAM_LIBRARIES = ("subprocess", "multiprocessing", "pty", "ptyprocess", "pexpect")
NETWORK_LIBRARIES = ("socket", "ssl", "http", "urllib", "urllib3", "requests", "httpx", "ftplib", "smtplib")
REFUSED = (errno.EACCES, errno.EROFS)
LONGEST_CHAIN = 10
LONGEST_NAME = 100


def explain_refusal(error: BaseException, limits: Limits | None = None) -> str | None:
    """Say which rule or limit of the sandbox an exception came from, or None if it came from none.

    Parameters
    ----------
    error
        As the student's code raised it; what it was raised from counts too, since libraries wrap such errors.
    limits
        Those the process ran under, if it was another than the calling one.

    """
    limits = limits or applied_limits()
    for link in _chain(error):
        sentence = _explain_one(link, limits)
        if sentence:
            return sentence
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: object = error
    for _ in range(LONGEST_CHAIN):
        if not isinstance(link, BaseException):
            return
        yield link
        reason = getattr(link, "reason", None)  # urllib keeps the cause there
        link = link.__cause__ or (reason if isinstance(reason, BaseException) else link.__context__)


def _explain_one(error: BaseException, limits: Limits) -> str | None:
    if isinstance(error, MemoryError):
        return (
            f"Your code asked for more memory than the {size_in_words(limits.memory_bytes)} an answer may use: "
            "work with smaller arrays, or with a part at a time."
        )
    if isinstance(error, RuntimeError) and error.args == ("can't start new thread",):
        return _too_many_tasks(limits)
    if isinstance(error, OSError):
        return _explain_limit(error, limits) or _explain_rule(error)
    return None


def _explain_limit(error: OSError, limits: Limits) -> str | None:
    if error.errno == errno.ENOSPC:
        return (
            f"The files your code wrote reached the limit, {size_in_words(limits.scratch_bytes)} or "
            f"{limits.scratch_files} files together: write less, or delete files you no longer need."
        )
    if error.errno == errno.EFBIG:
        return f"Your code wrote a file larger than {size_in_words(limits.file_bytes)}, the limit: write less into it."
    if error.errno == errno.EMFILE:
        return (
            f"Your code had more than {limits.open_files} files open at once, the limit: "
            "close each one, best by opening it with `with open(...) as file:`."
        )
    if error.errno == errno.EAGAIN and error.filename is None:
        return _too_many_tasks(limits)
    return None


def _too_many_tasks(limits: Limits) -> str:
    several = f" and {limits.processes} processes" if limits.processes else ""
    return (
        f"Your code tried to run more than {limits.threads} threads{several} at once, the limit: "
        "start fewer, and wait for some to end before you start more."
    )


def _explain_rule(error: OSError) -> str | None:
    if isinstance(error, socket.gaierror):
        return NETWORK
    named = error.filename is not None
    libraries = _libraries(error.__traceback__)
    if error.errno == errno.EPERM or not named:
        if libraries & set(PROGRAM_LIBRARIES):
            return PROGRAMS
        if error.errno == errno.EPERM and libraries & set(NETWORK_LIBRARIES):
            return NETWORK
    if named and (error.errno in REFUSED or (error.errno == errno.ENOENT and _is_outside(error.filename))):
        return FILES.format(name=_shown(error.filename))
    return SYSTEM if error.errno == errno.EPERM else None


def _libraries(traceback: TracebackType | None) -> set[str]:
    """Top names of the modules the error came through."""
    found = set()
    while traceback is not None:
        found.add(str(traceback.tb_frame.f_globals.get("__name__", "")).partition(".")[0])
        traceback = traceback.tb_next
    return found


def _is_outside(name: object) -> bool:
    """Whether a missing file was looked for outside the process's own folder; inside it is simply not there."""
    if not isinstance(name, str | bytes):
        return False
    try:
        return not Path(os.path.abspath(os.fsdecode(name))).is_relative_to(Path.cwd())  # noqa: PTH100  links stay
    except (OSError, ValueError):
        return False


def _shown(name: object) -> str:
    text = " ".join((os.fsdecode(name) if isinstance(name, bytes) else str(name)).split())
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}..."
