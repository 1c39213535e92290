"""Making one pair of two: entanglement swapping, purification, and what can be distilled from many pairs.

A pair's fidelity F is its overlap with |Phi+>. A Werner pair has the rest of its weight evenly on the other three Bell
states; F = (3 V + 1)/4 with the visibility V.
"""

from __future__ import annotations

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from qlearn.physics.arguments import count, in_range, shapes_fit
from qlearn.physics.bell_measurement import Branch, bell_branches
from qlearn.physics.entanglement import pair_density
from qlearn.physics.information import binary_entropy

__all__ = [
    "chain_fidelity",
    "hashing_threshold",
    "hashing_yield",
    "purification_success",
    "purified_fidelity",
    "purify",
    "swap",
    "swapped_fidelity",
    "werner_fidelity",
    "werner_visibility",
]


def werner_fidelity(visibility: ArrayLike) -> NDArray[np.float64]:
    r"""Fidelity of a Werner pair, :math:`F = (3V + 1)/4`.

    Parameters
    ----------
    visibility : array_like
        V, -1/3 (no weight on the Bell state at all) to 1.

    Returns
    -------
    ndarray of float64
        F, 0 to 1.

    Raises
    ------
    ParameterError
        When V is outside its range.

    References
    ----------
    R. F. Werner, Phys. Rev. A 40, 4277 (1989), doi:10.1103/PhysRevA.40.4277.

    Examples
    --------
    >>> round(float(werner_fidelity(0.8)), 6)
    0.85
    """
    v = in_range("visibility", visibility, -1.0 / 3.0, 1.0)
    found: NDArray[np.float64] = np.clip((3.0 * v + 1.0) / 4.0, 0.0, 1.0)
    return found


def werner_visibility(fidelity: ArrayLike) -> NDArray[np.float64]:
    r"""Visibility of a Werner pair, :math:`V = (4F - 1)/3`.

    Parameters
    ----------
    fidelity : array_like
        F, 0 to 1.

    Returns
    -------
    ndarray of float64
        V, -1/3 to 1.

    Raises
    ------
    ParameterError
        When F is outside its range.

    References
    ----------
    R. F. Werner, Phys. Rev. A 40, 4277 (1989), doi:10.1103/PhysRevA.40.4277.

    Examples
    --------
    >>> round(float(werner_visibility(0.5)), 6)
    0.333333
    """
    v: NDArray[np.float64] = (4.0 * in_range("fidelity", fidelity, 0.0, 1.0) - 1.0) / 3.0
    return v


def swap(left: qutip.Qobj, right: qutip.Qobj) -> tuple[Branch, ...]:
    """Join two pairs by a Bell measurement of the middle station, which holds one half of each.

    Parameters
    ----------
    left, right : qutip.Qobj
        Kets or density operators of the pairs Alice-middle and middle-Bob.

    Returns
    -------
    tuple of Branch
        In the order of `bell_measurement.MESSAGES`; `before` and `after` are states of Alice's and Bob's qubits, shape
        (4, 4), before and after Bob's correction.

    Raises
    ------
    ParameterError
        When an argument is no normalised state of two qubits.

    References
    ----------
    M. Zukowski et al., Phys. Rev. Lett. 71, 4287 (1993), doi:10.1103/PhysRevLett.71.4287.

    Examples
    --------
    >>> from qlearn.physics.entanglement import bell_state
    >>> joined = swap(bell_state(), bell_state())
    >>> [round(float(qutip.expect(branch.after, bell_state())), 6) for branch in joined]
    [1.0, 1.0, 1.0, 1.0]
    """
    return bell_branches(qutip.tensor(pair_density(left), pair_density(right)), measured=(1, 2), receiver=3)


def swapped_fidelity(left: ArrayLike, right: ArrayLike) -> NDArray[np.float64]:
    r"""Fidelity of the pair that joins two Werner pairs, with perfect gates and detectors at the middle station.

    .. math:: F = F_1 F_2 + \frac{(1 - F_1)(1 - F_2)}{3}, \qquad V = V_1 V_2

    Parameters
    ----------
    left, right : array_like
        Fidelities of the two pairs, 0 to 1, of shapes that go together.

    Returns
    -------
    ndarray of float64
        0 to 1.

    Raises
    ------
    ParameterError
        When a fidelity is outside its range.

    References
    ----------
    H.-J. Briegel et al., Phys. Rev. Lett. 81, 5932 (1998), doi:10.1103/PhysRevLett.81.5932.

    Examples
    --------
    >>> round(float(swapped_fidelity(0.95, 0.9)), 6)
    0.856667
    """
    f, g = in_range("left", left, 0.0, 1.0), in_range("right", right, 0.0, 1.0)
    shapes_fit(left=f, right=g)
    joined: NDArray[np.float64] = f * g + (1.0 - f) * (1.0 - g) / 3.0
    return joined


def chain_fidelity(fidelity: ArrayLike, links: int) -> NDArray[np.float64]:
    r"""Fidelity of the pair that spans a chain of equal Werner pairs, joined by swapping, :math:`(3V^n + 1)/4`.

    Parameters
    ----------
    fidelity : array_like
        F of each link, 0 to 1.
    links : int
        n, number of links, 1 or more.

    Returns
    -------
    ndarray of float64
        0 to 1.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    H.-J. Briegel et al., Phys. Rev. Lett. 81, 5932 (1998), doi:10.1103/PhysRevLett.81.5932.

    Examples
    --------
    >>> round(float(chain_fidelity(0.95, 8)), 4)
    0.6819
    """
    return werner_fidelity(werner_visibility(fidelity) ** count("links", links, least=1))


