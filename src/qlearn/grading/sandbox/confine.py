"""Confining a process by itself: all layers the kernel offers, in the one order that works.

Layers overlap on purpose. Files: Landlock and a private root folder. Network: no socket can be made, and the
process has no network. Other processes: Landlock scopes, a user namespace, and signals refused by the filter.
"""

from __future__ import annotations

import errno
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from qlearn.errors import HostError
from qlearn.grading.sandbox import kernel, landlock, namespaces, own_user, seccomp
from qlearn.grading.sandbox.limits import Limits, apply_limits, count_tasks_of_user
from qlearn.grading.sandbox.paths import ReadablePath, readable_paths
from qlearn.grading.sandbox.protection import Layer, Layers, advice

SIGNAL_SCOPE_VERSION = 6
LARGEST_DESCRIPTOR = 2**31 - 1
KEPT_VARIABLES = ("LANG", "LC_ALL", "LC_CTYPE", "TZ", "PATH", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@dataclass(frozen=True)
class Policy:
    """What one process may reach.

    Parameters
    ----------
    scratch
        Its own folder, which must exist. Where mount namespaces work it sees an empty folder of that name, kept in
        memory, and what it writes ends with it.
    readable
        Further files and folders it may read: the assignment's data.
    limits
        What it may use.
    kept_descriptors
        Open files it keeps; all others are closed, since an open file is a way past every layer. Connections
        among them must be of the stream kind.
    without
        Layers to do without, to see what the others hold.
    unreadable
        Files and folders that stay closed although they lie in a readable folder: modules an answer may not use, a
        course inside Python's own folder. They win over `readable`. Names in a closed folder can be seen where
        mount namespaces do not work.

    """

    scratch: Path
    readable: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    kept_descriptors: tuple[int, ...] = (0, 1, 2)
    without: frozenset[Layer] = frozenset()
    unreadable: tuple[Path, ...] = ()


def confine(policy: Policy) -> Layers:
    """Confine the calling process for ever and say by which layers; HostError when they are not enough.

    Call it in a freshly forked process with one thread, before anything of the student's is read. The process is
    killed when the thread that forked it ends, and leads a session of its own for `os.killpg`. After an error
    the process is confined in part and must end.
    """
    layers_found = _apply_layers(policy)
    if not layers_found.enough:
        raise HostError(advice(layers_found))
    return layers_found


def _apply_layers(policy: Policy) -> Layers:
    if not kernel.is_linux():
        return Layers(frozenset())
    scratch = policy.scratch.resolve()
    if not scratch.is_dir():
        raise HostError(f"{policy.scratch} is no folder: make the scratch folder before confining a process to it")
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise HostError("a process with more than one thread cannot be confined: call confine right after the fork")
    readable = readable_paths(policy.readable, policy.unreadable)
    found, user = _enter_namespaces(policy, readable, scratch)
    # otherwise the kernel counts all tasks of this user; Landlock would hide them from us
    others = 0 if found & {Layer.USER_NAMESPACE, Layer.OWN_USER} else count_tasks_of_user()
    _settle_in(scratch)
    if user is not None:
        own_user.become(user)
        found.add(Layer.OWN_USER)
    kernel.forbid_new_privileges()
    version = 0
    if Layer.LANDLOCK not in policy.without and landlock.landlock_version():
        execute = policy.limits.processes > 0
        devices = (Path("/dev/null"),)
        version = landlock.restrict_files(readable=readable, writable=(scratch, *devices), execute=execute)
        found.add(Layer.LANDLOCK)
    _close_descriptors(policy.kept_descriptors)
    apply_limits(policy.limits, other_tasks=others)
    kernel.drop_capabilities()
    kernel.end_with_parent()
    found |= _filter_system_calls(policy, version)
    return Layers(frozenset(found), version)


def layers(without: frozenset[Layer] = frozenset()) -> Layers:
    """Find which layers work here, by confining a forked process and asking it."""
    if not kernel.is_linux():
        return Layers(frozenset())
    with tempfile.TemporaryDirectory(prefix="qlearn-layers-") as scratch:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _report_layers(Policy(Path(scratch), kept_descriptors=(writing,), without=without), writing)
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as pipe:
            version, *names = pipe.read().split("\n")
        os.waitpid(child, 0)
    return Layers(frozenset(Layer(name) for name in names if name), int(version or 0))


def _report_layers(policy: Policy, writing: int) -> None:
    """Confine, write the version and the names of the layers, end. For a forked process: it never returns."""
    try:
        found = _apply_layers(policy)
        os.write(writing, "\n".join([str(found.landlock_version), *found.in_force]).encode())
    finally:
        os._exit(0)


def _enter_namespaces(
    policy: Policy, readable: tuple[ReadablePath, ...], scratch: Path
) -> tuple[set[Layer], int | None]:
    """Enter what works and give it, with the number of the user to become where root started this process."""
    found: set[Layer] = set()
    user = None
    if Layer.OWN_USER not in policy.without and own_user.readable_by_all(readable):
        user = own_user.choose_number()
    if Layer.USER_NAMESPACE not in policy.without:
        if user is not None and namespaces.may_unshare():
            found |= _leave_shared_namespaces(policy, readable, scratch, user)
        elif _enter_user_namespace(found):  # in there root's number is the only one
            return found | _leave_shared_namespaces(policy, readable, scratch, None), None
    if user is None or Layer.MOUNT_NAMESPACE in found:
        return found, user
    if own_user.reachable_by_all(readable, scratch):
        own_user.give_folder(scratch, user)
        return found, user
    if Layer.USER_NAMESPACE not in policy.without:
        _enter_user_namespace(found)
    return found, None  # the system's owner may forbid both; Landlock has to hold alone


def _enter_user_namespace(found: set[Layer]) -> bool:
    try:
        namespaces.enter_user_namespace()
    except OSError:
        return False
    found.add(Layer.USER_NAMESPACE)
    return True


def _leave_shared_namespaces(
    policy: Policy, readable: tuple[ReadablePath, ...], scratch: Path, user: int | None
) -> set[Layer]:
    found: set[Layer] = set()
    for layer, flag in (
        (Layer.NETWORK_NAMESPACE, namespaces.NEW_NETWORK),
        (Layer.IPC_NAMESPACE, namespaces.NEW_IPC),
    ):
        if layer not in policy.without:
            try:
                namespaces.unshare(flag)
            except OSError:
                continue
            found.add(layer)
    if Layer.MOUNT_NAMESPACE not in policy.without:
        try:
            namespaces.enter_private_root(readable=readable, scratch=scratch, limits=policy.limits, owner=user)
        except OSError:
            return found
        found.add(Layer.MOUNT_NAMESPACE)
    return found


def _settle_in(scratch: Path) -> None:
    """Make the scratch folder the home of all that writes files, and forget the environment's other variables.

    A session of its own lets the parent stop all of it at once, and takes the terminal away.
    """
    if os.getpid() != os.getpgrp():
        os.setsid()
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    kernel.wipe_environment()
    places = ("HOME", "TMPDIR", "MPLCONFIGDIR", "IPYTHONDIR", "XDG_CACHE_HOME")
    os.environ.update(kept, **dict.fromkeys(places, str(scratch)))
    tempfile.tempdir = str(scratch)
    os.chdir(scratch)


def _close_descriptors(kept: tuple[int, ...]) -> None:
    start = 0
    for descriptor in sorted(kept):
        if start < descriptor:  # Python 3.11 takes an empty range that starts at 0 for all descriptors
            os.closerange(start, descriptor)
        start = descriptor + 1
    os.closerange(start, LARGEST_DESCRIPTOR)


def _filter_system_calls(policy: Policy, landlock_version: int) -> set[Layer]:
    if Layer.SECCOMP in policy.without:
        return set()
    processes = policy.limits.processes > 0
    inside = processes and landlock_version >= SIGNAL_SCOPE_VERSION
    try:
        seccomp.restrict_system_calls(processes=processes, signal_children=inside)
    except OSError as error:
        if error.errno in (None, errno.EINVAL, errno.ENOSYS, errno.EACCES):
            return set()
        raise
    return {Layer.SECCOMP}
