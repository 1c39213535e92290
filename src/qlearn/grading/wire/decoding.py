"""From a message to a value; every tag, number and length in it is a stranger's claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np

from qlearn.errors import SubmissionError
from qlearn.grading.wire.arrays import Array, take_array
from qlearn.grading.wire.exceptions import rebuild_exception, take_exception
from qlearn.grading.wire.quantum import take_qobj
from qlearn.grading.wire.tokens import DEFAULT_LIMITS, Buffer, Limits, TokenReader, refuse

MOST_EQUAL_HASHES = 16  # keys made to collide turn a dict into quadratic work
_HEXADECIMAL = re.compile(r"-?[0-9a-f]+")
_SPECIAL_FLOATS = ("nan", "inf", "-inf")


def decode(header: Buffer, frames: Sequence[Buffer], limits: Limits = DEFAULT_LIMITS) -> Any:
    """Return the value of a message that `encode` made, as plain data that shares no memory with the frames.

    Parameters
    ----------
    header, frames
        What `encode` returned or `read_message` received; any bytes at all are safe here.
    limits
        What the message may cost.

    Raises
    ------
    SubmissionError
        If the message is not a valid one or exceeds a limit.
    """
    try:
        decoder = _Decoder(header, frames, limits)
        value = decoder.read()
        decoder.finish()
    except SubmissionError:
        raise
    except Exception as error:  # hostile bytes may reach any corner of numpy, json and qutip
        message = f"the student's process sent a message that is not valid ({type(error).__name__}); run it again"
        raise SubmissionError(message) from error
    return value


class _Decoder(TokenReader):
    """Reads one value; remembers the finished containers that a later part may name again."""

    def __init__(self, header: Buffer, frames: Sequence[Buffer], limits: Limits) -> None:
        super().__init__(header, frames, limits)
        self._depth = 0
        self._most_values = limits.values
        self._finished: list[tuple[object, int, int, int]] = []

    def read(self) -> Any:
        """Return the next value."""
        self.values += 1  # `spend` itself is too slow for each number of a long list
        if self.values > self._most_values:
            self.spend()
        token = self.take()
        if type(token) is not str:
            return token
        if token[:1] == "'":
            return token[1:]
        reader = _BY_TAG.get(token)
        if reader is None:
            refuse("the header has an unknown tag", "the codec's own tags are allowed")
        return reader(self)

    def _integer(self) -> int:
        digits = self.text()
        if not _HEXADECIMAL.fullmatch(digits):
            refuse("a long integer is not hexadecimal", "digits 0-9 and a-f are allowed")
        return int(digits, 16)

    def _float(self) -> float:
        name = self.text()
        if name not in _SPECIAL_FLOATS:
            refuse("a special float has an unknown name", "nan, inf and -inf are allowed")
        return float(name)

    def _of_type(self, kind: type) -> Any:
        value = self.read()
        if type(value) is not kind:
            refuse("a part has a wrong type", f"{kind.__name__} is needed")
        return value

    def _complex(self) -> complex:
        return complex(self._of_type(float), self._of_type(float))

    def _long_text(self) -> str:
        self._position -= 1
        return self.text()

    def _range(self) -> range:
        return range(self._of_type(int), self._of_type(int), self._of_type(int))

    def _slice(self) -> slice:
        parts = self._parts()
        if len(parts) != 3:
            refuse("a slice has a wrong number of parts", "three are needed")
        return slice(*parts)

    def _scalar(self) -> Any:
        array: Array = take_array(self)
        if array.ndim:
            refuse("a scalar has dimensions", "none are allowed")
        return array[()]

    def _exception(self) -> object:
        data, simple = take_exception(self)
        arguments = self._of_type(tuple)
        return rebuild_exception(data, arguments) if simple else data

    def _parts(self, each: int = 1) -> list[Any]:
        count = self.integer(0, self.limits.values) * each
        if self._depth >= self.limits.depth:
            refuse("its containers are nested too deeply", f"at most {self.limits.depth} levels are allowed")
        self._depth += 1
        parts = [self.read() for _ in range(count)]  # grows with what is there, not with the number claimed
        self._depth -= 1
        return parts

    def _members(self) -> set[Any]:
        members = self._parts()
        self._check_keys(members)
        return set(members)

    def _dict(self) -> dict[Any, Any]:
        parts = self._parts(each=2)
        self._check_keys(parts[::2])
        return dict(zip(parts[::2], parts[1::2], strict=True))

    def _check_keys(self, keys: list[Hashable]) -> None:
        """Refuse equal keys, and many with one hash. All keys are plain here, so no stranger's `__hash__` runs."""
        self.spend(keys=len(keys))
        hashes: dict[int, int] = {}
        for key in keys if len(keys) > MOST_EQUAL_HASHES else ():
            number = hash(key)
            hashes[number] = hashes.get(number, 0) + 1
            if hashes[number] > MOST_EQUAL_HASHES:
                refuse("many keys share one hash", f"at most {MOST_EQUAL_HASHES} are allowed")
        if len(set(keys)) != len(keys):
            refuse("a key occurs twice", "different keys are needed")

    def _shared(self, take: Callable[[], object]) -> object:
        before = (self.values, self.raw_bytes, self.keys)
        value = take()
        spent = (self.values - before[0], self.raw_bytes - before[1], self.keys - before[2])
        self._finished.append((value, *spent))
        return value

    def _again(self) -> object:
        number = self.integer()
        if number >= len(self._finished):
            refuse("a part refers to one that is not finished", "earlier parts are allowed")
        value, values, raw_bytes, keys = self._finished[number]
        self.spend(values=values, raw_bytes=raw_bytes, keys=keys)
        return value


_BY_TAG: dict[str, Callable[[_Decoder], Any]] = {
    "int": _Decoder._integer, "float": _Decoder._float, "complex": _Decoder._complex, "str": _Decoder._long_text,
    "bytes": lambda reader: bytes(reader.raw()), "range": _Decoder._range, "slice": _Decoder._slice,
    "...": lambda _: ..., "tuple": lambda reader: tuple(reader._parts()),
    "frozenset": lambda reader: frozenset(reader._members()),
    "list": lambda reader: reader._shared(reader._parts), "set": lambda reader: reader._shared(reader._members),
    "dict": lambda reader: reader._shared(reader._dict),
    "array": lambda reader: reader._shared(lambda: take_array(reader)), "scalar": _Decoder._scalar,
    "numpy str": lambda reader: np.str_(reader.text()), "numpy bytes": lambda reader: np.bytes_(bytes(reader.raw())),
    "qobj": lambda reader: reader._shared(lambda: take_qobj(reader)), "exception": _Decoder._exception,
    "again": _Decoder._again,
}  # fmt: skip
