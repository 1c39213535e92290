"""A user of its own for a process that root starts: it owns nothing on the machine, and its threads are counted.

The kernel holds root to no number of threads and lets it write whatever a namespace fails to hide. Each process gets
a number that no account has, so that those confined at the same time are strangers to each other, too.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from qlearn.grading.sandbox.paths import ReadablePath

__all__ = ["become", "choose_number", "effective_rights", "give_folder", "reachable_by_all", "readable_by_all"]

FIRST_NUMBER = 4_000_000_000
"""Above what directories and containers hand out, below the kernel's last; process numbers end at 4 million."""

RIGHTS_NEEDED = sum(1 << bit for bit in (0, 1, 3, 5, 6, 7))
"""To give it its folder and clear that away, to stop it, to change to it; a container may have taken some from root."""

SAMPLES = ("os", "qlearn", "numpy")
"""Modules whose files stand for all of Python's: an installation made with a narrow umask shows in them."""


def choose_number() -> int | None:
    """Find the number for this process, or None where it is not root or root here may not change users."""
    if os.geteuid() != 0 or effective_rights() & RIGHTS_NEEDED != RIGHTS_NEEDED:
        return None
    number = FIRST_NUMBER + os.getpid()
    try:
        os.setgroups(os.getgroups())
        os.setresgid(-1, -1, number)
        os.setresgid(-1, -1, os.getgid())
        os.setresuid(-1, -1, number)
        os.setresuid(-1, -1, os.getuid())
    except OSError:
        return None
    return number


def effective_rights() -> int:
    """Give this process's effective capabilities as bits."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("CapEff:"):
            return int(line.split()[1], 16)
    return 0


def become(number: int) -> None:
    """Change to the user and the group of this number for ever, which takes every capability away."""
    os.setgroups([])
    os.setresgid(number, number, number)
    os.setresuid(number, number, number)


def give_folder(folder: Path, number: int) -> None:
    """Make a folder with all in it this user's; links are not followed."""
    os.chown(folder, number, number)
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.lchown(os.path.join(place, name), number, number)  # noqa: PTH118  names of any form


def readable_by_all(readable: Iterable[ReadablePath]) -> bool:
    """Whether a user who owns nothing could read these once they stand in front of it."""
    modules = (getattr(sys.modules.get(name), "__file__", None) for name in SAMPLES)
    files = [name for name in modules if name]
    wanted = {*(item.real for item in readable), *files, *(os.path.dirname(name) for name in files)}  # noqa: PTH120
    return all(_open_to_all(path) for path in wanted if os.path.exists(path))  # noqa: PTH110


def reachable_by_all(readable: Iterable[ReadablePath], scratch: Path) -> bool:
    """Whether every folder on the way lets everybody pass, which a private root folder makes needless."""
    folders = {*scratch.parents} | {parent for item in readable for parent in Path(item.real).parents}
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in folders if folder.exists())


def _open_to_all(path: str) -> bool:
    mode = os.stat(path).st_mode  # noqa: PTH116
    needed = stat.S_IROTH | (stat.S_IXOTH if stat.S_ISDIR(mode) else 0)
    return mode & needed == needed
