"""What multiprocessing's fork server loads before it forks workers, so that libraries are loaded once for all of them.

Each worker forks its warm parent in its very first moment: before it hears what it is to do, while it has one thread
and holds nothing but libraries. So what students' processes are forked from has never been near a task, and the fork
server hears of none.

Imported anywhere else, this module does nothing.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import socket
import sys
import traceback
from typing import NoReturn

from qlearn._light_imports import import_jsonschema

__all__ = ["take"]

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # glibc's numbers for mallopt
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_FIRST_DESCRIPTOR = 3

_forks_warm_parents = False
_grown: tuple[int, socket.socket] | None = None


def take() -> tuple[int, socket.socket] | None:
    """Give the process number of this worker's warm parent and the connection to it, once; None if there is none."""
    global _grown
    taken, _grown = _grown, None
    return taken


def _load() -> None:
    """Load all that workers, judges and students' processes use, and leave it to be shared."""
    global _forks_warm_parents
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))  # before numpy: the fork server has to stay with one thread
    gc.disable()  # what is loaded stays: looking through it again and again takes a tenth of the time
    import_jsonschema()  # before whatever imports nbformat
    _keep_memory()
    from qlearn.grading.run.warm import load_libraries

    load_libraries()
    import qlearn.grading.engine
    import qlearn.grading.worker  # noqa: F401

    gc.freeze()
    gc.enable()
    _forks_warm_parents = True
    os.register_at_fork(after_in_child=_grow_warm_parent)


def _grow_warm_parent() -> None:
    """Fork a warm parent in a worker that has just been forked; once, and in no process further down."""
    global _forks_warm_parents, _grown
    if not _forks_warm_parents:
        return
    _forks_warm_parents = False
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = os.fork()
    if process == 0:
        _be_warm_parent(theirs)
    theirs.close()
    _grown = process, ours


def _be_warm_parent(connection: socket.socket) -> NoReturn:
    """Serve on the connection until it is closed; never return into the fork server's code."""
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        # The fork server's and the worker's pipes: one of them kept open would hide that the other end has died.
        os.closerange(_FIRST_DESCRIPTOR, connection.fileno())
        os.closerange(connection.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
        from qlearn.grading.run.warm import serve

        serve(connection)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _keep_memory() -> None:
    """Let glibc keep the memory of large arrays, as `KEPT_MEMORY` does for a process that starts with it."""
    from qlearn.grading.run.parent import KEPT_MEMORY

    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):  # another C library
        return
    mallopt(TRIM_THRESHOLD, int(KEPT_MEMORY["MALLOC_TRIM_THRESHOLD_"]))
    mallopt(MMAP_THRESHOLD, int(KEPT_MEMORY["MALLOC_MMAP_THRESHOLD_"]))


if any("multiprocessing.forkserver" in part for part in sys.orig_argv):
    _load()
