"""Gravitational redshift near the ground: a clock that stands higher ticks faster, and so measures its height."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.constants import speed_of_light

from qlearn.physics.arguments import in_range

__all__ = ["height_from_shift", "height_shift", "potential_from_shift", "potential_shift"]


def height_shift(height_m: ArrayLike, *, gravity_m_s2: ArrayLike = 9.81) -> NDArray[np.float64]:
    r"""Fractional frequency that a clock gains when it is lifted, :math:`gh/c^2`.

    Parameters
    ----------
    height_m : array_like
        Height above the other clock in metres, of either sign, small against the Earth's radius.
    gravity_m_s2 : array_like
        g in m/s^2, 0 or more.

    Returns
    -------
    ndarray of float64
        (Upper less lower frequency)/frequency, no unit.

    Raises
    ------
    ParameterError
        When an argument is not finite or g is negative.

    References
    ----------
    C. W. Chou et al., Science 329, 1630 (2010), doi:10.1126/science.1192720.

    Examples
    --------
    >>> f"{float(height_shift(1.0)):.4e}"
    '1.0915e-16'
    """
    height = in_range("height_m", height_m, -np.inf, np.inf, unit="m")
    return potential_shift(in_range("gravity_m_s2", gravity_m_s2, 0.0, np.inf, unit="m/s^2") * height)


def potential_shift(potential_m2_s2: ArrayLike) -> NDArray[np.float64]:
    r"""Fractional frequency between clocks at rest at two potentials of gravity, :math:`\Delta U/c^2`.

    Parameters
    ----------
    potential_m2_s2 : array_like
        Difference of the geopotential in m^2/s^2, counted upward, small against c^2.

    Returns
    -------
    ndarray of float64
        No unit.

    Raises
    ------
    ParameterError
        When the potential is not finite.

    References
    ----------
    J. Grotti et al., arXiv:2309.14953 (2023).
    """
    potential = in_range("potential_m2_s2", potential_m2_s2, -np.inf, np.inf, unit="m^2/s^2")
    shift: NDArray[np.float64] = potential / speed_of_light**2
    return shift


def potential_from_shift(shift: ArrayLike) -> NDArray[np.float64]:
    """Difference of geopotential from the fractional frequency of two clocks: c^2 times the shift.

    Parameters
    ----------
    shift : array_like
        Fractional frequency or its uncertainty, no unit.

    Returns
    -------
    ndarray of float64
        m^2/s^2.

    Raises
    ------
    ParameterError
        When the shift is not finite.
    """
    potential: NDArray[np.float64] = in_range("shift", shift, -np.inf, np.inf) * speed_of_light**2
    return potential


def height_from_shift(shift: ArrayLike, *, gravity_m_s2: ArrayLike = 9.81) -> NDArray[np.float64]:
    """Height difference from the fractional frequency of two clocks at rest; likewise for uncertainties.

    Parameters
    ----------
    shift : array_like
        Fractional frequency, no unit.
    gravity_m_s2 : array_like
        g in m/s^2, above 0.

    Returns
    -------
    ndarray of float64
        Metres.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    C. W. Chou et al., Science 329, 1630 (2010), doi:10.1126/science.1192720.

    Examples
    --------
    >>> round(float(height_from_shift(1e-18)), 4)
    0.0092
    """
    return potential_from_shift(shift) / in_range("gravity_m_s2", gravity_m_s2, 1e-12, np.inf, unit="m/s^2")
