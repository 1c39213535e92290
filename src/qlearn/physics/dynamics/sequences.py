"""Pulse sequences as segments of constant drive, and the way of the Bloch vector through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qlearn.errors import ParameterError
from qlearn.physics.arguments import in_range, number
from qlearn.physics.dynamics.bloch_equations import bloch_generator, propagator

__all__ = ["Segment", "echo_sequence", "rabi_sequence", "ramsey_sequence", "trajectory"]

_SMALLEST_RABI_RAD_S = 1e-3


@dataclass(frozen=True)
class Segment:
    """A time of constant drive.

    Attributes
    ----------
    duration_s : float
        Length in seconds, 0 or more.
    rabi_rad_s : float
        Strength of the drive in rad/s; 0 for free flight.
    phase_rad : float
        Phase of the drive: 0 turns about x, pi/2 about y.

    Raises
    ------
    ParameterError
        When an attribute is not finite, or the length or the strength is negative.
    """

    duration_s: float
    rabi_rad_s: float = 0.0
    phase_rad: float = 0.0

    def __post_init__(self) -> None:
        in_range("duration_s", self.duration_s, 0.0, np.inf, unit="s")
        in_range("rabi_rad_s", self.rabi_rad_s, 0.0, np.inf, unit="rad/s")
        in_range("phase_rad", self.phase_rad, -np.inf, np.inf, unit="rad")


def rabi_sequence(pulse_s: float, *, rabi_rad_s: float) -> tuple[Segment, ...]:
    """One pulse about x.

    Parameters
    ----------
    pulse_s : float
        Length of the pulse in seconds, 0 or more.
    rabi_rad_s : float
        Strength of the drive in rad/s, above 0.

    Returns
    -------
    tuple of Segment
        The pulse alone.

    Raises
    ------
    ParameterError
        When an argument is outside its range.
    """
    duration = number("pulse_s", pulse_s, 0.0, np.inf, unit="s")
    return (Segment(duration, _strength(rabi_rad_s)),)


def ramsey_sequence(free_s: float, *, rabi_rad_s: float) -> tuple[Segment, ...]:
    """Quarter turn about x, free time, quarter turn about x; the pulses last as long as the drive needs on resonance.

    Parameters
    ----------
    free_s : float
        Time between the pulses in seconds, 0 or more.
    rabi_rad_s : float
        Strength of the drive in rad/s, above 0.

    Returns
    -------
    tuple of Segment
        Three segments.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    N. F. Ramsey, Phys. Rev. 78, 695 (1950), doi:10.1103/PhysRev.78.695.
    """
    free = number("free_s", free_s, 0.0, np.inf, unit="s")
    quarter = _turn(np.pi / 2.0, rabi_rad_s)
    return (quarter, Segment(free), quarter)


def echo_sequence(free_s: float, *, rabi_rad_s: float) -> tuple[Segment, ...]:
    """Ramsey's sequence with a half turn about y in the middle of the free time.

    Parameters
    ----------
    free_s : float
        Both free times together in seconds, 0 or more.
    rabi_rad_s : float
        Strength of the drive in rad/s, above 0.

    Returns
    -------
    tuple of Segment
        Five segments.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    E. L. Hahn, Phys. Rev. 80, 580 (1950), doi:10.1103/PhysRev.80.580; the half turn about y, S. Meiboom and D. Gill,
    Rev. Sci. Instrum. 29, 688 (1958), doi:10.1063/1.1716296.

    Examples
    --------
    >>> [segment.phase_rad > 0 for segment in echo_sequence(1e-6, rabi_rad_s=2e7)]
    [False, False, True, False, False]
    """
    half = Segment(number("free_s", free_s, 0.0, np.inf, unit="s") / 2.0)
    quarter = _turn(np.pi / 2.0, rabi_rad_s)
    return (quarter, half, _turn(np.pi, rabi_rad_s, phase_rad=np.pi / 2.0), half, quarter)


def trajectory(
    sequence: Sequence[Segment],
    times_s: ArrayLike,
    *,
    detuning_rad_s: ArrayLike = 0.0,
    t1_s: float = np.inf,
    t_phi_s: float = np.inf,
) -> NDArray[np.float64]:
    """Bloch vector of a qubit that starts in |0>, at given times of a sequence.

    Parameters
    ----------
    sequence : sequence of Segment
        As `rabi_sequence`, `ramsey_sequence` and `echo_sequence` give it.
    times_s : array_like
        Times from the start in seconds, shape (times,), 0 to the end of the sequence.
    detuning_rad_s : array_like
        Detuning in rad/s, any shape: one way for each.
    t1_s, t_phi_s : float
        Relaxation and pure dephasing times in seconds, above 0, or infinite.

    Returns
    -------
    ndarray of float64
        Shape (..., times, 3), the detunings' shape first.

    Raises
    ------
    ParameterError
        When a time lies outside the sequence or an argument outside its range.

    References
    ----------
    F. Bloch, Phys. Rev. 70, 460 (1946), doi:10.1103/PhysRev.70.460.

    Examples
    --------
    >>> pulse = rabi_sequence(0.5e-6, rabi_rad_s=2e6 * np.pi)
    >>> trajectory(pulse, [0, 0.5e-6]).round(9)[:, 2]
    array([ 1., -1.])
    """
    if not isinstance(sequence, (list, tuple)) or not all(isinstance(part, Segment) for part in sequence):
        raise ParameterError(f"sequence is {sequence!r}; it must be a list or tuple of Segment")
    end = sum(segment.duration_s for segment in sequence)
    times = np.atleast_1d(in_range("times_s", times_s, 0.0, end * (1.0 + 1e-12), unit="s"))
    if times.ndim != 1:
        raise ParameterError(f"times_s has shape {times.shape}; it must be one number or one row of numbers")
    detuning = in_range("detuning_rad_s", detuning_rad_s, -np.inf, np.inf, unit="rad/s")
    noise = {"t1_s": t1_s, "t_phi_s": t_phi_s}
    state = np.broadcast_to([0.0, 0.0, 1.0, 1.0], (*detuning.shape, 4))
    way = np.empty((*detuning.shape, times.size, 3))
    way[...] = state[..., None, :3]  # for a sequence of no length
    start = 0.0
    for segment in sequence:
        generator = bloch_generator(segment.rabi_rad_s, detuning_rad_s=detuning, phase_rad=segment.phase_rad, **noise)
        inside = np.flatnonzero(times >= start)
        inside = inside[times[inside] <= start + segment.duration_s]
        steps = propagator(times[inside] - start, generator[..., None, :, :])
        way[..., inside, :] = np.einsum("...tij,...j->...ti", steps, state)[..., :3]
        state = np.einsum("...ij,...j->...i", propagator(segment.duration_s, generator), state)
        start += segment.duration_s
    # rounding of the sum of segments may leave the last time a hair behind the end
    way[..., times >= start, :] = state[..., None, :3]
    return way


def _turn(angle_rad: float, rabi_rad_s: float, *, phase_rad: float = 0.0) -> Segment:
    strength = _strength(rabi_rad_s)
    return Segment(angle_rad / strength, strength, phase_rad)


def _strength(rabi_rad_s: float) -> float:
    return number("rabi_rad_s", rabi_rad_s, _SMALLEST_RABI_RAD_S, np.inf, unit="rad/s")
