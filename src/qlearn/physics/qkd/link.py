"""A fibre link for weak laser pulses: one description that every protocol takes, and what its fibre lets through.

What then clicks is in `detection`, what key that gives in `decoy` and `finite_key`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range

__all__ = ["GYS", "LIMITS", "Link", "bb84_arguments", "plob_bound", "transmittance"]

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
    "decoy_intensity": (0.0, 100.0, "photons per pulse"),
    "vacuum_intensity": (0.0, 100.0, "photons per pulse"),
    "dead_time_s": (0.0, 1.0, "s"),
    "after_pulse_probability": (0.0, 0.9, ""),
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
    decoy_intensity : float
        Mean number nu of photons in a weak decoy pulse.
    vacuum_intensity : float
        Mean number omega of photons in the weakest pulse, 0 or a little more where the laser cannot be shut off.
    dead_time_s : float
        Seconds for which a click blinds all of Bob's detectors.
    after_pulse_probability : float
        Probability that a click makes the next pulse for which the detectors are live click as well, 0 to 0.9.

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
    decoy_intensity: float = 0.1
    vacuum_intensity: float = 0.0
    dead_time_s: float = 0.0
    after_pulse_probability: float = 0.0

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            low, high, unit = LIMITS[name]
            in_range(name, value, low, high, unit=unit)

    @property
    def intensities(self) -> tuple[float, float, float]:
        """Mean photons of signal, decoy and vacuum pulses, in this order."""
        return self.intensity, self.decoy_intensity, self.vacuum_intensity


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


def bb84_arguments(link: Link) -> dict[str, float]:
    """The link as `bb84.error_rate`, `bb84.secret_key_rate` and `bb84.simulate` take it, for single photons.

    Parameters
    ----------
    link : Link
        The link, without dead time and after-pulses, which that model does not have.

    Returns
    -------
    dict of str to float
        Transmittance, dark count probability of each of the two detectors, misalignment error.

    Raises
    ------
    ParameterError
        When the link has a dead time or after-pulses.

    References
    ----------
    Derived here: two detectors stay dark with probability (1 - d)^2 = 1 - Y0.

    Examples
    --------
    >>> round(bb84_arguments(Link(background_probability=2e-6))["dark_count_probability"], 8)
    1e-06
    """
    if link.dead_time_s > 0.0 or link.after_pulse_probability > 0.0:
        raise ParameterError("the link has a dead time or after-pulses; BB84 photon by photon is computed without them")
    return {
        "transmittance": float(transmittance(link)),
        "dark_count_probability": float(-np.expm1(0.5 * np.log1p(-link.background_probability)))
        if link.background_probability < 1.0
        else 1.0,
        "misalignment_error": float(link.misalignment_error),
    }
