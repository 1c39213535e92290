"""The magnetic field of currents in wires: long, short, and any path of straight pieces.

Lengths are in metres, currents in ampere, fields in tesla.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.constants import mu_0

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range, real_vectors

__all__ = ["bar_field", "long_wire_field", "path_field", "wire_current"]


def long_wire_field(current_a: ArrayLike, distance_m: ArrayLike) -> NDArray[np.float64]:
    r"""Field round a long straight wire, B = mu0 I / (2 pi r).

    Parameters
    ----------
    current_a : array_like
        Current in A.
    distance_m : array_like
        Distance r from the wire in m, above 0.

    Returns
    -------
    ndarray of float64
        Field in T, by broadcasting, with the sign of the current.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    D. J. Griffiths, Introduction to Electrodynamics, Cambridge University Press (2017), section 5.2.

    Examples
    --------
    >>> round(float(long_wire_field(1.0, 0.01)) * 1e6, 3)
    20.0
    """
    field: NDArray[np.float64] = mu_0 * _current(current_a) / (2.0 * np.pi * _distance(distance_m))
    return field


def wire_current(field_t: ArrayLike, distance_m: ArrayLike) -> NDArray[np.float64]:
    """Current in a long straight wire that makes a field, I = 2 pi r B / mu0.

    Parameters
    ----------
    field_t : array_like
        Field in T.
    distance_m : array_like
        Distance from the wire in m, above 0.

    Returns
    -------
    ndarray of float64
        Current in A, by broadcasting.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    D. J. Griffiths, Introduction to Electrodynamics, Cambridge University Press (2017), section 5.2.

    Examples
    --------
    >>> round(float(wire_current(1e-9, 0.01)) * 1e6, 3)
    50.0
    """
    field = in_range("field_t", field_t, -1e3, 1e3, unit="T")
    current: NDArray[np.float64] = 2.0 * np.pi * _distance(distance_m) * field / mu_0
    return current


def bar_field(current_a: ArrayLike, distance_m: ArrayLike, *, length_m: float) -> NDArray[np.float64]:
    r"""Field beside the middle of a straight bar of finite length.

    .. math:: B = \frac{\mu_0 I}{2\pi r}\,\frac{L/2}{\sqrt{r^2 + (L/2)^2}}

    A current does not end with a bar; this is the bar's own part of the field.

    Parameters
    ----------
    current_a : array_like
        Current in A.
    distance_m : array_like
        Distance r from the bar's middle, at a right angle, in m, above 0.
    length_m : float
        Length L of the bar in m, above 0.

    Returns
    -------
    ndarray of float64
        Field in T, by broadcasting.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    D. J. Griffiths, Introduction to Electrodynamics, Cambridge University Press (2017), section 5.2, example 5.5.

    Examples
    --------
    >>> round(float(bar_field(10.0, 0.02, length_m=0.1)) * 1e6, 3)
    92.848
    """
    half = float(in_range("length_m", length_m, 1e-9, 1e9, unit="m")) / 2.0
    distance = _distance(distance_m)
    return long_wire_field(current_a, distance) * half / np.hypot(distance, half)


def path_field(path_m: ArrayLike, points_m: ArrayLike, *, current_a: float) -> NDArray[np.float64]:
    r"""Field of a current along a path of straight pieces, by the law of Biot and Savart, piece by piece.

    With a and b the vectors from a point to the two ends of a piece, the piece adds

    .. math:: \frac{\mu_0 I}{4\pi}\;\frac{(\vec a\times\vec b)\,(|\vec a|+|\vec b|)}
              {|\vec a||\vec b|\,(|\vec a||\vec b| + \vec a\cdot\vec b)}

    Parameters
    ----------
    path_m : array_like
        Corners of the path in m, shape (n, 3) with n of at least 2; for a loop the first corner comes again at the end.
    points_m : array_like
        Where the field is wanted, in m, shape (..., 3).
    current_a : float
        Current in A along the path.

    Returns
    -------
    ndarray of float64
        Field vectors in T, shape (..., 3).

    Raises
    ------
    ParameterError
        When an argument has another shape, or a point lies on the path.

    References
    ----------
    J. D. Hanson and S. P. Hirshman, Physics of Plasmas 9, 4410 (2002), doi:10.1063/1.1507589.

    Examples
    --------
    >>> field = path_field([[0, -0.05, 0], [0, 0.05, 0]], [0, 0, 0.02], current_a=10.0)
    >>> float(np.round(field[0] * 1e6, 3))
    92.848
    """
    path, points = real_vectors("path_m", path_m), real_vectors("points_m", points_m)
    if path.ndim != 2 or len(path) < 2:
        raise ParameterError(f"path_m has the shape {path.shape}; it must have two corners or more, shape (n, 3)")
    current = float(_current(current_a))
    # the last axis but one counts the pieces
    start = path[:-1] - points[..., None, :]
    end = path[1:] - points[..., None, :]
    first, second = np.linalg.norm(start, axis=-1), np.linalg.norm(end, axis=-1)
    both = first * second
    below = both * (both + np.sum(start * end, axis=-1))
    if np.any(below <= 1e-24 * np.maximum(both, 1e-300) ** 2):
        raise ParameterError("points_m holds a point on the path, where the field has no limit; move it off")
    weight = (first + second) / below
    field: NDArray[np.float64] = (
        mu_0 * current / (4.0 * np.pi) * np.sum(weight[..., None] * np.cross(start, end), axis=-2)
    )
    return field


def _current(current_a: ArrayLike) -> NDArray[np.float64]:
    return in_range("current_a", current_a, -1e9, 1e9, unit="A")


def _distance(distance_m: ArrayLike) -> NDArray[np.float64]:
    return in_range("distance_m", distance_m, 1e-12, 1e12, unit="m")
