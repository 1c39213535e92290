"""Rabi's formula: how far and how fast a drive of given strength and detuning moves a qubit."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.physics.arguments import in_range, shapes_fit

__all__ = ["generalised_rabi_frequency", "maximum_transfer", "rabi_probability"]


def generalised_rabi_frequency(rabi_rad_s: ArrayLike, *, detuning_rad_s: ArrayLike = 0.0) -> NDArray[np.float64]:
    r"""Angular frequency at which a detuned drive turns the Bloch vector, :math:`\sqrt{\Omega^2 + \Delta^2}`.

    Parameters
    ----------
    rabi_rad_s : array_like
        Rabi frequency Omega in rad/s, 0 or more, any shape.
    detuning_rad_s : array_like
        Detuning Delta of drive and qubit in rad/s, of either sign.

    Returns
    -------
    ndarray of float64
        Angular frequency in rad/s.

    Raises
    ------
    ParameterError
        When a frequency is not finite or Omega is negative.

    References
    ----------
    I. I. Rabi, Phys. Rev. 51, 652 (1937), doi:10.1103/PhysRev.51.652.

    Examples
    --------
    >>> float(generalised_rabi_frequency(2.0, detuning_rad_s=1.5))
    2.5
    """
    omega = in_range("rabi_rad_s", rabi_rad_s, 0.0, np.inf, unit="rad/s")
    delta = in_range("detuning_rad_s", detuning_rad_s, -np.inf, np.inf, unit="rad/s")
    shapes_fit(rabi_rad_s=omega, detuning_rad_s=delta)
    return np.hypot(omega, delta)


def maximum_transfer(rabi_rad_s: ArrayLike, *, detuning_rad_s: ArrayLike = 0.0) -> NDArray[np.float64]:
    r"""Largest excitation probability a detuned drive reaches, :math:`\Omega^2/(\Omega^2 + \Delta^2)`.

    Parameters
    ----------
    rabi_rad_s : array_like
        Rabi frequency Omega in rad/s, 0 or more, any shape.
    detuning_rad_s : array_like
        Detuning Delta in rad/s, of either sign.

    Returns
    -------
    ndarray of float64
        Probability, 0 to 1; 0 without a drive.

    Raises
    ------
    ParameterError
        When a frequency is not finite or Omega is negative.

    References
    ----------
    I. I. Rabi, Phys. Rev. 51, 652 (1937), doi:10.1103/PhysRev.51.652.

    Examples
    --------
    >>> round(float(maximum_transfer(2.0, detuning_rad_s=1.5)), 12)
    0.64
    """
    total = generalised_rabi_frequency(rabi_rad_s, detuning_rad_s=detuning_rad_s)
    omega = np.broadcast_to(np.asarray(rabi_rad_s, dtype=float), total.shape)
    # the ratio is squared, not the frequencies: their squares may overflow
    transfer: NDArray[np.float64] = np.divide(omega, total, out=np.zeros(total.shape), where=total > 0) ** 2
    return transfer


def rabi_probability(
    rabi_rad_s: ArrayLike, *, detuning_rad_s: ArrayLike = 0.0, time_s: ArrayLike
) -> NDArray[np.float64]:
    r"""Probability that a qubit that started in |0> is found in |1> after a drive of constant strength.

    .. math:: P_1(t) = \frac{\Omega^2}{\Omega^2 + \Delta^2}\,\sin^2\!\bigl(\tfrac12\sqrt{\Omega^2 + \Delta^2}\;t\bigr)

    No relaxation and no dephasing; within the rotating-wave approximation.

    Parameters
    ----------
    rabi_rad_s : array_like
        Rabi frequency Omega in rad/s, 0 or more, any shape.
    detuning_rad_s : array_like
        Detuning Delta in rad/s, of either sign.
    time_s : array_like
        Duration t of the drive in seconds, 0 or more.

    Returns
    -------
    ndarray of float64
        Probability, 0 to 1, of the arguments' common shape.

    Raises
    ------
    ParameterError
        When an argument is not finite, or Omega or t is negative.

    References
    ----------
    I. I. Rabi, Phys. Rev. 51, 652 (1937), doi:10.1103/PhysRev.51.652.

    Examples
    --------
    >>> round(float(rabi_probability(2e6 * np.pi, detuning_rad_s=2e6 * np.pi, time_s=0.25e-6)), 6)
    0.401425
    """
    t = in_range("time_s", time_s, 0.0, np.inf, unit="s")
    total = generalised_rabi_frequency(rabi_rad_s, detuning_rad_s=detuning_rad_s)
    transfer = maximum_transfer(rabi_rad_s, detuning_rad_s=detuning_rad_s)
    shapes_fit(rabi_rad_s=rabi_rad_s, detuning_rad_s=detuning_rad_s, time_s=t)
    found: NDArray[np.float64] = transfer * np.sin(total * t / 2.0) ** 2
    return found
