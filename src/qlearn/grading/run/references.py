"""Values that are not plain data travel as references: a kind and a few plain fields in the value's place.

Both sides use this: `pack` puts references into a value that the codec cannot carry whole, `unpack` puts back what
the receiving side makes of each. A reference is written as a slice with a marked first part, which no honest value
holds; the receiver looks for them only in a message that is said to hold some.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from qlearn.errors import SubmissionError

__all__ = ["Packed", "Reference", "pack", "unpack"]

_MARK = "qlearn reference "
_PLAIN = (type(None), bool, int, float, complex, str, bytes, range, slice, type(...))
_CONTAINERS = (list, tuple, dict, set, frozenset)
Describe = Callable[[object], "Reference | object"]
Packed = tuple[bool, Any]


@dataclass(frozen=True)
class Reference:
    """What stands for a value: a kind that both sides know, and plain data or further references."""

    kind: str
    fields: tuple[Any, ...] = ()


def pack(value: object, describe: Describe, known: Mapping[int, int] | None = None) -> Packed:
    """Replace what is not plain in a value; tell whether there was anything.

    Parameters
    ----------
    value
        Anything.
    describe
        Called with each part that is no plain container, number, text, array or Qobj; gives a `Reference` for it, or
        plain data to send in its place.
    known
        Numbers of containers by their `id`: inside the value each is replaced by its number as an "argument".
    """
    packer = _Packer(describe, known or {})
    packed = packer.pack(value)
    return packer.found, packed


def unpack(packed: Packed, resolve: Callable[[Reference], object]) -> Any:
    """Put back what `resolve` makes of each reference; shared lists and dicts stay shared.

    Raises
    ------
    SubmissionError
        If a reference is malformed.
    """
    found, value = packed
    return _Unpacker(resolve).unpack(value) if found else value


class _Packer:
    def __init__(self, describe: Describe, known: Mapping[int, int]) -> None:
        self._describe = describe
        self._known = known
        self._seen: dict[int, Any] = {}
        self._open: set[int] = set()
        self._kept: list[object] = []
        self.found = False

    def pack(self, value: object) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is np.ndarray and not value.dtype.hasobject:  # type: ignore[attr-defined]
            known = self._open and id(value) in self._known
            return self._argument(value) if known else value
        if kind in _CONTAINERS:
            return self._container(value, kind)
        if isinstance(value, np.generic) and kind.__module__ == "numpy" and kind is not np.object_:
            return value
        return self._leaf(value)

    def _argument(self, value: object) -> Any:
        self.found = True
        return slice(_MARK + "argument", (self._known[id(value)],), None)

    def _leaf(self, value: object) -> Any:
        described = self._describe(value)
        if not isinstance(described, Reference):
            return described if described is value else self.pack(described)
        self.found = True
        fields = tuple(self._field(part) for part in described.fields)
        return slice(_MARK + described.kind, fields, None)

    def _field(self, part: object) -> Any:
        if isinstance(part, Reference):
            return slice(_MARK + part.kind, tuple(self._field(field) for field in part.fields), None)
        if type(part) is tuple:
            return tuple(self._field(field) for field in part)
        return self.pack(part)

    def _container(self, value: Any, kind: type) -> Any:
        number = id(value)
        if number in self._known and self._open:
            return self._argument(value)
        if number in self._seen:
            return self._seen[number]
        if number in self._open:
            message = f"a {kind.__name__} contains itself"
            raise SubmissionError(message)
        keys = value if kind in (set, frozenset, dict) else ()
        if any(not _hashable_plain(key) for key in keys):
            return self._leaf(value)
        self._open.add(number)
        self._kept.append(value)
        packed: Any
        if kind is dict:
            packed = {key: self.pack(part) for key, part in value.items()}
        elif kind in (set, frozenset):
            packed = value
        else:
            packed = kind([self.pack(part) for part in value])
        self._open.discard(number)
        self._seen[number] = packed
        return packed


class _Unpacker:
    def __init__(self, resolve: Callable[[Reference], object]) -> None:
        self._resolve = resolve
        self._done: set[int] = set()

    def unpack(self, value: Any) -> Any:
        kind = type(value)
        if kind is slice and type(value.start) is str and value.start.startswith(_MARK):
            return self._resolve(self._reference(value))
        if kind is tuple:
            return tuple([self.unpack(part) for part in value])
        if kind in (list, dict) and id(value) not in self._done:
            self._done.add(id(value))
            for key, part in enumerate(value) if kind is list else list(value.items()):
                value[key] = self.unpack(part)
        return value

    def _reference(self, value: slice) -> Reference:
        fields = value.stop
        if type(fields) is not tuple:
            message = "a reference in the message has no fields; run the submission again"
            raise SubmissionError(message)
        return Reference(value.start.removeprefix(_MARK), tuple(self._field(part) for part in fields))

    def _field(self, part: Any) -> Any:
        if type(part) is slice and type(part.start) is str and part.start.startswith(_MARK):
            return self._reference(part)
        if type(part) is tuple:
            return tuple(self._field(field) for field in part)
        return self.unpack(part)


def _hashable_plain(key: object) -> bool:
    kind = type(key)
    if kind in (tuple, frozenset):
        return all(_hashable_plain(part) for part in key)  # type: ignore[attr-defined]
    return kind in _PLAIN or (isinstance(key, np.generic) and kind.__module__ == "numpy")
