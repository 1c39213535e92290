"""How many photons a faint laser pulse holds: Poisson's law for a pulse whose phase is random."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc, gammaln, xlogy

from qlearn.physics.arguments import in_range

__all__ = ["multiphoton_probability", "photon_number_probability"]


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
