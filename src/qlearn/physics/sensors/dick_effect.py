"""The Dick effect: noise of the oscillator that a clock takes for its atoms', because it does not look all the time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range

__all__ = ["dick_deviation", "white_dick_deviation"]


def dick_deviation(
    averaging_s: ArrayLike,
    spectrum: Callable[[NDArray[np.float64]], ArrayLike],
    *,
    ramsey_s: float,
    cycle_s: float,
    harmonics: int = 10_000,
) -> NDArray[np.float64]:
    r"""Allan deviation that an oscillator's noise adds to a clock with dead time and short pulses.

    .. math:: \sigma_y^2(\tau) = \frac1\tau\sum_{m\ge1}
              \Bigl(\frac{\sin\pi md}{\pi md}\Bigr)^2 S_y\Bigl(\frac{m}{T_c}\Bigr), \qquad d = \frac{T}{T_c}

    Noise at multiples of the cycle rate looks the same in every cycle, and so like an offset that does not change.

    Parameters
    ----------
    averaging_s : array_like
        tau in seconds, above 0 and long against the loop's own time.
    spectrum : callable
        One-sided power spectrum S_y of the free oscillator's frequency: takes Fourier frequencies in Hz, shape
        (harmonics,), gives power per Hz.
    ramsey_s : float
        T in seconds, above 0; the sensitivity is 1 during T and 0 outside, as with pulses of no length.
    cycle_s : float
        T_c in seconds, at least T.
    harmonics : int
        Terms of the sum, 1 or more.

    Returns
    -------
    ndarray of float64
        In the unit of the spectrum's frequency, fractional or Hz.

    Raises
    ------
    ParameterError
        When an argument is outside its range, or the cycle is shorter than the Ramsey time.

    References
    ----------
    C. A. Greenhall and G. J. Dick, IEEE Trans. Ultrason. Ferroelectr. Freq. Control 47, 1593 (2000), and references
    there; the rectangular sensitivity is compared with simulated clocks by the package's tests.
    """
    tau = in_range("averaging_s", averaging_s, 1e-12, np.inf, unit="s")
    duty = _duty(ramsey_s, cycle_s)
    order = np.arange(1, count("harmonics", harmonics, least=1) + 1, dtype=float)
    power = in_range("spectrum's power", spectrum(order / cycle_s), 0.0, np.inf)
    return np.sqrt(np.sum(np.sinc(order * duty) ** 2 * power) / tau)


def white_dick_deviation(
    averaging_s: ArrayLike, *, free_deviation_at_1s: float, ramsey_s: float, cycle_s: float
) -> NDArray[np.float64]:
    r"""The Dick effect of white frequency noise in closed form, :math:`\sigma_1\sqrt{(1/d - 1)/\tau}`.

    Parameters
    ----------
    averaging_s : array_like
        tau in seconds, above 0.
    free_deviation_at_1s : float
        sigma_1, the free oscillator's Allan deviation at one second, 0 or more.
    ramsey_s, cycle_s : float
        As `dick_deviation` takes them; d is their ratio.

    Returns
    -------
    ndarray of float64
        In the unit of the deviation; zero without dead time.

    Raises
    ------
    ParameterError
        When an argument is outside its range, or the cycle is shorter than the Ramsey time.

    References
    ----------
    `dick_deviation` with a constant spectrum of 2 sigma_1^2.

    Examples
    --------
    >>> float(white_dick_deviation(4.0, free_deviation_at_1s=1e-13, ramsey_s=0.5, cycle_s=1.0))
    5e-14
    """
    tau = in_range("averaging_s", averaging_s, 1e-12, np.inf, unit="s")
    free = float(in_range("free_deviation_at_1s", free_deviation_at_1s, 0.0, np.inf))
    return free * np.sqrt((1.0 / _duty(ramsey_s, cycle_s) - 1.0) / tau)


def _duty(ramsey_s: float, cycle_s: float) -> float:
    ramsey = float(in_range("ramsey_s", ramsey_s, 1e-12, np.inf, unit="s"))
    cycle = float(in_range("cycle_s", cycle_s, 1e-12, np.inf, unit="s"))
    if ramsey > cycle:
        raise ParameterError(f"the cycle is {cycle:g} s; it must last at least the Ramsey time of {ramsey:g} s")
    return ramsey / cycle
