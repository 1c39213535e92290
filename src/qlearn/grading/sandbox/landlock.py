"""Landlock: which files a process and its children can reach, from the kernel's own rules.

Rules are bound to files, not to names, so links that point out of the allowed folders lead nowhere.
See Linux, Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from qlearn.grading.sandbox.kernel import system_call
from qlearn.grading.sandbox.paths import ReadablePath, lies_in

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # one number on every architecture
CREATE_RULESET_VERSION = 1
RULE_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = (1 << bit for bit in range(4))
ALL_OF_FIRST_VERSION = (1 << 13) - 1
MAKE_CHARACTER_DEVICE, MAKE_SOCKET, MAKE_FIFO, MAKE_BLOCK_DEVICE = 1 << 6, 1 << 9, 1 << 10, 1 << 11
REFER, TRUNCATE, IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
BIND_TCP_AND_CONNECT_TCP = 0b11
ABSTRACT_UNIX_SOCKETS_AND_SIGNALS = 0b11
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEVICE
NEVER = MAKE_CHARACTER_DEVICE | MAKE_SOCKET | MAKE_FIFO | MAKE_BLOCK_DEVICE | IOCTL_DEVICE


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def landlock_version() -> int:
    """Landlock's ABI version in the running kernel, 0 where there is none or it is switched off."""
    try:
        return system_call(CREATE_RULESET, None, 0, CREATE_RULESET_VERSION)
    except OSError:
        return 0


def restrict_files(*, readable: Iterable[ReadablePath], writable: Iterable[Path], execute: bool) -> int:
    """Confine the calling process to these paths for ever, and give the version that did it.

    From version 4 on TCP is refused too, and from 6 on signals and abstract sockets that leave the sandbox.
    `forbid_new_privileges` must come first. Paths that do not exist are left out. Landlock cannot take back what it
    gave: where something in a readable folder is closed, what stands beside it is allowed one by one, and of the
    closed folder names alone can be seen.
    """
    version = landlock_version()
    handled = _handled_rights(version)
    attributes = _RulesetAttributes(handled, BIND_TCP_AND_CONNECT_TCP, ABSTRACT_UNIX_SOCKETS_AND_SIGNALS)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = system_call(CREATE_RULESET, ctypes.byref(attributes), size, 0)
    try:
        read = READ_FILE | READ_DIR | (EXECUTE if execute else 0)
        for item in readable:
            for name, rights in _around(item.real, item.closed, read):
                _allow(ruleset, name, rights & handled)
        for path in writable:
            _allow(ruleset, path, handled & ~(NEVER | EXECUTE))
        system_call(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return version


def _handled_rights(version: int) -> int:
    rights = ALL_OF_FIRST_VERSION
    for since, right in ((2, REFER), (3, TRUNCATE), (5, IOCTL_DEVICE)):
        rights |= right if version >= since else 0
    return rights


def _around(folder: str, closed: tuple[str, ...], rights: int) -> Iterator[tuple[str, int]]:
    """Give the rules that allow a folder without what is closed in it."""
    if not closed:
        yield folder, rights
        return
    yield folder, READ_DIR
    with os.scandir(folder) as entries:
        for entry in entries:
            # a rule for a link would be one for its target, which may be what is closed or lie outside
            if entry.path not in closed and not entry.is_symlink():
                inside = tuple(path for path in closed if lies_in(path, entry.path))
                yield from _around(entry.path, inside, rights)


def _allow(ruleset: int, path: Path | str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, PermissionError):
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= FILE_RIGHTS
        rule = _PathBeneath(rights, descriptor)
        system_call(ADD_RULE, ruleset, RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(descriptor)
