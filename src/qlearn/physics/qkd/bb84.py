"""BB84 with single photons: a Monte-Carlo of the link and the formulas it must agree with.

Model: one photon a pulse, no photon-number splitting (see the decoy chapter). Basis 0 is rectilinear (H = 0, V = 1),
basis 1 diagonal (D = 0, A = 1). Bob has two detectors; when both click he notes a random bit, and a pulse without a
click is dropped. The transmittance holds everything between source and click, detector efficiency included.
"""

from __future__ import annotations

import numpy as np
import qutip
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import probability
from qlearn.physics.qkd.bb84_simulation import BB84Run, simulate
from qlearn.physics.qkd.intercept_resend import (
    detection_probability,
    intercept_resend_error_rate,
    intercept_resend_information,
)
from qlearn.physics.qkd.key_rate import error_rate_threshold, secret_fraction
from qlearn.physics.states import polarisation

__all__ = [
    "BB84Run",
    "detection_probability",
    "error_rate",
    "error_rate_threshold",
    "gain",
    "intercept_resend_error_rate",
    "intercept_resend_information",
    "secret_fraction",
    "secret_key_rate",
    "sifted_fraction",
    "signal_state",
    "simulate",
]


def signal_state(bit: int, basis: int) -> qutip.Qobj:
    """Ket that Alice sends for a bit in a basis.

    Parameters
    ----------
    bit : int
        0 or 1.
    basis : int
        0 rectilinear (H, V), 1 diagonal (D, A).

    Returns
    -------
    qutip.Qobj
        Normalised ket, shape (2, 1).

    Raises
    ------
    ParameterError
        When bit or basis is neither 0 nor 1.

    References
    ----------
    C. H. Bennett and G. Brassard, Theoretical Computer Science 560, 7 (2014), reprint of 1984,
    doi:10.1016/j.tcs.2014.05.025.
    """
    for name, value in (("bit", bit), ("basis", basis)):
        if value not in (0, 1):
            raise ParameterError(f"{name} is {value!r}; it must be 0 or 1")
    return polarisation(((0.0, 90.0), (45.0, -45.0))[int(basis)][int(bit)])


def sifted_fraction(rectilinear_probability: ArrayLike = 0.5) -> NDArray[np.float64]:
    """Fraction of Bob's clicks kept when both choose the rectilinear basis with probability p: p^2 + (1 - p)^2.

    Parameters
    ----------
    rectilinear_probability : array_like
        Probability p of the rectilinear basis for Alice and, independently, for Bob, 0 to 1.

    Returns
    -------
    ndarray of float64
        Kept per detected pulse, 0.5 to 1.

    Raises
    ------
    ParameterError
        When p lies outside 0 to 1.

    References
    ----------
    H.-K. Lo, H. F. Chau and M. Ardehali, Journal of Cryptology 18, 133 (2005), doi:10.1007/s00145-004-0142-y.
    """
    p = probability("rectilinear_probability", rectilinear_probability)
    return p**2 + (1.0 - p) ** 2


def gain(transmittance: ArrayLike, dark_count_probability: ArrayLike = 0.0) -> NDArray[np.float64]:
    r"""Probability that at least one of Bob's two detectors clicks for a pulse.

    .. math:: P = 1 - (1 - \eta)(1 - d)^2

    Parameters
    ----------
    transmittance : array_like
        Probability eta that the photon is detected, 0 to 1.
    dark_count_probability : array_like
        Probability d of a dark count per detector and gate, 0 to 1.

    Returns
    -------
    ndarray of float64
        Clicks per pulse, 0 to 1.

    Raises
    ------
    ParameterError
        When an argument lies outside 0 to 1.

    References
    ----------
    Derived here for the model of this module and checked against `simulate`; compare V. Scarani et al.,
    Rev. Mod. Phys. 81, 1301 (2009), section IV, doi:10.1103/RevModPhys.81.1301.
    """
    eta = probability("transmittance", transmittance)
    d = probability("dark_count_probability", dark_count_probability)
    return 1.0 - (1.0 - eta) * (1.0 - d) ** 2


