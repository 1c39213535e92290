"""How many of random events a counter with a dead time records."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.physics.arguments import in_range

__all__ = ["recorded_rate"]


def recorded_rate(rate_per_s: ArrayLike, *, dead_time_s: float, paralysable: bool = False) -> NDArray[np.float64]:
    r"""Clicks per second that a counter with a dead time records of random events.

    .. math:: \frac{R}{1 + R\tau} \quad\text{or, paralysable,}\quad R\,e^{-R\tau}

    The first kind is blind for a fixed time after each click it records; `Link` is of this kind. In the second every
    event, recorded or not, starts the dead time anew.

    Parameters
    ----------
    rate_per_s : array_like
        Events per second R that live detectors would see, 0 or more.
    dead_time_s : float
        Dead time tau in seconds, 0 or more.
    paralysable : bool
        Whether events during the dead time make it longer.

    Returns
    -------
    ndarray of float64
        Recorded clicks per second; at most 1/tau, or 1/(e tau).

    Raises
    ------
    ParameterError
        When an argument is negative or not a finite number.

    References
    ----------
    G. F. Knoll, Radiation Detection and Measurement, Wiley.

    Examples
    --------
    >>> float(recorded_rate(1e6, dead_time_s=1e-6))
    500000.0
    """
    rate = in_range("rate_per_s", rate_per_s, 0.0, np.inf)
    lost = rate * in_range("dead_time_s", dead_time_s, 0.0, np.inf)
    recorded: NDArray[np.float64] = rate * np.exp(-lost) if paralysable else rate / (1.0 + lost)
    return recorded
