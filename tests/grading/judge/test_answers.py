"""Whatever a student's process says, the judge gets plain data or stand-ins, or an end that it knows."""

from __future__ import annotations

import dataclasses
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
import pytest
import scipy  # noqa: F401  a library whose parts load when asked for
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from grading.judge.hostile import (
    ANYTHING,
    CALLBACKS,
    LOOSE,
    REPLIES,
    SECRET,
    Met,
    Traps,
    framed,
    heard,
    make_guard,
    reference,
    said,
    things,
)
from qlearn.errors import SubmissionError
from qlearn.grading.judge.connection import Answers
from qlearn.grading.judge.guard import StudentGoneError, UnjudgedError
from qlearn.grading.judge.objects import StudentClass, Unsuitable
from qlearn.grading.plan import Mode

MODES = st.sampled_from([Mode.DATA, Mode.PROXIES])
ASKS: dict[str, Callable[[Answers], Any]] = {
    "names": lambda answers: answers.names(["f", "x"]),
    "run": lambda answers: answers.run("x = 1"),
    "files": lambda answers: answers.files(),
}
PLAIN = (type(None), bool, int, float, complex, str, bytes, range, slice, type(...), Fraction, Decimal, FunctionType)
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def call(answers: Answers, mode: Mode) -> Any:
    """Call as a test would that hands over one of everything its mode allows."""
    given = things() if mode is Mode.PROXIES else things()[:4]
    return answers.do("call", _Function(), *given)


class _Function:
    _qlearn_student_number = 0


def strangers(value: Any, seen: set[int] | None = None) -> Iterator[str]:
    """Find what is neither plain data nor a stand-in."""
    seen = set() if seen is None else seen
    if id(value) in seen:
        return
    seen.add(id(value))
    kind = type(value)
    if kind in (list, tuple, set, frozenset):
        for part in value:
            yield from strangers(part, seen)
    elif kind is dict:
        for part in (*value, *value.values()):
            yield from strangers(part, seen)
    elif isinstance(value, ModuleType):
        if value.__name__ != "trap" and sys.modules.get(value.__name__) is not value:
            yield value.__name__
    elif not (
        kind in (*PLAIN, np.ndarray, Unsuitable)
        or isinstance(kind, StudentClass)
        or isinstance(value, (StudentClass, np.generic, Exception, SystemExit))
        or value is dataclasses._FIELD  # type: ignore[attr-defined]
        or "_qlearn_student_number" in vars(kind)
        or (isinstance(value, type) and value.__module__ in ("builtins", "trap", "numpy"))
        or kind.__name__ in ("_Shown", "generator", "Generator", "Qobj")  # the test's own, handed back
        or (isinstance(value, type) and issubclass(value, Exception))
    ):
        yield repr(kind)


def check(met: Met) -> None:
    error = met.error
    if error is None:
        assert list(strangers(met.value)) == []
    elif isinstance(error, UnjudgedError):
        assert met.guard.unjudged
    elif isinstance(error, StudentGoneError):
        assert met.guard.gone in ("died", "time", "nonsense")
    else:
        assert id(error) in met.guard.raised_by_student, f"the judge itself failed: {error!r}"
        assert isinstance(error, (Exception, SystemExit))
    assert SECRET.encode() not in met.sent


def judged(raw: bytes, ask: Callable[[Answers], Any], mode: Mode, **more: Any) -> Met:
    traps = Traps()
    with pytest.MonkeyPatch.context() as patch, traps.set(patch):
        started = time.monotonic()
        met = said(raw, ask, mode, **more)
        seconds = time.monotonic() - started
    assert traps.sprung == []
    assert seconds < 5
    check(met)
    return met


@given(REPLIES["do"], MODES, st.booleans())
@example(("returned", False, 1, None, [], [], {1: {}}), Mode.DATA, True)
@example(("returned", True, reference("based", 0, "x", range(3)), None, [], [], {}), Mode.PROXIES, True)
@example(
    (
        "returned",
        True,
        reference("object", 0, reference("class", 1, "lazy", "trap", (), (), ""), True),
        None,
        [],
        [],
        {},
    ),
    Mode.PROXIES,
    True,
)
@example(
    (
        "raised",
        True,
        reference(
            "exception",
            0,
            reference("class", 1, "lazy", "trap", (reference("builtin class", "KeyError"),), (), ""),
            (),
            "",
        ),
        None,
        [],
        [],
        {},
    ),
    Mode.DATA,
    True,
)
@example(
    (
        "raised",
        True,
        reference(
            "exception",
            0,
            reference("class", 1, "TrapError", "trap", (reference("builtin class", "KeyError"),), (), ""),
            (),
            "",
        ),
        None,
        [],
        [],
        {},
    ),
    Mode.DATA,
    True,
)
@example(
    (
        "returned",
        True,
        reference("object", 0, reference("class", 1, "datasets", "scipy", (), (), ""), True),
        None,
        [],
        [],
        {},
    ),
    Mode.PROXIES,
    True,
)
@FUZZ
def test_any_reply_to_a_call_ends_well(reply: Any, mode: Mode, in_place: bool) -> None:
    judged(framed(reply), lambda answers: call(answers, mode), mode, in_place=in_place)


