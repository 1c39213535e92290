"""One end of the connection between judge and student: whole messages of plain data, each a tuple.

The judge asks, the student's process answers; while it works on a request it may ask back for a callback, and the
judge may ask further things while it works on that. So each end answers requests while it waits for its own reply.
"""

from __future__ import annotations

import time
from typing import Any

from qlearn.grading.wire import decode, encode, read_message, write_message

__all__ = ["Line", "LongestWait"]

LongestWait = 86_400.0


class Line:
    """Sends and receives tuples of plain data over one socket."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def send(self, message: tuple[Any, ...], *, deadline: float | None = None, convert: bool = True) -> None:
        """Send a message; SubmissionError if it cannot be sent or nobody takes it."""
        header, frames = encode(message, convert=convert)
        write_message(self.descriptor, header, frames, deadline=_until(deadline))

    def receive(self, *, deadline: float | None = None) -> tuple[Any, ...]:
        """Receive a message; SubmissionError if none comes or it is not one."""
        header, frames = read_message(self.descriptor, deadline=_until(deadline))
        message = decode(header, frames)
        return message if type(message) is tuple and message and type(message[0]) is str else ("nothing",)


def _until(deadline: float | None) -> float:
    return time.monotonic() + LongestWait if deadline is None else deadline
