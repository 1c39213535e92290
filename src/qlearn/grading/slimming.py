"""Take the outputs out of a notebook's JSON while it is being read, so that no output can fill the memory.

What a student's cells showed is never graded, and one endless `print` makes it hundreds of megabytes. The text is cut
in pieces of any size: strings and numbers pass at the speed of a regular expression, and only the brackets inside
outputs cost a step in Python, of which there is a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["TooManyBracketsError", "without_outputs"]

MOST_BRACKETS = 4_000_000  # about two seconds; a million printed lines need a handful each at worst
_LOOK_AHEAD = 4096  # bytes kept back until it is clear whether they name outputs

_STRING_END: Any = re.compile(rb'(?:[^"\\]+|\\.)*+', re.DOTALL)
_KEY: Any = re.compile(rb'"outputs"\s*:\s*\[')
# Up to a key that names outputs, or may turn out to name them when more has been read, or to a string without an end.
_KEPT: Any = re.compile(
    rb'(?:[^"]+|"(?!outputs"\s*(?:\Z|:\s*(?:\[|\Z)))(?:[^"\\]+|\\.)*+")*+',
    re.DOTALL,
)
_DROPPED: Any = re.compile(rb'(?:[^"\[\]{}]+|"(?:[^"\\]+|\\.)*+")*+', re.DOTALL)


class TooManyBracketsError(ValueError):
    """The outputs are made to take long: no program shows values nested like that."""


def without_outputs(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give a notebook's JSON with every list called `outputs` emptied.

    Parameters
    ----------
    pieces
        The file's bytes in order, in UTF-8 or another encoding in which quotes, backslashes and brackets are ASCII
        and no part of another character (CP949 is one).

    Yields
    ------
    bytes
        What is left. Text that is no JSON passes unharmed or cut; the parser will find its fault.

    Raises
    ------
    TooManyBracketsError
        If the outputs hold millions of brackets.
    """
    cutter = _Cutter()
    for piece in pieces:
        yield from cutter.feed(piece)
    yield cutter.rest


class _Cutter:
    """Where we are in the text: inside a string or not, and `depth` brackets inside outputs (0 is outside)."""

    def __init__(self) -> None:
        self.rest = b""  # read, but not yet understood
        self._in_string = False
        self._depth = 0
        self._brackets = 0

    def feed(self, piece: bytes) -> Iterator[bytes]:
        text = self.rest + piece
        self.rest = b""
        at = 0
        while at < len(text):
            keep = self._depth == 0
            start = at
            at, understood = self._string(text, at) if self._in_string else self._step(text, at)
            if keep:
                yield text[start:at]
            if not understood:
                self.rest = text[at:]
                return

    def _string(self, text: bytes, at: int) -> tuple[int, bool]:
        """Go on to the end of a string that began earlier."""
        at = _STRING_END.match(text, at).end()
        if text[at : at + 1] == b'"':
            self._in_string = False
            return at + 1, True
        return at, False  # the end of the piece, or a backslash whose character is still to come

    def _step(self, text: bytes, at: int) -> tuple[int, bool]:
        return self._kept(text, at) if self._depth == 0 else self._dropped(text, at)

    def _kept(self, text: bytes, at: int) -> tuple[int, bool]:
        at = _KEPT.match(text, at).end()
        if key := _KEY.match(text, at):
            self._depth = 1
            return key.end(), True
        if at == len(text) or len(text) - at < _LOOK_AHEAD:
            return at, False
        self._in_string = True
        return at + 1, True

    def _dropped(self, text: bytes, at: int) -> tuple[int, bool]:
        at = _DROPPED.match(text, at).end()
        bracket = text[at : at + 1]
        if bracket == b"":
            return at, False
        if bracket == b'"':
            self._in_string = True
            return at + 1, True
        self._brackets += 1
        if self._brackets > MOST_BRACKETS:
            raise TooManyBracketsError
        self._depth += 1 if bracket in b"[{" else -1
        # The bracket that closes the outputs is kept: the key that opened them was.
        return (at if self._depth == 0 else at + 1), True