@given(st.sampled_from(sorted(ASKS)).flatmap(lambda kind: st.tuples(st.just(kind), REPLIES[kind])), MODES)
@FUZZ
def test_any_reply_to_other_requests_ends_well(asked: tuple[str, Any], mode: Mode) -> None:
    kind, reply = asked
    judged(framed(reply), ASKS[kind], mode)


@given(st.lists(CALLBACKS, max_size=5), st.one_of(LOOSE, *REPLIES.values()), MODES)
@example(
    [("callback", "getattr", 2, False, (("gi_frame",), {})), ("callback", "getattr", 3, False, (("f_locals",), {}))],
    ("nothing",),
    Mode.PROXIES,
)
@example(
    [("callback", "getattr", 2, False, (("gi_frame",), {})), ("callback", "getattr", 3, False, (("f_globals",), {}))],
    ("nothing",),
    Mode.PROXIES,
)
@example(
    [("callback", "getattr", 2, False, (("_hidden",), {})), ("callback", "getattr", 2, False, (("__dict__",), {}))],
    ("nothing",),
    Mode.PROXIES,
)
@FUZZ
def test_any_callbacks_end_well_and_show_nothing_private(callbacks: list[Any], reply: Any, mode: Mode) -> None:
    messages = [framed(message) for message in (*callbacks, reply)]
    judged(b"".join(messages), lambda answers: call(answers, mode), mode)


@given(ANYTHING, MODES)
@FUZZ
def test_any_message_of_plain_data_ends_well(message: Any, mode: Mode) -> None:
    judged(framed(message), lambda answers: call(answers, mode), mode)


