"""A student's process that says anything: messages for the judge, and traps that note what they set off."""

from __future__ import annotations

import builtins
import contextlib
import importlib
import io
import pickle
import socket
import sys
import types
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import strategies as st

from qlearn.grading.judge.connection import Answers
from qlearn.grading.judge.guard import Guard
from qlearn.grading.plan import Mode
from qlearn.grading.wire import decode, encode, read_message

MARK = "qlearn reference "
KINDS = (
    "trusted", "argument", "library", "builtin class", "module", "fraction", "decimal", "callable", "class", "object",
    "based", "exception", "yours", "callback", "guarded", "generator", "random", "random state", "", "nonsense",
)  # fmt: skip
NAMES = (
    "trap", "Trap", "TrapError", "lazy", "call", "getattr", "setattr", "datasets", "scipy", "os", "system", "numpy",
    "__main__", "builtins", "eval", "int", "list", "object", "Exception", "KeyError", "SystemExit", "ExceptionGroup",
    "type", "global", "StopIteration", "KeyboardInterrupt", "GeneratorExit", "BaseException", "gi_frame", "f_globals",
    "f_locals", "_hidden", "__globals__", "__class__", "__init__", "bit_generator", "seed", "shown", "method", "func",
    "args", "dataclasses", "_FIELD", "PCG64", "MT19937", "this", "(x)", "(x", "__iter__", "__len__", "__getitem__",
    "__sub__", "__eq__", "__hash__", "__del__", "__init_subclass__", "__class_getitem__", "__call__", "__slots__",
    "1/0", "NaN", "unittest.case", "SkipTest", "qlearn.errors", "SubmissionError", "HostError", "x", "stdout",
    "UserWarning", "returned", "raised", "names", "ran", "files", "refused",
)  # fmt: skip
SECRET = "tulip-4711"  # noqa: S105  what must never go over the line


def reference(kind: str, *fields: Any) -> slice:
    """Give a reference as it is written in a message."""
    return slice(MARK + kind, fields, None)


NUMBERS = st.one_of(st.integers(-3, 6), st.sampled_from([2**31, 2**63, -(2**70), 10**30]))
SCALARS = st.one_of(
    st.none(), st.booleans(), NUMBERS, st.floats(), st.sampled_from(NAMES), st.text(max_size=4), st.binary(max_size=4)
)
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=7).map(tuple),
        st.dictionaries(st.one_of(NUMBERS, st.sampled_from(NAMES)), inner, max_size=4),
        st.builds(lambda kind, fields: reference(kind, *fields), st.sampled_from(KINDS), st.lists(inner, max_size=6)),
        st.builds(lambda kind, fields: slice(MARK + kind, fields, None), st.sampled_from(KINDS), inner),
    ),
    max_leaves=12,
)
CLASSES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.sampled_from(NAMES).map(lambda name: reference("builtin class", name)), ANYTHING),
    lambda inner: st.builds(
        lambda number, name, module, bases, own, doc: reference("class", number, name, module, bases, own, doc),
        NUMBERS,
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.lists(inner, max_size=2).map(tuple),
        st.one_of(st.lists(st.sampled_from(NAMES), max_size=4).map(tuple), ANYTHING),
        st.one_of(st.text(max_size=3), ANYTHING),
    ),
    max_leaves=5,
)
REFERENCES = st.one_of(
    CLASSES,
    st.builds(lambda number, kind, call: reference("object", number, kind, call), NUMBERS, CLASSES, st.booleans()),
    st.builds(
        lambda number, kind, args, text: reference("exception", number, kind, args, text),
        NUMBERS,
        CLASSES,
        st.lists(SCALARS, max_size=2).map(tuple),
        st.text(max_size=3),
    ),
    st.builds(
        lambda number, name, signature, doc, plain, waits: reference(
            "callable", number, name, signature, doc, plain, waits
        ),
        NUMBERS,
        st.sampled_from(NAMES),
        st.one_of(st.text(max_size=8).map("({})".format), st.sampled_from(NAMES)),
        st.text(max_size=3),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(
        lambda number, name, plain: reference("based", number, name, plain), NUMBERS, st.text(max_size=3), ANYTHING
    ),
    st.builds(lambda number: reference("trusted", number), NUMBERS),
    st.builds(lambda number: reference("argument", number), NUMBERS),
    st.builds(lambda one, two: reference("fraction", one, two), NUMBERS, NUMBERS),
    st.builds(
        lambda text: reference("decimal", text), st.one_of(st.sampled_from(["1e999999999", "sNaN", "x"]), st.text())
    ),
    st.builds(lambda name: reference("module", name), st.sampled_from(NAMES)),
    ANYTHING,
)
CHANGES = st.one_of(
    st.none(),
    st.tuples(NUMBERS, st.dictionaries(NUMBERS, st.one_of(st.tuples(st.booleans(), REFERENCES), ANYTHING), max_size=3)),
    ANYTHING,
)
REPLIES: dict[str, st.SearchStrategy[tuple[Any, ...]]] = {
    "do": st.tuples(
        st.sampled_from(["returned", "raised"]), st.booleans(), REFERENCES, CHANGES, ANYTHING, ANYTHING,
        st.one_of(st.dictionaries(st.one_of(NUMBERS, st.just("global")), ANYTHING, max_size=3), ANYTHING)),
    "names": st.tuples(
        st.just("names"), st.booleans(),
        st.one_of(st.dictionaries(st.sampled_from([*NAMES, "f"]), REFERENCES, max_size=4), ANYTHING)),
    "run": st.tuples(
        st.just("ran"), st.one_of(st.lists(ANYTHING, max_size=3), ANYTHING), st.one_of(st.text(), ANYTHING)),
    "files": st.tuples(
        st.just("files"), st.one_of(st.dictionaries(st.text(max_size=4), st.binary(max_size=4)), ANYTHING)),
}  # fmt: skip
CALLBACKS = st.tuples(
    st.just("callback"),
    st.one_of(st.sampled_from(NAMES), ANYTHING),
    st.one_of(NUMBERS, ANYTHING),
    st.one_of(st.booleans(), ANYTHING),
    st.one_of(
        st.tuples(st.lists(st.one_of(st.sampled_from(NAMES), REFERENCES), max_size=2).map(tuple), st.just({})),
        st.tuples(
            st.lists(ANYTHING, max_size=2).map(tuple), st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=2)
        ),
        ANYTHING,
    ),
)
LOOSE = st.one_of(ANYTHING, st.lists(ANYTHING, min_size=1, max_size=7).map(lambda parts: ("returned", *parts)))


