"""Checks of arguments, so that every physics function refuses bad input in the same words."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError

__all__ = ["bit_string", "bloch_vectors", "count", "in_range", "number", "probability", "real_vectors", "shapes_fit"]


def in_range(name: str, value: ArrayLike, low: float, high: float, *, unit: str = "") -> NDArray[np.float64]:
    """Return `value` as float64, each element finite and within ``[low, high]``.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : array_like
        Real number or array of any shape.
    low, high : float
        The allowed range, both ends included; either may be infinite.
    unit : str
        Unit of the range, for the message.

    Returns
    -------
    ndarray of float64
        The same shape as `value`; zero-dimensional for a number.

    Raises
    ------
    ParameterError
        When `value` is no real number, not finite, or outside the range.
    """
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError
    except (TypeError, ValueError):
        raise ParameterError(
            f"{name} is {_short(value)}; it must be a real number between {low:g} and {high:g}{_unit(unit)}"
        ) from None
    array = array.astype(np.float64)
    outside = ~((array >= low) & (array <= high) & np.isfinite(array))
    if outside.any():
        worst = float(array[outside].flat[0])
        raise ParameterError(f"{name} is {worst:g}; it must be between {low:g} and {high:g}{_unit(unit)}")
    return array


def probability(name: str, value: ArrayLike) -> NDArray[np.float64]:
    """Return `value` as float64, each element a probability; see `in_range`."""
    return in_range(name, value, 0.0, 1.0)


def number(name: str, value: ArrayLike, low: float, high: float, *, unit: str = "") -> float:
    """Return `value` as one float within ``[low, high]``; see `in_range` for the arguments.

    Raises
    ------
    ParameterError
        When `value` is an array, no real number, not finite, or outside the range.
    """
    array = in_range(name, value, low, high, unit=unit)
    if array.ndim:
        raise ParameterError(
            f"{name} has shape {array.shape}; it must be one number between {low:g} and {high:g}{_unit(unit)}"
        )
    return float(array)


def shapes_fit(**arguments: ArrayLike) -> None:
    """Refuse arguments whose shapes do not broadcast against each other.

    Parameters
    ----------
    **arguments : array_like
        The arguments by their names, numbers or arrays.

    Raises
    ------
    ParameterError
        When they do not fit.
    """
    shapes = {name: np.shape(value) for name, value in arguments.items()}
    try:
        np.broadcast_shapes(*shapes.values())
    except ValueError:
        given = " and ".join(f"{name} of shape {shape}" for name, shape in shapes.items() if shape)
        raise ParameterError(f"{given} do not fit; each must be one number or have the shape of the others") from None


def count(name: str, value: object, *, least: int = 0) -> int:
    """Return `value` as an int of at least `least`; 1e6 is taken as a million, 2.5 and True are refused.

    Raises
    ------
    ParameterError
        When `value` is not a whole number or is too small.
    """
    whole = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
    if not whole or not np.isfinite(value) or value != int(value) or value < least:  # type: ignore[call-overload, operator]
        raise ParameterError(f"{name} is {_short(value)}; it must be a whole number of at least {least}")
    return int(value)  # type: ignore[call-overload, no-any-return]


def bit_string(name: str, value: ArrayLike) -> NDArray[np.uint8]:
    """Return `value` as uint8 zeros and ones, shape (n,), n at least 1; booleans and 0.0 or 1.0 are taken too.

    Raises
    ------
    ParameterError
        When `value` is empty, not one-dimensional, or holds anything but zeros and ones.
    """
    bits = np.atleast_1d(in_range(name, value, 0.0, 1.0) if not _is_uint8(value) else np.asarray(value))
    if bits.ndim != 1 or bits.size == 0:
        raise ParameterError(f"{name} has shape {bits.shape}; a string of bits has one dimension and at least one bit")
    whole = bits.astype(np.uint8)
    if (whole > 1).any() or (whole != bits).any():
        raise ParameterError(f"{name} is not made of bits; each entry must be 0 or 1")
    return whole


def real_vectors(name: str, value: ArrayLike) -> NDArray[np.float64]:
    """Return `value` as float64 vectors with three finite components, shape (..., 3).

    Raises
    ------
    ParameterError
        When `value` is not real, not finite, or the last dimension is not 3.
    """
    vectors = in_range(name, value, -np.inf, np.inf)
    if vectors.ndim < 1 or vectors.shape[-1] != 3:
        raise ParameterError(f"{name} has shape {vectors.shape}; a Bloch vector has three components, shape (..., 3)")
    return vectors


def bloch_vectors(name: str, value: ArrayLike) -> NDArray[np.float64]:
    """Return `value` as Bloch vectors of states, shape (..., 3), each at most one long.

    Raises
    ------
    ParameterError
        As `real_vectors`, and when a vector is longer than 1.
    """
    vectors = real_vectors(name, value)
    longest = float(np.linalg.norm(vectors, axis=-1).max(initial=0.0))
    if longest > 1.0 + 1e-9:
        raise ParameterError(f"{name} is {longest:g} long; a state's Bloch vector is at most 1 long")
    return vectors


def _is_uint8(value: object) -> bool:
    # a long key is checked without a detour through floats
    return isinstance(value, np.ndarray) and value.dtype == np.uint8


def _unit(unit: str) -> str:
    return f" {unit}" if unit else ""


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
