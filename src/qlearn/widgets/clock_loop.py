"""Widget: a clock loop that locks an oscillator on a Ramsey fringe of its atoms.

The oscillator's noise and the atoms' choices are drawn fresh in the script; its formulas, its loop and its Allan
deviations are compared with `qlearn.physics.sensors` by tests.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from qlearn.widgets.base import BookWidget, read_labels
from qlearn.widgets.bundle import bundle_script, bundle_style
from qlearn.widgets.stored import stored
from qlearn.widgets.traits import SEED, Between, OneOf, WholeBetween

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from qlearn.physics.sensors.clock_servo import ClockRun

__all__ = ["RANGES", "ClockLoop", "transitions"]

_HERE = Path(__file__)
_PICTURE_SEED = 1955
_MOST_LOOKS = 4096
_NAMES = {"strontium": "strontium", "caesium": "caesium"}

# lowest, highest value and step of each slider; those of a logarithmic slider are powers of ten
RANGES: dict[str, tuple[float, float, float]] = {
    "atoms": (1.0, 5.0, 0.1),
    "ramsey_s": (0.05, 0.95, 0.05),
    "gain": (0.0, 2.2, 0.05),
    "floor_hz": (-3.0, 0.0, 0.05),
    "drift_hz_per_s": (0.0, 0.02, 0.0001),
}


@stored
def transitions() -> dict[str, float]:
    """Frequencies of the clock transitions, from the physics.

    Returns
    -------
    dict
        Name of the atom to Hz.
    """
    from qlearn.physics.sensors import clock_stability

    return {"strontium": clock_stability.STRONTIUM_HZ, "caesium": clock_stability.CAESIUM_HZ}


class ClockLoop(BookWidget):
    """An oscillator that wanders, and atoms that are looked at once a second to hold it still.

    Parameters
    ----------
    atom : str
        ``"strontium"`` (429 THz) or ``"caesium"`` (9.19 GHz): what an offset in Hz is a fraction of.
    atoms : int
        Atoms counted in a look, 10 to 100,000.
    ramsey_s : float
        Ramsey time in seconds, 0.05 to 0.95; looks follow each other every second.
    gain : float
        Part of an estimated offset that is corrected, 0 to 2.2; 0 leaves the oscillator alone.
    floor_hz : float
        Flicker floor of the free oscillator, 0.001 to 1 Hz.
    drift_hz_per_s : float
        Drift of the free oscillator, 0 to 0.02 Hz per second.
    looks : int
        Looks already made when the widget opens, 0 to 4096.
    seed : int, optional
        0 to 2**32 - 1, for the same run each time; without it every opening draws its own.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> round(1e18 * ClockLoop(atoms=100, ramsey_s=0.5).projection_noise(100.0), 1)
    7.4
    """

    _esm = bundle_script(_HERE.with_suffix(".js"))
    _css = bundle_style(_HERE.with_suffix(".css"))

    atom = OneOf("strontium", _NAMES).tag(sync=True)
    atoms = WholeBetween(100, 10, 100_000).tag(sync=True)
    ramsey_s = Between(0.5, *RANGES["ramsey_s"][:2]).tag(sync=True)
    gain = Between(0.6, *RANGES["gain"][:2]).tag(sync=True)
    floor_hz = Between(0.02, 1e-3, 1.0).tag(sync=True)
    drift_hz_per_s = Between(0.0002, *RANGES["drift_hz_per_s"][:2]).tag(sync=True)
    looks = WholeBetween(512, 0, _MOST_LOOKS).tag(sync=True)
    seed = WholeBetween(None, *SEED, allow_none=True).tag(sync=True)
    ranges = traitlets.Dict().tag(sync=True)
    limits = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        ranges = {name: list(ends) for name, ends in RANGES.items()}
        limits = {"transitions": transitions(), "most_looks": _MOST_LOOKS}
        super().__init__(labels=read_labels(_HERE), ranges=ranges, limits=limits, **traits)

    def run(self, looks: int | None = None) -> ClockRun:
        """A run at the widget's settings, for its picture and its words.

        Parameters
        ----------
        looks : int, optional
            How many; the widget's own number when left out.

        Returns
        -------
        ClockRun
            From `qlearn.physics.sensors.clock_servo`; the page draws other events with the same chances.
        """
        from qlearn.physics.sensors import clock_servo, oscillator_noise

        rng = np.random.default_rng(_PICTURE_SEED if self.seed is None else self.seed)
        size = self.looks if looks is None else looks
        noise = oscillator_noise.flicker_frequencies(size, floor=self.floor_hz, rng=rng)
        free = noise + self.drift_hz_per_s * np.arange(size)
        return clock_servo.run_clock(free, atoms=self.atoms, ramsey_s=self.ramsey_s, gain=self.gain, rng=rng)

    def projection_noise(self, averaging_s: float) -> float:
        """Allan deviation that the atoms' projection noise leaves.

        Parameters
        ----------
        averaging_s : float
            Averaging time in seconds, above 0.

        Returns
        -------
        float
            Fractional frequency.
        """
        from qlearn.physics.sensors import clock_stability

        return float(
            clock_stability.projection_noise_deviation(
                averaging_s,
                frequency_hz=self.limits["transitions"][self.atom],
                ramsey_s=self.ramsey_s,
                atoms=self.atoms,
                cycle_s=1.0,
            )
        )

    def summary(self) -> str:
        """One sentence on the run that the picture shows."""
        from qlearn.physics.sensors import allan, clock_servo

        start = (
            f"A {_NAMES[self.atom]} clock with {self.atoms} atoms, Ramsey time {self.ramsey_s:g} s, gain {self.gain:g}"
        )
        run = self.run()
        if self.looks < 8:
            return f"{start}: {self.looks} looks, too few for an Allan deviation."
        tau = 2 ** int(np.log2(self.looks / 4))
        nu = self.limits["transitions"][self.atom]
        locked, free = (allan.overlapping_allan_deviation(row / nu, tau) for row in (run.locked_hz, run.free_hz))
        mean = float(run.locked_hz[self.looks // 2 :].mean())
        fringe = int(clock_servo.fringe_number(mean, ramsey_s=self.ramsey_s))
        return (
            f"{start}: after {self.looks} looks its Allan deviation at {tau} s is {locked:.2g}, left alone it is "
            f"{free:.2g}, and projection noise allows {self.projection_noise(tau):.2g}. It lies {mean:.2g} Hz from the "
            f"atoms, on fringe {fringe}."
        )

    def picture(self) -> Figure:
        """The fringe with the last looks, offsets against time, and Allan deviations."""
        from qlearn.widgets.clock_picture import draw_picture

        return draw_picture(self)
