"""Bell tests with polarised photons: correlations, the CHSH value, and what local strategies can reach.

The pair is |Phi+> = (|HH> + |VV>)/sqrt(2), mixed with white noise. An analyser at angle a answers +1 for a photon
polarised along a and -1 across it; angles are real angles from the horizontal, not angles on the Bloch sphere.
Questions and settings are numbered 0 and 1; S = E(0,0) + E(0,1) + E(1,0) - E(1,1).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range, number, shapes_fit
from qlearn.physics.bell_statistics import (
    DELFT_2015_COUNTS,
    CHSHEstimate,
    combine,
    detection_efficiency_threshold,
    estimate,
    expected_standard_error,
    local_chance,
    play,
    value_with_lost_photons,
    win_probability,
)
from qlearn.physics.pair_correlations import correlation_matrix
from qlearn.physics.pairs import pair_density
from qlearn.physics.states import polarisation

__all__ = [
    "BEST_ALICE_DEG",
    "BEST_BOB_DEG",
    "DELFT_2015_COUNTS",
    "CHSHEstimate",
    "analyser",
    "best_local_value",
    "chsh_value",
    "chsh_value_of_state",
    "combine",
    "correlation",
    "correlation_matrix",
    "critical_visibility",
    "detection_efficiency_threshold",
    "estimate",
    "expected_standard_error",
    "largest_chsh_value",
    "local_chance",
    "local_strategies",
    "local_value",
    "outcome_probabilities",
    "play",
    "tsirelson_bound",
    "value_with_lost_photons",
    "win_probability",
]

BEST_ALICE_DEG = (0.0, 45.0)
BEST_BOB_DEG = (22.5, -22.5)


def correlation(alice_deg: ArrayLike, bob_deg: ArrayLike, *, visibility: ArrayLike = 1.0) -> NDArray[np.float64]:
    r"""Mean product of the answers +1 and -1 for analysers at angles a and b on a noisy pair |Phi+>.

    .. math:: E(a, b) = V \cos 2(a - b)

    Parameters
    ----------
    alice_deg, bob_deg : array_like
        Analyser angles from the horizontal in degrees, -360 to 360.
    visibility : array_like
        V, 0 to 1.

    Returns
    -------
    ndarray of float64
        -1 to 1, the arguments' common shape.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    J. F. Clauser et al., Phys. Rev. Lett. 23, 880 (1969), doi:10.1103/PhysRevLett.23.880.

    Examples
    --------
    >>> round(float(correlation(0.0, 22.5)), 4)
    0.7071
    """
    a = in_range("alice_deg", alice_deg, -360.0, 360.0, unit="degrees")
    b = in_range("bob_deg", bob_deg, -360.0, 360.0, unit="degrees")
    v = in_range("visibility", visibility, 0.0, 1.0)
    shapes_fit(alice_deg=a, bob_deg=b, visibility=v)
    fringe: NDArray[np.float64] = v * np.cos(2.0 * np.deg2rad(a - b))
    return fringe


def outcome_probabilities(
    alice_deg: Sequence[float] = BEST_ALICE_DEG, bob_deg: Sequence[float] = BEST_BOB_DEG, *, visibility: float = 1.0
) -> NDArray[np.float64]:
    r"""Probabilities of the four pairs of answers for each pair of questions, P = (1 + A B E)/4.

    Parameters
    ----------
    alice_deg, bob_deg : sequence of two floats
        Angles that answer question 0 and question 1, in degrees.
    visibility : float
        V, 0 to 1.

    Returns
    -------
    ndarray of float64
        Shape (2, 2, 2, 2): Alice's question, Bob's question, Alice's answer, Bob's answer; answer 0 means +1, 1 means
        -1. The last two axes sum to 1.

    Raises
    ------
    ParameterError
        When an angle or the visibility is outside its range, or a party has not two angles.

    References
    ----------
    J. F. Clauser et al., Phys. Rev. Lett. 23, 880 (1969), doi:10.1103/PhysRevLett.23.880; the two qubits' Born rule.
    """
    product = np.array([[1.0, -1.0], [-1.0, 1.0]])
    correlators = _correlators(alice_deg, bob_deg, visibility)
    chances: NDArray[np.float64] = (1.0 + correlators[:, :, None, None] * product) / 4.0
    return chances


def chsh_value(
    alice_deg: Sequence[float] = BEST_ALICE_DEG, bob_deg: Sequence[float] = BEST_BOB_DEG, *, visibility: float = 1.0
) -> float:
    r"""CHSH value of a noisy pair |Phi+> for two angles a side.

    .. math:: S = E(a_0, b_0) + E(a_0, b_1) + E(a_1, b_0) - E(a_1, b_1)

    Parameters
    ----------
    alice_deg, bob_deg : sequence of two floats
        Analyser angles in degrees; left out, those that give the largest value.
    visibility : float
        V, 0 to 1.

    Returns
    -------
    float
        S, between -2 sqrt(2) V and 2 sqrt(2) V.

    Raises
    ------
    ParameterError
        When an angle or the visibility is outside its range, or a party has not two angles.

    References
    ----------
    J. F. Clauser et al., Phys. Rev. Lett. 23, 880 (1969), doi:10.1103/PhysRevLett.23.880.

    Examples
    --------
    >>> round(chsh_value(), 4)
    2.8284
    """
    return _chsh(_correlators(alice_deg, bob_deg, visibility))


def local_strategies() -> NDArray[np.int64]:
    """All 16 plans of two players who cannot talk: an answer of +1 or -1 for each question, agreed beforehand.

    Returns
    -------
    ndarray of int64
        Shape (16, 2, 2): plan, player (Alice 0, Bob 1), question.
    """
    return np.array(list(itertools.product((1, -1), repeat=4))).reshape(16, 2, 2)


def local_value(strategy: ArrayLike) -> int:
    """CHSH value of one plan; always +2 or -2.

    Parameters
    ----------
    strategy : array_like
        Shape (2, 2): player, question; each +1 or -1.

    Returns
    -------
    int
        S.

    Raises
    ------
    ParameterError
        When the plan is not four answers of +1 or -1.
    """
    plan = np.asarray(strategy, dtype=object)  # a plan with answers missing has no shape of numbers
    if plan.shape != (2, 2) or not np.isin(plan, (1, -1)).all():
        raise ParameterError(f"the plan is {strategy!r}; it must hold two answers a player, each +1 or -1")
    return int(_chsh(np.outer(plan[0], plan[1])))


def best_local_value() -> int:
    """Largest CHSH value without entanglement, found by trying all 16 plans; tossing coins among plans only averages.

    Returns
    -------
    int
        2.

    References
    ----------
    J. F. Clauser et al., Phys. Rev. Lett. 23, 880 (1969), doi:10.1103/PhysRevLett.23.880.

    Examples
    --------
    >>> best_local_value()
    2
    """
    return max(local_value(plan) for plan in local_strategies())


def tsirelson_bound() -> float:
    r"""Largest CHSH value that quantum mechanics allows, for any state and any measurements: 2 sqrt(2).

    With observables of square one the CHSH operator obeys :math:`B^2 = 4 - [A_0, A_1]\otimes[B_0, B_1] \le 8`.

    Returns
    -------
    float
        2 sqrt(2).

    References
    ----------
    B. S. Cirel'son, Lett. Math. Phys. 4, 93 (1980), doi:10.1007/BF00417500.
    """
    return float(2.0 * np.sqrt(2.0))


def critical_visibility() -> float:
    """Visibility above which a noisy Bell pair beats every local plan: best local value over Tsirelson's bound.

    Returns
    -------
    float
        1/sqrt(2).

    References
    ----------
    R. Horodecki, P. Horodecki and M. Horodecki, Phys. Lett. A 200, 340 (1995), doi:10.1016/0375-9601(95)00214-N.
    """
    return best_local_value() / tsirelson_bound()


def analyser(angle_deg: float) -> qutip.Qobj:
    """Observable of a polarising beam splitter at an angle: +1 along it, -1 across, cos(2a) Z + sin(2a) X.

    Parameters
    ----------
    angle_deg : float
        Angle from the horizontal in degrees, -360 to 360.

    Returns
    -------
    qutip.Qobj
        Operator with eigenvalues +1 and -1, shape (2, 2).

    Raises
    ------
    ParameterError
        When the angle is not a finite number in range.
    """
    return 2.0 * polarisation(angle_deg).proj() - qutip.qeye(2)


def chsh_value_of_state(
    pair: qutip.Qobj, alice_deg: Sequence[float] = BEST_ALICE_DEG, bob_deg: Sequence[float] = BEST_BOB_DEG
) -> float:
    """CHSH value of any two-qubit state with analysers at given angles, by expectation values.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.
    alice_deg, bob_deg : sequence of two floats
        Analyser angles in degrees.

    Returns
    -------
    float
        S.

    Raises
    ------
    ParameterError
        When the pair is no state or an angle is out of range.
    """
    rho = pair_density(pair)
    alice, bob = (_two_angles(who, angles) for who, angles in (("alice_deg", alice_deg), ("bob_deg", bob_deg)))
    means = [[qutip.expect(qutip.tensor(analyser(a), analyser(b)), rho) for b in bob] for a in alice]
    return _chsh(np.array(means))


def largest_chsh_value(pair: qutip.Qobj) -> float:
    r"""Largest CHSH value of a two-qubit state over all measurements (the Horodecki criterion).

    .. math:: S_{\max} = 2\sqrt{t_1^2 + t_2^2}

    with the two largest singular values of `correlation_matrix`. The state violates the CHSH inequality for some
    settings exactly when this exceeds 2.

    Parameters
    ----------
    pair : qutip.Qobj
        Ket or density operator of two qubits.

    Returns
    -------
    float
        0 to 2 sqrt(2).

    Raises
    ------
    ParameterError
        When the pair is no state.

    References
    ----------
    R. Horodecki, P. Horodecki and M. Horodecki, Phys. Lett. A 200, 340 (1995), doi:10.1016/0375-9601(95)00214-N.

    Examples
    --------
    >>> from qlearn.physics.entanglement import werner_state
    >>> round(largest_chsh_value(werner_state(0.8)), 4)
    2.2627
    """
    first, second, _ = np.linalg.svd(correlation_matrix(pair), compute_uv=False)
    return float(2.0 * np.hypot(first, second))


def _correlators(alice_deg: Sequence[float], bob_deg: Sequence[float], visibility: float) -> NDArray[np.float64]:
    alice, bob = _two_angles("alice_deg", alice_deg), _two_angles("bob_deg", bob_deg)
    v = number("visibility", visibility, 0.0, 1.0)
    return correlation(alice[:, None], bob[None, :], visibility=v)


def _two_angles(name: str, angles: Sequence[float]) -> NDArray[np.float64]:
    pair = in_range(name, angles, -360.0, 360.0, unit="degrees")
    if pair.shape != (2,):
        raise ParameterError(f"{name} is {angles!r}; it must hold two angles, for question 0 and question 1")
    return pair


def _chsh(correlators: NDArray[np.float64]) -> float:
    return float(correlators[0, 0] + correlators[0, 1] + correlators[1, 0] - correlators[1, 1])
