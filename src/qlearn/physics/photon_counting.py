"""What counts of clicks say: the visibility of a fringe, and whether photons come one at a time.

A wave that a beam splitter halves makes both detectors click together at least as often as chance does: the
anticorrelation parameter alpha is 1 or more. One photon cannot click twice: 0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range, number, shapes_fit

__all__ = [
    "anticorrelation_parameter",
    "coincidence_ratio",
    "distance_from_wave",
    "fraction_error",
    "heralded_anticorrelation",
    "visibility_from_counts",
    "visibility_of_fringe",
]


def fraction_error(counted: ArrayLike, total: ArrayLike) -> NDArray[np.float64]:
    r"""Error bar of a fraction k/N that is never zero: the spread of p that the counts leave open.

    .. math:: s = \sqrt{\frac{\tilde p (1-\tilde p)}{N+3}}, \qquad \tilde p = \frac{k+1}{N+2}

    the standard deviation of p by Bayes's rule when every p was equally likely before. For large counts it is the usual
    :math:`\sqrt{p(1-p)/N}`, which fails where none or all of the photons were counted.

    Parameters
    ----------
    counted : array_like
        k, 0 to N.
    total : array_like
        N, 0 or more, of a shape that goes with k.

    Returns
    -------
    ndarray of float64
        s, above 0.

    Raises
    ------
    ParameterError
        When a count is negative or exceeds its total.

    References
    ----------
    The Beta distribution's variance, in any text on Bayesian statistics.

    Examples
    --------
    >>> fraction_error([0, 50], 100).round(4)
    array([0.0097, 0.0493])
    """
    n = in_range("total", total, 0.0, np.inf)
    k = in_range("counted", counted, 0.0, np.inf)
    shapes_fit(counted=k, total=n)
    if (k > n).any():
        raise ParameterError("counted exceeds total; of N photons at most N can be counted")
    share = (k + 1.0) / (n + 2.0)
    error: NDArray[np.float64] = np.sqrt(share * (1.0 - share) / (n + 3.0))
    return error


def visibility_from_counts(most: int, least: int) -> tuple[float, float]:
    r"""Visibility from the counts of one detector at the top and at the bottom of a fringe, in equal times.

    .. math:: V = \frac{N_+ - N_-}{N_+ + N_-}, \qquad \sigma_V = \sqrt{\frac{1 - V^2}{N_+ + N_-}}

    Parameters
    ----------
    most, least : int
        Counts at the top and at the bottom, together at least 1. Chance may make `least` the larger one: V is then
        negative.

    Returns
    -------
    tuple of two floats
        V and its standard error, for counts with Poisson's spread.

    Raises
    ------
    ParameterError
        When a count is no whole number of 0 or more, or nothing was counted.

    References
    ----------
    First-order propagation of the variances N of Poisson counts.

    Examples
    --------
    >>> visibility_from_counts(90, 10)
    (0.8, 0.06)
    """
    high, low = count("most", most), count("least", least)
    total = count("most + least", high + low, least=1)
    value = (high - low) / total
    # (1 + V)(1 - V) in counts, without the rounding of 1 - V^2
    return value, 2.0 * float(np.sqrt(high * low / total)) / total


def visibility_of_fringe(phase_rad: ArrayLike, counts: ArrayLike) -> tuple[float, float]:
    r"""Visibility from the counts of both detectors at many phases, when the zero of the phase is known.

    .. math:: V = \frac{\sum_k c_k (n_{k0} - n_{k1})}{\sum_k c_k^2 N_k}, \qquad
              \sigma_V = \frac{\sqrt{\sum_k (2 c_k N_k s_k)^2}}{\sum_k c_k^2 N_k}, \qquad c_k = \cos\varphi_k

    the least squares fit of :math:`n_{k0} - n_{k1} = N_k V \cos\varphi_k`, with `fraction_error` for :math:`s_k`. It
    has no bias, so it may fall a little outside 0 to 1.

    Parameters
    ----------
    phase_rad : array_like
        Phases in radians, shape (K,).
    counts : array_like
        Counts at detector 0 and detector 1, shape (K, 2).

    Returns
    -------
    tuple of two floats
        V and its standard error; NaN where no photon was counted at a phase that tells anything.

    Raises
    ------
    ParameterError
        When the shapes do not fit or a count is negative.

    References
    ----------
    Least squares with binomial variances, in any text on statistics.

    Examples
    --------
    >>> round(visibility_of_fringe([0.0, np.pi], [[75, 25], [25, 75]])[0], 6)
    0.5
    """
    phases = in_range("phase_rad", phase_rad, -np.inf, np.inf, unit="rad")
    seen = in_range("counts", counts, 0.0, np.inf)
    if phases.ndim != 1 or seen.shape != (phases.size, 2):
        raise ParameterError(
            f"phase_rad has shape {phases.shape} and counts {seen.shape}; they must be (K,) and (K, 2)"
        )
    slope, total = np.cos(phases), seen.sum(axis=1)
    weight = float((slope**2 * total).sum())
    if weight < 1e-9:  # cos(pi/2) is not quite zero
        return float("nan"), float("nan")
    spread = 2.0 * slope * total * fraction_error(seen[:, 0], total)
    value = float((slope * (seen[:, 0] - seen[:, 1])).sum()) / weight
    return value, float(np.sqrt((spread**2).sum())) / weight


def coincidence_ratio(coincidences: int, *, expected: float) -> tuple[float, float]:
    r"""Coincidences seen over those expected of independent clicks, with the error bar of the counting.

    .. math:: \alpha = \frac{n}{m}, \qquad \sigma_\alpha = \frac{\sqrt{\max(n, 1)}}{m}

    Parameters
    ----------
    coincidences : int
        n, 0 or more.
    expected : float
        m, what clicks without any relation would give; above 0.

    Returns
    -------
    tuple of two floats
        The ratio and its standard error. With n = 0 the error stands for the one count that was not seen.

    Raises
    ------
    ParameterError
        When n is no whole number of 0 or more, or m not above 0.

    References
    ----------
    P. Grangier, G. Roger and A. Aspect, Europhys. Lett. 1, 173 (1986), doi:10.1209/0295-5075/1/4/004.

    Examples
    --------
    >>> coincidence_ratio(9, expected=50)
    (0.18, 0.06)
    """
    seen = count("coincidences", coincidences)
    chance = number("expected", expected, 1e-300, np.inf)
    return seen / chance, float(np.sqrt(max(seen, 1))) / chance


def anticorrelation_parameter(
    gates: int, *, transmitted: int, reflected: int, coincidences: int
) -> tuple[float, float]:
    r"""Grangier, Roger and Aspect's anticorrelation parameter from the counts of a triggered experiment.

    .. math:: \alpha = \frac{P_c}{P_t P_r} = \frac{N_c N_1}{N_t N_r}, \qquad P = N/N_1

    A wave, split by the beam splitter, gives 1 or more, whatever its strength does from gate to gate.

    Parameters
    ----------
    gates : int
        N_1, how often the trigger opened the gate, 1 or more.
    transmitted, reflected : int
        N_t and N_r, gates with a click at this detector, 1 to N_1 each; those with both count here too.
    coincidences : int
        N_c, gates with a click at both.

    Returns
    -------
    tuple of two floats
        alpha and its standard error, by `coincidence_ratio`: the coincidences are so few that the other counts' errors
        do not matter.

    Raises
    ------
    ParameterError
        When a count is too small, or larger than one that contains it.

    References
    ----------
    P. Grangier, G. Roger and A. Aspect, Europhys. Lett. 1, 173 (1986), doi:10.1209/0295-5075/1/4/004.

    Examples
    --------
    >>> round(anticorrelation_parameter(100_000, transmitted=2000, reflected=2500, coincidences=9)[0], 3)
    0.18
    """
    total, both = count("gates", gates, least=1), count("coincidences", coincidences)
    one, other = count("transmitted", transmitted, least=1), count("reflected", reflected, least=1)
    if max(one, other) > total:
        raise ParameterError(f"one detector clicked in {max(one, other)} gates; there were only {total}")
    if both > min(one, other):
        raise ParameterError(f"coincidences is {both}; it must be at most the {min(one, other)} clicks of one detector")
    return coincidence_ratio(both, expected=one * other / total)


def distance_from_wave(alpha: float, *, standard_error: float) -> float:
    r"""How far a measured alpha or g2(0) lies below 1, the least of any wave, in standard errors.

    .. math:: \frac{1 - \alpha}{\sigma_\alpha}

    Parameters
    ----------
    alpha : float
        The measured value, 0 or more.
    standard_error : float
        Its standard error, above 0.

    Returns
    -------
    float
        Negative when alpha exceeds 1.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    J. J. Thorn et al., Am. J. Phys. 72, 1210 (2004), doi:10.1119/1.1737397.

    Examples
    --------
    >>> round(distance_from_wave(0.0177, standard_error=0.0026))
    378
    """
    value = number("alpha", alpha, 0.0, np.inf)
    return (1.0 - value) / number("standard_error", standard_error, 1e-300, np.inf)


def heralded_anticorrelation(accidental: ArrayLike) -> NDArray[np.float64]:
    r"""Expected alpha of a perfect heralded photon among accidental ones.

    .. math:: \alpha = 1 - \frac{1}{(1 + x)^2} = \frac{2x + x^2}{(1+x)^2}

    where x is the mean number of accidental photons in a gate for one photon that belongs there. Of the pairs of
    photons in a gate only the pair "heralded photon with itself" is missing. Detectors see a small part of the light.

    Parameters
    ----------
    accidental : array_like
        x, 0 or more.

    Returns
    -------
    ndarray of float64
        0 to 1, the same shape.

    Raises
    ------
    ParameterError
        When x is negative.

    References
    ----------
    P. Grangier, G. Roger and A. Aspect, Europhys. Lett. 1, 173 (1986), doi:10.1209/0295-5075/1/4/004, describe the
    source; the formula follows from Poisson's distribution of the accidental photons.

    Examples
    --------
    >>> round(float(heralded_anticorrelation(0.1)), 3)
    0.174
    """
    x = in_range("accidental", accidental, 0.0, np.inf)
    alpha: NDArray[np.float64] = 1.0 - 1.0 / (1.0 + x) ** 2
    return alpha
