r"""How good an estimate of a qubit's state is: fidelity, bootstrap, and the mean infidelity of tomography.

Fidelity is the squared one here: 1 for equal and 0 for orthogonal states, the overlap squared for two kets.
"""

from __future__ import annotations

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import bloch_vectors, count
from qlearn.physics.states import bloch_vector
from qlearn.physics.tomography import checked_counts, maximum_likelihood, nearest_state, simulate_counts

__all__ = ["bootstrap", "fidelity", "fidelity_of_vectors", "mean_infidelity"]


def fidelity(state: qutip.Qobj, other: qutip.Qobj) -> float:
    r"""Fidelity of two states of a qubit, in the squared convention.

    .. math:: F = \Bigl(\mathrm{Tr}\sqrt{\sqrt\rho\,\sigma\sqrt\rho}\Bigr)^2
              = \tfrac12\bigl(1 + \mathbf r\cdot\mathbf s + \sqrt{(1-|\mathbf r|^2)(1-|\mathbf s|^2)}\bigr)

    For two kets it is :math:`|\langle\psi|\varphi\rangle|^2`. `qutip.fidelity` gives the square root of it.

    Parameters
    ----------
    state, other : qutip.Qobj
        Normalised kets, shape (2, 1), or density operators, shape (2, 2).

    Returns
    -------
    float
        0 for orthogonal states to 1 for equal ones.

    Raises
    ------
    ParameterError
        When one of them is no normalised state of a qubit.

    References
    ----------
    R. Jozsa, J. Mod. Opt. 41, 2315 (1994), doi:10.1080/09500349414552171.

    Examples
    --------
    >>> round(fidelity(qutip.basis(2, 0), (qutip.basis(2, 0) + qutip.basis(2, 1)).unit()), 6)
    0.5
    """
    return float(fidelity_of_vectors(bloch_vector(state), bloch_vector(other)))


def fidelity_of_vectors(vector: ArrayLike, other: ArrayLike) -> NDArray[np.float64]:
    """Fidelity of states given by their Bloch vectors; see `fidelity`.

    Parameters
    ----------
    vector, other : array_like
        Bloch vectors, shapes (..., 3) that go together, each at most one long.

    Returns
    -------
    ndarray of float64
        Fidelities, 0 to 1, shape (...).

    Raises
    ------
    ParameterError
        When a vector is longer than 1 or has another shape.

    References
    ----------
    R. Jozsa, J. Mod. Opt. 41, 2315 (1994), doi:10.1080/09500349414552171.

    Examples
    --------
    >>> float(fidelity_of_vectors([0, 0, 1], [0, 0, 0.8]).round(6))
    0.9
    """
    r, s = bloch_vectors("vector", vector), bloch_vectors("other", other)
    mixed = [np.clip(1.0 - (one**2).sum(axis=-1), 0.0, None) for one in (r, s)]
    return np.asarray(np.clip((1.0 + (r * s).sum(axis=-1) + np.sqrt(mixed[0] * mixed[1])) / 2.0, 0.0, 1.0))


def bootstrap(counts: ArrayLike, *, resamples: int, rng: np.random.Generator) -> NDArray[np.int64]:
    r"""Draw counts anew, as often as wanted, with the counted fractions for probabilities.

    The spread of an estimate over the draws is its standard error.

    Parameters
    ----------
    counts : array_like
        Counts of 0 and 1 along x, y, z, shape (3, 2), at least one along each axis.
    resamples : int
        How many times, 2 or more.
    rng : numpy.random.Generator
        Source of chance.

    Returns
    -------
    ndarray of int64
        Counts with the same number of shots along each axis, shape (resamples, 3, 2).

    Raises
    ------
    ParameterError
        When the counts have another shape, are negative or missing, or `resamples` is below 2.

    References
    ----------
    B. Efron, R. J. Tibshirani, Stat. Sci. 1, 54 (1986), doi:10.1214/ss/1177013815.

    Examples
    --------
    >>> draws = bootstrap([[75, 25], [50, 50], [90, 10]], resamples=4000, rng=np.random.default_rng(2))
    >>> bool(np.allclose((draws[..., 0] / 50 - 1).std(axis=0), [0.087, 0.1, 0.06], atol=0.004))
    True
    """
    n = checked_counts(counts)
    if n.shape != (3, 2):
        raise ParameterError(f"counts have shape {n.shape}; a bootstrap takes those of one qubit, shape (3, 2)")
    times = count("resamples", resamples, least=2)
    shots = n.sum(axis=-1)
    zeros = rng.binomial(shots.astype(np.int64), n[:, 0] / shots, size=(times, 3))
    return np.stack([zeros, shots.astype(np.int64) - zeros], axis=-1)


def mean_infidelity(
    shots: int, *, rng: np.random.Generator, realigned: bool = False, states: int = 2000
) -> NDArray[np.float64]:
    r"""Mean of 1 - F over random pure states, when `shots` qubits of each go into tomography by maximum likelihood.

    A third of the shots is spent on each of the axes x, y, z. Along an axis on which the state is pure the counts do
    not scatter, along others they do; an error of the *length* then costs :math:`1-F \propto 1/\sqrt N`, where errors
    of the direction alone cost :math:`1/N`. With `realigned`, a quarter of the shots finds a first estimate, and the
    rest is measured along axes of which one points to it.

    Parameters
    ----------
    shots : int
        Number N of qubits for each state, 12 or more.
    rng : numpy.random.Generator
        Source of chance: states, evenly spread over the Bloch sphere, and counts.
    realigned : bool
        Whether the axes are turned towards a first estimate.
    states : int
        How many states are tried, 2 or more.

    Returns
    -------
    ndarray of float64
        Mean infidelity and its standard error, shape (2,).

    Raises
    ------
    ParameterError
        When `shots` or `states` are too few.

    References
    ----------
    D. H. Mahler, L. A. Rozema, A. Darabi, C. Ferrie, R. Blume-Kohout, A. M. Steinberg, Phys. Rev. Lett. 111, 183601
    (2013), doi:10.1103/PhysRevLett.111.183601, whose second stage is one further axis instead of three.
    """
    n, many = count("shots", shots, least=12), count("states", states, least=2)
    truth = rng.normal(size=(many, 3))
    truth /= np.linalg.norm(truth, axis=-1, keepdims=True)
    if not realigned:
        estimate = maximum_likelihood(simulate_counts(truth, shots=n // 3, rng=rng))
    else:
        first = maximum_likelihood(simulate_counts(truth, shots=n // 12, rng=rng))
        frames = _frames_towards(first)
        seen = np.einsum("nij,nj->ni", frames, truth)
        turned = maximum_likelihood(simulate_counts(nearest_state(seen), shots=n // 4, rng=rng))
        estimate = np.einsum("nij,ni->nj", frames, turned)
    lost = 1.0 - fidelity_of_vectors(nearest_state(estimate), truth)
    return np.array([lost.mean(), lost.std(ddof=1) / np.sqrt(many)])


def _frames_towards(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows are three orthonormal axes, the last along each vector, shape (m, 3, 3)."""
    along = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    # a coordinate axis that is not along the vector
    helper = np.eye(3)[np.argmin(np.abs(along), axis=-1)]
    first = np.cross(helper, along)
    first /= np.linalg.norm(first, axis=-1, keepdims=True)
    return np.stack([first, np.cross(along, first), along], axis=1)