def purify(kept: qutip.Qobj, spent: qutip.Qobj) -> tuple[float, qutip.Qobj]:
    """Spend one pair to test another: both sides apply a controlled NOT, measure the spent pair and compare.

    Alice's and Bob's halves of the kept pair control, those of the spent pair are the targets. The kept pair is kept
    when both read the same bit.

    Parameters
    ----------
    kept, spent : qutip.Qobj
        Kets or density operators of two pairs, Alice's half on the left.

    Returns
    -------
    success : float
        Probability that the pair is kept, above 0 to 1.
    pair : qutip.Qobj
        Density operator of the kept pair, shape (4, 4); the evenly mixed state when it is never kept.

    Raises
    ------
    ParameterError
        When an argument is no normalised state of two qubits.

    References
    ----------
    C. H. Bennett et al., Phys. Rev. Lett. 76, 722 (1996), doi:10.1103/PhysRevLett.76.722.
    """
    joint = qutip.tensor(pair_density(kept), pair_density(spent))
    for control, target in ((0, 2), (1, 3)):
        gate = _controlled_not(control, target)
        joint = gate * joint * gate.dag()
    left = []
    for bit in (0, 1):
        bra = qutip.tensor(qutip.qeye([2, 2]), qutip.basis([2, 2], [bit, bit]).dag())
        left.append(qutip.Qobj((bra * joint * bra.dag()).full(), dims=[[2, 2], [2, 2]]))
    passed = left[0] + left[1]
    success = float(passed.tr().real)
    if success < 1e-12:
        return 0.0, qutip.qeye([2, 2]) / 4
    return success, passed / success


def purification_success(fidelity: ArrayLike) -> NDArray[np.float64]:
    r"""Probability that one step of purification with two Werner pairs keeps a pair.

    .. math:: p = F^2 + 2Fq + 5q^2, \qquad q = \frac{1 - F}{3}

    Parameters
    ----------
    fidelity : array_like
        F of both pairs, 0 to 1.

    Returns
    -------
    ndarray of float64
        0.5 to 1.

    Raises
    ------
    ParameterError
        When F is outside its range.

    References
    ----------
    C. H. Bennett et al., Phys. Rev. Lett. 76, 722 (1996), doi:10.1103/PhysRevLett.76.722, equation 7.

    Examples
    --------
    >>> round(float(purification_success(0.75)), 6)
    0.722222
    """
    f = in_range("fidelity", fidelity, 0.0, 1.0)
    q = (1.0 - f) / 3.0
    kept: NDArray[np.float64] = f**2 + 2.0 * f * q + 5.0 * q**2
    return kept


def purified_fidelity(fidelity: ArrayLike) -> NDArray[np.float64]:
    r"""Fidelity after one successful step of purification with two Werner pairs (BBPSSW).

    .. math:: F' = \frac{F^2 + q^2}{F^2 + 2Fq + 5q^2}, \qquad q = \frac{1 - F}{3}

    It is above F for F between 1/2 and 1. The kept pair is no Werner pair until random rotations on both sides have
    spread its errors; the formula can then be used again.

    Parameters
    ----------
    fidelity : array_like
        F of both pairs, 0 to 1.

    Returns
    -------
    ndarray of float64
        0 to 1.

    Raises
    ------
    ParameterError
        When F is outside its range.

    References
    ----------
    C. H. Bennett et al., Phys. Rev. Lett. 76, 722 (1996), doi:10.1103/PhysRevLett.76.722, equation 7.

    Examples
    --------
    >>> round(float(purified_fidelity(0.75)), 6)
    0.788462
    """
    f = in_range("fidelity", fidelity, 0.0, 1.0)
    better: NDArray[np.float64] = (f**2 + ((1.0 - f) / 3.0) ** 2) / purification_success(f)
    return better


def hashing_yield(fidelity: ArrayLike) -> NDArray[np.float64]:
    r"""Perfect pairs that hashing distils from each of many Werner pairs: one less the pair's entropy.

    .. math:: 1 - h(F) - (1 - F)\log_2 3

    Parameters
    ----------
    fidelity : array_like
        F, 0 to 1.

    Returns
    -------
    ndarray of float64
        Ebit a pair, -1 to 1; a negative value means that hashing gives nothing.

    Raises
    ------
    ParameterError
        When F is outside its range.

    References
    ----------
    C. H. Bennett et al., Phys. Rev. A 54, 3824 (1996), doi:10.1103/PhysRevA.54.3824.

    Examples
    --------
    >>> round(float(hashing_yield(1.0)), 6)
    1.0
    """
    f = in_range("fidelity", fidelity, 0.0, 1.0)
    left: NDArray[np.float64] = 1.0 - binary_entropy(f) - (1.0 - f) * np.log2(3.0)
    return left


def hashing_threshold() -> float:
    """Fidelity of Werner pairs from which hashing, with messages in one direction only, distils perfect pairs.

    Returns
    -------
    float
        About 0.8107.

    References
    ----------
    C. H. Bennett et al., Phys. Rev. A 54, 3824 (1996), doi:10.1103/PhysRevA.54.3824.

    Examples
    --------
    >>> round(hashing_threshold(), 4)
    0.8107
    """
    return float(brentq(lambda f: float(hashing_yield(f)), 0.5, 1.0, xtol=1e-14))


def _controlled_not(control: int, target: int) -> qutip.Qobj:
    """Controlled NOT between two of the four qubits of two pairs."""

    def product(at_control: qutip.Qobj, at_target: qutip.Qobj) -> qutip.Qobj:
        acts = {control: at_control, target: at_target}
        return qutip.tensor([acts.get(one, qutip.qeye(2)) for one in range(4)])

    zero, one = qutip.basis(2, 0).proj(), qutip.basis(2, 1).proj()
    return product(zero, qutip.qeye(2)) + product(one, qutip.sigmax())
