"""Intercept and resend: Eve measures a photon in a random basis and sends on what she saw."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range, probability

__all__ = ["detection_probability", "intercept_resend_error_rate", "intercept_resend_information"]


def intercept_resend_error_rate(intercepted_fraction: ArrayLike, *, bases: int = 2) -> NDArray[np.float64]:
    """Sifted error rate when Eve measures a fraction f in a random basis and resends: f (b - 1) / (2 b).

    Parameters
    ----------
    intercepted_fraction : array_like
        Fraction f of photons that Eve intercepts, 0 to 1.
    bases : int
        Number b of mutually unbiased bases: 2 for BB84 (f/4), 3 for the six-state protocol (f/3).

    Returns
    -------
    ndarray of float64
        Error rate Eve causes in the sifted key.

    Raises
    ------
    ParameterError
        When f lies outside 0 to 1 or `bases` is neither 2 nor 3.

    References
    ----------
    N. Gisin et al., Rev. Mod. Phys. 74, 145 (2002), sections II.C.2 and II.D.2, doi:10.1103/RevModPhys.74.145.
    """
    b = _bases(bases)
    return probability("intercepted_fraction", intercepted_fraction) * (b - 1) / (2 * b)


def intercept_resend_information(intercepted_fraction: ArrayLike, *, bases: int = 2) -> NDArray[np.float64]:
    """Bits Eve knows per sifted bit when she intercepts a fraction f: she is sure when her basis was right, f/b.

    Parameters
    ----------
    intercepted_fraction : array_like
        Fraction f of photons that Eve intercepts, 0 to 1.
    bases : int
        Number b of mutually unbiased bases, 2 (f/2) or 3 (f/3).

    Returns
    -------
    ndarray of float64
        Bits per sifted bit, after the bases were announced.

    Raises
    ------
    ParameterError
        When f lies outside 0 to 1 or `bases` is neither 2 nor 3.

    References
    ----------
    N. Gisin et al., Rev. Mod. Phys. 74, 145 (2002), section II.C.2, doi:10.1103/RevModPhys.74.145.
    """
    return probability("intercepted_fraction", intercepted_fraction) / _bases(bases)


def detection_probability(compared_bits: ArrayLike, *, intercepted_fraction: ArrayLike = 1.0) -> NDArray[np.float64]:
    """Probability that comparing n sifted bits shows at least one error on a noiseless link: 1 - (1 - f/4)^n.

    Parameters
    ----------
    compared_bits : array_like
        Number n of sifted bits compared in public, 0 or more.
    intercepted_fraction : array_like
        Fraction f of photons that Eve intercepts, 0 to 1.

    Returns
    -------
    ndarray of float64
        Probability, 0 to 1.

    Raises
    ------
    ParameterError
        When n is negative or f lies outside 0 to 1.

    References
    ----------
    C. H. Bennett and G. Brassard, Theoretical Computer Science 560, 7 (2014), reprint of 1984,
    doi:10.1016/j.tcs.2014.05.025.

    Examples
    --------
    >>> round(float(detection_probability(10)), 4)
    0.9437
    """
    n = in_range("compared_bits", compared_bits, 0.0, np.inf)
    eve = intercept_resend_error_rate(intercepted_fraction)
    # log1p and expm1 keep the digits when Eve takes almost nothing
    return -np.expm1(n * np.log1p(-eve))


def _bases(bases: int) -> int:
    number = count("bases", bases, least=2)
    if number > 3:
        raise ParameterError(f"bases is {number}; a qubit has 2 (BB84) or 3 (six-state) mutually unbiased bases")
    return number
