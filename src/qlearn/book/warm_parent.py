"""A process that has the chapters' libraries loaded and turns into a kernel each time it is forked.

`python -m qlearn.book.warm_parent FD MODULE...` imports the modules, then answers lines of JSON on the socket FD:
`{"fork": {"arguments": [...], "folder": ..., "environment": {...}, "stderr": ...}}` gives `{"started": pid}`, and
`{"signal": [pid, number]}` gives nothing. The end of a kernel is told as `{"ended": pid, "code": number}`. The parent
ends with the socket, and every kernel ends with it. A fork is an ordinary ipykernel, reached over its ports like any
other.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

__all__ = ["main"]


def main(arguments: Sequence[str]) -> None:
    """Import, answer, and in a fork become the kernel.

    Parameters
    ----------
    arguments : sequence of str
        The socket's file descriptor, then the modules to import.
    """
    control = socket.socket(fileno=int(arguments[0]))
    control.set_inheritable(False)
    # a chapter sees what it would see in a kernel of its own: matplotlib reads this when it is imported, and takes
    # its drawing code from there only once a shell exists
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    for module in ("ipykernel.kernelapp", *arguments[1:]):
        # a library that cannot be imported here fails again in the chapter, which can say so
        with suppress(Exception):
            importlib.import_module(module)
    if threading.active_count() > 1:
        # forking would leave the libraries' threads behind, perhaps with a lock in their hands
        _tell(control, {"warm": False})
        return
    _tell(control, {"warm": True})
    # objects that the collector never walks stay in memory that all forks share
    gc.collect()
    gc.freeze()
    order = _serve(control)
    if order is not None:
        _become_kernel(order)


def _serve(control: socket.socket) -> dict[str, Any] | None:
    """Answer until the socket closes (None), or, in a fork, give what the kernel needs."""
    ended, wake = socket.socketpair()
    ended.setblocking(False)
    wake.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    waiting = selectors.DefaultSelector()
    waiting.register(control, selectors.EVENT_READ)
    waiting.register(ended, selectors.EVENT_READ)
    kernels: set[int] = set()
    text = b""
    while True:
        ready = {key.fileobj for key, _ in waiting.select()}
        if ended in ready:
            ended.recv(4096)
            _bury(control, kernels)
        if control not in ready:
            continue
        received = control.recv(65536)
        if not received:
            _kill(kernels)
            return None
        *lines, text = (text + received).split(b"\n")
        for line in lines:
            asked = json.loads(line)
            if "signal" in asked:
                pid, number = asked["signal"]
                if pid in kernels:
                    _signal(pid, number)
                continue
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for item in (waiting, ended, wake, control):
                    item.close()
                return dict(asked["fork"])
            kernels.add(pid)
            _tell(control, {"started": pid})


def _bury(control: socket.socket, kernels: set[int]) -> None:
    for pid in list(kernels):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            kernels.discard(pid)
            with suppress(OSError):  # nobody may be left to be told
                _tell(control, {"ended": pid, "code": os.waitstatus_to_exitcode(status)})


def _kill(kernels: set[int]) -> None:
    for pid in kernels:
        _signal(pid, signal.SIGKILL)


def _signal(pid: int, number: int) -> None:
    # a kernel leads a session of its own: its children get the signal too
    with suppress(ProcessLookupError):
        try:
            os.killpg(pid, number)
        except ProcessLookupError:
            # it has not come so far as to lead one
            os.kill(pid, number)


def _become_kernel(order: dict[str, Any]) -> None:
    parent = os.getppid()
    os.setsid()
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    with open(os.devnull) as nothing, open(order["stderr"], "ab") as stderr:  # noqa: PTH123  descriptors are wanted
        os.dup2(nothing.fileno(), 0)
        os.dup2(stderr.fileno(), 2)
    if "numpy" in sys.modules:
        # Python's own generator is seeded anew in a fork, numpy's old global one is not: without this every chapter
        # would draw the same numbers
        sys.modules["numpy"].random.seed()
    import ipykernel_launcher
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = [str(ipykernel_launcher.__file__), *order["arguments"]]
    # as a trait, since ipykernel has read JPY_PARENT_PID when it was imported: the kernel ends when its parent does
    IPKernelApp.launch_instance(argv=[*order["arguments"], f"--IPKernelApp.parent_handle={parent}"])


def _tell(control: socket.socket, message: dict[str, Any]) -> None:
    control.sendall(json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    # run with -m, Python puts the current folder first; ipykernel_launcher takes it out as well
    if sys.path and sys.path[0] in ("", os.getcwd()):  # noqa: PTH109  compared as the text that Python put there
        del sys.path[0]
    main(sys.argv[1:])
