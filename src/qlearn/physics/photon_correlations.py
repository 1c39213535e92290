"""Photons in time: g2(0) of pulsed light, and its estimate from the time stamps of two detectors.

A beam splitter sends each photon to one of two detectors. Pairs of clicks from the same pulse are compared with pairs
from different pulses, which come from independent photons.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range, number, probability

__all__ = ["G2Estimate", "estimate_g2_zero", "g2_of_numbers", "pulse_delays", "time_stamps"]


class G2Estimate(NamedTuple):
    """What the time stamps of a pulsed source say.

    Attributes
    ----------
    value, standard_error : float
        g2(0) and its standard error; NaN where no pair from different pulses was seen.
    same_pulse : int
        Pairs of clicks, one at each detector, from one pulse.
    other_pulses : float
        Pairs for each other distance of pulses, on average.
    """

    value: float
    standard_error: float
    same_pulse: int
    other_pulses: float


def g2_of_numbers(probabilities: ArrayLike) -> float:
    r"""g2(0) of light whose pulses hold n photons with given probabilities.

    .. math:: g^{(2)}(0) = \frac{\langle n(n-1)\rangle}{\langle n\rangle^2}

    Losses change neither it nor, for that reason, what it says about the source.

    Parameters
    ----------
    probabilities : array_like
        Of 0, 1, 2, ... photons, shape (K,), K at least 2; their sum 1.

    Returns
    -------
    float
        0 or more: 0 for single photons, 1 for a laser's Poisson distribution, 2 for one mode of thermal light.

    Raises
    ------
    ParameterError
        When they are no probabilities, do not sum to 1, or there is no light at all.

    References
    ----------
    R. Loudon, The Quantum Theory of Light (2000), section 6.7: g2 of a single mode.

    Examples
    --------
    >>> g2_of_numbers([0.2, 0.8])
    0.0
    """
    p = _number_distribution(probabilities)
    n = np.arange(p.size)
    mean = float((n * p).sum())
    if mean <= 0.0:
        raise ParameterError("the pulses hold no photon; g2(0) compares pairs with singles and needs light")
    return float((n * (n - 1) * p).sum()) / mean**2


def time_stamps(
    pulses: int,
    *,
    probabilities: ArrayLike,
    efficiency: float,
    period_s: float,
    lifetime_s: float,
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Simulate a pulsed source, a balanced beam splitter and two detectors that note the time of each click.

    Parameters
    ----------
    pulses : int
        How many, 0 or more; pulse k is sent at k periods.
    probabilities : array_like
        Of 0, 1, 2, ... photons in a pulse, shape (K,), K at least 2; their sum 1.
    efficiency : float
        Probability that a photon is detected, 0 to 1.
    period_s, lifetime_s : float
        Time between pulses, above 0, and mean delay of a photon after its pulse, 0 or more, in seconds.
    rng : numpy.random.Generator
        Source of chance.

    Returns
    -------
    tuple of two ndarrays of float64
        Sorted times of the clicks at each detector in seconds; no dead time, no dark counts.

    Raises
    ------
    ParameterError
        When an argument is outside its range.
    """
    p = _number_distribution(probabilities)
    period = number("period_s", period_s, 1e-18, np.inf, unit="s")
    lifetime = number("lifetime_s", lifetime_s, 0.0, np.inf, unit="s")
    photons = rng.choice(p.size, size=count("pulses", pulses), p=p / p.sum())
    pulse = np.repeat(np.arange(photons.size), photons)
    pulse = pulse[rng.random(pulse.size) < number("efficiency", efficiency, 0.0, 1.0)]
    times = pulse * period + lifetime * rng.exponential(size=pulse.size)
    transmitted = rng.random(pulse.size) < 0.5
    return np.sort(times[transmitted]), np.sort(times[~transmitted])


def pulse_delays(times_0_s: ArrayLike, times_1_s: ArrayLike, *, period_s: float, most: int = 10) -> NDArray[np.int64]:
    """Count pairs of clicks, one at each detector, by how many pulses lie between them.

    Parameters
    ----------
    times_0_s, times_1_s : array_like
        Times of the clicks at detector 0 and 1 in seconds, in any order, shapes (N,) and (M,).
    period_s : float
        Time between pulses in seconds, above 0.
    most : int
        Largest distance that is counted, 1 or more.

    Returns
    -------
    ndarray of int64
        Shape (2 most + 1,): detector 1 earlier by `most` pulses, ..., in the same pulse (the middle), ..., later.

    Raises
    ------
    ParameterError
        When the times are not finite numbers in one row, or another argument is outside its range.
    """
    first = in_range("times_0_s", times_0_s, -np.inf, np.inf, unit="s")
    second = in_range("times_1_s", times_1_s, -np.inf, np.inf, unit="s")
    if first.ndim != 1 or second.ndim != 1:
        raise ParameterError(f"the times have shapes {first.shape} and {second.shape}; each must be one row, (N,)")
    first, second = np.sort(first), np.sort(second)
    period = number("period_s", period_s, 1e-18, np.inf, unit="s")
    edge = period * (count("most", most, least=1) + 0.5)
    low, high = (np.searchsorted(second, first + shift) for shift in (-edge, edge))
    partners = high - low
    # the pairs of all clicks in one row: click i of detector 0 with each of its partners in turn
    at = np.repeat(np.arange(first.size), partners)
    nth = np.arange(at.size) - np.repeat(np.cumsum(partners) - partners, partners)
    distance = np.rint((second[low[at] + nth] - first[at]) / period).astype(np.int64)
    inside = distance[np.abs(distance) <= most]
    return np.bincount(inside + most, minlength=2 * most + 1).astype(np.int64)


def estimate_g2_zero(times_0_s: ArrayLike, times_1_s: ArrayLike, *, period_s: float, most: int = 10) -> G2Estimate:
    r"""g2(0) of a pulsed source from time stamps: pairs in the same pulse over pairs in different pulses.

    .. math:: g = \frac{C_0}{\bar C}, \qquad \sigma_g = g\sqrt{\frac1{C_0} + \frac1{\sum C_{m\ne0}}}

    with :math:`C_0 = 1` in the error when no pair was seen in the same pulse.

    Parameters
    ----------
    times_0_s, times_1_s : array_like
        Times of the clicks at detector 0 and 1 in seconds, in any order.
    period_s : float
        Time between pulses in seconds, above 0; delays should be short against it.
    most : int
        Pulses up to this distance on either side serve for comparison, 1 or more.

    Returns
    -------
    G2Estimate
        The value, its standard error, and the counts behind them.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    R. Hanbury Brown and R. Q. Twiss, Nature 177, 27 (1956), doi:10.1038/177027a0: the arrangement with two detectors.
    """
    pairs = pulse_delays(times_0_s, times_1_s, period_s=period_s, most=most)
    same, others = int(pairs[most]), int(pairs.sum() - pairs[most])
    if others == 0:
        return G2Estimate(float("nan"), float("nan"), same, 0.0)
    mean = others / (2 * most)
    error = max(same, 1) / mean * np.sqrt(1.0 / max(same, 1) + 1.0 / others)
    return G2Estimate(same / mean, float(error), same, mean)


def _number_distribution(probabilities: ArrayLike) -> NDArray[np.float64]:
    p = probability("probabilities", probabilities)
    if p.ndim != 1 or p.size < 2 or abs(p.sum() - 1.0) > 1e-9:
        raise ParameterError("probabilities must be a row for 0, 1, 2, ... photons that sums to 1")
    return p
