"""Write down what a test asked of an answer's functions and what came back: for an appeal, in words a person reads.

Nothing of the student's runs for it: what came back is plain data by now, and a stand-in is named, not shown.
"""

from __future__ import annotations

import reprlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import FrameType
from typing import Any

from qlearn.grading.plan import HIDDEN_REGIONS

__all__ = ["CallNotes", "NotedCall", "hidden_lines"]

MOST_CALLS = 200
LONGEST = 300  # characters of one value

NotedCall = tuple[str, str, bool]
"""The call, what came back, and whether a hidden test made it."""


@dataclass
class CallNotes:
    """The calls of one test cell, as they are made."""

    namespace: Mapping[str, Any]
    hidden: frozenset[int]
    made: list[NotedCall]

    def note(self, name: str, arguments: Iterable[Any], named: Mapping[str, Any], kind: str, result: Any) -> None:
        """Write one call down."""
        if len(self.made) >= MOST_CALLS:
            return
        given = [_shown(value) for value in arguments] + [f"{key}={_shown(value)}" for key, value in named.items()]
        if kind == "gone":
            came_back = "nothing: the process ended, ran out of time, or gave what cannot be passed on"
        else:
            came_back = (
                f"raised {type(result).__name__}: {_shown_error(result)}" if kind == "raised" else _shown(result)
            )
        self.made.append((f"{name}({', '.join(given)})", came_back, self._is_hidden()))

    def _is_hidden(self) -> bool:
        """Whether a line of a hidden region is among those that lead to this call."""
        frames: list[FrameType] = []
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_globals is self.namespace:
                frames.append(frame)
            frame = frame.f_back
        # the outermost is the cell; a teacher's function of an earlier cell has a file of its own
        cell = frames[-1].f_code.co_filename if frames else ""
        return any(one.f_code.co_filename == cell and one.f_lineno in self.hidden for one in frames)


def hidden_lines(source: str) -> frozenset[int]:
    """Number the lines of a test cell, from 1, that only teachers may see."""
    lines: set[int] = set()
    closing = ""
    for number, line in enumerate(source.splitlines(), start=1):
        closing = closing or next((end for begin, end in HIDDEN_REGIONS if begin in line), "")
        if closing:
            lines.add(number)
        if closing and closing in line:
            closing = ""
    return frozenset(lines)


class _Short(reprlib.Repr):
    """Shortens long values, and shows no object that would answer for itself."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlist = self.maxtuple = self.maxset = self.maxfrozenset = self.maxdict = self.maxdeque = 24
        self.maxstring = self.maxother = self.maxlong = LONGEST

    def repr1(self, x: Any, level: int) -> str:
        if hasattr(type(x), "_qlearn_stand_in"):
            return f"<an object of the student's, {type(x).__name__}>"
        return super().repr1(x, level)


_SHORT = _Short()


def _shown(value: Any) -> str:
    try:
        text = " ".join(_SHORT.repr(value).split())
    except Exception as error:
        # a teacher's own object may fail to show itself, and the test goes on all the same
        return f"<a {type(value).__name__} that cannot be shown: {type(error).__name__}>"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


def _shown_error(error: Any) -> str:
    return _shown(error.args[0]).strip("'\"") if getattr(error, "args", ()) else ""
