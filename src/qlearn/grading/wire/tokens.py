"""The flat header of a message and the raw bytes beside it: written by one side, read with suspicion by the other.

The header is one JSON array without any nesting, in prefix order: a tag is followed by what belongs to it. A flat
header cannot overflow the parser's stack and costs at most about twelve times its own length in memory. Raw data is
read strictly in order, short pieces from the first frame (the pool) and long ones from a frame each, so no index or
offset exists that could lie.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii
from typing import Any, NoReturn

from qlearn.errors import SubmissionError

VERSION = 1
POOLED_BYTES = 4096  # shorter pieces share the first frame: a list of small arrays stays one write
SHORT_TEXT = 256  # longer text travels raw

Token = None | bool | int | float | str
Buffer = bytes | bytearray | memoryview
_SURROGATE = re.compile("[\ud800-\udfff]")
_STRUCTURE = {ord(character): f"\\u{ord(character):04x}" for character in "[]{}"}
_STRUCTURAL = re.compile(r"[\[\]{}]")


def quoted(text: str) -> str:
    """Write text for the header; brackets are escaped, so that those around the whole array are the only ones."""
    written = encode_basestring_ascii(text)
    return written.translate(_STRUCTURE) if _STRUCTURAL.search(written) else written


_AS_JSON: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "null",
    bool: lambda value: "true" if value else "false",
    int: int.__repr__,
    float: float.__repr__,
    str: quoted,
}


@dataclass(frozen=True)
class Limits:
    """What one message may cost; both sides apply them.

    A decoded message takes at most about 12 times `header_bytes` and 5 times `frame_bytes` of memory (the worst case
    is text of astral characters; arrays take 2 times).

    Parameters
    ----------
    header_bytes, frame_bytes
        Length of the header, and of all raw data together, shared parts counted each time they occur.
    frames
        Number of raw frames.
    values
        Number of values, shared parts counted each time they occur: this bounds the work of walking through them.
    keys
        Dictionary keys and set members in all.
    depth
        Nesting of containers.
    qobj_elements
        Rows times columns of one Qobj, sparse or not, since a test may ask for its full matrix.
    """

    header_bytes: int = 8 * 2**20
    frame_bytes: int = 256 * 2**20
    frames: int = 10_000
    values: int = 1_000_000
    keys: int = 200_000
    depth: int = 100
    qobj_elements: int = 2**24


DEFAULT_LIMITS = Limits()


def refuse(what: str, allowed: str) -> NoReturn:
    """Raise the one error of this package: what arrived, what is allowed."""
    message = f"the value cannot cross between student and judge: {what}; {allowed}"
    raise SubmissionError(message)


class Budget:
    """Counts values, raw bytes and keys of one message against its limits, with shared parts counted each time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.values = 0
        self.raw_bytes = 0
        self.keys = 0

    def spend(self, *, values: int = 0, raw_bytes: int = 0, keys: int = 0) -> None:
        """Count, and refuse what exceeds a limit."""
        self.values += values
        self.raw_bytes += raw_bytes
        self.keys += keys
        if self.values > self.limits.values:
            refuse("it holds too many values", f"at most {self.limits.values} may be sent at once")
        if self.raw_bytes > self.limits.frame_bytes:
            refuse("it holds too much data", f"at most {self.limits.frame_bytes} bytes may be sent at once")
        if self.keys > self.limits.keys:
            refuse("it holds too many keys", f"at most {self.limits.keys} keys and set members may be sent at once")


class TokenWriter(Budget):
    """Collects the header's tokens and the raw pieces."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.written: list[str] = [str(VERSION)]
        """The header's tokens, each in JSON: writing them one by one costs less than an encoder for each message."""
        self._pool = bytearray()
        self._frames: list[Buffer] = []

    def put(self, *tokens: Token) -> None:
        """Append tokens: tags and numbers."""
        self.written.extend([_AS_JSON[type(token)](token) for token in tokens])

    def text(self, text: str) -> None:
        """Append text: in the header if short, else raw. JSON would merge two lone surrogates, so these go raw."""
        if len(text) <= SHORT_TEXT and (text.isascii() or not _SURROGATE.search(text)):
            self.written.append(quoted("'" + text))
        else:
            self.written.append('"str"')
            self.raw(text.encode("utf-8", "surrogatepass"))

    def raw(self, piece: Buffer) -> None:
        """Append raw bytes, preceded by their number."""
        length = len(piece)
        self.spend(raw_bytes=length)
        self.written.append(str(length))
        if length < POOLED_BYTES:
            self._pool += piece
        else:
            self._frames.append(piece)
            if len(self._frames) >= self.limits.frames:
                refuse("it holds too many large pieces", f"at most {self.limits.frames} may be sent at once")

    def finish(self) -> tuple[bytes, list[Buffer]]:
        """Return the header and the frames, the pool first."""
        header = f"[{','.join(self.written)}]".encode("ascii")
        if len(header) > self.limits.header_bytes:
            refuse("its description is too long", f"at most {self.limits.header_bytes} bytes may be sent at once")
        return header, [self._pool, *self._frames]


