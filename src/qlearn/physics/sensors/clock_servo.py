"""The loop that holds an oscillator on its atoms: two looks, one on each side of the fringe, then one correction.

An integrator: after each pair the estimated offset times the gain is taken off the oscillator for good. The free
oscillator's frequency is given from outside, one value a look, so that any noise can be tried.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range
from qlearn.physics.sensors.ramsey_clock import look_uncertainty

__all__ = ["ClockRun", "drift_lag", "fringe_number", "run_clock", "steady_deviation"]


@dataclass(frozen=True)
class ClockRun:
    """A run of a clock, one entry a look.

    Attributes
    ----------
    free_hz : ndarray of float64
        What the oscillator's offset would be without the loop, in Hz, shape (looks,).
    locked_hz : ndarray of float64
        What it is with the loop, in Hz, shape (looks,), without the shift of a quarter fringe for looking.
    shares : ndarray of float64
        Counted share of excited atoms, shape (looks,); even entries are on the upper side, odd ones on the lower.
    """

    free_hz: NDArray[np.float64]
    locked_hz: NDArray[np.float64]
    shares: NDArray[np.float64]


def run_clock(
    free_hz: ArrayLike,
    *,
    atoms: int,
    ramsey_s: float,
    gain: float,
    rng: np.random.Generator,
    contrast: float = 1.0,
    seen_hz: ArrayLike = 0.0,
) -> ClockRun:
    """Run a clock: an oscillator that wanders, atoms that are counted, a loop that steers.

    Parameters
    ----------
    free_hz : array_like
        The free oscillator's offset from the atoms in Hz, its mean over each cycle, shape (looks,).
    atoms : int
        N, 1 or more.
    ramsey_s : float
        T in seconds, above 0.
    gain : float
        Part of an estimate that is corrected, 0 to 4; stable below 2.
    rng : numpy.random.Generator
        Source of chance.
    contrast : float
        Height of the fringe, above 0 and at most 1.
    seen_hz : array_like
        Mean offset during the Ramsey time less that of the whole cycle, in Hz, shape (looks,) or a number: what the
        oscillator does between looks is in the one and not in the other.

    Returns
    -------
    ClockRun
        The run. With an odd number of looks the last is not followed by a correction.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    The linear loop's steady state is `steady_deviation`, with which the package's tests compare it.

    Examples
    --------
    >>> run = run_clock(np.full(40, 0.1), atoms=10**6, ramsey_s=0.5, gain=0.5, rng=np.random.default_rng(1))
    >>> bool(abs(run.locked_hz[-1]) < 0.005)
    True
    """
    free = in_range("free_hz", free_hz, -np.inf, np.inf, unit="Hz")
    if free.ndim != 1:
        raise ParameterError(f"free_hz has shape {free.shape}; it must be one row, shape (looks,)")
    n, t = count("atoms", atoms, least=1), float(in_range("ramsey_s", ramsey_s, 1e-12, np.inf, unit="s"))
    part, height = float(in_range("gain", gain, 0.0, 4.0)), float(in_range("contrast", contrast, 1e-12, 1.0))
    extra = np.broadcast_to(in_range("seen_hz", seen_hz, -np.inf, np.inf, unit="Hz"), free.shape)
    locked, shares = np.empty(free.size), np.empty(free.size)
    turn = 2.0 * np.pi * t
    correction = 0.0
    for look in range(free.size):
        # `look_probability` and `estimate_offset` in plain numbers: a run has thousands of looks
        side = -1.0 if look % 2 else 1.0
        locked[look] = free[look] - correction
        chance = (1.0 - side * height * np.sin(turn * (locked[look] + extra[look]))) / 2.0
        shares[look] = rng.binomial(n, chance) / n
        if side < 0.0:
            correction += part * (shares[look] - shares[look - 1]) / (turn * height)
    return ClockRun(free, locked, shares)


def steady_deviation(
    averaging_s: ArrayLike,
    *,
    atoms: ArrayLike,
    ramsey_s: ArrayLike,
    gain: ArrayLike,
    cycle_s: ArrayLike = 1.0,
    step_hz: ArrayLike = 0.0,
    contrast: ArrayLike = 1.0,
) -> NDArray[np.float64]:
    r"""Allan deviation of a locked oscillator in Hz, at times long against the loop's.

    .. math:: \sigma(\tau) = \sqrt{\Bigl(\tfrac12 q^2 + \frac{2s^2}{g^2}\Bigr)\frac{2T_c}{\tau}}, \qquad
              q = \frac{1}{2\pi TC\sqrt N}

    The first part is projection noise and does not depend on the gain g. The second is what an integrator leaves of an
    oscillator's random walk with steps s a look; of white and flicker noise nothing is left at long times.

    Parameters
    ----------
    averaging_s : array_like
        tau in seconds, above 0.
    atoms, ramsey_s, contrast : array_like
        As `look_uncertainty` takes them.
    gain : array_like
        g, above 0 and below 2.
    cycle_s : array_like
        T_c, seconds from look to look, above 0.
    step_hz : array_like
        s in Hz, 0 or more.

    Returns
    -------
    ndarray of float64
        Hz.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    From the loop's equation at frequency zero, g (mean offset + error of the estimates) = sum of the steps; compared
    with simulated runs by the package's tests.

    Examples
    --------
    >>> round(float(steady_deviation(100.0, atoms=100, ramsey_s=0.5, gain=0.5)), 6)
    0.003183
    """
    tau, cycle = (in_range("averaging_s", averaging_s, 1e-12, np.inf), in_range("cycle_s", cycle_s, 1e-12, np.inf))
    g, step = in_range("gain", gain, 1e-6, 2.0), in_range("step_hz", step_hz, 0.0, np.inf, unit="Hz")
    noise = look_uncertainty(atoms=atoms, ramsey_s=ramsey_s, contrast=contrast)
    return np.sqrt((noise**2 / 2.0 + 2.0 * (step / g) ** 2) * 2.0 * cycle / tau)


def drift_lag(drift_hz_per_s: ArrayLike, *, gain: ArrayLike, cycle_s: ArrayLike = 1.0) -> NDArray[np.float64]:
    r"""Mean offset of a locked oscillator that drifts steadily, :math:`2dT_c/g`: no Allan deviation shows it.

    An integrator corrects only what it sees, so it has to see as much as it must correct after each pair of looks.

    Parameters
    ----------
    drift_hz_per_s : array_like
        d, in Hz per second, of either sign.
    gain : array_like
        g, above 0 and below 2.
    cycle_s : array_like
        T_c, seconds from look to look, above 0.

    Returns
    -------
    ndarray of float64
        Hz; right while it is well below 1/(2 pi T).

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> float(drift_lag(0.001, gain=0.5))
    0.004
    """
    drift = in_range("drift_hz_per_s", drift_hz_per_s, -np.inf, np.inf, unit="Hz/s")
    return 2.0 * drift * in_range("cycle_s", cycle_s, 1e-12, np.inf) / in_range("gain", gain, 1e-6, 2.0)


def fringe_number(offset_hz: ArrayLike, *, ramsey_s: ArrayLike) -> NDArray[np.int64]:
    """Which fringe an offset lies on: 0 for the right one, neighbours are 1/T apart and look the same to the loop.

    Parameters
    ----------
    offset_hz : array_like
        Oscillator less transition in Hz.
    ramsey_s : array_like
        T in seconds, above 0.

    Returns
    -------
    ndarray of int64
        The nearest fringe.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> fringe_number([0.9, 1.1, -2.0], ramsey_s=0.5)
    array([ 0,  1, -1])
    """
    offset = in_range("offset_hz", offset_hz, -np.inf, np.inf, unit="Hz")
    return np.round(offset * in_range("ramsey_s", ramsey_s, 1e-12, np.inf, unit="s")).astype(np.int64)
