"""Many runs of one sequence, each with its own detuning that holds still while it lasts: the quasi-static ensemble."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range, number
from qlearn.physics.dynamics.sequences import Segment, trajectory

__all__ = ["ensemble_signal", "ensemble_vectors", "gaussian_detunings"]

_REACH = 5.0  # standard deviations on either side; beyond lie 6e-7 of the runs


def gaussian_detunings(spread_rad_s: float, *, members: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Evenly spaced detunings and the weights with which they stand for a Gaussian spread.

    Averages of smooth functions converge faster than any power of the spacing. The members fall into step again
    after 2 pi / spacing, so an average is right only for times well below that.

    Parameters
    ----------
    spread_rad_s : float
        Standard deviation sigma in rad/s, 0 or more.
    members : int
        How many, 3 or more; an odd number has the middle among them.

    Returns
    -------
    detunings : ndarray of float64
        Offsets from the mean in rad/s, rising from -5 sigma to 5 sigma, shape (members,).
    weights : ndarray of float64
        Positive, their sum 1, shape (members,).

    Raises
    ------
    ParameterError
        When the spread is negative or there are fewer than three members.

    References
    ----------
    G. Ithier et al., Phys. Rev. B 72, 134519 (2005), doi:10.1103/PhysRevB.72.134519.

    Examples
    --------
    >>> offsets, weights = gaussian_detunings(2.0, members=81)
    >>> round(float(weights @ np.cos(offsets * 0.5)), 6), round(float(np.exp(-0.5)), 6)
    (0.606531, 0.606531)
    """
    sigma = number("spread_rad_s", spread_rad_s, 0.0, np.inf, unit="rad/s")
    places = np.linspace(-_REACH, _REACH, count("members", members, least=3))
    weights = np.exp(-(places**2) / 2.0)
    return sigma * places, weights / weights.sum()


def ensemble_vectors(
    sequence: Sequence[Segment],
    times_s: ArrayLike,
    *,
    detuning_rad_s: float = 0.0,
    spread_rad_s: float = 0.0,
    t1_s: float = np.inf,
    t_phi_s: float = np.inf,
    members: int = 81,
) -> NDArray[np.float64]:
    """Mean Bloch vector over runs whose detunings are spread as a Gaussian; its third component gives P(1).

    Parameters
    ----------
    sequence : sequence of Segment
        The same for every run.
    times_s : array_like
        Times from the start in seconds, shape (times,).
    detuning_rad_s, spread_rad_s : float
        Mean and standard deviation of the detuning in rad/s.
    t1_s, t_phi_s : float
        Memoryless relaxation and pure dephasing times in seconds, above 0, or infinite.
    members : int
        Detunings in the average; see `gaussian_detunings` for how long they suffice.

    Returns
    -------
    ndarray of float64
        Shape (times, 3), each vector at most one long.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    G. Ithier et al., Phys. Rev. B 72, 134519 (2005), doi:10.1103/PhysRevB.72.134519.
    """
    mean = number("detuning_rad_s", detuning_rad_s, -np.inf, np.inf, unit="rad/s")
    offsets, weights = gaussian_detunings(spread_rad_s, members=members)
    ways = trajectory(sequence, times_s, detuning_rad_s=mean + offsets, t1_s=t1_s, t_phi_s=t_phi_s)
    average: NDArray[np.float64] = np.einsum("m,mtc->tc", weights, ways)
    return average


def ensemble_signal(
    build: Callable[..., Sequence[Segment]], times_s: ArrayLike, *, rabi_rad_s: float, **ensemble: float
) -> NDArray[np.float64]:
    """Probability of |1> after a whole sequence, for each length of its pulse or free time: a fringe, as measured.

    Parameters
    ----------
    build : callable
        `rabi_sequence`, `ramsey_sequence` or `echo_sequence`.
    times_s : array_like
        What `build` takes first, in seconds, shape (times,).
    rabi_rad_s : float
        Strength of the drive in rad/s, above 0.
    **ensemble : float
        As `ensemble_vectors` takes them: detuning_rad_s, spread_rad_s, t1_s, t_phi_s, members.

    Returns
    -------
    ndarray of float64
        Probability, 0 to 1, shape (times,).

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    N. F. Ramsey, Phys. Rev. 78, 695 (1950), doi:10.1103/PhysRev.78.695; E. L. Hahn, Phys. Rev. 80, 580 (1950),
    doi:10.1103/PhysRev.80.580.

    Examples
    --------
    >>> from qlearn.physics.dynamics import ramsey_sequence
    >>> ensemble_signal(ramsey_sequence, [0.0, 2e-6], rabi_rad_s=2e8, spread_rad_s=2e6).round(2)
    array([1. , 0.5])
    """
    if not callable(build):
        raise ParameterError(
            f"build is {build!r}; it must be a function that makes a sequence, such as ramsey_sequence"
        )
    times = np.atleast_1d(in_range("times_s", times_s, 0.0, np.inf, unit="s"))
    sequences = [build(time, rabi_rad_s=rabi_rad_s) for time in times]
    ends = [sum(segment.duration_s for segment in sequence) for sequence in sequences]
    finals = [ensemble_vectors(sequence, end, **ensemble) for sequence, end in zip(sequences, ends, strict=True)]  # type: ignore[arg-type]
    return np.array([(1.0 - final[0, 2]) / 2.0 for final in finals])
