"""Calling the Linux kernel by number: what the layers share, and nothing else."""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import signal
from pathlib import Path

ARCHITECTURES = ("x86_64", "aarch64")
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
PR_SET_SECUREBITS = 28
PR_CAPBSET_DROP = 24
SECUREBITS_LOCKED = 0x2F  # no capabilities for root by itself, kept through exec or setuid; locked
CAPABILITY_VERSION_3 = 0x20080522
ENVIRONMENT_ENDS = slice(47, 49)
"""env_start and env_end among the fields of /proc/self/stat that follow the name."""


@functools.cache
def _c_library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def is_linux() -> bool:
    """Whether the kernel is one this package can call."""
    return platform.system() == "Linux"


def architecture_index() -> int:
    """Position of this machine's architecture in `ARCHITECTURES`; OSError on any other."""
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        raise OSError(f"no system call table for {machine}")
    return ARCHITECTURES.index(machine)


def system_call(number: int, *arguments: object) -> int:
    """Do one system call; OSError with the kernel's reason when it fails.

    Integers are passed as 64 bits, since the C library's `syscall` is variadic and ctypes would pass 32.
    """
    widened = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    result = int(_c_library().syscall(ctypes.c_long(number), *widened))
    return _checked(result)


def library_call(name: str, *arguments: object) -> int:
    """Call a function of the C library that returns -1 on failure; OSError with the reason."""
    return _checked(int(getattr(_c_library(), name)(*arguments)))


def set_process_option(option: int, value: int) -> None:
    """Call `prctl(option, value, 0, 0, 0)`."""
    zero = ctypes.c_ulong(0)
    library_call("prctl", ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero)


def wipe_environment() -> None:
    """Forget all environment variables, and overwrite their values where they would still be found.

    A variable that is taken out of the environment, such as a server's token, can be read from freed memory, and from
    where the kernel laid out the environment that the program was started with.
    """
    for value in os.environb.values():
        if len(value) > 1:  # Python has one object for all that are shorter
            ctypes.memset(id(value) + bytes.__basicsize__ - 1, 0, len(value))
    os.environ.clear()
    _c_library().clearenv()
    fields = Path("/proc/self/stat").read_text(errors="replace").rpartition(")")[2].split()
    start, end = map(int, fields[ENVIRONMENT_ENDS])
    if 0 < start < end:
        ctypes.memset(start, 0, end - start)


def forbid_new_privileges() -> None:
    """No program started from here on gains rights, set-user-id ones included; Landlock and seccomp ask for it."""
    set_process_option(PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """Give up every capability for good: those of root, and those that come with a namespace of one's own."""
    for option, values in ((PR_CAPBSET_DROP, range(64)), (PR_SET_SECUREBITS, (SECUREBITS_LOCKED,))):
        for value in values:
            try:
                set_process_option(option, value)
            except OSError:
                break  # past the last capability, or never had the right to drop one
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    library_call("capset", header, (ctypes.c_uint32 * 6)())


def end_with_parent() -> None:
    """Be killed when the forking thread ends; any later change of rights would undo it."""
    set_process_option(PR_SET_PDEATHSIG, signal.SIGKILL)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
