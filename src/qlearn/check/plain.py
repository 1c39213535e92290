"""Turn what a student's code returns into plain numbers, or say kindly why that cannot be done.

Nothing later ever touches the student's own object. A class with an `__eq__` that always agrees, an array subclass
or a float that changes its mind is read once, here, and what is compared afterwards is a NumPy array of ours.
"""

from __future__ import annotations

import numbers
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from qlearn.check import sentences
from qlearn.check.failure import Failure


def fail(sentence: str, **fields: object) -> NoReturn:
    """Raise an AssertionError that says `sentence` with its fields filled in."""
    raise Failure(sentence.format(**fields))


def array(answer: object, *, what: str = "Your answer") -> NDArray[Any]:
    """Read a number, a list, a tuple or an array of numbers as a fresh NumPy array.

    Parameters
    ----------
    answer
        Anything; integers, floats, booleans and complex numbers are accepted, alone or nested in lists, tuples,
        ranges and arrays.
    what
        A noun phrase for the answer, which begins the message.

    Returns
    -------
    numpy.ndarray
        Of an integer, float or complex data type; booleans become 0 and 1. A single number has shape ().

    Raises
    ------
    AssertionError
        If it is None, text, a function, ragged, unordered, not a number, NaN or infinite; the message says which.
    """
    nested = _nested(answer, what)
    try:
        result = np.array(nested)
    except ValueError:
        fail(sentences.IS_RAGGED, what=what)
    if result.size == 0:
        result = result.astype(np.int64)
    if result.dtype == object:  # integers beyond 64 bits
        result = result.astype(np.float64)
    if not np.all(np.isfinite(result)):
        fail(sentences.HAS_NAN, what=what)
    return result


def real_array(answer: object, *, what: str = "Your answer") -> NDArray[Any]:
    """Read like `array`, and turn complex numbers without imaginary part into real ones.

    Raises
    ------
    AssertionError
        As `array`, and if an imaginary part is larger than rounding leaves behind.
    """
    result = array(answer, what=what)
    if not np.iscomplexobj(result):
        return result
    if np.any(np.abs(result.imag) > 1e-9 * (1 + np.abs(result.real))):
        fail(sentences.IS_COMPLEX, what=what, got=shown(result.ravel()[np.argmax(np.abs(result.imag))]))
    return np.ascontiguousarray(result.real)


def number(answer: object, *, what: str = "Your answer") -> float:
    """Read one real number; an array with a single entry counts as one.

    Raises
    ------
    AssertionError
        If it cannot be read as one real, finite number.
    """
    require_one(answer, what=what)
    result = real_array(answer, what=what)
    if result.size != 1:
        fail(sentences.NOT_ONE_NUMBER, what=what, got=result.size)
    return float(result.reshape(()))


def require_one(answer: object, *, what: str) -> None:
    """Fail where a function returned several values, of any kinds, in place of one number."""
    if isinstance(answer, tuple) and len(answer) != 1:
        fail(sentences.NOT_ONE_NUMBER, what=what, got=len(answer))


def fraction(answer: object, *, what: str = "Your answer") -> float:
    """Read one real number between 0 and 1; a rounding error beyond the ends is forgiven.

    Raises
    ------
    AssertionError
        If it cannot be read as one real number, or is smaller than 0 or larger than 1.
    """
    result = number(answer, what=what)
    if not -1e-9 <= result <= 1 + 1e-9:
        fail(sentences.NOT_A_FRACTION, what=what, got=shown(result))
    return result


def text(answer: object, *, what: str = "Your answer") -> str:
    """Read a short text as a plain `str`; a number is turned into its digits.

    Raises
    ------
    AssertionError
        If there is no answer yet.
    """
    if answer is None or answer is Ellipsis:
        fail(sentences.NOT_CHOSEN, what=what)
    if isinstance(answer, str):
        return str.__str__(answer)
    return repr(answer)


def shown(value: object) -> str:
    """Write a number the way a person would: six significant digits, no trailing zeros, integers as they are."""
    if isinstance(value, bool | np.bool_):
        return str(int(value))
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real):
        return f"{float(value):.6g}"
    if isinstance(value, numbers.Complex):
        return f"{complex(value):.6g}"
    return str(value)


def _nested(answer: object, what: str) -> Any:
    """Copy an answer into Python numbers in nested lists, or fail with the reason."""
    if answer is None or answer is Ellipsis:
        fail(sentences.NOT_ANSWERED, what=what)
    if isinstance(answer, str | bytes):
        fail(sentences.IS_TEXT, what=what, got=repr(answer)[:40])
    if isinstance(answer, np.ndarray):
        own = np.array(answer, subok=False)
        if own.dtype.kind in "buifc":
            return own.astype(np.int64) if own.dtype.kind == "b" else own
        return _nested(own.tolist(), what)
    if isinstance(answer, numbers.Number | np.generic):
        return _scalar(answer, what)
    if isinstance(answer, Sequence):
        return [_nested(item, what) for item in answer]
    if type(answer).__name__ == "Qobj":  # which can be called, too
        fail(sentences.IS_A_QUTIP_OBJECT, what=what)
    if callable(answer):
        fail(sentences.IS_A_FUNCTION, what=what)
    if isinstance(answer, Mapping | Set | Iterator):
        fail(sentences.IS_NO_SEQUENCE, what=what, kind=type(answer).__name__)
    fail(sentences.IS_NOT_A_NUMBER, what=what, kind=type(answer).__name__)


def _scalar(answer: Any, what: str) -> complex:
    """Read one number as a plain int, float or complex."""
    try:
        if isinstance(answer, numbers.Integral | np.bool_):
            return int(answer)
        if isinstance(answer, numbers.Complex) and not isinstance(answer, numbers.Real):
            return complex(answer)
        return float(answer)
    except (TypeError, ValueError, OverflowError):
        fail(sentences.IS_NOT_A_NUMBER, what=what, kind=type(answer).__name__)
