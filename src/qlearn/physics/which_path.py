"""Which-path markers: how much a marker tells about a photon's arm, and how much fringe that leaves.

The marker turns the polarisation in arm 1 by an angle; any other state of path and marker is given as a ket or density
operator with the path as its left factor.
"""

from __future__ import annotations

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range, probability

__all__ = [
    "distinguishability",
    "fringe_visibility",
    "guessing_probability",
    "largest_visibility",
    "marker_distinguishability",
    "marker_visibility",
]

_TOLERANCE = 1e-9


def marker_visibility(marker_deg: ArrayLike) -> NDArray[np.float64]:
    r"""Visibility that a marker leaves, the overlap of its two states: :math:`V = \cos\theta`.

    Parameters
    ----------
    marker_deg : array_like
        Angle theta in degrees, 0 to 90.

    Returns
    -------
    ndarray of float64
        0 to 1, the same shape.

    Raises
    ------
    ParameterError
        When the angle is outside its range.

    References
    ----------
    B.-G. Englert, Phys. Rev. Lett. 77, 2154 (1996), doi:10.1103/PhysRevLett.77.2154.
    """
    # the other angle's sine: exactly 0 at 90 degrees
    rest = 90.0 - in_range("marker_deg", marker_deg, 0.0, 90.0, unit="degrees")
    overlap: NDArray[np.float64] = np.sin(np.deg2rad(rest))
    return overlap


def marker_distinguishability(marker_deg: ArrayLike) -> NDArray[np.float64]:
    r"""How well a marker tells the arms apart, :math:`D = \sin\theta`.

    Parameters
    ----------
    marker_deg : array_like
        Angle theta in degrees, 0 to 90.

    Returns
    -------
    ndarray of float64
        0 to 1, the same shape.

    Raises
    ------
    ParameterError
        When the angle is outside its range.

    References
    ----------
    B.-G. Englert, Phys. Rev. Lett. 77, 2154 (1996), doi:10.1103/PhysRevLett.77.2154.
    """
    told: NDArray[np.float64] = np.sin(np.deg2rad(in_range("marker_deg", marker_deg, 0.0, 90.0, unit="degrees")))
    return told


def fringe_visibility(state: qutip.Qobj) -> float:
    r"""Visibility of the fringe that a state of path and marker shows behind a balanced second beam splitter.

    .. math:: V = 2\,\bigl|\mathrm{tr}\,\langle0|\rho|1\rangle\bigr|

    Parameters
    ----------
    state : qutip.Qobj
        Ket or density operator, dims [2, n] on the left: path, marker of any dimension n.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    ParameterError
        When `state` is no normalised state of a path and a marker.

    References
    ----------
    B.-G. Englert, Phys. Rev. Lett. 77, 2154 (1996), doi:10.1103/PhysRevLett.77.2154.

    Examples
    --------
    >>> from qlearn.physics.interference import marked_state
    >>> round(fringe_visibility(marked_state(0.3, marker_deg=60)), 6)
    0.5
    """
    return min(1.0, float(2.0 * abs(np.trace(_blocks(state)[0, 1]))))


def distinguishability(state: qutip.Qobj) -> float:
    r"""How well the best measurement on the marker tells the arms apart.

    .. math:: D = \bigl\| \langle0|\rho|0\rangle - \langle1|\rho|1\rangle \bigr\|_1

    with the trace norm, the sum of the absolute eigenvalues.

    Parameters
    ----------
    state : qutip.Qobj
        Ket or density operator, dims [2, n] on the left: path, marker of any dimension n.

    Returns
    -------
    float
        0 to 1; V^2 + D^2 is at most 1, and exactly 1 for a ket.

    Raises
    ------
    ParameterError
        When `state` is no normalised state of a path and a marker.

    References
    ----------
    B.-G. Englert, Phys. Rev. Lett. 77, 2154 (1996), doi:10.1103/PhysRevLett.77.2154.

    Examples
    --------
    >>> from qlearn.physics.interference import marked_state
    >>> round(distinguishability(marked_state(0.3, marker_deg=30)), 6)
    0.5
    """
    blocks = _blocks(state)
    return min(1.0, float(np.abs(np.linalg.eigvalsh(blocks[0, 0] - blocks[1, 1])).sum()))


def largest_visibility(distinguishability: ArrayLike) -> NDArray[np.float64]:
    r"""Largest visibility that is left when the arms can be told apart, :math:`V = \sqrt{1 - D^2}`.

    The relation is symmetric: the same function gives the largest distinguishability for a visibility.

    Parameters
    ----------
    distinguishability : array_like
        D, 0 to 1.

    Returns
    -------
    ndarray of float64
        0 to 1, the same shape.

    Raises
    ------
    ParameterError
        When D lies outside 0 to 1.

    References
    ----------
    B.-G. Englert, Phys. Rev. Lett. 77, 2154 (1996), doi:10.1103/PhysRevLett.77.2154.

    Examples
    --------
    >>> round(float(largest_visibility(0.6)), 6)
    0.8
    """
    d = probability("distinguishability", distinguishability)
    largest: NDArray[np.float64] = np.sqrt((1.0 - d) * (1.0 + d))
    return largest


def guessing_probability(distinguishability: ArrayLike) -> NDArray[np.float64]:
    r"""Largest probability of naming the arm right after reading the marker, :math:`(1 + D)/2`.

    Parameters
    ----------
    distinguishability : array_like
        D, 0 to 1.

    Returns
    -------
    ndarray of float64
        One half to 1, the same shape.

    Raises
    ------
    ParameterError
        When D lies outside 0 to 1.

    References
    ----------
    C. W. Helstrom, J. Stat. Phys. 1, 231 (1969), doi:10.1007/BF01007479.
    """
    guess: NDArray[np.float64] = (1.0 + probability("distinguishability", distinguishability)) / 2.0
    return guess


def _blocks(state: qutip.Qobj) -> NDArray[np.complex128]:
    """Operators on the marker between the arms, shape (2, 2, n, n)."""
    fits = isinstance(state, qutip.Qobj) and (state.isket or state.isoper)
    if not fits or len(state.dims[0]) != 2 or state.dims[0][0] != 2:
        raise ParameterError("the state must be a ket or density operator of path and marker, with dims [2, n]")
    rho = state.proj() if state.isket else state
    if not rho.isherm or abs(rho.tr() - 1.0) > _TOLERANCE or rho.eigenenergies().min() < -_TOLERANCE:
        raise ParameterError("the state is none: it must be Hermitian and positive and have trace 1; see .unit()")
    n = rho.dims[0][1]
    blocks: NDArray[np.complex128] = rho.full().reshape(2, n, 2, n).transpose(0, 2, 1, 3)
    return blocks