class _Shown:
    """An object that a test may hand over: one public attribute, the rest is nobody's business."""

    def __init__(self) -> None:
        self.shown = 3
        self._hidden = SECRET

    def method(self, value: Any = None) -> Any:
        return value


_Shown.__module__ = "__main__"  # as a class that the teacher's cells define


def things() -> tuple[Any, ...]:
    """Give what the test in these tests hands over."""
    import numpy as np

    return (lambda value=None: value, np.random.default_rng(3), [1, 2], {"a": [3]}, _Shown())


@dataclass
class Traps:
    """Notes what must never happen."""

    sprung: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def set(self, patch: pytest.MonkeyPatch) -> Iterator[None]:
        """Lay the traps."""
        before = set(sys.modules)
        patch.setitem(sys.modules, "trap", self._module())
        for owner, name in (
            (importlib, "import_module"),
            (pickle, "loads"),
            (pickle, "load"),
            (builtins, "eval"),
            (builtins, "exec"),
        ):
            patch.setattr(owner, name, self._noting(f"{owner.__name__}.{name}", getattr(owner, name)))
        yield
        patch.undo()
        self.sprung += sorted(set(sys.modules) - before - {"trap"})

    def _noting(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def noting(*arguments: Any, **named: Any) -> Any:
            self.sprung.append(f"{name}{arguments[:1]}")
            return function(*arguments, **named)

        return noting

    def _module(self) -> types.ModuleType:
        sprung = self.sprung

        class Trap:
            def __new__(cls, *_: Any, **__: Any) -> Any:
                sprung.append("an instance was made")
                return object.__new__(cls)

            def __init_subclass__(cls) -> None:
                sprung.append("a class was derived")

        class TrapError(Exception):
            def __init__(self, *_: Any) -> None:
                sprung.append("an exception was initialised")

        def trap(*_: Any, **__: Any) -> None:
            sprung.append("a function was called")

        def lazy(name: str) -> Any:
            sprung.append(f"{name} was asked of a module that loads others when asked")
            raise AttributeError(name)

        made = types.ModuleType("trap")
        vars(made).update(Trap=Trap, TrapError=TrapError, trap=trap, __getattr__=lazy)
        return made


@dataclass
class Met:
    """What came of one request."""

    value: Any = None
    error: BaseException | None = None
    guard: Guard = field(default_factory=Guard)
    sent: bytes = b""


def make_guard(mode: Mode, *, in_place: bool = True) -> Guard:
    """Give the guard of a test that runs."""
    guard = Guard()
    guard.start(mode, source="TrapError, Trap, lazy", in_place=in_place, allowed=None)
    guard.running = True
    return guard


def framed(message: Any) -> bytes:
    """Give a message as it goes over the line."""
    header, frames = encode(message)
    lengths = b"".join(len(frame).to_bytes(8, "little") for frame in frames)
    start = b"QLW1" + len(header).to_bytes(4, "little") + len(frames).to_bytes(4, "little")
    return start + lengths + bytes(header) + b"".join(map(bytes, frames))


def said(raw: bytes, ask: Callable[[Answers], Any], mode: Mode, *, in_place: bool = True, seconds: float = 2.0) -> Met:
    """Let the judge ask while the other end has said this and then hung up."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.settimeout(5)
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**20)
        theirs.sendall(raw)
        theirs.shutdown(socket.SHUT_WR)
        met = Met(guard=make_guard(mode, in_place=in_place))
        answers = Answers(ours.fileno(), met.guard, seconds, lambda _: ("", 0), {}, lambda _: None)
        with (
            warnings.catch_warnings(),
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            warnings.simplefilter("ignore")
            try:
                met.value = ask(answers)
            except BaseException as error:
                met.error = error
        ours.shutdown(socket.SHUT_WR)
        while piece := theirs.recv(2**16):
            met.sent += piece
    return met


def heard(connection: socket.socket, deadline: float) -> Any:
    """Receive one of the judge's requests."""
    header, frames = read_message(connection.fileno(), deadline=deadline)
    return decode(header, frames)
