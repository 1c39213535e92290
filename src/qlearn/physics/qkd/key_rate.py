"""How much of a sifted key is secret, in the limit of a long key and one-way post-processing."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from qlearn.physics.arguments import in_range, probability
from qlearn.physics.information import binary_entropy

__all__ = ["error_rate_threshold", "secret_fraction"]


def secret_fraction(
    bit_error_rate: ArrayLike,
    *,
    phase_error_rate: ArrayLike | None = None,
    error_correction_efficiency: float = 1.0,
) -> NDArray[np.float64]:
    r"""Secret bits per sifted bit in the limit of a long key, one-way post-processing.

    .. math:: r = \max\{0,\; 1 - f_{EC}\, h(Q) - h(Q_p)\}

    The first entropy is spent on correcting Bob's bits, the second on erasing what Eve may know. Above an error rate
    of one half no key is claimed.

    Parameters
    ----------
    bit_error_rate : array_like
        Error rate Q of the bits that become key, 0 to 1.
    phase_error_rate : array_like, optional
        Error rate Q_p in the other basis, 0 to 1; `bit_error_rate` when left out.
    error_correction_efficiency : float
        f_EC, leakage over the Shannon limit, 1 (perfect) or more; about 1.16 is a common working value.

    Returns
    -------
    ndarray of float64
        Secret bits per sifted bit, 0 to 1.

    Raises
    ------
    ParameterError
        When a rate lies outside 0 to 1 or the efficiency below 1.

    References
    ----------
    P. W. Shor and J. Preskill, Phys. Rev. Lett. 85, 441 (2000), doi:10.1103/PhysRevLett.85.441; with f_EC,
    X. Ma et al., Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326, equation 1 for single photons.
    """
    q = probability("bit_error_rate", bit_error_rate)
    phase = q if phase_error_rate is None else probability("phase_error_rate", phase_error_rate)
    f = in_range("error_correction_efficiency", error_correction_efficiency, 1.0, 100.0)
    fraction = 1.0 - f * binary_entropy(np.minimum(q, 0.5)) - binary_entropy(np.minimum(phase, 0.5))
    return np.maximum(0.0, fraction)


def error_rate_threshold(error_correction_efficiency: float = 1.0) -> float:
    """Error rate Q at which the secret fraction reaches zero, 1 = (1 + f_EC) h(Q); 11.0 % for perfect correction.

    Parameters
    ----------
    error_correction_efficiency : float
        f_EC, 1 or more.

    Returns
    -------
    float
        The largest tolerable error rate, 0 to 0.1100.

    Raises
    ------
    ParameterError
        When the efficiency lies below 1.

    References
    ----------
    P. W. Shor and J. Preskill, Phys. Rev. Lett. 85, 441 (2000), doi:10.1103/PhysRevLett.85.441.

    Examples
    --------
    >>> round(error_rate_threshold(), 4)
    0.11
    """
    f = float(in_range("error_correction_efficiency", error_correction_efficiency, 1.0, 100.0))
    return float(brentq(lambda q: 1.0 - (1.0 + f) * float(binary_entropy(q)), 1e-12, 0.5, xtol=1e-14))
