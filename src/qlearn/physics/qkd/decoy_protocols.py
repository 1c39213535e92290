"""Key of laser pulses with two decoys, one of them the vacuum, and with one, in the limit of a long key.

Nearly all pulses are then signals: a long key leaves enough decoys even if they are rare. So the rates count per signal
pulse, and signals alone set after-pulses and dead time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.physics.qkd import decoy_bounds
from qlearn.physics.qkd.detection import error_rate, gain
from qlearn.physics.qkd.laser_rates import KeyRate, budget
from qlearn.physics.qkd.link import Link
from qlearn.physics.qkd.photon_number import photon_number_probability

__all__ = ["DecoyKeyRate", "one_decoy_rate", "vacuum_weak_rate"]


@dataclass(frozen=True, kw_only=True, eq=False)
class DecoyKeyRate(KeyRate):
    """A key rate from a few decoys, with what they measured and what follows from it.

    Attributes
    ----------
    decoy_gain, decoy_error_rate : ndarray
        Clicks per decoy pulse and their error rate; NaN where nothing clicks.
    vacuum_gain, vacuum_error_rate : ndarray
        The same for the vacuum pulses; NaN in a protocol that sends none.
    background_yield_bound : ndarray
        What Y0 is taken for: a lower bound with vacuum pulses, an upper bound without.
    single_photon_yield_bound : ndarray
        Lower bound on Y1.
    single_photon_error_bound : ndarray
        Upper bound on e1, 0 to 0.5: it serves as phase error rate.
    """

    decoy_gain: NDArray[np.float64]
    decoy_error_rate: NDArray[np.float64]
    vacuum_gain: NDArray[np.float64]
    vacuum_error_rate: NDArray[np.float64]
    background_yield_bound: NDArray[np.float64]
    single_photon_yield_bound: NDArray[np.float64]
    single_photon_error_bound: NDArray[np.float64]


def vacuum_weak_rate(link: Link, *, length_km: ArrayLike | None = None) -> DecoyKeyRate:
    """Key of signals, weak decoys and (nearly) empty pulses: the bounds of `decoy_bounds` in the rate of `decoy_rate`.

    Parameters
    ----------
    link : Link
        The link; signal, decoy and vacuum have its three intensities.
    length_km : array_like, optional
        Other lengths of fibre in km, any shape, instead of the link's own.

    Returns
    -------
    DecoyKeyRate
        In the limit of a long key, per signal pulse.

    Raises
    ------
    ParameterError
        When a length is outside its range, or the intensities are not ordered.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326.

    Examples
    --------
    >>> from qlearn.physics.qkd.link import GYS
    >>> round(float(vacuum_weak_rate(GYS, length_km=50).secret_bits_per_pulse), 6)
    0.000196
    """
    intensities = decoy_bounds.checked_intensities(link)
    gains = [gain(link, intensity=k, length_km=length_km) for k in intensities]
    errors = [error_rate(link, intensity=k, length_km=length_km) for k in intensities]
    clicks = [np.exp(k) * q for k, q in zip(intensities, gains, strict=True)]
    wrong = [q * np.nan_to_num(e) for q, e in zip(clicks, errors, strict=True)]
    background = decoy_bounds.background_yield(intensities, lowest=clicks, highest=clicks)
    single = decoy_bounds.single_photon_yield(intensities, lowest=clicks, highest=clicks, background=background)
    single_wrong = decoy_bounds.single_photon_errors(intensities, lowest=wrong, highest=wrong)
    return _rate(link, length_km, gains, errors, background, single, single_wrong)


def one_decoy_rate(link: Link, *, length_km: ArrayLike | None = None) -> DecoyKeyRate:
    r"""Key of signals and one weak decoy: without empty pulses the background is only known by its errors.

    .. math:: Y_0 \le 2 e^\nu E_\nu Q_\nu, \qquad e_1 Y_1 \le \min\Bigl\{ \frac{e^\nu E_\nu Q_\nu}{\nu},
              \frac{e^\mu E_\mu Q_\mu - e^\nu E_\nu Q_\nu}{\mu - \nu} \Bigr\}

    The formulas of Rusca et al. in the limit of a long key, where the first bound on the errors, in which the
    background is left out, may stand in for theirs, the second.

    Parameters
    ----------
    link : Link
        The link; its vacuum intensity plays no part.
    length_km : array_like, optional
        Other lengths of fibre in km, any shape, instead of the link's own.

    Returns
    -------
    DecoyKeyRate
        In the limit of a long key, per signal pulse.

    Raises
    ------
    ParameterError
        When a length is outside its range, or the intensities are not ordered.

    References
    ----------
    D. Rusca et al., Appl. Phys. Lett. 112, 171104 (2018), equations A10, A15 and A22, doi:10.1063/1.5023340.
    """
    mu, nu, _ = decoy_bounds.checked_intensities(link)
    gains = [gain(link, intensity=k, length_km=length_km) for k in (mu, nu)]
    errors = [error_rate(link, intensity=k, length_km=length_km) for k in (mu, nu)]
    signal, decoy = np.exp(mu) * gains[0], np.exp(nu) * gains[1]
    signal_wrong, decoy_wrong = signal * np.nan_to_num(errors[0]), decoy * np.nan_to_num(errors[1])
    background = decoy_bounds.background_from_errors(decoy_wrong)
    single = decoy_bounds.single_photon_yield_one_decoy(
        signal=mu, decoy=nu, signal_clicks=signal, decoy_clicks=decoy, background=background
    )
    single_wrong = np.minimum(decoy_wrong / nu, (signal_wrong - decoy_wrong) / (mu - nu))
    unsent = np.full(np.shape(signal), np.nan)
    return _rate(link, length_km, [*gains, unsent], [*errors, unsent], background, single, single_wrong)


def _rate(
    link: Link,
    length_km: ArrayLike | None,
    gains: list[NDArray[np.float64]],
    errors: list[NDArray[np.float64]],
    background: NDArray[np.float64],
    single: NDArray[np.float64],
    single_wrong: NDArray[np.float64],
) -> DecoyKeyRate:
    """The budget of a protocol that has proved this yield of single photons and so many wrong clicks among them."""
    worst = np.full(np.shape(single), 0.5)
    phase_errors = np.minimum(np.divide(single_wrong, single, out=worst, where=single > 0), 0.5)[()]
    untagged = photon_number_probability(1, link.intensity) * single
    rate = budget(link, gains[0], errors[0], untagged, phase_errors, length_km=length_km)
    return DecoyKeyRate(
        **vars(rate),
        decoy_gain=gains[1],
        decoy_error_rate=errors[1],
        vacuum_gain=gains[2],
        vacuum_error_rate=errors[2],
        background_yield_bound=background,
        single_photon_yield_bound=single,
        single_photon_error_bound=phase_errors,
    )
