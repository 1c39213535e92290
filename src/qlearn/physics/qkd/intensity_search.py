"""The intensity that gives the most key, in closed form and by search, and the length at which the key ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range
from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd.key_rate import error_rate_threshold
from qlearn.physics.qkd.laser_rates import KeyRate, decoy_rate
from qlearn.physics.qkd.link import Link

__all__ = ["RateFunction", "best_intensity", "optimal_intensity", "reach"]

RateFunction = Callable[..., KeyRate]

_MOST_LOSS_DB = 600.0  # one photon in 10^60
_INTENSITIES = (1e-9, 2.0)


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
    >>> from qlearn.physics.qkd.link import GYS
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
    >>> from qlearn.physics.qkd.link import GYS
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
