"""Side effects of a student's call, repeated in the judge: what it printed, warned of, and drew at random."""

from __future__ import annotations

import random
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from qlearn.grading.judge.generators import move_global

__all__ = ["Seeds", "repeat_text", "repeat_warnings"]

_CATEGORIES = {
    kind.__name__: kind
    for kind in (
        Warning, UserWarning, DeprecationWarning, FutureWarning, RuntimeWarning, SyntaxWarning, ImportWarning,
        UnicodeWarning, BytesWarning, ResourceWarning, PendingDeprecationWarning,
    )
}  # fmt: skip


def repeat_text(printed: Any) -> None:
    """Print what a call printed, where the test can catch it."""
    for part in printed if type(printed) is list else ():
        if type(part) is tuple and len(part) == 2 and type(part[1]) is str:
            (sys.stderr if part[0] == "stderr" else sys.stdout).write(part[1])


def repeat_warnings(warned: Any) -> None:
    """Warn of what a call warned of, under the filters of the test."""
    for part in warned if type(warned) is list else ():
        if type(part) is tuple and len(part) == 2 and type(part[1]) is str:
            warnings.warn(part[1], _CATEGORIES.get(part[0], UserWarning), stacklevel=4)


class Seeds:
    """Passes the global random states on to calls in a test that seeds them, and takes them back as far as is safe."""

    def __init__(self) -> None:
        self._watching = False
        self._last: tuple[Any, Any] | None = None

    @contextmanager
    def watched(self, *, active: bool) -> Iterator[None]:
        """Watch the global states while a cell runs; each seeding counts as a change, also one to the same state."""
        self._watching, self._last = active, None
        before = random.seed, np.random.seed
        if active:
            self._last = _states()
            random.seed, np.random.seed = (self._noticing(function) for function in before)
        try:
            yield
        finally:
            random.seed, np.random.seed = before
            self._watching = False

    def to_send(self) -> tuple[Any, Any] | None:
        """Give the states if the test has changed them since the last call."""
        if not self._watching:
            return None
        now = _states()
        if self._last is not None and _same(now, self._last):
            return None
        self._last = now
        return now

    def follow(self, states: Any) -> None:
        """Take the states of the student's process over, if drawing can have led there."""
        if self._watching and states is not None:
            move_global(states)
            self._last = _states()

    def _noticing(self, function: Any) -> Any:
        def seed(*arguments: Any, **named: Any) -> None:
            function(*arguments, **named)
            self._last = None

        return seed


def _states() -> tuple[Any, Any]:
    return random.getstate(), np.random.get_state()  # noqa: NPY002


def _same(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    legacy = zip(one[1], other[1], strict=True)
    return one[0] == other[0] and all(np.array_equal(*pair) for pair in legacy)
