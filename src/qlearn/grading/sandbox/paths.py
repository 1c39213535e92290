"""Which files a confined process may read: Python's environment, the system's libraries, and little else.

Some of what lies in those folders is not for students: a server's settings may hold the gradebook's password, and
nbgrader's exchange stands in `/usr` unless told otherwise. Such paths are taken out again, as are those a policy names.
"""

from __future__ import annotations

import os
import site
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import qlearn

__all__ = ["DEVICES", "ReadablePath", "lies_in", "outermost", "readable_paths"]

SYSTEM_FILES = (
    "/usr", "/lib", "/lib32", "/lib64", "/bin",
    "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts",
    "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu",
)  # fmt: skip
DEVICES = tuple(Path("/dev") / name for name in ("null", "zero", "urandom", "random"))
PREFIXES = tuple({Path(prefix) for prefix in (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix)})
NEVER_READABLE = (
    *(prefix / name for prefix in PREFIXES for name in ("etc/jupyter", "pip.conf", ".condarc")),
    Path("/usr/local/etc/jupyter"),
    Path("/usr/local/share/nbgrader"),
)
"""Settings and exchange of a server's nbgrader where they are by default, and passwords of package indexes."""


class ReadablePath(NamedTuple):
    """One file or folder a confined process may read, and what in it stays closed."""

    path: str
    """Its name, which may be a link's: a private root folder has to hold both."""
    real: str
    """The same without links."""
    closed: tuple[str, ...] = ()
    """Real paths inside it that stay unreadable."""


def _named_with_targets(paths: Iterable[Path]) -> dict[str, str]:
    real = {os.path.abspath(path): os.path.realpath(path) for path in paths}  # noqa: PTH100  links stay
    return real | {target: target for target in real.values()}


def _environment() -> Iterator[Path]:
    yield from PREFIXES
    yield from map(Path, qlearn.__path__)  # lies elsewhere where a checkout is installed; never the checkout itself
    if site.ENABLE_USER_SITE:
        yield Path(site.getusersitepackages())
    yield from DEVICES
    yield from map(Path, SYSTEM_FILES)


ENVIRONMENT = _named_with_targets(_environment())
"""Found once: every student's process is forked from one that has imported this."""


def readable_paths(more: tuple[Path, ...] = (), unreadable: tuple[Path, ...] = ()) -> tuple[ReadablePath, ...]:
    """What a confined process may read: Python's environment, the system's libraries, and `more`.

    What `unreadable` names is closed wherever it lies, and `more` does not open it again.
    """
    own = (Path(f"/proc/{os.getpid()}/{name}") for name in ("maps", "stat", "statm", "status"))
    closed = _existing_real_paths((*NEVER_READABLE, *unreadable))
    named = ENVIRONMENT | _named_with_targets((*own, *more))
    return tuple(
        ReadablePath(path, real, tuple(inside for inside in closed if lies_in(inside, real)))
        for path, real in sorted(named.items())
        if not any(lies_in(real, folder) for folder in closed)
    )


def _existing_real_paths(paths: Iterable[Path]) -> list[str]:
    return outermost({os.path.realpath(path) for path in paths if os.path.lexists(path)})


def outermost(paths: Iterable[str]) -> list[str]:
    """Drop every path that lies in another of them, by name."""
    kept: list[str] = []
    for path in sorted(paths, key=lambda path: Path(path).parts):
        if not kept or not lies_in(path, kept[-1]):
            kept.append(path)
    return kept


def lies_in(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it, by name."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
