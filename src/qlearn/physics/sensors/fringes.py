"""What an interferometer with loss shows at a phase, and simulated estimates from its counts.

The signal of a run of N photons lies between -1 and 1. For independent photons and for squeezed light it is the
difference of the two outputs' photon numbers over N; for a GHZ (NOON) state it is +1 or -1, the parity, when all N
photons arrive and 0 when one is lost. Lost photons count as 0 everywhere, so one slope and one spread tell all.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range
from qlearn.physics.sensors.squeezing import squeezed_moments

__all__ = ["STRATEGIES", "folded_fringe_advantage", "signal_moments", "simulate_estimates", "steepest_phase"]

STRATEGIES = ("product", "squeezed", "ghz")


def signal_moments(
    strategy: str,
    *,
    probes: int,
    transmittance: float = 1.0,
    squeezing_db: float = 0.0,
    phase_rad: ArrayLike = np.pi / 2.0,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Mean and variance of the signal of one run.

    .. math::
        \text{product:}\quad & \eta\cos\varphi, && \tfrac1N(\eta - \eta^2\cos^2\varphi) \\
        \text{GHZ:}\quad & \eta^N\cos N\varphi, && \eta^N - \eta^{2N}\cos^2 N\varphi

    Squeezed light has the moments of `squeezed_moments`, divided by N and by its square.

    Parameters
    ----------
    strategy : str
        ``"product"``, ``"squeezed"`` or ``"ghz"``.
    probes : int
        N, 1 or more.
    transmittance : float
        eta, 0 to 1.
    squeezing_db : float
        Squeezing in decibels, for squeezed light alone.
    phase_rad : array_like
        Phase in radians.

    Returns
    -------
    tuple of two ndarrays of float64
        Mean and variance, the shape of the phase.

    Raises
    ------
    ParameterError
        When the strategy is unknown or an argument is outside its range.

    Examples
    --------
    >>> mean, variance = signal_moments("ghz", probes=4, phase_rad=0.0)
    >>> float(mean), float(variance)
    (1.0, 0.0)
    """
    _known(strategy)
    n = count("probes", probes, least=1)
    eta = float(in_range("transmittance", transmittance, 0.0, 1.0))
    phase = in_range("phase_rad", phase_rad, -np.inf, np.inf, unit="rad")
    if strategy == "squeezed":
        mean, variance = squeezed_moments(n, squeezing_db, eta, phase_rad=phase)
        return mean / n, variance / n**2
    survive, folds, copies = (eta, 1, n) if strategy == "product" else (eta**n, n, 1)
    signal = survive * np.cos(folds * phase)
    return signal, (survive - signal**2) / copies


def steepest_phase(strategy: str, probes: int) -> float:
    """Phase nearest to pi/2 at which the fringe is steepest and its mean is zero.

    Parameters
    ----------
    strategy : str
        ``"product"``, ``"squeezed"`` or ``"ghz"``.
    probes : int
        N, 1 or more.

    Returns
    -------
    float
        Radians; pi/2, but for a GHZ state the nearest of its N steep points, the lower of two.

    Raises
    ------
    ParameterError
        When the strategy is unknown or N is no whole number of at least 1.

    Examples
    --------
    >>> round(steepest_phase("ghz", 2) / np.pi, 3)
    0.25
    """
    _known(strategy)
    n = count("probes", probes, least=1)
    return float(np.pi / 2.0 if strategy != "ghz" else ((n - 1) // 2 + 0.5) * np.pi / n)


def simulate_estimates(
    strategy: str,
    experiments: int,
    *,
    rng: np.random.Generator,
    probes: int,
    runs: int,
    transmittance: float = 1.0,
    squeezing_db: float = 0.0,
) -> NDArray[np.float64]:
    """Errors of estimates made at the steepest point, the mean signal of some runs over the slope.

    Photons are counted one by one for independent photons and GHZ states; the count difference of squeezed light is
    drawn from a normal distribution with its exact mean and variance, which the mean over runs approaches.

    Parameters
    ----------
    strategy : str
        ``"product"``, ``"squeezed"`` or ``"ghz"``.
    experiments : int
        How many estimates.
    rng : numpy.random.Generator
        Source of chance.
    probes : int
        N photons a run, 1 or more.
    runs : int
        Runs averaged for one estimate, 1 or more.
    transmittance : float
        eta, above 0 and at most 1.
    squeezing_db : float
        Squeezing in decibels, for squeezed light alone.

    Returns
    -------
    ndarray of float64
        Estimated minus true phase in radians, shape (experiments,); an estimate without a complete GHZ run is 0 off,
        since it only repeats what was known before.

    Raises
    ------
    ParameterError
        When the strategy is unknown or an argument is outside its range.
    """
    _known(strategy)
    size, repeats = count("experiments", experiments), count("runs", runs, least=1)
    n = count("probes", probes, least=1)
    eta = float(in_range("transmittance", transmittance, 1e-9, 1.0))
    if strategy == "squeezed":
        top, _ = squeezed_moments(n, squeezing_db, eta, phase_rad=0.0)
        _, variance = squeezed_moments(n, squeezing_db, eta)
        return rng.normal(0.0, np.sqrt(variance / repeats), size) / top
    survive, folds, trials = (eta, 1, n * repeats) if strategy == "product" else (eta**n, n, repeats)
    plus = rng.binomial(trials, survive / 2.0, size)
    minus = rng.binomial(trials - plus, survive / 2.0 / (1.0 - survive / 2.0))
    errors: NDArray[np.float64] = (minus - plus) / trials / (folds * survive)
    return errors


def folded_fringe_advantage(probes: int, *, visibility: float = 1.0, efficiency: float = 1.0) -> float:
    r"""How much better than N independent photons one N-fold fringe is, at the phase that tells most.

    With the detection probability :math:`p = \eta\,(1 + V\cos N\varphi)/2` the information is
    :math:`F = (\partial p/\partial\varphi)^2/[p(1 - p)]`, and the advantage is the largest :math:`\sqrt{F/N}`. It lies
    at the steepest phase only when eta is 1.

    Parameters
    ----------
    probes : int
        N, 1 or more.
    visibility : float
        V, 0 to 1.
    efficiency : float
        eta, what the detection itself leaves of the fringe's probability, 0 to 1.

    Returns
    -------
    float
        Above 1 the fringe beats the standard quantum limit.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    R. Okamoto et al., New J. Phys. 10, 073033 (2008), doi:10.1088/1367-2630/10/7/073033.

    Examples
    --------
    >>> round(folded_fringe_advantage(4, visibility=0.82, efficiency=0.75), 2)
    1.3
    """
    n = count("probes", probes, least=1)
    v = float(in_range("visibility", visibility, 0.0, 1.0))
    eta = float(in_range("efficiency", efficiency, 0.0, 1.0))

    def minus_information(angle: float) -> float:
        chance = eta * (1.0 + v * np.cos(angle)) / 2.0
        slope = n * eta * v * np.sin(angle) / 2.0
        return -float(slope**2 / (chance * (1.0 - chance))) if 0.0 < chance < 1.0 else 0.0

    # the ends of the fringe have no slope; the information has one maximum between them
    found = minimize_scalar(minus_information, bounds=(1e-6, np.pi - 1e-6), method="bounded", options={"xatol": 1e-10})
    return float(np.sqrt(-found.fun / n))


def _known(strategy: str) -> None:
    if strategy not in STRATEGIES:
        raise ParameterError(f"the strategy is {strategy!r}; it must be one of {', '.join(map(repr, STRATEGIES))}")
