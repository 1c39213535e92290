"""Teleporting a qubit through a shared pair, and how well it can arrive.

Alice holds the qubit to be sent and one half of the pair, Bob the other half. She measures both of hers in the Bell
basis and tells Bob two bits. `bell_measurement` holds the outcomes and corrections, `purification` what can be done
with several pairs; both stand here too, so that a chapter imports one name.
"""

from __future__ import annotations

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range
from qlearn.physics.bell_measurement import MESSAGES, Branch, bell_branches, correction
from qlearn.physics.entanglement import bell_state, pair_density
from qlearn.physics.purification import (
    chain_fidelity,
    hashing_threshold,
    hashing_yield,
    purification_success,
    purified_fidelity,
    purify,
    swap,
    swapped_fidelity,
    werner_fidelity,
    werner_visibility,
)
from qlearn.physics.states import bloch_vector, density_operator

__all__ = [
    "MESSAGES",
    "Branch",
    "average_fidelity",
    "average_fidelity_of_pair",
    "bell_branches",
    "chain_fidelity",
    "classical_limit",
    "correction",
    "fidelity",
    "hashing_threshold",
    "hashing_yield",
    "needed_pair_fidelity",
    "pair_fidelity",
    "purification_success",
    "purified_fidelity",
    "purify",
    "state_without_message",
    "swap",
    "swapped_fidelity",
    "teleport",
    "teleported_state",
    "werner_fidelity",
    "werner_visibility",
]


def teleport(state: qutip.Qobj, pair: qutip.Qobj) -> tuple[Branch, ...]:
    """Teleport a qubit through a pair: the four outcomes, and Bob's qubit in each before and after his correction.

    Parameters
    ----------
    state : qutip.Qobj
        Normalised ket or density operator of the qubit that Alice sends.
    pair : qutip.Qobj
        Ket or density operator of the shared pair, Alice's half on the left. The corrections suit |Phi+>.

    Returns
    -------
    tuple of Branch
        In the order of `MESSAGES`; `before` and `after` have shape (2, 2).

    Raises
    ------
    ParameterError
        When `state` is no normalised state of one qubit or `pair` none of two.

    References
    ----------
    C. H. Bennett et al., Phys. Rev. Lett. 70, 1895 (1993), doi:10.1103/PhysRevLett.70.1895.

    Examples
    --------
    >>> plus = (qutip.basis(2, 0) + qutip.basis(2, 1)).unit()
    >>> [(branch.bits, round(branch.probability, 6)) for branch in teleport(plus, bell_state("phi+"))]
    [('00', 0.25), ('01', 0.25), ('10', 0.25), ('11', 0.25)]
    """
    sent = density_operator(_shortened(bloch_vector(state)))
    return bell_branches(qutip.tensor(sent, pair_density(pair)), measured=(0, 1), receiver=2)


def teleported_state(state: qutip.Qobj, pair: qutip.Qobj) -> qutip.Qobj:
    """Bob's qubit after his correction, over all outcomes; see `teleport` for arguments, errors and source.

    Parameters
    ----------
    state : qutip.Qobj
        Ket or density operator of the qubit that Alice sends.
    pair : qutip.Qobj
        Ket or density operator of the shared pair.

    Returns
    -------
    qutip.Qobj
        Density operator, shape (2, 2).

    Raises
    ------
    ParameterError
        As `teleport` does.
    """
    return sum(branch.probability * branch.after for branch in teleport(state, pair))


def state_without_message(state: qutip.Qobj, pair: qutip.Qobj) -> qutip.Qobj:
    """Bob's qubit after Alice's measurement while he has heard nothing: the mixture of all four outcomes.

    It is his half of the pair, whatever Alice sends; no message passes without the two bits.

    Parameters
    ----------
    state : qutip.Qobj
        Ket or density operator of the qubit that Alice sends.
    pair : qutip.Qobj
        Ket or density operator of the shared pair.

    Returns
    -------
    qutip.Qobj
        Density operator, shape (2, 2).

    Raises
    ------
    ParameterError
        As `teleport` does.
    """
    return sum(branch.probability * branch.before for branch in teleport(state, pair))


def fidelity(ket: qutip.Qobj, pair: qutip.Qobj) -> float:
    r"""How well a pure state arrives: the chance that Bob's qubit passes a test for it.

    .. math:: f = \langle\psi|\rho_\mathrm{Bob}|\psi\rangle

    Parameters
    ----------
    ket : qutip.Qobj
        Normalised ket of the qubit that Alice sends; of a mixed state this chance would not say how well it arrived.
    pair : qutip.Qobj
        Ket or density operator of the shared pair.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    ParameterError
        When `ket` is no ket, and as `teleport` does.

    References
    ----------
    M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 9.2.2.
    """
    if not isinstance(ket, qutip.Qobj) or not ket.isket:
        raise ParameterError("a fidelity compares with a pure state; give the ket that Alice sends")
    return float(qutip.expect(teleported_state(ket, pair), ket))


