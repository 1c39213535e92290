"""Secret key of BB84 from laser pulses, with infinitely many decoys and without, against the ideal single photon.

All rates have one form. Of the clicks, some count as made by single photons, which Eve could not split; the proof
credits them with one bit each, less what their phase errors may have told her, and then the hints of error correction
are paid for from the whole. What differs is how many clicks a protocol can prove to be single photons.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd.detection import error_rate, gain, live_fraction, yield_and_error_rate
from qlearn.physics.qkd.link import Link, transmittance
from qlearn.physics.qkd.photon_number import multiphoton_probability, photon_number_probability

__all__ = ["KeyRate", "budget", "decoy_rate", "gllp_rate", "single_photon_rate"]


@dataclass(frozen=True, kw_only=True, eq=False)
class KeyRate:
    """A key rate and every number on the way to it, per pulse, each an array of the shape of the lengths asked for.

    Attributes
    ----------
    transmittance : ndarray
        eta, fibre and detector.
    live_fraction : ndarray
        Part of the pulses that meet live detectors; all that is counted per pulse holds it as a factor.
    gain : ndarray
        Q, clicks per pulse.
    error_rate : ndarray
        E of all sifted clicks; NaN where nothing clicks.
    single_photon_yield : ndarray
        Y1, clicks per pulse of exactly one photon, as it is, whether or not the protocol can know it.
    single_photon_error_rate : ndarray
        e1 of those; NaN where nothing clicks.
    untagged_gain : ndarray
        Clicks per pulse that the protocol may count as single photons.
    phase_error_rate : ndarray
        The phase error rate it must assume for them, 0 to 0.5.
    leakage : ndarray
        Bits per pulse spent on error correction, q f_EC Q h(E).
    privacy_amplification : ndarray
        Bits per pulse given up because Eve may know them, q times untagged gain times h(phase error rate).
    secret_bits_per_pulse : ndarray
        What is left, or 0.
    secret_bits_per_second : ndarray
        The same times the clock rate.
    """

    transmittance: NDArray[np.float64]
    live_fraction: NDArray[np.float64]
    gain: NDArray[np.float64]
    error_rate: NDArray[np.float64]
    single_photon_yield: NDArray[np.float64]
    single_photon_error_rate: NDArray[np.float64]
    untagged_gain: NDArray[np.float64]
    phase_error_rate: NDArray[np.float64]
    leakage: NDArray[np.float64]
    privacy_amplification: NDArray[np.float64]
    secret_bits_per_pulse: NDArray[np.float64]
    secret_bits_per_second: NDArray[np.float64]


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
    >>> from qlearn.physics.qkd.link import GYS
    >>> round(float(decoy_rate(GYS, length_km=50).secret_bits_per_pulse), 6)
    0.000223
    """
    single_yield, single_error = yield_and_error_rate(link, 1, length_km=length_km)
    single_gain = photon_number_probability(1, link.intensity) * single_yield
    clicks, errors = gain(link, length_km=length_km), error_rate(link, length_km=length_km)
    return budget(link, clicks, errors, single_gain, single_error, length_km=length_km)


def gllp_rate(link: Link, *, length_km: ArrayLike | None = None) -> KeyRate:
    r"""Key of weak laser pulses without decoys: every pulse of several photons is taken to have reached Bob.

    .. math:: \Delta = \frac{Q_\mu - P_{n \ge 2}}{Q_\mu}, \qquad
              R = q\,Q_\mu \{ \Delta\,[1 - h(E_\mu / \Delta)] - f_{EC}\, h(E_\mu) \}

    Eve may block single photons and let through the pulses she can split, and all errors may be among the rest. With a
    dead time both Q and P count pulses that meet live detectors.

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
    untagged = np.maximum(
        clicks - live_fraction(link, length_km=length_km) * multiphoton_probability(link.intensity), 0.0
    )
    worst = np.full(np.shape(clicks), 0.5)
    untagged_error = np.divide(errors * clicks, untagged, out=worst, where=untagged > 0)
    return budget(link, clicks, errors, untagged, np.minimum(untagged_error, 0.5)[()], length_km=length_km)


def single_photon_rate(link: Link, *, length_km: ArrayLike | None = None) -> KeyRate:
    r"""Key of an ideal source that puts exactly one photon into each pulse; the link's intensities play no part.

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
    eta = transmittance(link, length_km=length_km)
    clicks, errors = yield_and_error_rate(link, 1, length_km=length_km, average=eta)
    return budget(link, clicks, errors, clicks, errors, length_km=length_km, average=eta)


def budget(
    link: Link,
    clicks: NDArray[np.float64],
    errors: NDArray[np.float64],
    untagged: NDArray[np.float64],
    phase_errors: NDArray[np.float64],
    *,
    length_km: ArrayLike | None = None,
    average: ArrayLike | None = None,
) -> KeyRate:
    """What becomes of the sifted bits, once a protocol has said how many clicks it may count as single photons.

    Parameters
    ----------
    link : Link
        The link.
    clicks, errors : ndarray
        Clicks per pulse and their error rate.
    untagged, phase_errors : ndarray
        Clicks per pulse counted as single photons, and the phase error rate assumed for them.
    length_km, average : array_like, optional
        As in `detection.yield_and_error_rate`.

    Returns
    -------
    KeyRate
        With every number on the way.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), equation 1, doi:10.1103/PhysRevA.72.012326.
    """
    single_yield, single_error = yield_and_error_rate(link, 1, length_km=length_km, average=average)
    # where nothing clicks there is no error rate, and nothing to pay for either
    known, known_phase = np.nan_to_num(errors, nan=0.5), np.nan_to_num(phase_errors, nan=0.5)
    leakage = link.sifted_fraction * link.error_correction_efficiency * clicks * binary_entropy(known)
    privacy = link.sifted_fraction * untagged * binary_entropy(known_phase)
    secret = np.maximum(0.0, link.sifted_fraction * untagged - privacy - leakage)
    return KeyRate(
        transmittance=transmittance(link, length_km=length_km),
        live_fraction=live_fraction(link, length_km=length_km, average=average),
        gain=clicks,
        error_rate=errors,
        single_photon_yield=single_yield,
        single_photon_error_rate=single_error,
        untagged_gain=untagged,
        phase_error_rate=known_phase,
        leakage=leakage,
        privacy_amplification=privacy,
        secret_bits_per_pulse=secret,
        secret_bits_per_second=secret * link.clock_rate_hz,
    )
