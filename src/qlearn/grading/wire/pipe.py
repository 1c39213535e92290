"""One message through a pipe or socket: lengths first, then the bytes, under a size limit and until a deadline.

Layout: the mark `QLW1`, the header's length and the number of frames (4 bytes each), the length of each frame
(8 bytes each), all little-endian, then the header and the frames.
"""

from __future__ import annotations

import os
import select
import struct
import time
from collections.abc import Sequence

from qlearn.errors import SubmissionError
from qlearn.grading.wire.tokens import DEFAULT_LIMITS, Buffer, Limits, refuse

MARK = b"QLW1"
_START = struct.Struct("<4sII")
MOST_PARTS = 64  # written in one call
SMALL = 65_536  # bytes that are not worth being kept in pieces
_FIRST_PIECE = 2**20  # a frame's memory grows with what arrives, so a lying length costs nothing


def write_message(
    descriptor: int, header: Buffer, frames: Sequence[Buffer], *, deadline: float, limits: Limits = DEFAULT_LIMITS
) -> None:
    """Send a message; sets the descriptor to non-blocking, since a peer that reads nothing must not hold us.

    Parameters
    ----------
    descriptor
        The writing end of a pipe, or a socket's descriptor.
    header, frames
        What `encode` returned.
    deadline
        The value of `time.monotonic()` at which to give up.
    limits
        The limits of both sides.

    Raises
    ------
    SubmissionError
        If the message exceeds the limits, the other end is closed, or the deadline passes.
    """
    lengths = [len(frame) for frame in frames]
    _check_lengths(len(header), lengths, limits)
    start = _START.pack(MARK, len(header), len(lengths)) + struct.pack(f"<{len(lengths)}Q", *lengths)
    os.set_blocking(descriptor, False)
    parts: list[Buffer] = [start, header, *frames]
    if len(header) + sum(lengths) <= SMALL:
        parts = [b"".join(parts)]  # one piece is dealt with in less time than several
    parts = [memoryview(part).cast("B") for part in parts if len(part)]
    while parts:
        try:
            written = os.writev(descriptor, parts[:MOST_PARTS])
        except BlockingIOError:
            _wait(descriptor, select.POLLOUT, deadline)
            continue
        except OSError as error:
            message = f"the student's process closed its connection ({error.strerror}); it may have ended early"
            raise SubmissionError(message) from error
        _drop(parts, written)
        if parts:
            _wait(descriptor, select.POLLOUT, deadline)


def read_message(
    descriptor: int, *, deadline: float, limits: Limits = DEFAULT_LIMITS
) -> tuple[bytearray, list[bytearray]]:
    """Receive a message for `decode`, whatever the other end does.

    Parameters
    ----------
    descriptor
        The reading end of a pipe, or a socket's descriptor; it is set to non-blocking.
    deadline
        The value of `time.monotonic()` at which to give up.
    limits
        What is refused before a byte of it is read.

    Returns
    -------
    header, frames
        Buffers that nobody else holds.

    Raises
    ------
    SubmissionError
        If the message is not one, exceeds the limits, ends early, or the deadline passes.
    """
    os.set_blocking(descriptor, False)
    _wait(descriptor, select.POLLIN, deadline)  # nearly always nothing is there yet
    mark, header_length, count = _START.unpack(_read(descriptor, _START.size, deadline))
    if mark != MARK:
        refuse("it does not start like a message", f"the mark {MARK.decode()} is needed")
    _check_lengths(header_length, [0] * min(count, limits.frames + 1), limits)
    described = _read(descriptor, 8 * count + header_length, deadline)
    lengths = struct.unpack_from(f"<{count}Q", described)
    _check_lengths(header_length, lengths, limits)
    return described[8 * count :], [_read(descriptor, length, deadline) for length in lengths]


def _drop(parts: list[Buffer], written: int) -> None:
    """Take from the front what has been written."""
    while parts and written >= len(parts[0]):
        written -= len(parts.pop(0))
    if written:
        parts[0] = parts[0][written:]


def _check_lengths(header_length: int, lengths: Sequence[int], limits: Limits) -> None:
    if header_length > limits.header_bytes or len(lengths) > limits.frames or sum(lengths) > limits.frame_bytes:
        refuse(
            "the message is too long",
            f"at most {limits.header_bytes} + {limits.frame_bytes} bytes in {limits.frames} frames are allowed",
        )


def _read(descriptor: int, length: int, deadline: float) -> bytearray:
    received = bytearray(min(length, _FIRST_PIECE))
    position = 0
    if 0 < length <= SMALL:
        try:
            position = os.readv(descriptor, [received])  # mostly all of it, and nothing else is needed
        except OSError:
            position = 0
    while position < length:
        if position == len(received):
            received.extend(bytes(min(length - position, position)))
        if time.monotonic() >= deadline:  # a peer that always sends something must not hold us either
            _wait(descriptor, select.POLLIN, deadline)
        try:
            with memoryview(received) as view, view[position:] as rest:
                count = os.readv(descriptor, [rest])
        except BlockingIOError:
            _wait(descriptor, select.POLLIN, deadline)
            continue
        except OSError as error:
            message = f"the student's process broke its connection ({error.strerror}); it may have ended early"
            raise SubmissionError(message) from error
        if count == 0:
            message = "the student's process closed its connection before its answer was whole; it may have ended early"
            raise SubmissionError(message)
        position += count
    return received


def _wait(descriptor: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(descriptor, event)
    seconds = deadline - time.monotonic()
    if seconds <= 0 or not poll.poll(1000 * seconds):
        message = "the student's process did not answer before its deadline; its code may be waiting or too slow"
        raise SubmissionError(message)
