r"""What clicks at the end of a link: photons, background, after-pulses, and the time when the detectors are blind.

Model of Ma, Qi, Zhao and Lo: each photon is detected with the transmittance eta, and a background click comes with
probability Y0 whatever the pulse holds. A pulse in which both happen counts as background, the choice that never
flatters the link; it changes the paper's formulas by less than Y0, relatively.

Two things reach from one pulse to the next. A click blinds all detectors for the dead time, D pulses long. And with
probability p it leaves a charge behind that clicks at the first pulse after that: an after-pulse, blind to what this
pulse holds, so that it is background, wrong half the time. A click is followed by D blind pulses and then by 1/Q live
ones on average, which makes both exact:

.. math:: Q = \frac{Y}{1 - p\,(1 - Y)}, \qquad B = Y_0 + (1 - Y_0)\,p\,Q, \qquad \text{live} = \frac{1}{1 + D\,Q}

with Y the clicks of an average live pulse were there no after-pulses, Q with them, and B the background that takes the
place of Y0. To first order Q = Y (1 + p), as in Lim et al. (2014), who book the after-pulse on the pulse before it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.physics.arguments import in_range, probability
from qlearn.physics.qkd.link import Link, transmittance

__all__ = [
    "BACKGROUND_ERROR_RATE",
    "error_rate",
    "gain",
    "light_detection",
    "live_fraction",
    "yield_and_error_rate",
]

BACKGROUND_ERROR_RATE = 0.5  # a click without a photon is a coin toss


def light_detection(
    link: Link, *, intensity: ArrayLike | None = None, length_km: ArrayLike | None = None
) -> NDArray[np.float64]:
    r"""Probability that the light of a laser pulse makes a click at a live detector, :math:`1 - e^{-\eta\mu}`.

    Parameters
    ----------
    link : Link
        The link.
    intensity : array_like, optional
        Mean photons of the pulse; those of a signal pulse when left out.
    length_km : array_like, optional
        Other lengths of fibre in km instead of the link's own; broadcasts against `intensity`.

    Returns
    -------
    ndarray of float64
        Probability, 0 to 1.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326.
    """
    mu = in_range("intensity", link.intensity if intensity is None else intensity, 0.0, np.inf)
    detected: NDArray[np.float64] = -np.expm1(-mu * transmittance(link, length_km=length_km))
    return detected


def yield_and_error_rate(
    link: Link, photons: ArrayLike, *, length_km: ArrayLike | None = None, average: ArrayLike | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Probability Y_n that a pulse of exactly n photons makes a click, and the error rate e_n of those clicks.

    .. math::
        \eta_n = 1 - (1 - \eta)^n, \qquad Y_n = B + (1 - B)\,\eta_n, \qquad
        e_n Y_n = \tfrac12 B + e_d (1 - B)\,\eta_n

    The background B is Y0 unless there are after-pulses; with a dead time Y_n is multiplied by the live fraction.

    Parameters
    ----------
    link : Link
        The link.
    photons : array_like
        Number n of photons in the pulse, 0 or more.
    length_km : array_like, optional
        Other lengths of fibre in km instead of the link's own; broadcasts against `photons`.
    average : array_like, optional
        Probability that the light of the average pulse is detected, which sets after-pulses and dead time; that of
        signal pulses when left out.

    Returns
    -------
    tuple of ndarray of float64
        Yield per pulse sent, 0 to 1, and error rate, 0 to 0.5; the error rate is NaN where nothing ever clicks.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326.
    """
    eta = transmittance(link, length_km=length_km)
    n = in_range("photons", photons, 0.0, np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        # log1p and expm1 keep the digits at the end of a long fibre; 0 times log 0 is the pulse without photons
        detected = np.where(n > 0, -np.expm1(n * np.log1p(-eta)), 0.0)
    return _clicks(link, detected, light_detection(link, length_km=length_km) if average is None else average)


def gain(
    link: Link,
    *,
    length_km: ArrayLike | None = None,
    intensity: ArrayLike | None = None,
    average: ArrayLike | None = None,
) -> NDArray[np.float64]:
    r"""Probability Q that a laser pulse makes a click.

    .. math:: Q_\mu = \sum_n P_n Y_n = B + (1 - B)\,(1 - e^{-\eta\mu})

    The background B is Y0 unless there are after-pulses; with a dead time the whole is multiplied by the live fraction.

    Parameters
    ----------
    link : Link
        The link.
    length_km : array_like, optional
        Other lengths of fibre in km instead of the link's own.
    intensity : array_like, optional
        Mean photons of the pulse, such as a decoy's; those of a signal pulse when left out.
    average : array_like, optional
        As in `yield_and_error_rate`.

    Returns
    -------
    ndarray of float64
        Clicks per pulse sent, 0 to 1.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326.
    """
    usual = light_detection(link, length_km=length_km) if average is None else average
    return _clicks(link, light_detection(link, intensity=intensity, length_km=length_km), usual)[0]


def error_rate(
    link: Link,
    *,
    length_km: ArrayLike | None = None,
    intensity: ArrayLike | None = None,
    average: ArrayLike | None = None,
) -> NDArray[np.float64]:
    r"""Fraction E of wrong bits among the sifted bits of laser pulses (QBER).

    .. math:: E_\mu Q_\mu = \sum_n e_n P_n Y_n = \tfrac12 B + e_d (1 - B)\,(1 - e^{-\eta\mu})

    Parameters
    ----------
    link : Link
        The link.
    length_km, intensity, average : array_like, optional
        As in `gain`.

    Returns
    -------
    ndarray of float64
        Error rate, 0 to 0.5; NaN where nothing ever clicks.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326.
    """
    usual = light_detection(link, length_km=length_km) if average is None else average
    return _clicks(link, light_detection(link, intensity=intensity, length_km=length_km), usual)[1]


def live_fraction(
    link: Link, *, length_km: ArrayLike | None = None, average: ArrayLike | None = None
) -> NDArray[np.float64]:
    """Fraction of the pulses that meet live detectors, 1/(1 + D Q), with D the pulses sent in one dead time.

    Parameters
    ----------
    link : Link
        The link.
    length_km, average : array_like, optional
        As in `yield_and_error_rate`.

    Returns
    -------
    ndarray of float64
        Fraction, 0 to 1; 1 without dead time.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    G. F. Knoll, Radiation Detection and Measurement, Wiley (non-paralysable model).

    Examples
    --------
    >>> round(float(live_fraction(Link(dead_time_s=1e-6))), 3)
    0.074
    """
    return _detectors(link, light_detection(link, length_km=length_km) if average is None else average)[1]


def _detectors(link: Link, average: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Background B of a live pulse and the live fraction, when the average pulse's light is detected so often."""
    dark, after = link.background_probability, link.after_pulse_probability
    without = dark + (1.0 - dark) * probability("average", average)
    clicks = without / (1.0 - after * (1.0 - without))
    return dark + (1.0 - dark) * after * clicks, 1.0 / (1.0 + clicks * link.clock_rate_hz * link.dead_time_s)


def _clicks(
    link: Link, detected: NDArray[np.float64], average: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Probability of a click and its error rate, when the light of a pulse is detected with this probability."""
    background, live = _detectors(link, average)
    clicks = background + (1.0 - background) * detected
    wrong = BACKGROUND_ERROR_RATE * background + link.misalignment_error * (1.0 - background) * detected
    nothing = np.full(np.shape(clicks), np.nan)
    rate: NDArray[np.float64] = np.divide(wrong, clicks, out=nothing, where=clicks > 0)[()]
    return live * clicks, rate