def _json_integer(digits: str) -> int:
    if len(digits) > 20:  # long ones are quadratic work in decimal and travel as hexadecimal text
        refuse("a number in the header is too long", "at most 20 digits are allowed there")
    return int(digits)


def _json_float(digits: str) -> float:
    number = float(digits) if len(digits) <= 40 else math.inf
    if not math.isfinite(number):
        refuse("a number in the header is out of range", "finite numbers are allowed there")
    return number


def _json_constant(name: str) -> NoReturn:
    refuse(f"the header holds {name}", "finite numbers are allowed there")


class TokenReader(Budget):
    """Hands out tokens and raw pieces one after the other, each checked for its type."""

    def __init__(self, header: Buffer, frames: Sequence[Buffer], limits: Limits) -> None:
        super().__init__(limits)
        if len(header) > limits.header_bytes:
            refuse("the header is too long", f"at most {limits.header_bytes} bytes are allowed")
        if not 1 <= len(frames) <= limits.frames or sum(map(len, frames)) > limits.frame_bytes:
            refuse("the frames are too many or too long", f"at most {limits.frame_bytes} bytes are allowed")
        self._tokens = _parse(bytes(header))
        self._position = 0
        self._pool = memoryview(frames[0])
        self._frames = frames
        self._next_frame = 1
        if self.integer() != VERSION:
            refuse("it is of another version", f"version {VERSION} is allowed")

    def take(self) -> Token:
        """Return the next token of any type."""
        try:
            token = self._tokens[self._position]
        except IndexError:
            refuse("the header ends too early", "a whole value is needed")
        self._position += 1
        return token

    def integer(self, least: int = 0, most: int = 2**63 - 1) -> int:
        """Return the next token, an integer from `least` to `most`."""
        token = self.take()
        if type(token) is not int or not least <= token <= most:
            refuse("the header has a wrong number", f"an integer from {least} to {most} is needed")
        return token

    def tag(self) -> str:
        """Return the next token, a string."""
        token = self.take()
        if type(token) is not str:
            refuse("the header has a wrong entry", "a name is needed")
        return token

    def text(self) -> str:
        """Return text, as `TokenWriter.text` wrote it."""
        tag = self.tag()
        if tag == "str":
            return str(self.raw(), "utf-8", "surrogatepass")
        if not tag.startswith("'"):
            refuse("the header has a wrong entry", "text is needed")
        return tag[1:]

    def raw(self, expected: int | None = None) -> memoryview:
        """Return the next raw piece; its length must be `expected` if that is given."""
        length = self.integer()
        if expected is not None and length != expected:
            refuse("raw data has a length that does not fit its description", f"{expected} bytes are needed")
        self.spend(raw_bytes=length)
        if length < POOLED_BYTES:
            piece, self._pool = self._pool[:length], self._pool[length:]
        else:
            if self._next_frame >= len(self._frames):
                refuse("a frame is missing", "one frame for each long piece is needed")
            piece = memoryview(self._frames[self._next_frame])
            self._next_frame += 1
        if len(piece) != length:
            refuse("a frame has a wrong length", f"{length} bytes are needed")
        return piece

    def finish(self) -> None:
        """Refuse what nobody asked for."""
        if self._position != len(self._tokens) or len(self._pool) or self._next_frame != len(self._frames):
            refuse("there is more than one value", "exactly one is allowed")


def _parse(header: bytes) -> list[Token]:
    flat = header.count(b"[") == header.count(b"]") == 1 and not header.count(b"{") and not header.count(b"}")
    if not (flat and header.startswith(b"[") and header.endswith(b"]") and header.isascii()):
        refuse("the header is nested or not ASCII", "one flat JSON array is needed")
    coder = _CAREFUL_DECODER if _LONG_NUMBER.search(header) else _DECODER
    tokens: list[Token] = coder.decode(header.decode("ascii"))
    return tokens


# Made once: making one takes as long as reading a short header.
_LONG_NUMBER = re.compile(rb"\d{21}|[eE]\+?\d{3}")
"""What a number that is too long or out of range looks like; without it each number needs no look of its own."""
_DECODER = json.JSONDecoder(parse_constant=_json_constant)
_CAREFUL_DECODER = json.JSONDecoder(parse_int=_json_integer, parse_float=_json_float, parse_constant=_json_constant)
