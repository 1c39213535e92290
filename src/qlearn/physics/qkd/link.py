"""A fibre link for weak laser pulses: its parameters, and what light and clicks do on it before any key is made.

Model of Ma, Qi, Zhao and Lo: a pulse holds n photons by Poisson's law, each photon is detected with the transmittance
eta, and a background click comes with probability Y0 whatever the pulse holds. A pulse in which both happen counts as
background, the choice that never flatters the link; it changes the paper's formulas by less than Y0, relatively.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc, gammaln, xlogy

from qlearn.physics.arguments import in_range

__all__ = [
    "BACKGROUND_ERROR_RATE",
    "LIMITS",
    "Link",
    "error_rate",
    "gain",
    "multiphoton_probability",
    "photon_number_probability",
    "plob_bound",
    "transmittance",
    "yield_and_error_rate",
]

BACKGROUND_ERROR_RATE = 0.5  # a click without a photon is a coin toss

# field: lowest and highest value, unit; the sliders of the widget lie inside
LIMITS: dict[str, tuple[float, float, str]] = {
    "length_km": (0.0, 5000.0, "km"),
    "loss_db_per_km": (0.0, 100.0, "dB/km"),
    "detector_efficiency": (0.0, 1.0, ""),
    "background_probability": (0.0, 1.0, "per pulse"),
    "misalignment_error": (0.0, 0.5, ""),
    "clock_rate_hz": (0.0, 1e12, "Hz"),
    "intensity": (0.0, 100.0, "photons per pulse"),
    "error_correction_efficiency": (1.0, 100.0, ""),
    "sifted_fraction": (0.0, 1.0, ""),
}


@dataclass(frozen=True, kw_only=True)
class Link:
    """A fibre, a laser in front of it and detectors behind it; the defaults are a round example, no device.

    Parameters
    ----------
    length_km : float
        Length L of the fibre in km.
    loss_db_per_km : float
        Loss alpha of the fibre in dB/km; about 0.2 for telecom fibre at 1550 nm.
    detector_efficiency : float
        Probability that a photon at the end of the fibre makes a click, 0 to 1: Bob's optics and detectors together.
    background_probability : float
        Probability Y0 of a click per pulse without any photon, both detectors together: about twice the dark count
        probability of one.
    misalignment_error : float
        Probability that a detected photon gives the wrong bit, 0 to 0.5.
    clock_rate_hz : float
        Pulses per second.
    intensity : float
        Mean number mu of photons in a signal pulse.
    error_correction_efficiency : float
        f_EC, leakage over the Shannon limit, 1 or more.
    sifted_fraction : float
        Fraction q of the clicks that sifting keeps; 1/2 for two bases chosen evenly.

    Raises
    ------
    ParameterError
        When a value is outside its range, `LIMITS`.

    Examples
    --------
    >>> Link(length_km=50).length_km
    50
    """

    length_km: float = 30.0
    loss_db_per_km: float = 0.2
    detector_efficiency: float = 0.1
    background_probability: float = 2e-6
    misalignment_error: float = 0.01
    clock_rate_hz: float = 1e9
    intensity: float = 0.5
    error_correction_efficiency: float = 1.16
    sifted_fraction: float = 0.5

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            low, high, unit = LIMITS[name]
            in_range(name, value, low, high, unit=unit)


def photon_number_probability(photons: ArrayLike, intensity: ArrayLike) -> NDArray[np.float64]:
    r"""Probability that a laser pulse of mean photon number mu holds exactly n photons.

    .. math:: P_n = e^{-\mu} \mu^n / n!

    Parameters
    ----------
    photons : array_like
        Number n of photons, 0 or more.
    intensity : array_like
        Mean photon number mu of the pulse, 0 or more; its phase is random.

    Returns
    -------
    ndarray of float64
        Probability, 0 to 1.

    Raises
    ------
    ParameterError
        When an argument is negative or not a finite number.

    References
    ----------
    H.-K. Lo, X. Ma and K. Chen, Phys. Rev. Lett. 94, 230504 (2005), doi:10.1103/PhysRevLett.94.230504.

    Examples
    --------
    >>> photon_number_probability([0, 1], 0.5).round(4)
    array([0.6065, 0.3033])
    """
    n = in_range("photons", photons, 0.0, np.inf)
    mu = in_range("intensity", intensity, 0.0, np.inf)
    probability: NDArray[np.float64] = np.exp(xlogy(n, mu) - mu - gammaln(n + 1.0))
    return probability


def multiphoton_probability(intensity: ArrayLike) -> NDArray[np.float64]:
    r"""Probability that a laser pulse of mean photon number mu holds two photons or more.

    .. math:: P_{n \ge 2} = 1 - (1 + \mu)\, e^{-\mu}

    Parameters
    ----------
    intensity : array_like
        Mean photon number mu of the pulse, 0 or more.

    Returns
    -------
    ndarray of float64
        Probability, 0 to 1, with all digits even for a very faint pulse.

    Raises
    ------
    ParameterError
        When the intensity is negative or not a finite number.

    References
    ----------
    G. Brassard, N. Lütkenhaus, T. Mor and B. C. Sanders, Phys. Rev. Lett. 85, 1330 (2000),
    doi:10.1103/PhysRevLett.85.1330.

    Examples
    --------
    >>> round(float(multiphoton_probability(0.5)), 4)
    0.0902
    """
    # the formula written out loses its digits where mu is small
    probability: NDArray[np.float64] = gammainc(2.0, in_range("intensity", intensity, 0.0, np.inf))
    return probability


def transmittance(link: Link, *, length_km: ArrayLike | None = None) -> NDArray[np.float64]:
    r"""Probability that a photon that enters the fibre makes a click.

    .. math:: \eta = \eta_D\, 10^{-\alpha L / 10}

    Parameters
    ----------
    link : Link
        The link.
    length_km : array_like, optional
        Other lengths of fibre in km, any shape, instead of the link's own.

    Returns
    -------
    ndarray of float64
        Probability, 0 to 1, the shape of `length_km`.

    Raises
    ------
    ParameterError
        When a length is negative or beyond 5000 km.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326.

    Examples
    --------
    >>> round(float(transmittance(Link(length_km=50, detector_efficiency=0.1))), 6)
    0.01
    """
    length = in_range("length_km", link.length_km if length_km is None else length_km, *LIMITS["length_km"][:2])
    return link.detector_efficiency * 10.0 ** (-link.loss_db_per_km * length / 10.0)


def yield_and_error_rate(
    link: Link, photons: ArrayLike, *, length_km: ArrayLike | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Probability Y_n that a pulse of exactly n photons makes a click, and the error rate e_n of those clicks.

    .. math::
        \eta_n = 1 - (1 - \eta)^n, \qquad Y_n = Y_0 + (1 - Y_0)\,\eta_n, \qquad
        e_n Y_n = \tfrac12 Y_0 + e_d (1 - Y_0)\,\eta_n

    Parameters
    ----------
    link : Link
        The link.
    photons : array_like
        Number n of photons in the pulse, 0 or more.
    length_km : array_like, optional
        Other lengths of fibre in km instead of the link's own; broadcasts against `photons`.

    Returns
    -------
    tuple of ndarray of float64
        Yield, 0 to 1, and error rate, 0 to 0.5; the error rate is NaN where nothing ever clicks.

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
    return _clicks(link, detected)


def gain(link: Link, *, length_km: ArrayLike | None = None) -> NDArray[np.float64]:
    r"""Probability Q that a signal pulse makes a click.

    .. math:: Q_\mu = \sum_n P_n Y_n = Y_0 + (1 - Y_0)\,(1 - e^{-\eta\mu})

    Parameters
    ----------
    link : Link
        The link.
    length_km : array_like, optional
        Other lengths of fibre in km instead of the link's own.

    Returns
    -------
    ndarray of float64
        Clicks per pulse, 0 to 1.

    Raises
    ------
    ParameterError
        When a length is outside its range.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326.
    """
    return _clicks(link, -np.expm1(-link.intensity * transmittance(link, length_km=length_km)))[0]


def error_rate(link: Link, *, length_km: ArrayLike | None = None) -> NDArray[np.float64]:
    r"""Fraction E of wrong bits among the sifted bits of signal pulses (QBER).

    .. math:: E_\mu Q_\mu = \sum_n e_n P_n Y_n = \tfrac12 Y_0 + e_d (1 - Y_0)\,(1 - e^{-\eta\mu})

    Parameters
    ----------
    link : Link
        The link.
    length_km : array_like, optional
        Other lengths of fibre in km instead of the link's own.

    Returns
    -------
    ndarray of float64
        Error rate, 0 to 0.5; NaN where nothing ever clicks.

    Raises
    ------
    ParameterError
        When a length is outside its range.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326.
    """
    return _clicks(link, -np.expm1(-link.intensity * transmittance(link, length_km=length_km)))[1]


def plob_bound(link: Link, *, length_km: ArrayLike | None = None) -> NDArray[np.float64]:
    r"""Most secret bits per use that any protocol can send through the bare fibre without a repeater.

    .. math:: C = -\log_2(1 - \eta_f), \qquad \eta_f = 10^{-\alpha L / 10}

    The fibre alone: no detector of Bob's can beat it.

    Parameters
    ----------
    link : Link
        The link, of which only length and loss count.
    length_km : array_like, optional
        Other lengths of fibre in km instead of the link's own.

    Returns
    -------
    ndarray of float64
        Bits per use of one mode of light; infinite for a fibre without loss.

    Raises
    ------
    ParameterError
        When a length is outside its range.

    References
    ----------
    S. Pirandola, R. Laurenza, C. Ottaviani and L. Banchi, Nature Communications 8, 15043 (2017),
    doi:10.1038/ncomms15043.

    Examples
    --------
    >>> round(float(plob_bound(Link(length_km=50, loss_db_per_km=0.2))), 4)
    0.152
    """
    length = in_range("length_km", link.length_km if length_km is None else length_km, *LIMITS["length_km"][:2])
    fibre = 10.0 ** (-link.loss_db_per_km * length / 10.0)
    with np.errstate(divide="ignore"):
        # log1p, because 1 - eta is 1 in double precision beyond some 160 dB
        bound: NDArray[np.float64] = -np.log1p(-fibre) / np.log(2.0)
    return bound


def _clicks(link: Link, detected: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Probability of a click and its error rate, when a photon is detected with this probability."""
    dark = link.background_probability
    clicks = dark + (1.0 - dark) * detected
    wrong = BACKGROUND_ERROR_RATE * dark + link.misalignment_error * (1.0 - dark) * detected
    nothing = np.full(np.shape(clicks), np.nan)
    rate: NDArray[np.float64] = np.divide(wrong, clicks, out=nothing, where=clicks > 0)[()]
    return clicks, rate
