r"""What a few intensities tell about pulses of no photon and of one.

Eve may treat pulses of n photons as she likes, so their yields Y_n and error rates e_n are unknown. But she treats a
decoy's pulses of n photons as a signal's. Each intensity k gives one equation,

.. math:: e^k Q_k = \sum_n Y_n \frac{k^n}{n!}, \qquad e^k E_k Q_k = \sum_n e_n Y_n \frac{k^n}{n!} ,

and all terms are positive. The functions here take the left sides as the lowest and the highest that they may be: equal
in the limit of a long key, apart by what chance may do to counts in `finite_key`. Signal, decoy and vacuum have the
intensities mu > nu > omega >= 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.qkd.detection import BACKGROUND_ERROR_RATE
from qlearn.physics.qkd.link import Link

__all__ = [
    "background_from_errors",
    "background_yield",
    "checked_intensities",
    "single_photon_errors",
    "single_photon_yield",
    "single_photon_yield_one_decoy",
]

Bound = NDArray[np.float64]
Weighted = Sequence[ArrayLike] | NDArray[np.float64]


def checked_intensities(link: Link) -> tuple[float, float, float]:
    """Intensities of signal, decoy and vacuum, of which the bounds need mu > nu + omega and nu > omega.

    Parameters
    ----------
    link : Link
        The link.

    Returns
    -------
    tuple of float
        Photons per pulse.

    Raises
    ------
    ParameterError
        When they are not ordered so.
    """
    signal, decoy, vacuum = link.intensities
    if not decoy > vacuum:
        raise ParameterError(f"decoy_intensity is {decoy:g}; it must be above vacuum_intensity, {vacuum:g}")
    if not signal > decoy + vacuum:
        raise ParameterError(f"intensity is {signal:g}; it must be above those of both decoys, {decoy + vacuum:g}")
    return signal, decoy, vacuum


def background_yield(intensities: tuple[float, float, float], *, lowest: Weighted, highest: Weighted) -> Bound:
    r"""Lower bound on the yield Y0 of pulses that hold no photon.

    .. math:: Y_0 \ge \frac{\nu\, e^\omega Q_\omega - \omega\, e^\nu Q_\nu}{\nu - \omega}

    Parameters
    ----------
    intensities : tuple of float
        mu, nu, omega.
    lowest, highest : sequence of array_like
        The lowest and the highest that exp(k) Q_k may be, for signal, decoy and vacuum, in any one unit.

    Returns
    -------
    ndarray of float64
        In the unit of the arguments, 0 or more; what was measured when omega is 0.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326;
    C. C. W. Lim et al., Phys. Rev. A 89, 022307 (2014), equation 2, doi:10.1103/PhysRevA.89.022307.
    """
    _, decoy, vacuum = intensities
    bound = (decoy * np.asarray(lowest[2]) - vacuum * np.asarray(highest[1])) / (decoy - vacuum)
    return np.maximum(bound, 0.0)


def single_photon_yield(
    intensities: tuple[float, float, float], *, lowest: Weighted, highest: Weighted, background: ArrayLike
) -> Bound:
    r"""Lower bound on the yield Y1 of single photons from signal, decoy and vacuum.

    .. math:: Y_1 \ge \frac{\mu}{\mu(\nu - \omega) - \nu^2 + \omega^2} \Bigl[ e^\nu Q_\nu - e^\omega Q_\omega
              - \frac{\nu^2 - \omega^2}{\mu^2} \bigl( e^\mu Q_\mu - Y_0 \bigr) \Bigr]

    Parameters
    ----------
    intensities : tuple of float
        mu, nu, omega.
    lowest, highest : sequence of array_like
        As in `background_yield`.
    background : array_like
        A lower bound on Y0, in the same unit.

    Returns
    -------
    ndarray of float64
        In the unit of the arguments, 0 or more.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326;
    C. C. W. Lim et al., Phys. Rev. A 89, 022307 (2014), equation 3, doi:10.1103/PhysRevA.89.022307.
    """
    signal, decoy, vacuum = intensities
    squares = decoy**2 - vacuum**2
    several = np.asarray(highest[0]) - background
    bracket = np.asarray(lowest[1]) - np.asarray(highest[2]) - squares / signal**2 * several
    bound: Bound = np.maximum(signal / (signal * (decoy - vacuum) - squares) * bracket, 0.0)
    return bound


def single_photon_errors(intensities: tuple[float, float, float], *, lowest: Weighted, highest: Weighted) -> Bound:
    r"""Upper bound on the wrong clicks e1 Y1 of single photons.

    .. math:: e_1 Y_1 \le \frac{e^\nu E_\nu Q_\nu - e^\omega E_\omega Q_\omega}{\nu - \omega}

    Parameters
    ----------
    intensities : tuple of float
        mu, nu, omega.
    lowest, highest : sequence of array_like
        The lowest and the highest that exp(k) E_k Q_k may be, for signal, decoy and vacuum, in any one unit.

    Returns
    -------
    ndarray of float64
        In the unit of the arguments, 0 or more.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326;
    C. C. W. Lim et al., Phys. Rev. A 89, 022307 (2014), equation 4, doi:10.1103/PhysRevA.89.022307.
    """
    _, decoy, vacuum = intensities
    fewest = np.maximum(np.asarray(lowest[2]), 0.0)
    bound: Bound = np.maximum((np.asarray(highest[1]) - fewest) / (decoy - vacuum), 0.0)
    return bound


def background_from_errors(wrong: ArrayLike) -> Bound:
    r"""Upper bound on Y0 from the wrong clicks of one intensity alone, as half of the background is wrong.

    .. math:: Y_0 \le 2\, e^k E_k Q_k

    Parameters
    ----------
    wrong : array_like
        exp(k) E_k Q_k.

    Returns
    -------
    ndarray of float64
        In the unit of the argument.

    References
    ----------
    D. Rusca et al., Appl. Phys. Lett. 112, 171104 (2018), equation A15, doi:10.1063/1.5023340.
    """
    bound: Bound = np.asarray(wrong) / BACKGROUND_ERROR_RATE
    return bound


def single_photon_yield_one_decoy(
    *, signal: float, decoy: float, signal_clicks: ArrayLike, decoy_clicks: ArrayLike, background: ArrayLike
) -> Bound:
    r"""Lower bound on the yield Y1 of single photons from signal and one decoy, without vacuum pulses.

    .. math:: Y_1 \ge \frac{\mu}{\nu(\mu - \nu)} \Bigl[ e^\nu Q_\nu - \frac{\nu^2}{\mu^2}\, e^\mu Q_\mu
              - \frac{\mu^2 - \nu^2}{\mu^2}\, Y_0 \Bigr]

    Parameters
    ----------
    signal, decoy : float
        Intensities mu > nu > 0.
    signal_clicks, decoy_clicks : array_like
        exp(mu) Q_mu and exp(nu) Q_nu.
    background : array_like
        An upper bound on Y0, in the same unit: here too much background is the careful choice.

    Returns
    -------
    ndarray of float64
        In the unit of the arguments, 0 or more.

    References
    ----------
    X. Ma, B. Qi, Y. Zhao and H.-K. Lo, Phys. Rev. A 72, 012326 (2005), doi:10.1103/PhysRevA.72.012326;
    D. Rusca et al., Appl. Phys. Lett. 112, 171104 (2018), equation A10, doi:10.1063/1.5023340.
    """
    ratio = (decoy / signal) ** 2
    bracket = np.asarray(decoy_clicks) - ratio * np.asarray(signal_clicks) - (1.0 - ratio) * np.asarray(background)
    return np.maximum(signal / (decoy * (signal - decoy)) * bracket, 0.0)
