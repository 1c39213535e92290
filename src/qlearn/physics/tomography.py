r"""State tomography of one qubit: from counts along x, y and z to the Bloch vector of a state.

Counts are an array of shape (..., 3, 2): a row for each of the axes x, y, z, in it how often 0 (the eigenvalue +1 of
that Pauli operator) and 1 (the eigenvalue -1) were read. Estimates are Bloch vectors, shape (..., 3), since linear
inversion may give one that is longer than any state's; `qlearn.physics.states.density_operator` turns a vector into a
state. How good an estimate is: `qlearn.physics.tomography_accuracy`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import bloch_vectors, count, in_range, number, real_vectors

__all__ = [
    "checked_counts",
    "linear_inversion",
    "log_likelihood",
    "maximum_likelihood",
    "nearest_state",
    "simulate_counts",
]

# halvings of an interval: 2^-48 of it is near the rounding of a float
_HALVINGS = 48


def simulate_counts(
    vector: ArrayLike, *, shots: int, rng: np.random.Generator, readout_error: float = 0.0
) -> NDArray[np.int64]:
    r"""Count outcomes of measurements along x, y and z, `shots` along each.

    .. math:: P(0) = \tfrac12\,\bigl(1 + (1 - 2\epsilon)\,r_k\bigr)

    Parameters
    ----------
    vector : array_like
        Bloch vectors of the states that are measured, shape (..., 3), each at most one long.
    shots : int
        Measurements along each axis, 1 or more.
    rng : numpy.random.Generator
        Source of chance.
    readout_error : float
        Probability that a readout shows the other outcome, 0 to 0.5.

    Returns
    -------
    ndarray of int64
        Counts of 0 and 1 along each axis, shape (..., 3, 2).

    Raises
    ------
    ParameterError
        When an argument is out of its range or the vectors have another shape.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 8.4.2,
    doi:10.1017/CBO9780511976667.

    Examples
    --------
    >>> simulate_counts([0, 0, 1], shots=100, rng=np.random.default_rng(1))[2]
    array([100,   0])
    """
    r = bloch_vectors("vector", vector)
    n = count("shots", shots, least=1)
    contrast = 1.0 - 2.0 * number("readout_error", readout_error, 0.0, 0.5)
    zeros = rng.binomial(n, np.clip((1.0 + contrast * r) / 2.0, 0.0, 1.0))
    return np.stack([zeros, n - zeros], axis=-1).astype(np.int64)


def linear_inversion(counts: ArrayLike) -> NDArray[np.float64]:
    r"""Bloch vector by linear inversion: the counted mean values of the three Pauli operators.

    .. math:: \hat r_k = \frac{n_{k0} - n_{k1}}{n_{k0} + n_{k1}}

    It is free of bias, but chance may make it longer than 1, and then it belongs to no state: the matrix
    :math:`\tfrac12(1+\hat{\mathbf r}\cdot\boldsymbol\sigma)` has a negative eigenvalue.

    Parameters
    ----------
    counts : array_like
        Counts of 0 and 1 along x, y, z, shape (..., 3, 2), at least one along each axis.

    Returns
    -------
    ndarray of float64
        Bloch vectors, shape (..., 3), each component -1 to 1.

    Raises
    ------
    ParameterError
        When the counts are negative, have another shape, or an axis has none.

    References
    ----------
    D. F. V. James, P. G. Kwiat, W. J. Munro, A. G. White, Phys. Rev. A 64, 052312 (2001), section II,
    doi:10.1103/PhysRevA.64.052312.

    Examples
    --------
    >>> linear_inversion([[75, 25], [50, 50], [90, 10]])
    array([0.5, 0. , 0.8])
    """
    n = checked_counts(counts)
    vector: NDArray[np.float64] = (n[..., 0] - n[..., 1]) / n.sum(axis=-1)
    return vector


def nearest_state(vector: ArrayLike) -> NDArray[np.float64]:
    r"""Bloch vector of the state that is nearest to a vector, which may be longer than 1.

    The distance of two operators, :math:`\mathrm{Tr}\,(\rho-\sigma)^2 = \tfrac12|\mathbf r-\mathbf s|^2`, is that of
    their vectors, so the nearest point of the Bloch ball is the vector itself or the vector cut to length 1.

    Parameters
    ----------
    vector : array_like
        Vectors, shape (..., 3), each component finite.

    Returns
    -------
    ndarray of float64
        Vectors at most one long, shape (..., 3).

    Raises
    ------
    ParameterError
        When the shape is another or a component is not finite.

    References
    ----------
    J. A. Smolin, J. M. Gambetta, G. Smith, Phys. Rev. Lett. 108, 070502 (2012), doi:10.1103/PhysRevLett.108.070502.

    Examples
    --------
    >>> nearest_state([0.9, 0.0, 1.2])
    array([0.6, 0. , 0.8])
    """
    r = real_vectors("vector", vector)
    inside: NDArray[np.float64] = r / np.maximum(np.linalg.norm(r, axis=-1, keepdims=True), 1.0)
    return inside


def log_likelihood(vector: ArrayLike, counts: ArrayLike) -> NDArray[np.float64]:
    r"""Logarithm of the probability of the counts, without the binomial coefficients.

    .. math:: \ln L(\mathbf r) = \sum_k n_{k0}\ln\tfrac{1+r_k}2 + n_{k1}\ln\tfrac{1-r_k}2

    Parameters
    ----------
    vector : array_like
        Bloch vectors, shape (..., 3), each at most one long.
    counts : array_like
        Counts of 0 and 1 along x, y, z, shape (..., 3, 2).

    Returns
    -------
    ndarray of float64
        Natural logarithm, shape (...); minus infinity where the vector forbids what was counted.

    Raises
    ------
    ParameterError
        When a vector is longer than 1, or the counts are negative, have another shape, or an axis has none.

    References
    ----------
    Z. Hradil, Phys. Rev. A 55, R1561 (1997), doi:10.1103/PhysRevA.55.R1561.
    """
    r, n = bloch_vectors("vector", vector), checked_counts(counts)
    chances = np.clip(np.stack([1.0 + r, 1.0 - r], axis=-1) / 2.0, 0.0, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(n > 0, n * np.log(chances), 0.0)
    return np.asarray(terms.sum(axis=(-2, -1)))


def maximum_likelihood(counts: ArrayLike) -> NDArray[np.float64]:
    r"""Bloch vector of the state that makes the counts most probable.

    Where linear inversion gives a state, it is that state. Elsewhere the state is pure, and with a Lagrange multiplier
    :math:`\lambda` for the length each component is the one root inside the ball of

    .. math:: \lambda r_k^3 - (N_k + \lambda)\,r_k + (n_{k0} - n_{k1}) = 0, \qquad |\mathbf r| = 1 .

    Parameters
    ----------
    counts : array_like
        Counts of 0 and 1 along x, y, z, shape (..., 3, 2), at least one along each axis.

    Returns
    -------
    ndarray of float64
        Bloch vectors at most one long, shape (..., 3).

    Raises
    ------
    ParameterError
        When the counts are negative, have another shape, or an axis has none.

    References
    ----------
    Z. Hradil, Phys. Rev. A 55, R1561 (1997), doi:10.1103/PhysRevA.55.R1561.

    Examples
    --------
    >>> maximum_likelihood([[75, 25], [50, 50], [90, 10]])
    array([0.5, 0. , 0.8])
    >>> maximum_likelihood([[50, 50], [50, 50], [100, 0]]).round(6)
    array([0., 0., 1.])
    """
    n = checked_counts(counts)
    inverted = linear_inversion(n)
    outside = np.linalg.norm(inverted, axis=-1) > 1.0
    if not outside.any():
        return inverted
    result = inverted.copy()
    result[outside] = _purest(n[outside])
    return result


def checked_counts(counts: ArrayLike) -> NDArray[np.float64]:
    """Return counts as float64 after a look at their shape and sign.

    Parameters
    ----------
    counts : array_like
        Counts of 0 and 1 along x, y, z, shape (..., 3, 2), at least one along each axis.

    Returns
    -------
    ndarray of float64
        The same numbers, same shape.

    Raises
    ------
    ParameterError
        When the counts are negative, have another shape, or an axis has none.
    """
    n = in_range("counts", counts, 0.0, np.inf)
    if n.ndim < 2 or n.shape[-2:] != (3, 2):
        raise ParameterError(f"counts have shape {n.shape}; rows x, y, z with the counts of 0 and 1 have (..., 3, 2)")
    if (n.sum(axis=-1) == 0.0).any():
        raise ParameterError("counts of an axis add up to 0; at least one measurement along each axis is needed")
    return n


def _purest(n: NDArray[np.float64]) -> NDArray[np.float64]:
    """Most likely pure states, shape (m, 3), for counts whose linear inversion is longer than 1, shape (m, 3, 2)."""
    # every component is below 1/sqrt(3) for this multiplier, whatever the counts: the vector is inside
    low, high = np.zeros(len(n)), 1.1 * n.sum(axis=-1).max(axis=-1)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        long = np.linalg.norm(_components(n, middle), axis=-1) > 1.0
        low, high = np.where(long, middle, low), np.where(long, high, middle)
    return nearest_state(_components(n, high))


def _components(n: NDArray[np.float64], multiplier: NDArray[np.float64]) -> NDArray[np.float64]:
    """Root of the cubic for every component, shape (m, 3); it falls from one end of the interval to the root."""
    shots, difference, weight = n.sum(axis=-1), n[..., 0] - n[..., 1], multiplier[:, None]
    low, high = -np.ones_like(shots), np.ones_like(shots)
    for _ in range(_HALVINGS):
        r = (low + high) / 2.0
        below = difference - (shots + weight) * r + weight * r**3 > 0.0
        low, high = np.where(below, r, low), np.where(below, high, r)
    return np.asarray((low + high) / 2.0)
