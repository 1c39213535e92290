"""Fisher information: how much one measurement, or the best measurement, tells about a phase.

The phase is written by exp(-i phi G); for N two-level probes G is the collective spin J_z, half the sum of sigma_z.
Whatever the estimate, its standard error after many repetitions is at least one over the root of the information.
"""

from __future__ import annotations

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range

__all__ = [
    "coherent_spin_state",
    "collective_jz",
    "fringe_fisher_information",
    "ghz_state",
    "projection_noise",
    "quantum_fisher_information",
]

_MOST_PROBES = 12  # 2^12 amplitudes; larger states belong to the closed formulas


def quantum_fisher_information(state: qutip.Qobj, generator: qutip.Qobj) -> float:
    r"""Quantum Fisher information of a state about the phase that a generator writes into it.

    .. math:: F = 2\sum_{i,j} \frac{(p_i - p_j)^2}{p_i + p_j}\,|\langle i|G|j\rangle|^2, \qquad
              F = 4\,\mathrm{Var}(G) \text{ for a pure state}

    Parameters
    ----------
    state : qutip.Qobj
        Ket or density operator.
    generator : qutip.Qobj
        Hermitian operator G on the same space.

    Returns
    -------
    float
        Information per probe state, in 1/rad^2 when G has no unit.

    Raises
    ------
    ParameterError
        When the operator is not Hermitian or acts on another space.

    References
    ----------
    S. L. Braunstein and C. M. Caves, Phys. Rev. Lett. 72, 3439 (1994), doi:10.1103/PhysRevLett.72.3439.

    Examples
    --------
    >>> round(quantum_fisher_information(ghz_state(4), collective_jz(4)), 6)
    16.0
    """
    if not generator.isherm or generator.dims[0] != state.dims[0]:
        raise ParameterError(
            f"the generator has dims {generator.dims}; it must be Hermitian and act on the state's {state.dims[0]}"
        )
    if state.isket:
        return float(4.0 * qutip.variance(generator, state))
    weights, vectors = np.linalg.eigh(state.full())
    elements = np.abs(vectors.conj().T @ generator.full() @ vectors) ** 2
    sums = weights[:, None] + weights[None, :]
    differences = weights[:, None] - weights[None, :]
    # pairs of states that are never found carry no information
    kernel = np.divide(differences**2, sums, out=np.zeros_like(sums), where=sums > 1e-12)
    return float(2.0 * (kernel * elements).sum())


def fringe_fisher_information(phase_rad: ArrayLike, *, visibility: ArrayLike = 1.0) -> NDArray[np.float64]:
    r"""Classical Fisher information of one probe that clicks with probability (1 + V cos phi)/2.

    .. math:: F = \frac{V^2\sin^2\varphi}{1 - V^2\cos^2\varphi}

    Parameters
    ----------
    phase_rad : array_like
        Phase in radians.
    visibility : array_like
        V, 0 to 1.

    Returns
    -------
    ndarray of float64
        Information per probe in 1/rad^2, 0 to V^2; at V = 1 it is 1 at every phase, the limit at the fringe's ends.

    Raises
    ------
    ParameterError
        When the visibility lies outside 0 to 1.

    References
    ----------
    S. L. Braunstein and C. M. Caves, Phys. Rev. Lett. 72, 3439 (1994), doi:10.1103/PhysRevLett.72.3439, for the
    definition; the formula follows from the two probabilities.

    Examples
    --------
    >>> round(float(fringe_fisher_information(1.0, visibility=0.8)), 4)
    0.5573
    """
    phase = in_range("phase_rad", phase_rad, -np.inf, np.inf, unit="rad")
    v = in_range("visibility", visibility, 0.0, 1.0)
    # sin^2 + (1 - V^2) cos^2 is the denominator without the cancellation near the fringe's ends
    sine, rest = np.sin(phase) ** 2, (1.0 - v) * (1.0 + v) * np.cos(phase) ** 2
    below = sine + rest
    perfect = np.ones(below.shape)
    information: NDArray[np.float64] = v**2 * np.divide(sine, below, out=perfect, where=below > 0.0)
    return information[()]


def collective_jz(probes: int) -> qutip.Qobj:
    """Collective spin J_z of N two-level probes, half the sum of their sigma_z.

    Parameters
    ----------
    probes : int
        N, 1 to 12.

    Returns
    -------
    qutip.Qobj
        Operator on N qubits.

    Raises
    ------
    ParameterError
        When N is no whole number from 1 to 12.
    """
    n = _few(probes)
    identity = qutip.qeye(2)
    return sum(
        qutip.tensor([qutip.sigmaz() / 2.0 if site == probe else identity for site in range(n)]) for probe in range(n)
    )


def coherent_spin_state(probes: int) -> qutip.Qobj:
    """N independent probes, each in (|0> + |1>)/sqrt(2).

    Parameters
    ----------
    probes : int
        N, 1 to 12.

    Returns
    -------
    qutip.Qobj
        Ket of N qubits.

    Raises
    ------
    ParameterError
        When N is no whole number from 1 to 12.
    """
    return qutip.tensor([(qutip.basis(2, 0) + qutip.basis(2, 1)).unit()] * _few(probes))


def ghz_state(probes: int) -> qutip.Qobj:
    """Greenberger-Horne-Zeilinger state of N probes, (|00...0> + |11...1>)/sqrt(2).

    Parameters
    ----------
    probes : int
        N, 1 to 12.

    Returns
    -------
    qutip.Qobj
        Ket of N qubits.

    Raises
    ------
    ParameterError
        When N is no whole number from 1 to 12.
    """
    n = _few(probes)
    return (qutip.tensor([qutip.basis(2, 0)] * n) + qutip.tensor([qutip.basis(2, 1)] * n)).unit()


def projection_noise(probes: ArrayLike) -> NDArray[np.float64]:
    """Spread of J_z when each of N independent probes is found up or down by a fair coin: sqrt(N)/2.

    Parameters
    ----------
    probes : array_like
        N, 0 or more.

    Returns
    -------
    ndarray of float64
        Standard deviation of J_z, in units of hbar.

    Raises
    ------
    ParameterError
        When N is negative.

    References
    ----------
    W. M. Itano et al., Phys. Rev. A 47, 3554 (1993), doi:10.1103/PhysRevA.47.3554.

    Examples
    --------
    >>> float(projection_noise(100))
    5.0
    """
    noise: NDArray[np.float64] = np.sqrt(in_range("probes", probes, 0.0, np.inf)) / 2.0
    return noise


def _few(probes: int) -> int:
    n = count("probes", probes, least=1)
    if n > _MOST_PROBES:
        raise ParameterError(f"probes is {n}; a full state vector is made for at most {_MOST_PROBES}")
    return n
