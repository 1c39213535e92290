"""Widget: Rabi, Ramsey and echo sequences on the Bloch sphere, with three kinds of dephasing to tell apart.

The script solves Bloch's equations exactly, as `qlearn.physics.dynamics` does; a test compares the two over all of
the sliders' ranges. It needs no kernel.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from qlearn.widgets.base import BookWidget, read_labels
from qlearn.widgets.bundle import bundle_script, bundle_style
from qlearn.widgets.traits import Between, OneOf

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from qlearn.physics.dynamics import Segment

__all__ = ["MEMBERS", "RANGES", "SEQUENCES", "TIME_CONSTANTS_US", "Pulses"]

_HERE = Path(__file__)

SEQUENCES = ("rabi", "ramsey", "echo")
MEMBERS = 41  # detunings of the ensemble, as in views/bloch_equations.js

# lowest, highest and step of the sliders; the limits hold for Python's arguments too
RANGES = {
    "rabi_mhz": (0.5, 10.0, 0.5),
    "detuning_mhz": (-1.0, 1.0, 0.05),
    "pulse_us": (0.0, 2.0, 0.02),
    "free_us": (0.0, 10.0, 0.1),
    "moment": (0.0, 1.0, 0.005),
}
# stops of the sliders; None is never. A spread that dephases faster than in 1 us would bring the 41 members of the
# ensemble into step again within 10 us.
TIME_CONSTANTS_US = {
    "t1_us": (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, None),
    "t_phi_us": (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, None),
    "t2_star_us": (1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, None),
}
_LONGEST_US = 1e6
_MICRO = 1e-6
_MEGAHERTZ = 2e6 * np.pi  # in rad/s


class Pulses(BookWidget):
    """A qubit in |0>, a sequence of pulses, and an ensemble of runs with their own detunings.

    Parameters
    ----------
    sequence : str
        "rabi" (one pulse), "ramsey" (two quarter turns about x, free time between) or "echo" (with a half turn about y
        in the middle).
    rabi_mhz : float
        Rabi frequency over 2 pi in MHz, 0.5 to 10.
    detuning_mhz : float
        Mean detuning, drive minus qubit, over 2 pi in MHz, -1 to 1.
    pulse_us, free_us : float
        Length of the Rabi pulse (0 to 2) and whole free time of the other two (0 to 10), in microseconds.
    t1_us, t_phi_us : float or None
        Relaxation and pure dephasing times of the memoryless noise in microseconds, 1 to 1e6; None for never.
    t2_star_us : float or None
        Time in which the quasi-static Gaussian spread of detunings leaves 1/e of the coherence, in microseconds,
        1 to 1e6; None for no spread.
    moment : float
        Time that the sphere shows, as a part of the whole sequence, 0 to 1.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> round(Pulses(sequence="echo", t1_us=None, t_phi_us=None, rabi_mhz=10.0).probability(), 2)
    1.0
    """

    _esm = bundle_script(_HERE.with_suffix(".js"))
    _css = bundle_style(_HERE.with_suffix(".css"))

    sequence = OneOf("echo", SEQUENCES).tag(sync=True)
    rabi_mhz = Between(5.0, *RANGES["rabi_mhz"][:2]).tag(sync=True)
    detuning_mhz = Between(0.2, *RANGES["detuning_mhz"][:2]).tag(sync=True)
    pulse_us = Between(0.5, *RANGES["pulse_us"][:2]).tag(sync=True)
    free_us = Between(5.0, *RANGES["free_us"][:2]).tag(sync=True)
    t1_us = Between(50.0, 1.0, _LONGEST_US, allow_none=True).tag(sync=True)
    t_phi_us = Between(20.0, 1.0, _LONGEST_US, allow_none=True).tag(sync=True)
    t2_star_us = Between(2.0, 1.0, _LONGEST_US, allow_none=True).tag(sync=True)
    moment = Between(0.3, *RANGES["moment"][:2]).tag(sync=True)
    ranges = traitlets.Dict().tag(sync=True)
    time_constants = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        ranges = {name: list(limits) for name, limits in RANGES.items()}
        stops = {name: list(times) for name, times in TIME_CONSTANTS_US.items()}
        super().__init__(labels=read_labels(_HERE), ranges=ranges, time_constants=stops, **traits)

    def ensemble(self) -> dict[str, float]:
        """The noise and detuning in the units of `qlearn.physics.dynamics`.

        Returns
        -------
        dict
            `detuning_rad_s`, `spread_rad_s`, `t1_s`, `t_phi_s` and `members`.
        """
        from qlearn.physics.dynamics import quasi_static_spread

        return {
            "detuning_rad_s": self.detuning_mhz * _MEGAHERTZ,
            "spread_rad_s": float(quasi_static_spread(_seconds(self.t2_star_us))),
            "t1_s": _seconds(self.t1_us),
            "t_phi_s": _seconds(self.t_phi_us),
            "members": MEMBERS,
        }

    def segments(self) -> tuple[Segment, ...]:
        """The sequence as `qlearn.physics.dynamics` runs it."""
        from qlearn.physics import dynamics

        build = getattr(dynamics, f"{self.sequence}_sequence")
        length = self.pulse_us if self.sequence == "rabi" else self.free_us
        segments: tuple[Segment, ...] = build(length * _MICRO, rabi_rad_s=self.rabi_mhz * _MEGAHERTZ)
        return segments

    def mean_vector(self, moment: float) -> NDArray[np.float64]:
        """Mean Bloch vector at a part, 0 to 1, of the sequence; shape (3,)."""
        from qlearn.physics.dynamics import ensemble_vectors

        end = sum(segment.duration_s for segment in self.segments())
        (vector,) = ensemble_vectors(self.segments(), moment * end, **self.ensemble())  # type: ignore[arg-type]
        return np.asarray(vector)

    def probability(self) -> float:
        """Probability of |1> at the end of the sequence."""
        return float((1.0 - self.mean_vector(1.0)[2]) / 2.0)

    def summary(self) -> str:
        """One sentence on the sequence the widget opens with."""
        x, y, z = self.mean_vector(self.moment) + 0.0
        length = float(np.linalg.norm(self.mean_vector(self.moment)))
        what = {
            "rabi": f"a Rabi pulse of {self.pulse_us:g} µs",
            "ramsey": f"Ramsey's sequence with {self.free_us:g} µs of free time",
            "echo": f"Hahn's echo with {self.free_us:g} µs of free time",
        }[self.sequence]
        return (
            f"Pulse sequencer: after {what} P(1) = {self.probability():.3f}; at {self.moment:.0%} of the sequence the "
            f"mean Bloch vector is ({x:.3f}, {y:.3f}, {z:.3f}), {length:.3f} long."
        )

    def picture(self) -> Figure:
        """The sphere at the chosen moment, and the signal against the length of pulse or free time."""
        from qlearn.widgets.pulses_picture import draw_picture

        return draw_picture(self)


def _seconds(time_us: float | None) -> float:
    return np.inf if time_us is None else time_us * _MICRO