@given(REPLIES["do"], st.data(), MODES)
@FUZZ
def test_a_message_cut_short_or_damaged_ends_well(reply: Any, data: st.DataObject, mode: Mode) -> None:
    raw = bytearray(framed(reply))
    for _ in range(data.draw(st.integers(0, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    judged(bytes(raw[: data.draw(st.integers(0, len(raw)))]), lambda answers: call(answers, mode), mode)


@given(st.binary(max_size=60), MODES)
@settings(max_examples=50, deadline=None)
def test_bytes_that_are_no_message_end_well(raw: bytes, mode: Mode) -> None:
    judged(raw, lambda answers: call(answers, mode), mode)


def deep_class(depth: int) -> Any:
    kind: Any = reference("builtin class", "KeyError")
    for number in range(depth):
        kind = reference("class", number, f"C{number}", "__main__", (kind,), (), "")
    return kind


@pytest.mark.parametrize("mode", [Mode.DATA, Mode.PROXIES])
@pytest.mark.parametrize("depth", [5, 20, 30])
def test_deep_bases_end_well(depth: int, mode: Mode) -> None:
    for value in (deep_class(depth), reference("exception", 99, deep_class(depth), (), "")):
        for kind in ("returned", "raised"):
            judged(framed((kind, True, value, None, [], [], {})), lambda answers: call(answers, mode), mode)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 500,
        "(x=" + "-" * 5000 + "1)",
        "(x=" + "(" * 80 + ")" * 80 + ")",
        "():\n import os",
        "(x=" + "a." * 3000 + "b)",
    ],
)
def test_a_signature_of_any_depth_ends_well(text: str) -> None:
    value = reference("callable", 1, "f", text, "", True, False)
    judged(framed(("returned", True, value, None, [], [], {})), lambda answers: call(answers, Mode.DATA), Mode.DATA)


@pytest.mark.parametrize("text", ["1e999999999", "9" * 2000, "sNaN", "0x1", "1_0", "", "Infinity"])
def test_a_decimal_of_any_text_ends_well(text: str) -> None:
    value = reference("decimal", text)
    judged(framed(("returned", True, value, None, [], [], {})), lambda answers: call(answers, Mode.DATA), Mode.DATA)


def test_names_that_were_not_asked_for_do_not_come_in() -> None:
    reply = ("names", False, {"f": 1, "x": 2, "abs": 3, "isinstance": 4, "expected": 5})
    assert judged(framed(reply), ASKS["names"], Mode.DATA).value == {"f": 1, "x": 2}


@pytest.mark.parametrize("kind", ["StopIteration", "StopAsyncIteration", "GeneratorExit"])
def test_no_exception_of_a_call_ends_a_loop_of_the_tests(kind: str) -> None:
    error = reference("exception", 1, reference("builtin class", kind), (), "")
    reply = framed(("raised", True, error, None, [], [], {}))
    met = judged(reply, lambda answers: list(map(partial(call, answers), [Mode.DATA])), Mode.DATA)
    assert met.error is not None


@pytest.mark.parametrize(
    ("module", "name"),
    [("unittest.case", "SkipTest"), ("qlearn.errors", "HostError"), ("qlearn.errors", "SubmissionError")],
)
def test_no_exception_of_a_library_that_steers_tests_is_rebuilt(module: str, name: str) -> None:
    kind = reference("class", 1, name, module, (reference("builtin class", "Exception"),), (), "")
    reply = framed(("raised", True, reference("exception", 2, kind, (), ""), None, [], [], {}))
    met = judged(reply, lambda answers: call(answers, Mode.DATA), Mode.DATA)
    assert type(met.error) is not getattr(sys.modules[module], name)


@pytest.mark.parametrize("name", ["seed", "setstate", "random", "bit_generator", "getstate"])
def test_generators_are_not_used_from_the_other_side(name: str) -> None:
    import random

    rng = random.Random(1)  # noqa: S311  what a test hands over
    before = rng.getstate()
    asked = framed(("callback", "getattr", 0, False, ((name,), {})))
    called = framed(("callback", "call", 1, False, ((5,), {})))
    done = framed(("returned", False, 1, None, [], [], {}))
    judged(asked + called + done, lambda answers: answers.do("call", _Function(), rng), Mode.DATA)
    assert rng.getstate() == before


def test_a_callback_is_called_and_nothing_else() -> None:
    from unittest.mock import Mock

    mock = Mock(return_value=None)
    asked = framed(("callback", "getattr", 0, False, (("configure_mock",), {})))
    called = framed(("callback", "call", 1, False, ((), {"assert_called_once_with": 1})))
    done = framed(("returned", False, 1, None, [], [], {}))
    judged(asked + called + done, lambda answers: answers.do("call", _Function(), mock), Mode.DATA)
    with pytest.raises(AssertionError):
        mock.assert_called_once_with(3)


def test_a_public_attribute_is_shown_and_a_method_called() -> None:
    asked = [("callback", "getattr", 2, False, (("shown",), {})), ("callback", "getattr", 2, False, (("method",), {}))]
    called = ("callback", "call", 3, False, (("given back",), {}))
    messages = (*asked, called, ("returned", False, 1, None, [], [], {}))
    met = judged(b"".join(map(framed, messages)), lambda answers: call(answers, Mode.PROXIES), Mode.PROXIES)
    assert met.value == 1
    assert b"given back" in met.sent


def _numbers() -> Iterator[int]:
    hidden = SECRET
    yield len(hidden)


@pytest.mark.parametrize("mode", [Mode.DATA, Mode.PROXIES])
def test_objects_that_lead_to_frames_and_files_are_not_handed_over(mode: Mode, tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("w") as file:
        for value in (_numbers(), file, sys._getframe(), memoryview(b"ab")):
            reply = framed(("returned", False, 1, None, [], [], {}))
            met = judged(reply, lambda answers, value=value: answers.do("call", _Function(), value), mode)  # type: ignore[misc]
            assert "the test hands over a" in met.guard.unjudged


def live(answer: Callable[[socket.socket], None], ask: Callable[[Answers], Any], seconds: float) -> tuple[str, float]:
    """Let a thread play the student's process; tell why it was given up, and after how long."""
    ours, theirs = socket.socketpair()
    guard = make_guard(Mode.DATA)
    answers = Answers(ours.fileno(), guard, seconds, lambda _: ("", 0), {}, lambda _: None)
    thread = threading.Thread(target=answer, args=(theirs,))
    thread.start()
    started = time.monotonic()
    try:
        with pytest.raises(StudentGoneError):
            ask(answers)
        return guard.gone, time.monotonic() - started
    finally:
        ours.close()
        thread.join(5)
        theirs.close()
        assert not thread.is_alive()


def silent(theirs: socket.socket) -> None:
    del theirs


def dripping(theirs: socket.socket) -> None:
    raw = framed(("returned", False, 1, None, [], [], {}))
    with _Quiet():
        for byte in raw:
            theirs.send(bytes([byte]))
            time.sleep(0.05)


def calling_back_for_ever(theirs: socket.socket) -> None:
    raw = framed(("callback", "call", 0, False, ((1,), {})))
    theirs.settimeout(2)
    with _Quiet():
        while True:
            heard(theirs, time.monotonic() + 2)
            theirs.sendall(raw)


def calling_back_without_reading(theirs: socket.socket) -> None:
    raw = framed(("callback", "call", 0, False, (("y" * 5000,), {})))
    theirs.settimeout(2)
    with _Quiet():
        while True:
            theirs.sendall(raw)


class _Quiet:
    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: object) -> bool:
        return isinstance(error, (OSError, SubmissionError))


@pytest.mark.parametrize("answer", [silent, dripping, calling_back_for_ever, calling_back_without_reading])
def test_a_process_that_gives_no_answer_is_given_up_at_the_deadline(answer: Callable[[socket.socket], None]) -> None:
    why, seconds = live(answer, lambda answers: answers.do("call", _Function(), lambda value: value), 0.4)
    assert why == "time"
    assert 0.3 < seconds < 2


def test_a_process_that_does_not_read_is_given_up_at_the_deadline() -> None:
    why, seconds = live(silent, lambda answers: answers.do("call", _Function(), np.zeros(10**6)), 0.4)
    assert why == "time"
    assert seconds < 2