def average_fidelity_of_pair(pair: qutip.Qobj) -> float:
    """Mean of `fidelity` over all pure states, spread evenly over the Bloch sphere, by teleporting six of them.

    The six ends of the axes have the same first and second moments as the whole sphere, and a fidelity needs no more.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of the shared pair.

    Returns
    -------
    float
        1/3 to 1.

    Raises
    ------
    ParameterError
        When `pair` is no normalised state of two qubits.

    References
    ----------
    M. Horodecki, P. Horodecki and R. Horodecki, Phys. Rev. A 60, 1888 (1999), doi:10.1103/PhysRevA.60.1888.

    Examples
    --------
    >>> round(average_fidelity_of_pair(bell_state("phi+")), 9)
    1.0
    """
    rho = pair_density(pair)
    kets = [ket for axis in (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz()) for ket in axis.eigenstates()[1]]
    return float(np.mean([fidelity(ket, rho) for ket in kets]))


def pair_fidelity(pair: qutip.Qobj, bell: str = "phi+") -> float:
    r"""Fidelity of a pair: the chance that it passes a test for a Bell state, :math:`F = \langle B|\rho|B\rangle`.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.
    bell : str
        Name of the Bell state, as in `entanglement.bell_state`.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    ParameterError
        When `pair` is no normalised state of two qubits or the Bell state has no such name.

    References
    ----------
    C. H. Bennett et al., Phys. Rev. Lett. 76, 722 (1996), doi:10.1103/PhysRevLett.76.722.
    """
    return float(qutip.expect(pair_density(pair), bell_state(bell)))


def average_fidelity(pair_fidelity: ArrayLike, *, dimension: int = 2) -> NDArray[np.float64]:
    r"""Mean fidelity of teleportation through a pair of fidelity F.

    .. math:: \bar f = \frac{dF + 1}{d + 1}, \qquad \bar f = \frac{2F + 1}{3} \text{ for qubits}

    Parameters
    ----------
    pair_fidelity : array_like
        F, the pair's overlap with the maximally entangled state that the corrections suit, 0 to 1; not the visibility.
    dimension : int
        d, levels of what is sent, 2 or more.

    Returns
    -------
    ndarray of float64
        1/(d + 1) to 1, the shape of F.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    M. Horodecki, P. Horodecki and R. Horodecki, Phys. Rev. A 60, 1888 (1999), doi:10.1103/PhysRevA.60.1888.

    Examples
    --------
    >>> round(float(average_fidelity(0.85)), 6)
    0.9
    """
    d = count("dimension", dimension, least=2)
    mean: NDArray[np.float64] = (d * in_range("pair_fidelity", pair_fidelity, 0.0, 1.0) + 1.0) / (d + 1.0)
    return mean


def needed_pair_fidelity(average: ArrayLike, *, dimension: int = 2) -> NDArray[np.float64]:
    r"""Fidelity of the pair that gives a mean fidelity, :math:`F = ((d + 1)\bar f - 1)/d`.

    Parameters
    ----------
    average : array_like
        Mean fidelity of teleportation, 1/(d + 1) to 1.
    dimension : int
        d, levels of what is sent, 2 or more.

    Returns
    -------
    ndarray of float64
        F, 0 to 1, the shape of `average`.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    M. Horodecki, P. Horodecki and R. Horodecki, Phys. Rev. A 60, 1888 (1999), doi:10.1103/PhysRevA.60.1888.

    Examples
    --------
    >>> round(float(needed_pair_fidelity(0.8)), 6)
    0.7
    """
    d = count("dimension", dimension, least=2)
    f = in_range("average", average, 1.0 / (d + 1.0), 1.0)
    found: NDArray[np.float64] = np.clip(((d + 1.0) * f - 1.0) / d, 0.0, 1.0)
    return found


def classical_limit(dimension: int = 2) -> float:
    r"""Largest mean fidelity without a pair, by measuring and telling the result, :math:`2/(d + 1)`.

    Parameters
    ----------
    dimension : int
        d, levels of what is sent, 2 or more.

    Returns
    -------
    float
        2/3 for qubits.

    Raises
    ------
    ParameterError
        When the dimension is not a whole number of at least 2.

    References
    ----------
    S. Massar and S. Popescu, Phys. Rev. Lett. 74, 1259 (1995), doi:10.1103/PhysRevLett.74.1259, for d = 2;
    M. Horodecki, P. Horodecki and R. Horodecki, Phys. Rev. A 60, 1888 (1999), doi:10.1103/PhysRevA.60.1888, for any d.

    Examples
    --------
    >>> classical_limit(3)
    0.5
    """
    return 2.0 / (count("dimension", dimension, least=2) + 1.0)


def _shortened(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """The vector at most one long: a ket that passed as normalised may be longer by rounding."""
    shortened: NDArray[np.float64] = vector / max(1.0, float(np.linalg.norm(vector)))
    return shortened
