"""Memoryless loss of a qubit's energy and phase: the times T1, T_phi and T2."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range, shapes_fit

__all__ = ["coherence_time", "decay_rate", "excited_population"]


def excited_population(time_s: ArrayLike, *, t1_s: ArrayLike) -> NDArray[np.float64]:
    r"""Probability that a qubit put into |1> is still there, :math:`e^{-t/T_1}`.

    Parameters
    ----------
    time_s : array_like
        Time t in seconds, 0 or more, any shape.
    t1_s : array_like
        Relaxation time T1 in seconds, above 0; infinite for a qubit that never decays.

    Returns
    -------
    ndarray of float64
        Probability, 0 to 1.

    Raises
    ------
    ParameterError
        When t is negative or T1 not above 0.

    References
    ----------
    P. Krantz et al., Appl. Phys. Rev. 6, 021318 (2019), doi:10.1063/1.5089550.

    Examples
    --------
    >>> round(float(excited_population(30e-6, t1_s=50e-6)), 6)
    0.548812
    """
    t = in_range("time_s", time_s, 0.0, np.inf, unit="s")
    rate = decay_rate("t1_s", t1_s)
    shapes_fit(time_s=t, t1_s=rate)
    return np.exp(-t * rate)


def coherence_time(*, t1_s: ArrayLike, t_phi_s: ArrayLike) -> NDArray[np.float64]:
    r"""Coherence time T2 of memoryless noise, :math:`1/T_2 = 1/(2T_1) + 1/T_\varphi`.

    Parameters
    ----------
    t1_s : array_like
        Relaxation time T1 in seconds, above 0, or infinite.
    t_phi_s : array_like
        Pure dephasing time T_phi in seconds, above 0, or infinite.

    Returns
    -------
    ndarray of float64
        T2 in seconds, at most 2 T1; infinite when both are.

    Raises
    ------
    ParameterError
        When a time is not above 0.

    References
    ----------
    P. Krantz et al., Appl. Phys. Rev. 6, 021318 (2019), doi:10.1063/1.5089550.

    Examples
    --------
    >>> round(1e6 * float(coherence_time(t1_s=50e-6, t_phi_s=40e-6)), 4)
    28.5714
    """
    relaxation, dephasing = decay_rate("t1_s", t1_s), decay_rate("t_phi_s", t_phi_s)
    shapes_fit(t1_s=relaxation, t_phi_s=dephasing)
    rate = np.asarray(relaxation / 2.0 + dephasing)
    time: NDArray[np.float64] = np.divide(1.0, rate, out=np.full(rate.shape, np.inf), where=rate > 0.0)
    return time


def decay_rate(name: str, time_constant_s: ArrayLike) -> NDArray[np.float64]:
    """Return one over a time constant that may be infinite.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    time_constant_s : array_like
        Seconds, above 0; infinity gives the rate 0.

    Returns
    -------
    ndarray of float64
        Rate in 1/s.

    Raises
    ------
    ParameterError
        When a time constant is no number or not above 0.
    """
    message = f"{name} is {time_constant_s!r}; a time constant must be above 0 s, or infinite (numpy.inf) for no decay"
    try:
        time_constant = np.asarray(time_constant_s, dtype=float)
    except (TypeError, ValueError):
        raise ParameterError(message) from None
    # a time below 1e-300 s would overflow the rate; NaN fails the comparison too
    if not np.all(time_constant > 1e-300):
        raise ParameterError(message)
    rate: NDArray[np.float64] = 1.0 / time_constant
    return rate
