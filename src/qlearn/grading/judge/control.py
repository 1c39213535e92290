"""Between the judge and its supervisor: a task in, outcomes out, and a new student's process on request."""

from __future__ import annotations

import os
import pickle
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

from qlearn.errors import HostError
from qlearn.grading.outcome import TestOutcome
from qlearn.grading.plan import Mode, NotebookPlan, RunLimits
from qlearn.grading.run.messages import Line
from qlearn.grading.schedule import Step

__all__ = ["Control", "JudgeTask", "read_task", "send_task"]

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True)
class JudgeTask:
    """What the judge has to do for one notebook."""

    plan: NotebookPlan
    steps: tuple[Step, ...]
    limits: RunLimits
    data_names: tuple[str, ...] = ()
    settled: dict[str, TestOutcome] = field(default_factory=dict)
    """Tests that are judged already, or that ended an earlier judge."""
    mode: Mode | None = None
    """Judge every test in this mode: for calibration."""


def send_task(connection: socket.socket, task: JudgeTask) -> None:
    """Send the task; the judge is ours, so it may be pickled on this way, and on this way only."""
    data = pickle.dumps(task)
    connection.sendall(_LENGTH.pack(len(data)) + data)


def read_task(connection: socket.socket) -> JudgeTask:
    """Receive the task in the judge."""
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    task: JudgeTask = pickle.loads(_exactly(connection, length))  # noqa: S301  from our own supervisor
    return task


class Control:
    """The judge's end."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._line = Line(connection.fileno())

    def say(self, *message: Any) -> None:
        """Report to the supervisor."""
        self._line.send(message)

    def next_student(self, why: str) -> tuple[str, int]:
        """Ask for a new process in place of the one that is gone; give what became of that one, and the new line."""
        self.say("restart", why)
        os.set_blocking(self._connection.fileno(), True)
        text, descriptors, _, _ = socket.recv_fds(self._connection, 65_536, 1)
        if len(descriptors) != 1:
            raise HostError("no new process for the student's code; see the machine's memory and process limits")
        return text.decode("utf-8", "replace"), descriptors[0]


def _exactly(connection: socket.socket, length: int) -> bytes:
    received = bytearray()
    while len(received) < length:
        piece = connection.recv(min(length - len(received), 2**20))
        if not piece:
            raise HostError("the grader has ended; run the command again")
        received += piece
    return bytes(received)
