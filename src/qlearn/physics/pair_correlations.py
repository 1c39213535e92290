"""Measuring both qubits of a pair: joint probabilities, correlation, and what goes beyond chance.

A measurement is named by an axis of the Bloch sphere: "x", "y", "z" or a unit vector; the answer + lies along it, the
answer - against it. For polarised photons z asks H or V and x asks D or A. An analyser at a real angle a has the axis
`linear_axis(a)`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range, number
from qlearn.physics.pairs import pair_density

__all__ = [
    "correlation",
    "correlation_matrix",
    "correlation_sum",
    "covariance",
    "joint_probabilities",
    "linear_axis",
]

_SIGNS = np.array([1.0, -1.0])
_AXES = {"x": (1.0, 0.0, 0.0), "y": (0.0, 1.0, 0.0), "z": (0.0, 0.0, 1.0)}
_NEAR_ONE = 1e-9


def linear_axis(angle_deg: float) -> NDArray[np.float64]:
    """Axis on the Bloch sphere of a polarising beam splitter at a real angle: twice the angle, in the x-z plane.

    Parameters
    ----------
    angle_deg : float
        Angle from the horizontal in degrees, -360 to 360; 0 asks H or V, 45 asks D or A.

    Returns
    -------
    ndarray of float64
        Unit vector (sin 2a, 0, cos 2a), shape (3,).

    Raises
    ------
    ParameterError
        When the angle is not a finite number in range.

    Examples
    --------
    >>> (linear_axis(45.0) + 0.0).round(6)
    array([1., 0., 0.])
    """
    double = 2.0 * np.deg2rad(number("angle_deg", angle_deg, -360.0, 360.0, unit="degrees"))
    return np.array([np.sin(double), 0.0, np.cos(double)])


def joint_probabilities(pair: qutip.Qobj, alice: ArrayLike, bob: ArrayLike) -> NDArray[np.float64]:
    r"""Probabilities of the four pairs of answers, by Born's rule.

    .. math:: P(s, t) = \mathrm{tr}\,\rho\;\frac{\mathbb 1 + s\,\mathbf n\cdot\boldsymbol\sigma}{2} \otimes
              \frac{\mathbb 1 + t\,\mathbf m\cdot\boldsymbol\sigma}{2}

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.
    alice, bob : str or array_like
        Axes n and m: "x", "y", "z" or a unit vector, shape (3,).

    Returns
    -------
    ndarray of float64
        Shape (2, 2): Alice's answer, Bob's answer; index 0 is +, 1 is -. All four add up to 1; sums over one axis are
        what each of them sees alone.

    Raises
    ------
    ParameterError
        When the pair is no state, or an axis no unit vector.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 2.2.5,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> from qlearn.physics.pairs import bell_state
    >>> joint_probabilities(bell_state("phi+"), "x", "x").round(6)
    array([[0.5, 0. ],
           [0. , 0.5]])
    """
    rho = pair_density(pair)
    alice_effects, bob_effects = _effects("alice", alice), _effects("bob", bob)
    chances = [[qutip.expect(qutip.tensor(one, other), rho) for other in bob_effects] for one in alice_effects]
    # rounding may leave a hair below zero
    return np.clip(np.array(chances, dtype=np.float64), 0.0, 1.0)


def correlation(pair: qutip.Qobj, alice: ArrayLike, bob: ArrayLike) -> float:
    r"""Mean product of the answers +1 and -1, :math:`E = \sum_{s,t} s\,t\,P(s,t)`.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.
    alice, bob : str or array_like
        Axes, as in `joint_probabilities`.

    Returns
    -------
    float
        -1 (always different) to 1 (always equal).

    Raises
    ------
    ParameterError
        When the pair is no state, or an axis no unit vector.

    Examples
    --------
    >>> from qlearn.physics.pairs import dephased_state
    >>> [round(correlation(dephased_state(0.0), axis, axis), 6) for axis in "zx"]
    [1.0, 0.0]
    """
    return float(_SIGNS @ joint_probabilities(pair, alice, bob) @ _SIGNS)


def covariance(pair: qutip.Qobj, alice: ArrayLike, bob: ArrayLike) -> float:
    r"""What the answers of a pair have in common beyond chance.

    .. math:: \mathrm{cov} = \langle AB\rangle - \langle A\rangle\langle B\rangle

    Two photons that both are certain to answer + agree always, and know nothing of each other: E = 1, covariance 0.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.
    alice, bob : str or array_like
        Axes, as in `joint_probabilities`.

    Returns
    -------
    float
        -1 to 1; 0 when the joint probabilities are the products of each side's own.

    Raises
    ------
    ParameterError
        When the pair is no state, or an axis no unit vector.

    Examples
    --------
    >>> round(covariance(qutip.basis([2, 2], [0, 0]), "z", "z"), 6)
    0.0
    """
    joint = joint_probabilities(pair, alice, bob)
    alone = float(_SIGNS @ joint.sum(axis=1)) * float(_SIGNS @ joint.sum(axis=0))
    return float(_SIGNS @ joint @ _SIGNS) - alone


def correlation_matrix(pair: qutip.Qobj) -> NDArray[np.float64]:
    r"""Matrix T of the correlations along the Bloch axes, :math:`T_{ij} = \mathrm{tr}\,\rho\,\sigma_i\otimes\sigma_j`.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.

    Returns
    -------
    ndarray of float64
        Shape (3, 3): Alice's x, y, z by Bob's.

    Raises
    ------
    ParameterError
        When the pair is no state.
    """
    rho = pair_density(pair)
    axes = (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())
    return np.array([[float(qutip.expect(qutip.tensor(a, b), rho)) for b in axes] for a in axes])


def correlation_sum(pair: qutip.Qobj, axes: Sequence[str] = ("z", "x")) -> float:
    r"""Sum of the correlations' sizes when both sides measure along the same axes, one after the other.

    .. math:: \sum_i |T_{ii}| \le 1 \quad\text{for every pair that is not entangled}

    Two separate qubits with Bloch vectors a and b have :math:`T_{ii} = a_i b_i`, so that the sum is at most
    :math:`|\mathbf a||\mathbf b| \le 1`; a mixture only averages.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.
    axes : sequence of str
        Two or three different ones of "x", "y", "z".

    Returns
    -------
    float
        0 to the number of axes.

    Raises
    ------
    ParameterError
        When the pair is no state, or the axes are not two or three different ones.

    References
    ----------
    J. I. de Vicente, Quantum Inf. Comput. 7, 624 (2007), doi:10.48550/arXiv.quant-ph/0607195, for all of T.

    Examples
    --------
    >>> from qlearn.physics.pairs import bell_state
    >>> round(correlation_sum(bell_state("phi+")), 6)
    2.0
    """
    chosen = list(axes) if isinstance(axes, (str, list, tuple)) else []
    if not all(isinstance(axis, str) for axis in chosen):
        chosen = []
    if len(set(chosen)) != len(chosen) or len(chosen) not in (2, 3) or not set(chosen) <= set(_AXES):
        raise ParameterError(f"axes is {axes!r}; it must hold two or three different ones of 'x', 'y', 'z'")
    diagonal = dict(zip(_AXES, np.diag(correlation_matrix(pair)), strict=True))
    return float(sum(abs(diagonal[axis]) for axis in chosen))


def _effects(name: str, axis: ArrayLike) -> tuple[qutip.Qobj, qutip.Qobj]:
    """Operators whose means are the probabilities of + and of -."""
    x, y, z = _unit_vector(name, axis)
    observable = x * qutip.sigmax() + y * qutip.sigmay() + z * qutip.sigmaz()
    return (qutip.qeye(2) + observable) / 2, (qutip.qeye(2) - observable) / 2


def _unit_vector(name: str, axis: ArrayLike) -> NDArray[np.float64]:
    if isinstance(axis, str):
        if axis not in _AXES:
            raise ParameterError(f"{name} is {axis!r}; an axis is 'x', 'y', 'z' or a unit vector of three numbers")
        return np.array(_AXES[axis])
    vector = in_range(name, axis, -np.inf, np.inf)
    if vector.shape != (3,) or abs(float(np.linalg.norm(vector)) - 1.0) > _NEAR_ONE:
        raise ParameterError(f"{name} is {axis!r}; an axis is 'x', 'y', 'z' or a unit vector of three numbers")
    return vector
