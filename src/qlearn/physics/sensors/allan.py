"""The Allan deviation: how much a frequency, averaged over a time, changes from one such average to the next.

Frequencies may be in Hz or fractional; a deviation has the unit of what it was made of. Samples follow one another
without gaps, each the mean over one interval.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range

__all__ = ["AllanCurve", "allan_curve", "overlapping_allan_deviation", "white_degrees_of_freedom"]


@dataclass(frozen=True)
class AllanCurve:
    """Allan deviations at several averaging times, with the ends of their confidence intervals.

    Attributes
    ----------
    averaging_s : ndarray of float64
        Averaging times tau in seconds, shape (times,).
    deviation, low, high : ndarray of float64
        Allan deviation and the ends of its interval, shape (times,), in the unit of the frequencies.
    """

    averaging_s: NDArray[np.float64]
    deviation: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def overlapping_allan_deviation(frequencies: ArrayLike, factor: int) -> float:
    r"""Allan deviation from every pair of neighbouring averages that the data hold.

    .. math:: \sigma^2(m\tau_0) = \tfrac12\bigl\langle(\bar y_{k+m} - \bar y_k)^2\bigr\rangle_k

    with :math:`\bar y_k` the mean of samples k to k + m - 1, and k every place where two such means fit.

    Parameters
    ----------
    frequencies : array_like
        Frequencies, shape (samples,), in Hz or fractional.
    factor : int
        m, samples averaged, 1 to half of the samples.

    Returns
    -------
    float
        In the unit of the frequencies.

    Raises
    ------
    ParameterError
        When the frequencies are no finite row or are too few for the factor.

    References
    ----------
    D. W. Allan, Proc. IEEE 54, 221 (1966), for the definition; W. J. Riley, Handbook of Frequency Stability Analysis,
    NIST Special Publication 1065 (2008), for the overlapping estimate.

    Examples
    --------
    >>> overlapping_allan_deviation([0.0, 2.0, 0.0, 2.0], 2)
    0.0
    """
    samples = _row(frequencies)
    m = count("factor", factor, least=1)
    if 2 * m > samples.size:
        raise ParameterError(f"factor is {m}; {samples.size} frequencies allow at most {samples.size // 2}")
    # the mean comes off first: sums of large equal frequencies would hide small differences in their rounding
    phase = np.concatenate([[0.0], np.cumsum(samples - samples.mean())])
    second = phase[2 * m :] - 2.0 * phase[m:-m] + phase[: -2 * m]
    return float(np.sqrt(np.mean(second**2) / 2.0) / m)


def allan_curve(frequencies: ArrayLike, *, interval_s: float = 1.0, confidence: float = 0.683) -> AllanCurve:
    """Overlapping Allan deviation at averaging times that double, with confidence intervals for white noise.

    Parameters
    ----------
    frequencies : array_like
        Frequencies, shape (samples,), at least 4 of them.
    interval_s : float
        Time from sample to sample in seconds, above 0.
    confidence : float
        Chance that an interval holds the true value, above 0 and below 1; 0.683 stands for one standard error.

    Returns
    -------
    AllanCurve
        From one interval to half of the record.

    Raises
    ------
    ParameterError
        When there are too few frequencies or an argument is outside its range.

    References
    ----------
    W. J. Riley, Handbook of Frequency Stability Analysis, NIST Special Publication 1065 (2008).

    Examples
    --------
    >>> allan_curve(np.arange(16.0)).averaging_s
    array([1., 2., 4., 8.])
    """
    samples = _row(frequencies)
    if samples.size < 4:
        raise ParameterError(f"there are {samples.size} frequencies; a curve needs at least 4")
    interval = float(in_range("interval_s", interval_s, 1e-12, np.inf, unit="s"))
    inside = float(in_range("confidence", confidence, 1e-6, 1.0 - 1e-6))
    factors = 2 ** np.arange(int(np.log2(samples.size)))
    factors = factors[2 * factors <= samples.size]
    deviation = np.array([overlapping_allan_deviation(samples, int(m)) for m in factors])
    freedom = white_degrees_of_freedom(samples.size, factors)
    low, high = (deviation * np.sqrt(freedom / chi2.ppf((1.0 + sign * inside) / 2.0, freedom)) for sign in (1, -1))
    return AllanCurve(np.asarray(interval * factors, dtype=np.float64), deviation, low, high)


def white_degrees_of_freedom(samples: int, factor: ArrayLike) -> NDArray[np.float64]:
    r"""Equivalent degrees of freedom of an overlapping Allan variance of white frequency noise.

    .. math:: \Bigl[\frac{3(P - 1)}{2m} - \frac{2(P - 2)}{P}\Bigr]\frac{4m^2}{4m^2 + 5}

    with P = samples + 1 phases. Data with flicker or random-walk noise have fewer at long times, so that true intervals
    are wider there.

    Parameters
    ----------
    samples : int
        Number of frequencies, 2 or more.
    factor : array_like
        m, samples averaged, 1 to half of the samples.

    Returns
    -------
    ndarray of float64
        At least 1.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    W. J. Riley, Handbook of Frequency Stability Analysis, NIST Special Publication 1065 (2008); the package's tests
    compare it with the scatter of simulated deviations.
    """
    phases = count("samples", samples, least=2) + 1
    m = in_range("factor", factor, 1.0, samples / 2.0)
    square = 4.0 * m**2
    freedom = (3.0 * (phases - 1) / (2.0 * m) - 2.0 * (phases - 2) / phases) * square / (square + 5.0)
    return np.maximum(freedom, 1.0)


def _row(frequencies: ArrayLike) -> NDArray[np.float64]:
    samples = in_range("frequencies", frequencies, -np.inf, np.inf)
    if samples.ndim != 1:
        raise ParameterError(f"the frequencies have shape {samples.shape}; they must be one row, shape (samples,)")
    return samples
