"""Secret key of BB84 from laser pulses, with decoys and without, against the ideal single photon.

All three rates have one form. Of the clicks, some count as made by single photons, which Eve could not split; the
proof credits them with one bit each, less what their phase errors may have told her, and then the hints of error
correction are paid for from the whole. What differs is how many clicks a protocol can prove to be single photons.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq, minimize_scalar

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range
from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd.key_rate import error_rate_threshold
from qlearn.physics.qkd.link import (
    Link,
    error_rate,
    gain,
    multiphoton_probability,
    photon_number_probability,
    plob_bound,
    transmittance,
    yield_and_error_rate,
)

__all__ = [
    "GYS",
    "KeyRate",
    "Link",
    "best_intensity",
    "decoy_rate",
    "error_rate",
    "gain",
    "gllp_rate",
    "multiphoton_probability",
    "optimal_intensity",
    "photon_number_probability",
    "plob_bound",
    "reach",
    "single_photon_rate",
    "transmittance",
    "yield_and_error_rate",
]

# the link of Gobby, Yuan and Shields as Ma et al. model it; intensity and f_EC are the paper's
GYS = Link(
    length_km=0.0,
    loss_db_per_km=0.21,
    detector_efficiency=0.045,
    background_probability=1.7e-6,
    misalignment_error=0.033,
    intensity=0.48,
    error_correction_efficiency=1.22,
)

_MOST_LOSS_DB = 600.0  # one photon in 10^60
_INTENSITIES = (1e-9, 2.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class KeyRate:
    """A key rate and every number on the way to it, per pulse, each an array of the shape of the lengths asked for.

    Attributes
    ----------
    transmittance : ndarray
        eta, fibre and detector.
    gain : ndarray
        Q, clicks per pulse.
    error_rate : ndarray
        E of all sifted clicks; NaN where nothing clicks.
    single_photon_yield : ndarray
        Y1, clicks per pulse of exactly one photon.
    single_photon_error_rate : ndarray
        e1 of those; NaN where nothing clicks.
    untagged_gain : ndarray
        Clicks per pulse that the protocol may count as single photons.
    untagged_error_rate : ndarray
        The error rate it must assume for them, 0 to 0.5.
    leakage : ndarray
        Bits per pulse spent on error correction, q f_EC Q h(E).
    privacy_amplification : ndarray
        Bits per pulse given up because Eve may know them, q times untagged gain times h(untagged error rate).
    secret_bits_per_pulse : ndarray
        What is left, or 0.
    secret_bits_per_second : ndarray
        The same times the clock rate.
    """

    transmittance: NDArray[np.float64]
    gain: NDArray[np.float64]
    error_rate: NDArray[np.float64]
    single_photon_yield: NDArray[np.float64]
    single_photon_error_rate: NDArray[np.float64]
    untagged_gain: NDArray[np.float64]
    untagged_error_rate: NDArray[np.float64]
    leakage: NDArray[np.float64]
    privacy_amplification: NDArray[np.float64]
    secret_bits_per_pulse: NDArray[np.float64]
    secret_bits_per_second: NDArray[np.float64]


RateFunction = Callable[..., KeyRate]


def decoy_rate(link: Link, *, length_km: ArrayLike | None = None) -> KeyRate:
    r"""Key of weak laser pulses with infinitely many decoys, which tell yield and error rate of single photons exactly.

    .. math:: R = q\,\{ Q_1 [1 - h(e_1)] - f_{EC}\, Q_\mu h(E_\mu) \}, \qquad Q_1 = \mu e^{-\mu}\, Y_1

    Parameters
    ----------
    link : Link
        The link.
    length_km : array_like, optional
        Other lengths of fibre in km, any shape, instead of the link's own.

    Returns
    -------
    KeyRate
        In the limit of a long key.

    Raises
    ------
    ParameterError
        When a length is outside its range.

    References
    ----------
    H.-K. Lo, X. Ma and K. Chen, Phys. Rev. Lett. 94, 230504 (2005), doi:10.1103/PhysRevLett.94.230504;
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), equation 1, doi:10.1103/PhysRevA.72.012326.

    Examples
    --------
    >>> round(float(decoy_rate(GYS, length_km=50).secret_bits_per_pulse), 6)
    0.000223
    """
    single_yield, single_error = yield_and_error_rate(link, 1, length_km=length_km)
    single_gain = photon_number_probability(1, link.intensity) * single_yield
    clicks, errors = gain(link, length_km=length_km), error_rate(link, length_km=length_km)
    return _key_rate(link, length_km, clicks, errors, single_gain, single_error)


def gllp_rate(link: Link, *, length_km: ArrayLike | None = None) -> KeyRate:
    r"""Key of weak laser pulses without decoys: every pulse of several photons is taken to have reached Bob.

    .. math:: \Delta = \frac{Q_\mu - P_{n \ge 2}}{Q_\mu}, \qquad
              R = q\,Q_\mu \{ \Delta\,[1 - h(E_\mu / \Delta)] - f_{EC}\, h(E_\mu) \}

    Eve may block single photons and let through the pulses she can split, and all errors may be among the rest.

    Parameters
    ----------
    link : Link
        The link.
    length_km : array_like, optional
        Other lengths of fibre in km, any shape, instead of the link's own.

    Returns
    -------
    KeyRate
        In the limit of a long key.

    Raises
    ------
    ParameterError
        When a length is outside its range.

    References
    ----------
    D. Gottesman, H.-K. Lo, N. Lütkenhaus and J. Preskill, Quantum Information and Computation 4, 325 (2004),
    arXiv:quant-ph/0212066.
    """
    clicks, errors = gain(link, length_km=length_km), error_rate(link, length_km=length_km)
    untagged = np.maximum(clicks - multiphoton_probability(link.intensity), 0.0)
    worst = np.full(np.shape(clicks), 0.5)
    untagged_error = np.divide(errors * clicks, untagged, out=worst, where=untagged > 0)
    return _key_rate(link, length_km, clicks, errors, untagged, np.minimum(untagged_error, 0.5)[()])


def single_photon_rate(link: Link, *, length_km: ArrayLike | None = None) -> KeyRate:
    r"""Key of an ideal source that puts exactly one photon into each pulse; the link's intensity plays no part.

    .. math:: R = q\, Y_1 \{ 1 - h(e_1) - f_{EC}\, h(e_1) \}

    Parameters
    ----------
    link : Link
        The link.
    length_km : array_like, optional
        Other lengths of fibre in km, any shape, instead of the link's own.

    Returns
    -------
    KeyRate
        In the limit of a long key.

    Raises
    ------
    ParameterError
        When a length is outside its range.

    References
    ----------
    P. W. Shor and J. Preskill, Phys. Rev. Lett. 85, 441 (2000), doi:10.1103/PhysRevLett.85.441.
    """
    clicks, errors = yield_and_error_rate(link, 1, length_km=length_km)
    return _key_rate(link, length_km, clicks, errors, clicks, errors)


def optimal_intensity(misalignment_error: float, *, error_correction_efficiency: float = 1.0) -> float:
    r"""Intensity that gives the most key with decoys, where loss is high and background still small.

    .. math:: (1 - \mu)\, e^{-\mu} = \frac{f_{EC}\, h(e_d)}{1 - h(e_d)}

    Parameters
    ----------
    misalignment_error : float
        Probability e_d that a detected photon gives the wrong bit, 0 up to the threshold of the error rate.
    error_correction_efficiency : float
        f_EC, 1 or more.

    Returns
    -------
    float
        Photons per pulse, 0 to 1; 1 for perfect optics.

    Raises
    ------
    ParameterError
        When an argument is outside its range, or so many errors leave no key at any intensity.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), equation 12, doi:10.1103/PhysRevA.72.012326.

    Examples
    --------
    >>> round(optimal_intensity(0.033, error_correction_efficiency=1.22), 3)
    0.479
    """
    most = error_rate_threshold(error_correction_efficiency)
    error = float(in_range("misalignment_error", misalignment_error, 0.0, 0.5))
    if error >= most:
        raise ParameterError(f"misalignment_error is {error:g}; it must be below {most:.4f}, where the key ends")
    entropy = float(binary_entropy(error))
    cost = error_correction_efficiency * entropy / (1.0 - entropy)
    return float(brentq(lambda mu: (1.0 - mu) * np.exp(-mu) - cost, 0.0, 1.0, xtol=1e-14))


def best_intensity(link: Link, rate: RateFunction = decoy_rate) -> float:
    """Intensity with which this link gives the most key at its length, found by search.

    Where no intensity gives a key, the one that comes nearest to it.

    Parameters
    ----------
    link : Link
        The link; its own intensity plays no part.
    rate : function
        `decoy_rate` or `gllp_rate`.

    Returns
    -------
    float
        Photons per pulse, 1e-9 to 2.

    References
    ----------
    Derived here: the maximum of the rates above.

    Examples
    --------
    >>> round(best_intensity(GYS), 2)
    0.49
    """

    def missing(log_intensity: float) -> float:
        here = replace(link, intensity=float(np.exp(log_intensity)))
        return -_balance(here, rate(here))

    # the balance has one hump, but tagged pulses leave a flat floor beside it: look around before climbing
    candidates = np.log(np.geomspace(*_INTENSITIES, 64))
    peak = int(np.argmin([missing(candidate) for candidate in candidates]))
    around = candidates[max(peak - 1, 0)], candidates[min(peak + 1, candidates.size - 1)]
    return float(np.exp(minimize_scalar(missing, bounds=around, method="bounded", options={"xatol": 1e-7}).x))


def reach(link: Link, rate: RateFunction = decoy_rate, *, best: bool = False) -> float:
    """Length of fibre at which the key ends.

    Parameters
    ----------
    link : Link
        The link; its own length plays no part.
    rate : function
        `decoy_rate`, `gllp_rate` or `single_photon_rate`.
    best : bool
        Choose the best intensity at each length instead of the link's own.

    Returns
    -------
    float
        Length in km; 0 when there is no key at all, infinite when the key never ends, as without background.

    References
    ----------
    Derived here: the zero of the rates above.

    Examples
    --------
    >>> round(reach(GYS))
    142
    """

    def left(loss_db: float) -> float:
        # in decibels, so that thin and clear fibre are searched alike; both numbers alone give the transmittance
        here = replace(link, length_km=loss_db, loss_db_per_km=1.0)
        if best:
            here = replace(here, intensity=best_intensity(here, rate))
        return _balance(here, rate(here))

    if not left(0.0) > 0.0:
        return 0.0
    endless = best and link.background_probability == 0.0
    if endless or link.loss_db_per_km == 0.0 or left(_MOST_LOSS_DB) > 0.0:
        return np.inf
    return float(brentq(left, 0.0, _MOST_LOSS_DB, xtol=1e-7)) / link.loss_db_per_km


def _balance(link: Link, rate: KeyRate) -> float:
    """Secret bits per pulse before they are cut off at 0, so that a search can see how far away the key is."""
    return float(link.sifted_fraction * rate.untagged_gain - rate.privacy_amplification - rate.leakage)


def _key_rate(
    link: Link,
    length_km: ArrayLike | None,
    clicks: NDArray[np.float64],
    errors: NDArray[np.float64],
    untagged: NDArray[np.float64],
    untagged_error: NDArray[np.float64],
) -> KeyRate:
    single_yield, single_error = yield_and_error_rate(link, 1, length_km=length_km)
    # where nothing clicks there is no error rate, and nothing to pay for either
    known, known_untagged = np.nan_to_num(errors, nan=0.5), np.nan_to_num(untagged_error, nan=0.5)
    leakage = link.sifted_fraction * link.error_correction_efficiency * clicks * binary_entropy(known)
    privacy = link.sifted_fraction * untagged * binary_entropy(known_untagged)
    secret = np.maximum(0.0, link.sifted_fraction * untagged - privacy - leakage)
    return KeyRate(
        transmittance=transmittance(link, length_km=length_km),
        gain=clicks,
        error_rate=errors,
        single_photon_yield=single_yield,
        single_photon_error_rate=single_error,
        untagged_gain=untagged,
        untagged_error_rate=known_untagged,
        leakage=leakage,
        privacy_amplification=privacy,
        secret_bits_per_pulse=secret,
        secret_bits_per_second=secret * link.clock_rate_hz,
    )
