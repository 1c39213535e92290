"""The supervisor's handle on a warm parent: start it, ask it for processes, stop them."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from qlearn.errors import HostError
from qlearn.grading.judge.control import JudgeTask, send_task
from qlearn.grading.plan import NotebookPlan, RunLimits
from qlearn.grading.run import preloaded
from qlearn.grading.run.orders import MOST_MESSAGE, Speak, StartJudge, StartStudent, StartTemplate, Stop

__all__ = ["Forker", "WarmParent"]

KEPT_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(2**28), "MALLOC_MMAP_THRESHOLD_": str(2**25)}
"""Let glibc keep the memory of large arrays for the next one: giving it back costs a page fault for each 4 KiB."""
MOST_TEMPLATES = 8
"""Notebooks whose judges are kept ready: an assignment has fewer."""
START_SECONDS = 120.0
ANSWER_SECONDS = 60.0
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Jobs share the processors, and a process with BLAS threads could not be confined."""


class Forker:
    """A process of ours that forks others for whoever holds its connection."""

    def __init__(self, connection: socket.socket | None = None) -> None:
        self._connection = connection

    @property
    def is_there(self) -> bool:
        """Whether there is a connection to it."""
        return self._connection is not None

    def start(self) -> None:
        """Start it, where it can be started again."""
        raise HostError("the process that grades is not there")

    def stop(self) -> None:
        """Hang up: it ends, and its forks with it."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def fork(self, order: StartStudent | StartTemplate | StartJudge, connections: Sequence[socket.socket]) -> int:
        """Fork a process that gets these connections; give its number."""
        return int(self._ask(order, [connection.fileno() for connection in connections]))

    def end(self, process: int) -> tuple[int, resource.struct_rusage]:
        """Kill a process if it still runs; give what `os.wait4` tells of it."""
        status, usage = self._ask(Stop(process), [])
        return status, usage

    def _ask(self, order: Any, descriptors: list[int]) -> Any:
        if not self.is_there:
            self.start()
        data = pickle.dumps(order)
        if len(data) > MOST_MESSAGE or self._connection is None:
            raise HostError("an order to the process that grades is too long: fewer data files are possible")
        try:
            socket.send_fds(self._connection, [data], descriptors)
            return self._receive()
        except OSError as error:
            self.stop()
            raise HostError(f"the process that grades has ended ({os.strerror(error.errno or 0)})") from error

    def _receive(self) -> Any:
        if self._connection is None:
            raise HostError("the process that grades is not there")
        data = self._connection.recv(MOST_MESSAGE)
        if not data:
            self.stop()
            raise HostError("the process that grades has ended; see the machine's memory")
        return pickle.loads(data)  # noqa: S301  from our own process, which no student's code enters


class WarmParent(Forker):
    """A process with the libraries loaded; a context manager that ends it and all its forks."""

    def __init__(self) -> None:
        super().__init__()
        self._process: subprocess.Popen[bytes] | _Forked | None = None
        self._templates: dict[tuple[Any, ...], tuple[int, Forker]] = {}
        self._libraries: frozenset[str] = frozenset()

    def __enter__(self) -> WarmParent:
        self.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.stop()

    def fork(self, order: StartStudent | StartTemplate | StartJudge, connections: Sequence[socket.socket]) -> int:
        """Fork a process; a fresh start where what an assignment closes may have been loaded for another."""
        if isinstance(order, StartStudent):
            wanted = frozenset(order.libraries)
            if order.forbidden and self._libraries - wanted:
                self.stop()
            self._libraries |= wanted
        return super().fork(order, connections)

    def start(self) -> None:
        """Start it and wait until it is ready; HostError if it does not come up."""
        grown = preloaded.take()
        if grown is None:
            self._connection = self._start_afresh()
        else:
            number, self._connection = grown
            self._process = _Forked(number)
            _keep_on_one_processor(number)
        self._connection.settimeout(START_SECONDS)
        if self._receive() != "ready":
            raise HostError("the process that grades did not start; see the lines above")
        if grown is not None:
            self._ask(Speak(), [1, 2])
        self._connection.settimeout(ANSWER_SECONDS)

    def _start_afresh(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-P", "-m", "qlearn.grading.run.warm", str(theirs.fileno())]
        self._process = subprocess.Popen(
            command,
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD, **KEPT_MEMORY},
        )
        theirs.close()
        _keep_on_one_processor(self._process.pid)
        return ours

    def stop(self) -> None:
        """End it; its forks end with it."""
        self._libraries = frozenset()
        while self._templates:
            self._templates.popitem()[1][1].stop()
        super().stop()
        if self._process is not None:
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None

    def template(self, notebook: NotebookPlan, limits: RunLimits) -> Forker:
        """Give the process that the judges of this very notebook are forked from; made when first asked for."""
        key = tuple((cell.role, cell.cell_type, cell.source) for cell in notebook.cells)
        if key not in self._templates or not self._templates[key][1].is_there:
            while len(self._templates) >= MOST_TEMPLATES:
                process, oldest = self._templates.pop(next(iter(self._templates)))
                oldest.stop()
                self.end(process)
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            giving, taking = socket.socketpair()
            with giving:
                with theirs, taking:
                    process = self.fork(StartTemplate(), (theirs, taking))
                # the notebook goes past the warm parent: what it has never read, no student's process inherits
                send_task(giving, JudgeTask(notebook, (), limits))
            self._templates[key] = process, Forker(ours)
        return self._templates[key][1]


class _Forked:
    """A forked child, with as much of `subprocess.Popen` as is needed here."""

    def __init__(self, number: int) -> None:
        self.pid = number

    def wait(self, timeout: float = ANSWER_SECONDS) -> None:
        """Wait for its end; subprocess.TimeoutExpired if it does not come in time."""
        until = time.monotonic() + timeout
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("warm parent", timeout)
            time.sleep(0.001)

    def kill(self) -> None:
        """End it at once."""
        os.kill(self.pid, signal.SIGKILL)


def _keep_on_one_processor(process: int) -> None:
    """Let a pool's worker use one processor for its judge and student's process, each worker another.

    The two wait for each other in turn, never at the same time, and on one processor the turn changes in two thirds
    of the time. Outside a pool the system decides.
    """
    number = multiprocessing.current_process()._identity
    if number and hasattr(os, "sched_setaffinity"):
        usable = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(process, {usable[number[-1] % len(usable)]})