def error_rate(
    *,
    transmittance: ArrayLike = 1.0,
    dark_count_probability: ArrayLike = 0.0,
    misalignment_error: ArrayLike = 0.0,
    intercepted_fraction: ArrayLike = 0.0,
) -> NDArray[np.float64]:
    r"""Expected fraction of wrong bits in the sifted key (QBER).

    A photon that arrives is wrong with probability e, made of Eve's f/4 and the misalignment m that flips the outcome;
    a dark count is wrong half the time, and so is the random bit after a double click:

    .. math:: e = \tfrac f4 (1 - m) + (1 - \tfrac f4) m, \qquad
              Q = \frac{\eta [e (1 - d) + d/2] + (1 - \eta) d (1 - d/2)}{1 - (1 - \eta)(1 - d)^2}

    Parameters
    ----------
    transmittance : array_like
        Probability eta that the photon is detected, 0 to 1.
    dark_count_probability : array_like
        Probability d of a dark count per detector and gate, 0 to 1.
    misalignment_error : array_like
        Probability m that the optics send a photon to the wrong detector, 0 to 1.
    intercepted_fraction : array_like
        Fraction f of photons that Eve measures in a random basis and resends, 0 to 1.

    Returns
    -------
    ndarray of float64
        Error rate, 0 to 1; NaN where nothing is ever detected.

    Raises
    ------
    ParameterError
        When an argument lies outside 0 to 1.

    References
    ----------
    Derived here for the model of this module and checked against `simulate` and QuTiP; f/4 is N. Gisin et al.,
    Rev. Mod. Phys. 74, 145 (2002), section VI.B, doi:10.1103/RevModPhys.74.145.

    Examples
    --------
    >>> float(error_rate(intercepted_fraction=1.0))
    0.25
    """
    eta = probability("transmittance", transmittance)
    d = probability("dark_count_probability", dark_count_probability)
    m = probability("misalignment_error", misalignment_error)
    eve = intercept_resend_error_rate(intercepted_fraction)
    photon_error = eve * (1.0 - m) + (1.0 - eve) * m
    wrong = eta * (photon_error * (1.0 - d) + d / 2.0) + (1.0 - eta) * d * (1.0 - d / 2.0)
    clicks = gain(eta, d)
    nothing = np.full(np.broadcast(wrong, clicks).shape, np.nan)
    rate: NDArray[np.float64] = np.divide(wrong, clicks, out=nothing, where=clicks > 0)[()]
    return rate


def secret_key_rate(
    *,
    transmittance: ArrayLike = 1.0,
    dark_count_probability: ArrayLike = 0.0,
    misalignment_error: ArrayLike = 0.0,
    intercepted_fraction: ArrayLike = 0.0,
    rectilinear_probability: ArrayLike = 0.5,
    error_correction_efficiency: float = 1.0,
) -> NDArray[np.float64]:
    """Secret bits per pulse in the limit of a long key: gain x sifted fraction x secret fraction.

    Both bases have the same error rate in this model, so one rate serves for bits and phases.

    Parameters
    ----------
    transmittance, dark_count_probability, misalignment_error, intercepted_fraction : array_like
        The link, as in `error_rate`.
    rectilinear_probability : array_like
        Basis bias, as in `sifted_fraction`.
    error_correction_efficiency : float
        f_EC, as in `secret_fraction`.

    Returns
    -------
    ndarray of float64
        Secret bits per pulse, 0 to 1; 0 where nothing is detected.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    P. W. Shor and J. Preskill, Phys. Rev. Lett. 85, 441 (2000), doi:10.1103/PhysRevLett.85.441.
    """
    q = error_rate(
        transmittance=transmittance,
        dark_count_probability=dark_count_probability,
        misalignment_error=misalignment_error,
        intercepted_fraction=intercepted_fraction,
    )
    fraction = secret_fraction(np.nan_to_num(q, nan=0.5), error_correction_efficiency=error_correction_efficiency)
    return gain(transmittance, dark_count_probability) * sifted_fraction(rectilinear_probability) * fraction
