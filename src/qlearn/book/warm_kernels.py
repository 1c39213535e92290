"""Start the kernels of a build by forking one process that has the libraries loaded.

Importing numpy, QuTiP and matplotlib takes a kernel 2 to 4 seconds, most chapters' longest cell. A fork has them in
some hundredths. What is forked is an ordinary ipykernel with ports, messages and a process of its own, so a chapter's
outputs are what they would be anyway; where forking is not safe (Windows, macOS, a library with threads) the usual
kernel is started instead.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

__all__ = ["LIBRARIES", "WarmKernels", "can_fork"]

LIBRARIES = ("anywidget", "ipywidgets", "matplotlib.pyplot", "numpy", "qutip", "scipy.sparse.linalg")
_LAUNCHER = ["-m", "ipykernel_launcher"]


def can_fork() -> bool:
    """Tell whether this system forks processes with libraries in them safely: Linux and its like do."""
    return hasattr(os, "fork") and sys.platform != "darwin"


class WarmKernels:
    """The warm parent, seen from the build; use it as a context manager, in one thread at a time.

    Parameters
    ----------
    modules : iterable of str
        Modules to import before the first fork.
    environment : dict
        Environment variables of the parent.
    """

    def __init__(self, modules: Iterable[str], environment: dict[str, str]) -> None:
        self._modules = list(modules)
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._text = b""
        self._started: list[int] = []
        self._codes: dict[int, int] = {}

    def __enter__(self) -> WarmKernels:
        """Start importing, where the system can fork."""
        if can_fork():
            ours, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "qlearn.book.warm_parent", str(theirs.fileno()), *self._modules],
                    pass_fds=[theirs.fileno()],
                    env=self._environment,
                    stdin=subprocess.DEVNULL,
                    # Ctrl-C in a terminal is for the build, which closes this in turn
                    start_new_session=True,
                )
            self._control = ours
        return self

    def __exit__(self, *_: object) -> None:
        """End the parent, and with it every kernel that is left."""
        control = self._control
        if control is not None:
            # a thread may still wait for an answer: this wakes it, while closing would let it read another file
            with suppress(OSError):
                control.shutdown(socket.SHUT_RDWR)
        if self._process is not None:
            self._process.wait()

    def close(self) -> None:
        """Let go of the socket, once no thread uses it."""
        self._hang_up()

    def manager(self, kernel_name: str) -> AsyncKernelManager:
        """Give a manager, as nbclient wants it, whose kernel will be forked if it can be.

        Parameters
        ----------
        kernel_name : str
            Name of an installed kernel specification.

        Returns
        -------
        AsyncKernelManager
            With no kernel started.
        """
        manager = AsyncKernelManager(kernel_name=kernel_name)
        provisioner = _ForkingProvisioner(kernel_id=manager.kernel_id, kernel_spec=manager.kernel_spec, parent=manager)
        provisioner.kernels = self
        manager.provisioner = provisioner
        return manager

    def fork(self, arguments: list[str], folder: str, environment: dict[str, str], stderr: str) -> int | None:
        """Fork a kernel.

        Parameters
        ----------
        arguments : list of str
            What follows `python -m ipykernel_launcher` in the kernel's usual command.
        folder : str
            Where the kernel runs.
        environment : dict
            Its environment variables.
        stderr : str
            File for what it writes past its channels.

        Returns
        -------
        int or None
            Process identifier; None when there is no warm parent to fork.
        """
        self._tell({"fork": {"arguments": arguments, "folder": folder, "environment": environment, "stderr": stderr}})
        while self._control is not None and not self._started:
            self._listen(wait=True)
        return self._started.pop() if self._started else None

    def exit_code(self, pid: int) -> int | None:
        """Give a forked kernel's exit code, None while it runs."""
        self._listen(wait=False)
        if self._control is None:
            return self._codes.get(pid, -signal.SIGKILL)
        return self._codes.get(pid)

    def signal(self, pid: int, number: int) -> None:
        """Send a signal to a forked kernel and its children; an ended one is left alone."""
        self._tell({"signal": [pid, int(number)]})

    def _tell(self, message: dict[str, Any]) -> None:
        if self._control is not None:
            try:
                self._control.sendall(json.dumps(message).encode() + b"\n")
            except OSError:
                self._hang_up()

    def _listen(self, *, wait: bool) -> None:
        while self._control is not None:
            self._control.setblocking(wait)
            try:
                received = self._control.recv(65536)
            except BlockingIOError:
                return
            except OSError:
                received = b""
            finally:
                self._control.setblocking(True)
            if not received:
                self._hang_up()
                return
            *lines, self._text = (self._text + received).split(b"\n")
            for line in lines:
                said = json.loads(line)
                if "started" in said:
                    self._started.append(said["started"])
                elif "ended" in said:
                    self._codes[said["ended"]] = said["code"]
            if wait:
                return

    def _hang_up(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None


class _ForkedProcess:
    """A forked kernel behind the few methods of `subprocess.Popen` that jupyter_client calls."""

    stdin = stdout = stderr = None

    def __init__(self, kernels: WarmKernels, pid: int) -> None:
        self._kernels = kernels
        self.pid = pid

    def poll(self) -> int | None:
        return self._kernels.exit_code(self.pid)

    def wait(self) -> int:
        while (code := self.poll()) is None:
            time.sleep(0.01)
        return code

    def send_signal(self, number: int) -> None:
        self._kernels.signal(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class _ForkingProvisioner(LocalProvisioner):
    """jupyter_client's way to start a kernel, with a fork in place of a new interpreter."""

    kernels: WarmKernels

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork this interpreter's own kernel; start another interpreter's, or any without a parent, as usual."""
        if cmd[0] == sys.executable and cmd[1:3] == _LAUNCHER:
            folder = str(kwargs.get("cwd") or Path.cwd())
            pid = self.kernels.fork(cmd[3:], folder, kwargs["env"], kwargs["stderr"].name)
            if pid is not None:
                # the base class names Popen; it asks no more of it than this
                self.process = _ForkedProcess(self.kernels, pid)  # type: ignore[assignment]
                self.pid = pid
                # signals go through the parent, the only one that knows whether the process is still the kernel
                self.pgid = None
                return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)
