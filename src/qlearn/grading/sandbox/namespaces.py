"""Namespaces: a file tree, a network and a message space of the process's own, without root.

In a user namespace of its own a process may mount: it builds a small root folder out of read-only views of what it
may read, with an empty scratch folder of limited size, and leaves the real tree behind. A process identifier
namespace holds only for children not yet born, so the caller of `confine` cannot enter one; Landlock's scopes,
the user namespace and the system call filter keep it away from other processes instead.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path

from qlearn.grading.sandbox.kernel import architecture_index, library_call, system_call
from qlearn.grading.sandbox.limits import Limits
from qlearn.grading.sandbox.paths import DEVICES, ReadablePath, outermost

NEW_MOUNT, NEW_IPC, NEW_USER, NEW_NETWORK = 0x00020000, 0x08000000, 0x10000000, 0x40000000
NEW_HOST_NAME = 0x04000000
BIND, RECURSIVE, PRIVATE, NO_SET_USER_ID, NO_DEVICES = 0x1000, 0x4000, 0x40000, 0x2, 0x4
DETACH = 2
MOUNT_SET_ATTRIBUTES = 442  # one number on every architecture
PIVOT_ROOT = (155, 41)
CURRENT_FOLDER, RECURSIVELY = -100, 0x8000
READ_ONLY_ATTRIBUTE, NO_SET_USER_ID_ATTRIBUTE, NO_DEVICES_ATTRIBUTE = 0x1, 0x2, 0x4
DEVICE_NAMES = frozenset(map(str, DEVICES))


class _MountAttributes(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint64) for name in ("added", "removed", "propagation", "user_namespace"))


def enter_user_namespace() -> None:
    """Give the process a user namespace in which it is itself and nobody else; OSError where refused."""
    user, group = os.geteuid(), os.getegid()
    unshare(NEW_USER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def unshare(flags: int) -> None:
    """Leave the shared namespaces named by flags; OSError where refused."""
    library_call("unshare", ctypes.c_int(flags))


def may_unshare() -> bool:
    """Whether root may leave shared namespaces here without one for users first; containers often forbid it."""
    try:
        unshare(NEW_HOST_NAME)
    except OSError:
        return False
    return True


def enter_private_root(
    *, readable: Sequence[ReadablePath], scratch: Path, limits: Limits, owner: int | None = None
) -> None:
    """Leave the machine's file tree for one that holds these paths read-only and an empty scratch folder.

    The scratch folder lives in memory and ends with the process; it is the `owner`'s if one is given.
    `enter_user_namespace` must come first, unless root calls it.
    """
    unshare(NEW_MOUNT)
    _mount("none", Path("/"), None, RECURSIVE | PRIVATE)
    root = scratch  # any folder that exists will do: the new tree is seen there for a moment
    _mount("tmpfs", root, "tmpfs", NO_SET_USER_ID | NO_DEVICES, "size=1m,mode=755")
    try:
        _fill_and_enter(root, readable, scratch, limits, owner)
    except OSError:
        library_call("umount2", os.fsencode(root), ctypes.c_int(DETACH))  # back to the shared tree, whole
        raise


def _fill_and_enter(
    root: Path, readable: Sequence[ReadablePath], scratch: Path, limits: Limits, owner: int | None
) -> None:
    mask = os.umask(0o022)  # the folders on the way have to let the owner pass
    _show_all(root, readable)
    (root / "proc/self").symlink_to(str(os.getpid()))
    inside = root / scratch.relative_to("/")
    inside.mkdir(parents=True, exist_ok=True)
    os.umask(mask)
    size = f"size={limits.scratch_bytes},nr_inodes={limits.scratch_files + 1},mode=700"
    owned = "" if owner is None else f",uid={owner},gid={owner}"
    _mount("tmpfs", inside, "tmpfs", NO_SET_USER_ID | NO_DEVICES, size + owned)
    _make_read_only(root, recursive=False)
    os.chdir(root)
    system_call(PIVOT_ROOT[architecture_index()], b".", b".")  # the old root now lies on top of the new one
    library_call("umount2", b".", ctypes.c_int(DETACH))
    os.chdir("/")


def _show_all(root: Path, readable: Sequence[ReadablePath]) -> None:
    links = {item.path for item in readable if item.path != item.real and os.path.islink(item.path)}  # noqa: PTH114
    shown = links | set(outermost(item.path for item in readable if item.path not in links))
    for item in readable:
        if item.path in shown:
            _show_read_only(item, root)


def _show_read_only(item: ReadablePath, root: Path) -> None:
    path = Path(item.path)
    seen_at = root / item.path.removeprefix("/")
    if path.is_symlink():
        seen_at.parent.mkdir(parents=True, exist_ok=True)
        seen_at.symlink_to(path.readlink())
        return
    if not path.exists():
        return
    if path.is_dir():
        seen_at.mkdir(parents=True, exist_ok=True)
    else:
        seen_at.parent.mkdir(parents=True, exist_ok=True)
        seen_at.touch()
    _mount(item.path, seen_at, None, BIND | RECURSIVE)
    _make_read_only(seen_at, recursive=True, devices=item.path in DEVICE_NAMES)
    for closed in item.closed:
        _cover(seen_at / os.path.relpath(closed, item.real), root)


def _cover(place: Path, root: Path) -> None:
    """Lay an empty file or folder over a path, which nobody may open or list."""
    empty = root / "empty"
    if place.is_dir():
        empty.mkdir(mode=0)
        remove = empty.rmdir
    else:
        empty.touch(mode=0)
        remove = empty.unlink
    _mount(str(empty), place, None, BIND)
    _make_read_only(place, recursive=False)
    remove()  # the mount keeps it


def _make_read_only(path: Path, *, recursive: bool, devices: bool = False) -> None:
    added = READ_ONLY_ATTRIBUTE | NO_SET_USER_ID_ATTRIBUTE | (0 if devices else NO_DEVICES_ATTRIBUTE)
    attributes = _MountAttributes(added, 0, 0, 0)
    flags = RECURSIVELY if recursive else 0
    size = ctypes.sizeof(attributes)
    system_call(MOUNT_SET_ATTRIBUTES, CURRENT_FOLDER, os.fsencode(path), flags, ctypes.byref(attributes), size)


def _mount(source: str, target: Path, kind: str | None, flags: int, options: str | None = None) -> None:
    library_call(
        "mount",
        os.fsencode(source),
        os.fsencode(target),
        kind and kind.encode(),
        ctypes.c_ulong(flags),
        options and options.encode(),
    )
