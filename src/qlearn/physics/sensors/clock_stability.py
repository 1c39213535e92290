"""How still a clock of N atoms can be: projection noise and the Heisenberg limit as fractional frequencies.

A look at the atoms with Ramsey time T tells their phase 2 pi (frequency offset) T to 1/sqrt(N) rad at best when they
are independent, and to 1/N rad in the best entangled state. All deviations here are Allan deviations of the fractional
frequency y = (offset in Hz)/(frequency of the transition), with white frequency noise from look to look: they fall as
one over the root of the averaging time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.physics.arguments import in_range

__all__ = [
    "CAESIUM_HZ",
    "STRONTIUM_HZ",
    "averaging_time",
    "deviation_from_line",
    "heisenberg_deviation",
    "line_quality",
    "projection_noise_deviation",
]

CAESIUM_HZ = 9_192_631_770.0
"""Hyperfine transition of caesium-133, exact: it defines the second."""

STRONTIUM_HZ = 4.29228e14
"""Optical clock transition of strontium, 1S0 to 3P0, to the six digits that all its isotopes share."""

_TINY = 1e-12


def projection_noise_deviation(
    averaging_s: ArrayLike,
    *,
    frequency_hz: float,
    ramsey_s: ArrayLike,
    atoms: ArrayLike,
    cycle_s: ArrayLike,
    contrast: ArrayLike = 1.0,
) -> NDArray[np.float64]:
    r"""Allan deviation that N independent atoms leave, probed at half height of a Ramsey fringe.

    .. math:: \sigma_y(\tau) = \frac{1}{2\pi\nu_0 T C}\sqrt{\frac{T_c}{N\tau}}

    The fringe turns once in 1/T of offset, hence the factor 2 pi; in terms of the width at half height, 1/(2T), it is
    `deviation_from_line`.

    Parameters
    ----------
    averaging_s : array_like
        Averaging time tau in seconds, above 0.
    frequency_hz : float
        Frequency nu_0 of the transition in Hz, above 0.
    ramsey_s : array_like
        Ramsey time T in seconds, above 0.
    atoms : array_like
        N, above 0.
    cycle_s : array_like
        Time from look to look, T_c, in seconds, above 0; not shorter than T in any real clock.
    contrast : array_like
        Height C of the fringe from lowest to highest, above 0 and at most 1.

    Returns
    -------
    ndarray of float64
        Fractional frequency, no unit.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    W. M. Itano et al., Phys. Rev. A 47, 3554 (1993), doi:10.1103/PhysRevA.47.3554.

    Examples
    --------
    >>> f"{float(projection_noise_deviation(1, frequency_hz=CAESIUM_HZ, ramsey_s=0.5, atoms=1e6, cycle_s=1)):.2e}"
    '3.46e-14'
    """
    n = _positive("atoms", atoms)
    c = in_range("contrast", contrast, _TINY, 1.0)
    phase = 1.0 / (c * np.sqrt(n))
    return phase * _radian(averaging_s, frequency_hz, ramsey_s, cycle_s)


def heisenberg_deviation(
    averaging_s: ArrayLike, *, frequency_hz: float, ramsey_s: ArrayLike, atoms: ArrayLike, cycle_s: ArrayLike
) -> NDArray[np.float64]:
    r"""Allan deviation with N atoms in the best entangled state and nothing lost.

    .. math:: \sigma_y(\tau) = \frac{1}{2\pi\nu_0 T N}\sqrt{\frac{T_c}{\tau}}

    Parameters
    ----------
    averaging_s, frequency_hz, ramsey_s, atoms, cycle_s
        As `projection_noise_deviation` takes them.

    Returns
    -------
    ndarray of float64
        Fractional frequency, no unit.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    V. Giovannetti, S. Lloyd and L. Maccone, Science 306, 1330 (2004), doi:10.1126/science.1104149.
    """
    return _radian(averaging_s, frequency_hz, ramsey_s, cycle_s) / _positive("atoms", atoms)


def line_quality(frequency_hz: ArrayLike, *, linewidth_hz: ArrayLike) -> NDArray[np.float64]:
    """Quality factor Q of a line: its frequency over its full width at half height.

    Parameters
    ----------
    frequency_hz : array_like
        Frequency of the transition in Hz, above 0.
    linewidth_hz : array_like
        Full width at half height in Hz, above 0; 1/(2T) for a Ramsey fringe.

    Returns
    -------
    ndarray of float64
        No unit.

    Raises
    ------
    ParameterError
        When an argument is not above 0.

    Examples
    --------
    >>> f"{float(line_quality(CAESIUM_HZ, linewidth_hz=1.0)):.2e}"
    '9.19e+09'
    """
    return _positive("frequency_hz", frequency_hz) / _positive("linewidth_hz", linewidth_hz)


def deviation_from_line(
    averaging_s: ArrayLike, *, quality: ArrayLike, atoms: ArrayLike, cycle_s: ArrayLike
) -> NDArray[np.float64]:
    r"""Projection noise of a Ramsey fringe of quality Q, the form that most papers print.

    .. math:: \sigma_y(\tau) = \frac{1}{\pi Q}\sqrt{\frac{T_c}{N\tau}}

    Parameters
    ----------
    averaging_s : array_like
        Averaging time tau in seconds, above 0.
    quality : array_like
        Q of `line_quality`, above 0.
    atoms : array_like
        N, above 0.
    cycle_s : array_like
        T_c in seconds, above 0.

    Returns
    -------
    ndarray of float64
        Fractional frequency, no unit.

    Raises
    ------
    ParameterError
        When an argument is not above 0.

    References
    ----------
    G. Santarelli et al., Phys. Rev. Lett. 82, 4619 (1999), doi:10.1103/PhysRevLett.82.4619.
    """
    q, n = _positive("quality", quality), _positive("atoms", atoms)
    tau, cycle = _positive("averaging_s", averaging_s), _positive("cycle_s", cycle_s)
    return np.sqrt(cycle / (n * tau)) / (np.pi * q)


def averaging_time(deviation: ArrayLike, *, deviation_at_1s: ArrayLike) -> NDArray[np.float64]:
    """Time after which white frequency noise has averaged down to a deviation.

    Parameters
    ----------
    deviation : array_like
        What is wanted, above 0.
    deviation_at_1s : array_like
        Allan deviation at one second, above 0, in the same unit.

    Returns
    -------
    ndarray of float64
        Seconds.

    Raises
    ------
    ParameterError
        When an argument is not above 0.

    Examples
    --------
    >>> float(averaging_time(0.5, deviation_at_1s=5.0))
    100.0
    """
    # deviations may be as small as 1e-20, below the smallest number of atoms or seconds that makes sense
    wanted = in_range("deviation", deviation, 1e-30, np.inf)
    found: NDArray[np.float64] = (in_range("deviation_at_1s", deviation_at_1s, 1e-30, np.inf) / wanted) ** 2
    return found


def _radian(
    averaging_s: ArrayLike, frequency_hz: float, ramsey_s: ArrayLike, cycle_s: ArrayLike
) -> NDArray[np.float64]:
    """Fractional deviation at tau when each look is uncertain by one radian."""
    tau, cycle = _positive("averaging_s", averaging_s), _positive("cycle_s", cycle_s)
    nu, t = _positive("frequency_hz", frequency_hz), _positive("ramsey_s", ramsey_s)
    one: NDArray[np.float64] = np.sqrt(cycle / tau) / (2.0 * np.pi * nu * t)
    return one


def _positive(name: str, value: ArrayLike) -> NDArray[np.float64]:
    return in_range(name, value, _TINY, np.inf)
