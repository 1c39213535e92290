"""Trying to break out of the sandbox, to see on this machine what holds and what does not.

A confined process goes for targets that stand ready for it: a folder with a secret, listening sockets, a process to
disturb. It does no harm where it succeeds. Each attempt ends in an error, which means it was held, or in words that say
what it got.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from qlearn.errors import HostError
from qlearn.grading.sandbox.break_outs import ATTEMPTS, LIMITS, REMEDIES, Targets
from qlearn.grading.sandbox.confine import Policy, confine
from qlearn.grading.sandbox.kernel import is_linux
from qlearn.grading.sandbox.protection import Layer, Layers, advice

__all__ = ["Attempt", "try_to_break_out"]

SECONDS = 20.0
GONE = "its process ended in the middle of the attempt"


@dataclass(frozen=True)
class Attempt:
    """One way out that was tried."""

    aim: str
    """What was tried, as in "read the course folder"."""
    held: bool
    detail: str = ""
    """The error that stopped it, or what it got."""
    remedy: str = ""
    """What to do where it was not held, for a limit that grading can do without; empty for a hole."""


def try_to_break_out(without: frozenset[Layer] = frozenset()) -> tuple[Attempt, ...]:
    """Confine a process, let it try every way out, and say how each ended; HostError if nothing can confine it.

    Leave layers out to see what the others hold.
    """
    if not is_linux():
        raise HostError(advice(Layers(frozenset())))
    with tempfile.TemporaryDirectory(prefix="qlearn-doctor-") as folder, _targets(Path(folder)) as targets:
        scratch = Path(folder, "scratch")
        scratch.mkdir()
        said = _listen_to_child(lambda writing: _try_all(targets, scratch, without, writing))
    return tuple(_read_attempts(said))


@contextmanager
def _targets(folder: Path) -> Iterator[Targets]:
    course = folder / "course"
    course.mkdir()
    (course / "gradebook.db").write_text("secret")
    with (
        socket.socket() as tcp,
        socket.socket(type=socket.SOCK_DGRAM) as udp,
        socket.socket(socket.AF_UNIX) as local,
    ):
        tcp.bind(("127.0.0.1", 0))
        udp.bind(("127.0.0.1", 0))
        local.bind(str(folder / "s"))
        tcp.listen()
        local.listen()
        bystander = os.fork()
        if bystander == 0:
            _wait_for_signal()
        try:
            yield Targets(course, Path.home(), bystander, tcp.getsockname(), udp.getsockname(), local.getsockname())
        finally:
            os.kill(bystander, signal.SIGKILL)
            os.waitpid(bystander, 0)


def _wait_for_signal() -> NoReturn:
    try:
        signal.alarm(int(SECONDS))
        signal.pause()
    finally:
        os._exit(0)


def _listen_to_child(act: Callable[[int], None]) -> bytes:
    """Fork, let the child act with the end of a pipe, and give what it wrote within the time."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            act(writing)
        finally:
            os._exit(0)
    os.close(writing)
    said = b""
    end = time.monotonic() + SECONDS
    with open(reading, "rb", buffering=0) as pipe:  # noqa: PTH123  a descriptor, not a path
        while select.select([pipe], [], [], max(0.0, end - time.monotonic()))[0]:
            piece = pipe.read(65536)
            if not piece:
                break
            said += piece
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return said


def _try_all(targets: Targets, scratch: Path, without: frozenset[Layer], writing: int) -> None:
    def say(*words: object) -> None:
        os.write(writing, json.dumps(words).encode() + b"\n")

    try:
        confine(Policy(scratch, limits=LIMITS, kept_descriptors=(writing,), without=without))
    except HostError as error:
        say("refused", str(error))
        return
    for aim, action in ATTEMPTS.items():
        say("tries", aim)
        try:
            say("got", action(targets))
        except (OSError, MemoryError, RuntimeError, ValueError) as error:
            say("held", f"{type(error).__name__}: {error}".strip(": "))
    say("done")


def _read_attempts(said: bytes) -> Iterator[Attempt]:
    aim = ""
    for line in said.splitlines():
        kind, *words = json.loads(line)
        if kind == "refused":
            raise HostError(words[0])
        if kind == "tries":
            aim = words[0]
        elif kind == "done":
            return
        else:
            yield _attempt(aim, held=kind == "held", detail=words[0])
            aim = ""
    if not aim:
        raise HostError("the process that tries to break out of the sandbox ended too soon: run qlearn doctor again")
    yield _attempt(aim, held=False, detail=GONE)  # it runs another program now, or is dead


def _attempt(aim: str, *, held: bool, detail: str) -> Attempt:
    return Attempt(aim, held, detail, "" if held else REMEDIES.get(aim, ""))
