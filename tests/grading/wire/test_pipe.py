"""Messages through pipes and sockets, whatever the other end does."""

from __future__ import annotations

import os
import socket
import struct
import threading
import time
import tracemalloc

import numpy as np
import pytest
import qutip

from grading.wire.values import SMALL, fingerprint
from qlearn.errors import SubmissionError
from qlearn.grading import wire


@pytest.fixture(params=["pipe", "socket"])
def ends(request):
    """Two descriptors: what is written to the second can be read from the first."""
    sockets = []
    if request.param == "pipe":
        reading, writing = os.pipe()
    else:
        sockets = socket.socketpair()
        reading, writing = (end.detach() for end in sockets)
    open_ends = {"reading": reading, "writing": writing}
    yield open_ends
    for descriptor in open_ends.values():
        os.close(descriptor)


def soon(seconds=20.0):
    return time.monotonic() + seconds


def test_large_and_small_messages_pass_one_after_the_other(ends):
    values = [1, np.arange(300_000.0), {"a": qutip.basis(2, 0).full()}, b"x" * 3_000_000]

    def send():
        for value in values:
            wire.write_message(ends["writing"], *wire.encode(value), deadline=soon())

    sender = threading.Thread(target=send)
    sender.start()
    results = [wire.decode(*wire.read_message(ends["reading"], deadline=soon())) for _ in values]
    sender.join()
    assert fingerprint(results) == fingerprint(values)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"QL",
        b"HTTP/1.1 200 OK\r\n",
        struct.pack("<4sII", b"QLW1", 2**32 - 1, 1),
        struct.pack("<4sII", b"QLW1", 5, 2**32 - 1),
        struct.pack("<4sIIQ", b"QLW1", 5, 1, 2**63),
        struct.pack("<4sIIQQ", b"QLW1", 5, 2, 2**27 + 1, 2**27),
        struct.pack("<4sIIQ", b"QLW1", 5, 1, 2**27) + b"[1,1]xyz",
        struct.pack("<4sIIQ", b"QLW1", 5, 1, 0) + b"[1",
    ],
)
def test_a_broken_stream_ends_in_one_error_and_little_memory(ends, sent):
    os.write(ends["writing"], sent)
    os.close(ends.pop("writing"))
    tracemalloc.start()
    try:
        with pytest.raises(SubmissionError):
            wire.read_message(ends["reading"], deadline=soon())
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_a_silent_peer_ends_at_the_deadline(ends):
    os.write(ends["writing"], b"QLW1")
    with pytest.raises(SubmissionError, match="before its deadline"):
        wire.read_message(ends["reading"], deadline=soon(0.05))
    with pytest.raises(SubmissionError, match="before its deadline"):
        wire.write_message(ends["writing"], *wire.encode(b"x" * 5_000_000), deadline=soon(0.05))


def test_a_peer_that_left_is_told(ends):
    os.close(ends.pop("reading"))
    with pytest.raises(SubmissionError, match="closed its connection"):
        wire.write_message(ends["writing"], *wire.encode(1), deadline=soon())


def test_a_message_beyond_the_limits_is_not_sent(ends):
    with pytest.raises(SubmissionError, match="too long"):
        wire.write_message(ends["writing"], b"[1,1]", [b"x" * 200_000], deadline=soon(), limits=SMALL)
