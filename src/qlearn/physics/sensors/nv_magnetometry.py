"""From the lines of an NV centre back to the field, and how small a field it can notice."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range
from qlearn.physics.sensors.nv import (
    GYROMAGNETIC_RATIO_HZ_PER_T,
    TEMPERATURE_COEFFICIENT_HZ_PER_K,
    ZERO_FIELD_SPLITTING_HZ,
)

__all__ = [
    "apparent_field",
    "dc_sensitivity",
    "echo_sensitivity",
    "field_from_lines",
    "field_from_splitting",
    "odmr_sensitivity",
    "ramsey_sensitivity",
]

_GAMMA_RAD_S_T = 2.0 * np.pi * GYROMAGNETIC_RATIO_HZ_PER_T


def field_from_splitting(splitting_hz: ArrayLike) -> NDArray[np.float64]:
    r"""Field along the axis from the distance of the two lines, |B_z| = splitting / (2 gamma).

    The distance does not care about temperature, which moves both lines alike.

    Parameters
    ----------
    splitting_hz : array_like
        Upper less lower line, in Hz, 0 or more, any shape.

    Returns
    -------
    ndarray of float64
        Field in T; exact along the axis, and too large where most of the field is across it.

    Raises
    ------
    ParameterError
        When a splitting is negative.

    References
    ----------
    M. W. Doherty et al., Physics Reports 528, 1 (2013), doi:10.1016/j.physrep.2013.02.001.

    Examples
    --------
    >>> round(float(field_from_splitting(56.048e6)), 9)
    0.001
    """
    field: NDArray[np.float64] = in_range("splitting_hz", splitting_hz, 0.0, np.inf, unit="Hz") / (
        2.0 * GYROMAGNETIC_RATIO_HZ_PER_T
    )
    return field


def field_from_lines(
    lower_hz: float, upper_hz: float, *, zero_field_splitting_hz: float = ZERO_FIELD_SPLITTING_HZ
) -> tuple[float, float]:
    r"""Size of the field and its angle to the axis from both lines, exactly, for a centre without strain.

    The three levels are roots of a cubic whose coefficients are symmetric in them. With b = gamma B:

    .. math::
        b^2 = \tfrac13 (f_1^2 + f_2^2 - f_1 f_2 - D^2), \qquad
        b^2 \sin^2\theta = -\lambda_0 (\lambda_0 + f_1)(\lambda_0 + f_2) / D, \qquad
        \lambda_0 = \tfrac13 (2 D - f_1 - f_2)

    Parameters
    ----------
    lower_hz, upper_hz : float
        The two lines in Hz, below the level crossing.
    zero_field_splitting_hz : float
        D in Hz. A wrong D, by temperature, feigns a field across the axis.

    Returns
    -------
    tuple of float
        Size of the field in T and its angle to the axis in rad, 0 to pi/2: the lines do not tell B from -B.

    Raises
    ------
    ParameterError
        When the lines are out of order or fit no field.

    References
    ----------
    G. Balasubramanian et al., Nature 455, 648 (2008), doi:10.1038/nature07278, use these lines so; derived here from
    the characteristic polynomial of the Hamiltonian.

    Examples
    --------
    >>> size, angle = field_from_lines(2.841976e9, 2.898024e9)
    >>> round(size, 9), round(angle, 3)
    (0.001, 0.0)
    """
    lower = float(in_range("lower_hz", lower_hz, 0.0, 1e12, unit="Hz"))
    upper = float(in_range("upper_hz", upper_hz, lower, 1e12, unit="Hz"))
    d = float(in_range("zero_field_splitting_hz", zero_field_splitting_hz, 1.0, 1e12, unit="Hz"))
    # the same as f1^2 + f2^2 - f1 f2 - D^2, without the small difference of large squares
    shift = (lower + upper) / 2.0 - d
    squared = ((upper - lower) ** 2 * 0.75 + shift * (2.0 * d + shift)) / 3.0
    ground = -2.0 * shift / 3.0
    across = -ground * (ground + lower) * (ground + upper) / d
    slack = 1e-12 * d**2
    if squared < -slack or across < -slack or across > squared + slack:
        raise ParameterError(
            f"lines at {lower / 1e9:g} and {upper / 1e9:g} GHz fit no field; with D = {d / 1e9:g} GHz their mean "
            "must lie at D or above it, by no more than a field across the axis explains"
        )
    squared = max(squared, 0.0)
    across = min(max(across, 0.0), squared)
    angle = float(np.arctan2(np.sqrt(across), np.sqrt(squared - across)))
    return float(np.sqrt(squared)) / GYROMAGNETIC_RATIO_HZ_PER_T, angle


def apparent_field(temperature_shift_k: ArrayLike) -> NDArray[np.float64]:
    """Field that a change of temperature feigns for one who watches a single line: (dD/dT) dT / gamma.

    Parameters
    ----------
    temperature_shift_k : array_like
        Change of temperature in K, any shape.

    Returns
    -------
    ndarray of float64
        Field in T, about -2.65 microtesla for one kelvin.

    Raises
    ------
    ParameterError
        When a change is not a finite number.

    References
    ----------
    V. M. Acosta et al., Phys. Rev. Lett. 104, 070801 (2010), doi:10.1103/PhysRevLett.104.070801.
    """
    shift = in_range("temperature_shift_k", temperature_shift_k, -1000.0, 1000.0, unit="K")
    return shift * TEMPERATURE_COEFFICIENT_HZ_PER_K / GYROMAGNETIC_RATIO_HZ_PER_T


def odmr_sensitivity(*, linewidth_hz: float, contrast: float, count_rate_hz: float) -> float:
    r"""Smallest field along the axis that stands out after one second on the steepest slope of a dip, by shot noise.

    .. math:: \eta = \frac{4}{3\sqrt 3}\,\frac{\Delta\nu}{\gamma\, C \sqrt{R}}

    Parameters
    ----------
    linewidth_hz : float
        Full width of the dip at half depth, in Hz.
    contrast : float
        Depth C of the dip, above 0, at most 1; the formula takes it as small.
    count_rate_hz : float
        Photons counted per second, R, above 0.

    Returns
    -------
    float
        Sensitivity in T/sqrt(Hz).

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    A. Dréau et al., Phys. Rev. B 84, 195204 (2011), doi:10.1103/PhysRevB.84.195204.
    """
    width = float(in_range("linewidth_hz", linewidth_hz, 1.0, 1e10, unit="Hz"))
    rate = float(in_range("count_rate_hz", count_rate_hz, 1e-6, 1e20, unit="Hz"))
    slope = GYROMAGNETIC_RATIO_HZ_PER_T * _contrast(contrast) * np.sqrt(rate)
    return float(4.0 / (3.0 * np.sqrt(3.0)) * width / slope)


def dc_sensitivity(*, contrast: float, coherence_time_s: float, spins: int = 1) -> float:
    r"""Rule of thumb for a steady field: eta = 1 / (gamma C sqrt(N T2*)).

    Parameters
    ----------
    contrast : float
        Quality C of one readout, above 0; 1 tells the state for certain. It holds the photons that are not caught, so
        it lies below the depth of a dip unless many are.
    coherence_time_s : float
        T2*, in s.
    spins : int
        Number N of centres that measure together, 1 or more.

    Returns
    -------
    float
        Sensitivity in T/sqrt(Hz); gamma in rad/s/T.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    J. M. Taylor et al., Nature Physics 4, 810 (2008), doi:10.1038/nphys1075.

    Examples
    --------
    >>> f"{dc_sensitivity(contrast=0.3, coherence_time_s=1e-6):.3g}"
    '1.89e-08'
    """
    return float(
        1.0 / (_GAMMA_RAD_S_T * _contrast(contrast) * np.sqrt(count("spins", spins, least=1) * _time(coherence_time_s)))
    )


def ramsey_sensitivity(*, contrast: float, coherence_time_s: float, spins: int = 1) -> float:
    r"""Steady field by Ramsey fringes that decay as exp(-t/T2*), at the best time t = T2*/2.

    .. math:: \eta = \frac{e^{1/2}}{\gamma\, C \sqrt{N\, T_2^*/2}}

    Parameters
    ----------
    contrast : float
        Quality C of one readout, above 0; 1 tells the state for certain. It holds the photons that are not caught, so
        it lies below the depth of a dip unless many are.
    coherence_time_s : float
        T2*, in s.
    spins : int
        Number N of centres that measure together, 1 or more.

    Returns
    -------
    float
        Sensitivity in T/sqrt(Hz), with no time lost between measurements.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    J. F. Barry et al., Rev. Mod. Phys. 92, 015004 (2020), doi:10.1103/RevModPhys.92.015004.
    """
    time = _time(coherence_time_s) / 2.0
    spread = np.sqrt(count("spins", spins, least=1) * time)
    return float(np.exp(0.5) / (_GAMMA_RAD_S_T * _contrast(contrast) * spread))


def echo_sensitivity(*, contrast: float, coherence_time_s: float) -> float:
    r"""Oscillating field by a spin echo in step with it: eta = pi / (2 gamma C sqrt(T2)), for one centre.

    Parameters
    ----------
    contrast : float
        Quality C of one readout, above 0; 1 tells the state for certain. It holds the photons that are not caught, so
        it lies below the depth of a dip unless many are.
    coherence_time_s : float
        T2, in s.

    Returns
    -------
    float
        Sensitivity to the amplitude in T/sqrt(Hz); pi/2 is one over the mean of |sin|.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    J. M. Taylor et al., Nature Physics 4, 810 (2008), doi:10.1038/nphys1075.
    """
    return float(np.pi / (2.0 * _GAMMA_RAD_S_T * _contrast(contrast) * np.sqrt(_time(coherence_time_s))))


def _contrast(contrast: float) -> float:
    return float(in_range("contrast", contrast, 1e-9, 1.0))


def _time(coherence_time_s: float) -> float:
    return float(in_range("coherence_time_s", coherence_time_s, 1e-12, 1e6, unit="s"))
