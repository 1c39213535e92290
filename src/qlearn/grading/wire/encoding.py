"""From a value to a message: by exact type, and past the methods a subclass overrides.

Both sides encode: the judge its arguments, the student's process its results. What the latter sends is only a claim,
so nothing here guards the judge; it keeps an honest student's odd types from giving odd data.
"""

from __future__ import annotations

import math
import operator
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from qlearn.errors import SubmissionError
from qlearn.grading.wire.arrays import SCALAR_TYPES, Array, put_array
from qlearn.grading.wire.exceptions import put_exception, type_name
from qlearn.grading.wire.quantum import put_qobj
from qlearn.grading.wire.tokens import DEFAULT_LIMITS, Buffer, Limits, TokenWriter, refuse

_ALLOWED = "numbers, text, bytes, containers, arrays, Qobjs and exceptions can be sent"


def encode(value: object, *, limits: Limits = DEFAULT_LIMITS, convert: bool = True) -> tuple[bytes, list[Buffer]]:
    """Return a value as a JSON header and raw frames.

    Large arrays are not copied: a frame shows the array's memory until it is written.

    Parameters
    ----------
    value
        None, numbers, text, bytes, list, tuple, dict, set, frozenset, range, slice, Ellipsis, numpy arrays and
        scalars without objects, `qutip.Qobj`, exceptions, and any nesting of them.
    limits
        What the message may cost.
    convert
        Whether an instance of a subclass (a named tuple, an enumeration's number, `numpy.matrix`) is sent as its plain
        base. It loses its own methods, so a judge that needs these should ask for a refusal instead.

    Raises
    ------
    SubmissionError
        If the value is of another type, contains itself or exceeds a limit; names the type.
    """
    try:
        encoder = _Encoder(limits, convert=convert)
        encoder.write(value)
        return encoder.finish()
    except SubmissionError:
        raise
    except Exception as error:  # a student's type may raise anything
        message = f"a value of type {type_name(type(value))} cannot be sent ({type_name(type(error))}); {_ALLOWED}"
        raise SubmissionError(message) from error


