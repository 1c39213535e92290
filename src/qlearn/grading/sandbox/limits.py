"""What a student's process may use, and the sentence that says which limit it met."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":  # a plan with its limits can be read on every system, enforced on Linux alone
    import resource

MIB = 1024 * 1024
MARGIN = 0.95  # a process killed for its processor time has been seen to report a few per cent less


@dataclass(frozen=True)
class Limits:
    """One student's process, from its fork to its end."""

    memory_bytes: int = 2048 * MIB
    """Address space on top of what the warm parent had already mapped."""

    cpu_seconds: int = 60
    """Processor time of all threads together, in whole seconds."""

    threads: int = 64
    """Threads and child processes at one time. The kernel does not hold root to it: see `own_user`."""

    processes: int = 0
    """Child processes; with 0, starting any program or forking is refused."""

    file_bytes: int = 16 * MIB
    """Size of one file."""

    scratch_bytes: int = 64 * MIB
    """All files of the scratch folder together; in force where the kernel allows a mount namespace."""

    scratch_files: int = 1000
    """Files and folders in the scratch folder; in force where the kernel allows a mount namespace."""

    open_files: int = 64
    """Open files and pipes at one time."""


_applied = Limits()


def applied_limits() -> Limits:
    """Give the limits this process was last put under; the defaults if it never was."""
    return _applied


def apply_limits(limits: Limits, *, other_tasks: int) -> None:
    """Set the calling process's resource limits, hard ones too, so that it cannot raise them again.

    The kernel counts `other_tasks` against the process as well: see `count_tasks_of_user`.
    """
    global _applied
    _applied = limits
    ceilings = {
        resource.RLIMIT_AS: _mapped_bytes() + limits.memory_bytes,
        resource.RLIMIT_NPROC: limits.threads + limits.processes + other_tasks,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    for kind, ceiling in ceilings.items():
        lowered = _not_above_hard_limit(kind, ceiling)
        resource.setrlimit(kind, (lowered, lowered))
    # one second between the signal that may be caught and the one that may not
    hard = _not_above_hard_limit(resource.RLIMIT_CPU, limits.cpu_seconds + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (min(limits.cpu_seconds, hard), hard))


def count_tasks_of_user() -> int:
    """Threads of all processes this user runs on the machine."""
    count = 0
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and folder.stat().st_uid == os.getuid():
                count += len(list((folder / "task").iterdir()))
        except OSError:
            continue  # it ended while we counted
    return count


def explain_exit(status: int, usage: resource.struct_rusage, limits: Limits | None = None) -> str | None:
    """Say to the student why their process ended, or None when it ended by itself with success.

    Parameters
    ----------
    status, usage
        What `os.wait4` gave.
    limits
        Those the process ran under; the defaults if not given.

    """
    limits = limits or Limits()
    if os.WIFEXITED(status):
        code = os.WEXITSTATUS(status)
        sentence = (
            f"Your code ended Python itself (exit code {code}): take out the call that does it, such as os._exit()."
        )
        return sentence if code else None
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU or usage.ru_utime + usage.ru_stime >= MARGIN * limits.cpu_seconds:
        return (
            f"Your code used more than {limits.cpu_seconds} s of computing time, the limit: "
            "look for a loop that does not end or for work that grows too fast."
        )
    if number == signal.SIGXFSZ:
        return f"Your code wrote a file larger than {size_in_words(limits.file_bytes)}, the limit: write less into it."
    if number == signal.SIGSYS:
        return (
            "Your code asked the operating system for something an answer may not do, and was stopped: "
            "use Python and the libraries of the assignment alone."
        )
    if number == signal.SIGKILL:
        return (
            "Your code was stopped from outside, because it ran too long or the computer had no memory left: "
            "look for a loop that does not end or for very large arrays."
        )
    name = signal.Signals(number).name if number in signal.valid_signals() and number < 32 else f"signal {number}"
    return (
        f"Your code made Python crash ({name}): often a function that calls itself without end, "
        f"or more memory than {size_in_words(limits.memory_bytes)}, the limit."
    )


def size_in_words(size: int) -> str:
    """Give a number of bytes as people read it."""
    return f"{size / MIB:.4g} MiB"


def _not_above_hard_limit(kind: int, wanted: int) -> int:
    hard = resource.getrlimit(kind)[1]
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)


def _mapped_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()
