"""Fork a child, confine it, let it try something, and bring back what came of it, bounded in time."""

import ctypes
import json
import os
import resource
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qlearn.grading.sandbox import Layer, Limits, Policy, confine

NOBODY = 65534
SECONDS = 30
PR_SET_DUMPABLE = 4


@dataclass(frozen=True)
class Ended:
    """What a confined child did: its answer or the name and text of its error, and how it ended."""

    answer: object
    error: str | None
    status: int
    usage: resource.struct_rusage


def caged(
    action: Callable[[], object],
    scratch: Path,
    *,
    readable: tuple[Path, ...] = (),
    limits: Limits | None = None,
    without: frozenset[Layer] = frozenset(),
    as_nobody: bool = False,
    unreadable: tuple[Path, ...] = (),
) -> Ended:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            if as_nobody and os.geteuid() == 0:
                _become_nobody()
            policy = Policy(scratch, readable, limits or Limits(), (writing,), without, unreadable)
            _act(action, policy, writing)
        finally:
            os._exit(0)
    os.close(writing)
    said = _read_until_closed(reading, child)
    _, status, usage = os.wait4(child, 0)
    reply = json.loads(said) if said else {}
    return Ended(reply.get("answer"), reply.get("error"), status, usage)


def _act(action: Callable[[], object], policy: Policy, writing: int) -> None:
    try:
        confine(policy)
        reply = {"answer": action()}
    except BaseException as error:
        reply = {"error": f"{type(error).__name__}: {error}"}
    os.write(writing, json.dumps(reply, default=repr).encode())


def _become_nobody() -> None:
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)


def _read_until_closed(reading: int, child: int) -> bytes:
    said = b""
    end = time.monotonic() + SECONDS
    with open(reading, "rb", buffering=0) as pipe:
        while select.select([pipe], [], [], max(0.0, end - time.monotonic()))[0]:
            piece = pipe.read(65536)
            if not piece:
                return said
            said += piece
    os.kill(child, signal.SIGKILL)
    return said
