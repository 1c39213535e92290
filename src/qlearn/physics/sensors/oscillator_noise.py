"""Frequencies of oscillators that wander: white, flicker and random-walk noise and drift, and their Allan deviations.

Each sample is the mean frequency over one interval. Whatever unit the noise is given in, Hz or fractional, the
frequencies and deviations have it too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.signal import lfilter

from qlearn.physics.arguments import count, in_range

__all__ = [
    "FLICKER_MEMORIES",
    "drift_deviation",
    "flicker_deviation",
    "flicker_frequencies",
    "random_walk_deviation",
    "random_walk_frequencies",
    "white_deviation",
    "white_frequencies",
]

FLICKER_MEMORIES = 4.0 ** np.arange(10)
"""Memories of the relaxing processes that make up flicker noise, in samples: 1, 4, 16 and so on to 262,144."""


def white_frequencies(samples: int, *, deviation: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """White frequency noise: every sample is drawn afresh.

    Parameters
    ----------
    samples : int
        How many, 0 or more.
    deviation : float
        Standard deviation of a sample, 0 or more; it is the Allan deviation at one interval.
    rng : numpy.random.Generator
        Source of chance.

    Returns
    -------
    ndarray of float64
        Shape (samples,).

    Raises
    ------
    ParameterError
        When an argument is outside its range.
    """
    size = count("samples", samples)
    return rng.normal(0.0, float(in_range("deviation", deviation, 0.0, np.inf)), size)


def flicker_frequencies(samples: int, *, floor: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Flicker frequency noise, a power spectrum that falls as 1/f, as a sum of ten relaxing processes.

    Each forgets within its own memory, a factor of four longer than the last one's. With variance floor^2 each, the
    sum's Allan deviation is flat at `floor` to 5 % from one interval to a hundred thousand.

    Parameters
    ----------
    samples : int
        How many, 0 or more.
    floor : float
        The flat Allan deviation, 0 or more.
    rng : numpy.random.Generator
        Source of chance.

    Returns
    -------
    ndarray of float64
        Shape (samples,), the first of them 0: somebody has just tuned the oscillator.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    W. J. Riley, Handbook of Frequency Stability Analysis, NIST Special Publication 1065 (2008), for flicker noise; the
    sum of relaxations is checked by `flicker_deviation`.
    """
    size = count("samples", samples)
    height = float(in_range("floor", floor, 0.0, np.inf))
    draws = rng.normal(0.0, 1.0, (FLICKER_MEMORIES.size, size))
    total = np.zeros(size)
    for memory, row in zip(FLICKER_MEMORIES, draws, strict=True):
        kept = np.exp(-1.0 / memory)
        steps = row * np.sqrt(1.0 - kept**2)
        steps[:1] = row[:1]  # begins in its stationary spread
        total += lfilter([1.0], [1.0, -kept], steps)
    return height * (total - total[:1])


def random_walk_frequencies(samples: int, *, step: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Random-walk frequency noise: every sample is the last one and a fresh step.

    Parameters
    ----------
    samples : int
        How many, 0 or more.
    step : float
        Standard deviation of a step, 0 or more.
    rng : numpy.random.Generator
        Source of chance.

    Returns
    -------
    ndarray of float64
        Shape (samples,), the first of them 0.

    Raises
    ------
    ParameterError
        When an argument is outside its range.
    """
    walk = np.cumsum(white_frequencies(samples, deviation=float(in_range("step", step, 0.0, np.inf)), rng=rng))
    return walk - walk[:1]


def white_deviation(factor: ArrayLike, *, deviation: float) -> NDArray[np.float64]:
    """Allan deviation of white frequency noise: it falls as one over the root of the samples averaged.

    Parameters
    ----------
    factor : array_like
        m, samples averaged, 1 or more.
    deviation : float
        As `white_frequencies` takes it.

    Returns
    -------
    ndarray of float64
        In the unit of the noise.

    Raises
    ------
    ParameterError
        When an argument is outside its range.
    """
    return float(in_range("deviation", deviation, 0.0, np.inf)) / np.sqrt(_factor(factor))


def flicker_deviation(factor: ArrayLike, *, floor: float) -> NDArray[np.float64]:
    r"""Exact Allan deviation of the sum of relaxing processes that `flicker_frequencies` draws.

    For one with the factor a kept from sample to sample,

    .. math:: \sigma^2(m) = \frac{s^2}{m^2}\Bigl[m\frac{1 + a}{1 - a} - \frac{a(1 - a^m)(3 - a^m)}{(1 - a)^2}\Bigr]

    Parameters
    ----------
    factor : array_like
        m, samples averaged, 1 or more.
    floor : float
        As `flicker_frequencies` takes it.

    Returns
    -------
    ndarray of float64
        In the unit of the noise.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> flicker_deviation([1, 32, 1024], floor=1.0).round(2)
    array([0.97, 0.99, 1.  ])
    """
    m = _factor(factor)[..., None]
    a = np.exp(-1.0 / FLICKER_MEMORIES)
    forgotten = -np.expm1(-1.0 / FLICKER_MEMORIES)
    power = np.exp(-m / FLICKER_MEMORIES)
    lost = -np.expm1(-m / FLICKER_MEMORIES)
    variances = (m * (1.0 + a) / forgotten - a * lost * (3.0 - power) / forgotten**2) / m**2
    total: NDArray[np.float64] = np.sqrt(np.maximum(variances, 0.0).sum(axis=-1))
    return float(in_range("floor", floor, 0.0, np.inf)) * total


def random_walk_deviation(factor: ArrayLike, *, step: float) -> NDArray[np.float64]:
    r"""Allan deviation of a sampled random walk, :math:`s\sqrt{(2m^2 + 1)/(6m)}`; for long times it grows as the root.

    Parameters
    ----------
    factor : array_like
        m, samples averaged, 1 or more.
    step : float
        s, as `random_walk_frequencies` takes it.

    Returns
    -------
    ndarray of float64
        In the unit of the noise.

    Raises
    ------
    ParameterError
        When an argument is outside its range.
    """
    m = _factor(factor)
    return float(in_range("step", step, 0.0, np.inf)) * np.sqrt((2.0 * m**2 + 1.0) / (6.0 * m))


def drift_deviation(averaging_s: ArrayLike, *, drift_per_s: float) -> NDArray[np.float64]:
    r"""Allan deviation of a steady drift, :math:`|d|\,\tau/\sqrt2`.

    Parameters
    ----------
    averaging_s : array_like
        tau in seconds, 0 or more.
    drift_per_s : float
        d, change of the frequency a second, of either sign.

    Returns
    -------
    ndarray of float64
        In the unit of the drift times seconds.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> round(float(drift_deviation(10.0, drift_per_s=-1.0)), 4)
    7.0711
    """
    tau = in_range("averaging_s", averaging_s, 0.0, np.inf, unit="s")
    drift = float(in_range("drift_per_s", drift_per_s, -np.inf, np.inf))
    return np.asarray(abs(drift) * tau / np.sqrt(2.0))


def _factor(factor: ArrayLike) -> NDArray[np.float64]:
    return in_range("factor", factor, 1.0, np.inf)