class _Encoder(TokenWriter):
    """Walks through a value; remembers the containers it is inside of, and those it has written."""

    def __init__(self, limits: Limits, *, convert: bool) -> None:
        super().__init__(limits)
        self._convert = convert
        self._most_values = limits.values
        self._open: set[int] = set()
        self._written: dict[int, tuple[int, int, int, int]] = {}
        self._kept: list[object] = []  # keeps ids of converted parts from being used again

    def write(self, value: object) -> None:
        """Append one value."""
        self.values += 1  # `spend` itself is too slow for each number of a long list
        if self.values > self._most_values:
            self.spend()
        writer = _BY_TYPE.get(type(value))
        if writer is None:
            writer = self._of_base(type(value))
        writer(self, value)

    def _of_base(self, kind: type) -> Callable[[_Encoder, Any], None]:
        if "qutip" in sys.modules and kind is sys.modules["qutip"].Qobj:  # without it no value can be a Qobj
            return _Encoder._qobj
        bases = type.__dict__["__mro__"].__get__(kind)
        if BaseException in bases:
            return _Encoder._exception
        if "qutip" in sys.modules and sys.modules["qutip"].Qobj in bases:
            if not self._convert:
                refuse(f"it is or holds a {type_name(kind)}, not a plain Qobj", _ALLOWED)
            return _Encoder._qobj
        base = next((base for base in bases if base in _BY_TYPE), None)
        plain = base is not None and (base not in SCALAR_TYPES or kind is np.record)
        # A masked array's mask and OrderedDict's order are more than methods; the latter has its own writer.
        if not plain or base is None or np.ma.MaskedArray in bases:
            refuse(f"it is or holds a {type_name(kind)}", _ALLOWED)
        if not self._convert:
            refuse(f"it is or holds a {type_name(kind)}, not a plain {type_name(base)}", _ALLOWED)
        return _BY_TYPE[base]

    def _none(self, _: None) -> None:
        self.written.append("null")

    def _bool(self, value: bool) -> None:
        self.written.append("true" if value else "false")

    def _integer(self, value: int) -> None:
        number = int.__index__(value)
        if -(2**63) <= number < 2**63:
            self.written.append(str(number))
        else:
            self.put("int", f"'{number:x}")

    def _float(self, value: float) -> None:
        number = float.__float__(value)
        if math.isfinite(number):
            self.written.append(repr(number))
        else:
            self.put("float", f"'{number!r}")

    def _complex(self, value: complex) -> None:
        self.put("complex")
        self._float(complex.__dict__["real"].__get__(value))
        self._float(complex.__dict__["imag"].__get__(value))

    def text(self, text: str) -> None:
        """Append text without a subclass's methods."""
        super().text(str.__str__(text))

    def _bytes(self, value: bytes) -> None:
        self.put("bytes")
        self.raw(bytes.__getitem__(value, slice(None)))

    def _range(self, value: range) -> None:
        self.put("range")
        for number in (value.start, value.stop, value.step):
            self._integer(number)

    def _slice(self, value: slice) -> None:
        self._container("slice", value, 3, (value.start, value.stop, value.step))

    def _ellipsis(self, _: object) -> None:
        self.put("...")

    def _tuple(self, value: tuple[object, ...]) -> None:
        self._container("tuple", value, tuple.__len__(value), tuple.__iter__(value))

    def _frozenset(self, value: frozenset[object]) -> None:
        self.spend(keys=frozenset.__len__(value))
        self._container("frozenset", value, frozenset.__len__(value), frozenset.__iter__(value))

    def _list(self, value: list[object]) -> None:
        self._shared(value, lambda: self._container("list", value, list.__len__(value), list.__iter__(value)))

    def _set(self, value: set[object]) -> None:
        self.spend(keys=set.__len__(value))
        self._shared(value, lambda: self._container("set", value, set.__len__(value), set.__iter__(value)))

    def _dict(self, value: dict[object, object]) -> None:
        self._pairs(value, dict.items(value))

    def _ordered_dict(self, value: OrderedDict[object, object]) -> None:
        if not self._convert:
            refuse("it is or holds an OrderedDict, not a plain dict", _ALLOWED)
        self._pairs(value, OrderedDict.items(value))

    def _pairs(self, value: dict[object, object], items: Iterable[tuple[object, object]]) -> None:
        count = dict.__len__(value)
        self.spend(keys=count)
        flat = (part for pair in items for part in pair)
        self._shared(value, lambda: self._container("dict", value, count, flat))

    def _array(self, value: Array) -> None:
        def put() -> None:
            self.put("array")
            put_array(self, np.ndarray.view(value, np.ndarray))

        self._shared(value, put)

    def _scalar(self, value: np.generic) -> None:
        self.put("scalar")
        put_array(self, np.ndarray.view(np.asarray(value), np.ndarray))

    def _numpy_text(self, value: np.str_) -> None:  # as an array it would lose characters 0 at its end
        self.put("numpy str")
        self.text(value)

    def _numpy_bytes(self, value: np.bytes_) -> None:
        self.put("numpy bytes")
        self.raw(bytes.__getitem__(value, slice(None)))

    def _qobj(self, value: object) -> None:
        self._shared(value, lambda: put_qobj(self, value))

    def _exception(self, value: BaseException) -> None:
        arguments = put_exception(self, value)
        self.write(arguments)

    def _shared(self, value: object, put: Callable[[], None]) -> None:
        """Write a changeable value, or the number under which it was written before."""
        earlier = self._written.get(id(value))
        if earlier is not None:
            number, values, raw_bytes, keys = earlier
            self.spend(values=values, raw_bytes=raw_bytes, keys=keys)
            self.put("again", number)
            return
        before = (self.values, self.raw_bytes, self.keys)
        put()
        spent = (self.values - before[0], self.raw_bytes - before[1], self.keys - before[2])
        self._kept.append(value)
        self._written[id(value)] = (len(self._kept) - 1, *spent)

    def _container(self, tag: str, value: object, count: int, parts: Iterable[object]) -> None:
        if id(value) in self._open:
            refuse(f"a {tag} contains itself", "values without cycles can be sent")
        if len(self._open) >= self.limits.depth:
            refuse("its containers are nested too deeply", f"at most {self.limits.depth} levels can be sent")
        self._open.add(id(value))
        self.written.append(f'"{tag}",{operator.index(count)}')
        for part in parts:
            self.write(part)
        self._open.discard(id(value))


_BY_TYPE: dict[type, Callable[[_Encoder, Any], None]] = {
    type(None): _Encoder._none, bool: _Encoder._bool, int: _Encoder._integer, float: _Encoder._float,
    complex: _Encoder._complex, str: _Encoder.text, bytes: _Encoder._bytes, range: _Encoder._range,
    slice: _Encoder._slice, type(...): _Encoder._ellipsis, tuple: _Encoder._tuple, frozenset: _Encoder._frozenset,
    list: _Encoder._list, dict: _Encoder._dict, set: _Encoder._set, OrderedDict: _Encoder._ordered_dict,
    np.ndarray: _Encoder._array, **dict.fromkeys(SCALAR_TYPES, _Encoder._scalar), np.str_: _Encoder._numpy_text,
    np.bytes_: _Encoder._numpy_bytes,
}  # fmt: skip
