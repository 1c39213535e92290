"""Ramsey fringes and Hahn's echo with ideal, instantaneous pulses: what each kind of dephasing leaves of the signal.

Memoryless noise loses the phase as exp(-t/T2), and no pulse brings it back. A detuning that differs from run to run
but holds still within one loses it as a Gaussian, and an echo brings it back.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.physics.arguments import in_range, shapes_fit
from qlearn.physics.dynamics.relaxation import decay_rate

__all__ = [
    "hahn_echo_probability",
    "quasi_static_coherence",
    "quasi_static_dephasing_time",
    "quasi_static_spread",
    "ramsey_fringe_width",
    "ramsey_probability",
]


def ramsey_probability(
    time_s: ArrayLike,
    *,
    detuning_rad_s: ArrayLike = 0.0,
    t2_s: ArrayLike = np.inf,
    spread_rad_s: ArrayLike = 0.0,
) -> NDArray[np.float64]:
    r"""Probability of |1> after two quarter turns about one axis with a free time t between them.

    .. math:: P_1(t) = \tfrac12\bigl[1 + e^{-t/T_2}\, e^{-\sigma^2 t^2/2} \cos(\Delta t)\bigr]

    Parameters
    ----------
    time_s : array_like
        Free time t in seconds, 0 or more, any shape.
    detuning_rad_s : array_like
        Mean detuning Delta in rad/s, of either sign.
    t2_s : array_like
        T2 of the memoryless noise in seconds, above 0, or infinite; see `coherence_time`.
    spread_rad_s : array_like
        Standard deviation sigma of the quasi-static Gaussian detuning in rad/s, 0 or more.

    Returns
    -------
    ndarray of float64
        Probability, 0 to 1.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    N. F. Ramsey, Phys. Rev. 78, 695 (1950), doi:10.1103/PhysRev.78.695; the decay, G. Ithier et al., Phys. Rev. B 72,
    134519 (2005), doi:10.1103/PhysRevB.72.134519.

    Examples
    --------
    >>> round(float(ramsey_probability(10e-6, detuning_rad_s=2 * np.pi * 0.1e6, t2_s=1e-6 / 0.035)), 6)
    0.852344
    """
    t = in_range("time_s", time_s, 0.0, np.inf, unit="s")
    delta = in_range("detuning_rad_s", detuning_rad_s, -np.inf, np.inf, unit="rad/s")
    rate = decay_rate("t2_s", t2_s)
    sigma = in_range("spread_rad_s", spread_rad_s, 0.0, np.inf, unit="rad/s")
    shapes_fit(time_s=t, detuning_rad_s=delta, t2_s=rate, spread_rad_s=sigma)
    coherence = np.exp(-t * rate) * quasi_static_coherence(t, spread_rad_s=sigma)
    return (1.0 + coherence * np.cos(delta * t)) / 2.0


def ramsey_fringe_width(time_s: ArrayLike) -> NDArray[np.float64]:
    r"""Full width at half height of a Ramsey fringe against the detuning in Hz, :math:`1/(2t)`.

    Without noise and with ideal, instantaneous pulses; pulses of a length that matters make the fringe narrower.

    Parameters
    ----------
    time_s : array_like
        Free time t in seconds, above 0, any shape.

    Returns
    -------
    ndarray of float64
        Width in Hz (turns a second, not rad/s).

    Raises
    ------
    ParameterError
        When t is not above 0.

    References
    ----------
    N. F. Ramsey, Phys. Rev. 78, 695 (1950), doi:10.1103/PhysRev.78.695.

    Examples
    --------
    >>> float(ramsey_fringe_width(0.5))
    1.0
    """
    t = in_range("time_s", time_s, 1e-300, np.inf, unit="s")
    return np.asarray(0.5 / t)


def hahn_echo_probability(time_s: ArrayLike, *, t2_s: ArrayLike = np.inf) -> NDArray[np.float64]:
    r"""Probability of |1> after Hahn's echo: quarter turn, half of t, half turn, half of t, quarter turn.

    .. math:: P_1(t) = \tfrac12\bigl[1 + e^{-t/T_2}\bigr]

    The half turn is about y, the quarter turns about x, so that full coherence ends in |1> as in `ramsey_probability`.
    A detuning that stays the same in both halves drops out, whatever its spread: it is no argument.

    Parameters
    ----------
    time_s : array_like
        Whole free time t in seconds, both halves together, 0 or more, any shape.
    t2_s : array_like
        T2 of the memoryless noise in seconds, above 0, or infinite.

    Returns
    -------
    ndarray of float64
        Probability, one half to 1.

    Raises
    ------
    ParameterError
        When t is negative or T2 not above 0.

    References
    ----------
    E. L. Hahn, Phys. Rev. 80, 580 (1950), doi:10.1103/PhysRev.80.580; the half turn about y, S. Meiboom and D. Gill,
    Rev. Sci. Instrum. 29, 688 (1958), doi:10.1063/1.1716296.

    Examples
    --------
    >>> float(hahn_echo_probability(5e-6))
    1.0
    """
    t = in_range("time_s", time_s, 0.0, np.inf, unit="s")
    rate = decay_rate("t2_s", t2_s)
    shapes_fit(time_s=t, t2_s=rate)
    return (1.0 + np.exp(-t * rate)) / 2.0


def quasi_static_coherence(time_s: ArrayLike, *, spread_rad_s: ArrayLike) -> NDArray[np.float64]:
    r"""Coherence left by a quasi-static Gaussian detuning after a free time t, :math:`W = e^{-\sigma^2 t^2/2}`.

    It is the average of cos(delta t) over the detunings: a Gaussian in t, not an exponential.

    Parameters
    ----------
    time_s : array_like
        Free time t in seconds, 0 or more, any shape.
    spread_rad_s : array_like
        Standard deviation sigma of the detuning in rad/s (not in Hz), 0 or more.

    Returns
    -------
    ndarray of float64
        Coherence, 0 to 1.

    Raises
    ------
    ParameterError
        When an argument is negative or not finite.

    References
    ----------
    G. Ithier et al., Phys. Rev. B 72, 134519 (2005), doi:10.1103/PhysRevB.72.134519.

    Examples
    --------
    >>> round(float(quasi_static_coherence(3e-6, spread_rad_s=2 * np.pi * 50e3)), 6)
    0.641381
    """
    t = in_range("time_s", time_s, 0.0, np.inf, unit="s")
    sigma = in_range("spread_rad_s", spread_rad_s, 0.0, np.inf, unit="rad/s")
    shapes_fit(time_s=t, spread_rad_s=sigma)
    return np.exp(-((sigma * t) ** 2) / 2.0)


def quasi_static_dephasing_time(spread_rad_s: ArrayLike) -> NDArray[np.float64]:
    r"""Time :math:`T_2^* = \sqrt2/\sigma` at which a quasi-static Gaussian detuning leaves 1/e of the coherence.

    Parameters
    ----------
    spread_rad_s : array_like
        Standard deviation sigma of the detuning in rad/s, 0 or more.

    Returns
    -------
    ndarray of float64
        T2* in seconds; infinite without a spread.

    Raises
    ------
    ParameterError
        When the spread is negative or not finite.

    References
    ----------
    G. Ithier et al., Phys. Rev. B 72, 134519 (2005), doi:10.1103/PhysRevB.72.134519.

    Examples
    --------
    >>> round(1e6 * float(quasi_static_dephasing_time(2 * np.pi * 50e3)), 4)
    4.5016
    """
    sigma = in_range("spread_rad_s", spread_rad_s, 0.0, np.inf, unit="rad/s")
    time: NDArray[np.float64] = np.divide(np.sqrt(2.0), sigma, out=np.full(sigma.shape, np.inf), where=sigma > 0.0)
    return time


def quasi_static_spread(t2_star_s: ArrayLike) -> NDArray[np.float64]:
    r"""Standard deviation :math:`\sigma = \sqrt2/T_2^*` of the detuning that dephases in the time T2*.

    Parameters
    ----------
    t2_star_s : array_like
        T2* in seconds, above 0; infinite for no spread.

    Returns
    -------
    ndarray of float64
        Spread in rad/s.

    Raises
    ------
    ParameterError
        When T2* is not above 0.

    References
    ----------
    G. Ithier et al., Phys. Rev. B 72, 134519 (2005), doi:10.1103/PhysRevB.72.134519.
    """
    spread: NDArray[np.float64] = np.sqrt(2.0) * decay_rate("t2_star_s", t2_star_s)
    return spread
