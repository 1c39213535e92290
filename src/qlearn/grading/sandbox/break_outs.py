"""The ways out of the sandbox that `qlearn doctor` tries, each harmless where it succeeds.

A function here runs in the confined process. It raises what the kernel answers, or returns what it got.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qlearn.grading.sandbox.kernel import architecture_index, library_call, system_call
from qlearn.grading.sandbox.limits import MIB, Limits
from qlearn.grading.sandbox.paths import lies_in, readable_paths
from qlearn.grading.sandbox.syscalls import NUMBERS

if sys.platform != "win32":
    import resource

__all__ = ["ATTEMPTS", "LIMITS", "REMEDIES", "Targets"]

LIMITS = Limits(memory_bytes=512 * MIB, threads=8, file_bytes=MIB, scratch_bytes=2 * MIB, scratch_files=20)
"""Small enough to be met in milliseconds."""

THREADS_TRIED = 40
STACK_BYTES = MIB // 4
ATTACH = 16
DETACH_MOUNT = 2
NEW_USER = 0x10000000


@dataclass(frozen=True)
class Targets:
    """What the confined process goes for."""

    course: Path
    """Holds `gradebook.db`."""
    home: Path
    bystander: int
    """A process that must notice nothing."""
    tcp: tuple[str, int]
    udp: tuple[str, int]
    local: str


def _read_course(targets: Targets) -> str:
    return (targets.course / "gradebook.db").read_text()


def _read_passwords(_: Targets) -> str:
    return Path("/etc/passwd").read_text()[:20]


def _list_home(targets: Targets) -> str:
    """Folders on the way to Python's own are in a private root folder too; anything else is not meant to be seen."""
    python = [item.path for item in readable_paths()]
    names = [entry.name for entry in targets.home.iterdir() if not any(lies_in(path, str(entry)) for path in python)]
    if not names:
        raise FileNotFoundError("nothing there but Python")
    return f"{len(names)} names"


def _write_outside(targets: Targets) -> str:
    (targets.course / "left.txt").write_text("left behind")
    return "a file"


def _connect(family: int, address: object) -> str:
    with socket.socket(family) as mine:
        mine.settimeout(1)
        mine.connect(address)  # type: ignore[arg-type]
    return "a connection"


def _connect_network(targets: Targets) -> str:
    return _connect(socket.AF_INET, targets.tcp)


def _connect_local(targets: Targets) -> str:
    return _connect(socket.AF_UNIX, targets.local)


def _send_datagram(targets: Targets) -> str:
    with socket.socket(type=socket.SOCK_DGRAM) as mine:
        mine.sendto(b"secret", targets.udp)
    return "a datagram sent"


def _see_process(targets: Targets) -> str:
    os.kill(targets.bystander, 0)
    return f"process {targets.bystander}"


def _signal_process(targets: Targets) -> str:
    os.kill(targets.bystander, signal.SIGCONT)
    return "a signal sent"


def _read_environment(targets: Targets) -> str:
    return f"{len(Path(f'/proc/{targets.bystander}/environ').read_bytes())} bytes"


def _trace_process(targets: Targets) -> str:
    _call("ptrace", ATTACH, targets.bystander, 0, 0)
    return "its memory"


def _mount(_: Targets) -> str:
    place = os.fsencode(Path.cwd())
    library_call("mount", b"tmpfs", place, b"tmpfs", 0, None)
    library_call("umount2", place, DETACH_MOUNT)
    return "a file system"


def _enter_namespace(_: Targets) -> str:
    _call("unshare", NEW_USER)
    return "the rights of root in it"


def _start_program(_: Targets) -> str:
    child = os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {})
    os.waitpid(child, 0)
    return "a program"


def _leave_process(_: Targets) -> str:
    child = os.fork()
    if child == 0:
        signal.alarm(1)
        signal.pause()
    return f"process {child}"


def _become_program(_: Targets) -> str:
    os.execv(sys.executable, [sys.executable, "-c", ""])  # noqa: S606  there is no shell in it


def _take_memory(_: Targets) -> str:
    return f"{len(bytearray(2 * LIMITS.memory_bytes)) // MIB} MiB"


def _raise_limits(_: Targets) -> str:
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return "all the memory"


def _write_large_file(_: Targets) -> str:
    Path("large").write_bytes(bytes(2 * LIMITS.file_bytes))
    return f"{2 * LIMITS.file_bytes // MIB} MiB in a file"


def _fill_scratch(_: Targets) -> str:
    sizes = range(0, 2 * LIMITS.scratch_bytes, LIMITS.file_bytes // 2)
    for number in sizes:
        Path(f"file{number}").write_bytes(bytes(LIMITS.file_bytes // 2))
    return f"{2 * LIMITS.scratch_bytes // MIB} MiB in {len(sizes)} files"


def _start_threads(_: Targets) -> str:
    gate = threading.Event()
    threading.stack_size(STACK_BYTES)  # or the limit of memory would be met first
    try:
        for _number in range(THREADS_TRIED):
            threading.Thread(target=gate.wait, daemon=True).start()
    finally:
        gate.set()
    return f"{THREADS_TRIED} threads"


def _call(name: str, *arguments: int) -> None:
    number = NUMBERS[name][architecture_index()]
    system_call(number or 0, *arguments)


FILL_SCRATCH, START_THREADS = "fill the disk with files", "start more threads than allowed"
ATTEMPTS: dict[str, Callable[[Targets], str]] = {
    "read the course folder": _read_course,
    "read /etc/passwd": _read_passwords,
    "list the home folder": _list_home,
    "write outside its folder": _write_outside,
    "connect to a server": _connect_network,
    "send a datagram": _send_datagram,
    "connect to a local socket": _connect_local,
    "see another process": _see_process,
    "signal another process": _signal_process,
    "read another process's environment": _read_environment,
    "trace another process": _trace_process,
    "mount a file system": _mount,
    "enter a namespace": _enter_namespace,
    "start a program": _start_program,
    "leave a process behind": _leave_process,
    "take more memory than allowed": _take_memory,
    "write a file larger than allowed": _write_large_file,
    FILL_SCRATCH: _fill_scratch,
    START_THREADS: _start_threads,
    "raise its limits": _raise_limits,
    "become another program": _become_program,  # the last: where it succeeds nobody is left to go on
}
REMEDIES = {
    FILL_SCRATCH: "allow user and mount namespaces (sysctl user.max_user_namespaces), which limit all files together",
    START_THREADS: "grade as an ordinary user, or install Python where all users may read it: "
    "the kernel holds root to no number of threads",
}
"""Where these get out, grading goes on: each file and all time are limited still."""
