"""Widget: a Mach-Zehnder interferometer, photon by photon, with a phase shifter and a which-path marker.

The script draws fresh clicks from the probability (1 + cos(marker) cos(phase)) / 2, which a test compares with
`qlearn.physics.interference`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from qlearn.errors import ParameterError
from qlearn.widgets.base import BookWidget, read_labels
from qlearn.widgets.bundle import bundle_script, bundle_style
from qlearn.widgets.interferometer_clicks import PHASES_DEG, ClickRecord, draw_clicks
from qlearn.widgets.random_stream import seed_of_run
from qlearn.widgets.traits import SEED, Between, WholeBetween

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["MachZehnder"]

_HERE = Path(__file__)
# the picture needs photons even where every reader's page sends its own
_PICTURE_SEED = 1986
_MOST_PHOTONS = 500


class MachZehnder(BookWidget):
    """One photon after another through a Mach-Zehnder interferometer.

    Parameters
    ----------
    phase_deg : float
        Setting of the phase shifter in degrees, a multiple of 15 from 0 to 360.
    marker_deg : float
        Angle by which the marker turns the polarisation in arm 1, in degrees, 0 to 90: nothing is marked at 0,
        everything at 90.
    photons : int
        Photons already sent at each of the 25 phases when the widget opens, 0 to 500.
    seed : int, optional
        0 to 2**32 - 1, for the same photons each time; without it every opening sends its own.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> MachZehnder(marker_deg=30, seed=7).marker_deg
    30.0
    """

    _esm = bundle_script(_HERE.with_suffix(".js"))
    _css = bundle_style(_HERE.with_suffix(".css"))

    phase_deg = traitlets.Float(0.0).tag(sync=True)
    marker_deg = Between(0.0, 0.0, 90.0).tag(sync=True)
    photons = WholeBetween(40, 0, _MOST_PHOTONS).tag(sync=True)
    seed = WholeBetween(None, *SEED, allow_none=True).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(labels=read_labels(_HERE), **traits)

    @traitlets.validate("phase_deg")
    def _check_phase(self, proposal: Any) -> float:
        if proposal["value"] not in PHASES_DEG:
            raise ParameterError(f"phase_deg is {proposal['value']}; it must be a multiple of 15 from 0 to 360 degrees")
        return float(proposal["value"])

    def record(self) -> ClickRecord:
        """The photons the widget opens with; with no seed set, those of its picture.

        Returns
        -------
        ClickRecord
            One entry a photon.
        """
        seed = _PICTURE_SEED if self.seed is None else self.seed
        settings = np.repeat(np.arange(PHASES_DEG.size), self.photons)
        return draw_clicks(seed_of_run(seed, 0), settings, marker_deg=self.marker_deg)

    def visibility(self) -> tuple[float, float]:
        """Visibility of that fringe, by `qlearn.physics.interference.visibility_of_fringe`.

        Returns
        -------
        tuple of two floats
            The value and its standard error.
        """
        from qlearn.physics import interference

        return interference.visibility_of_fringe(np.deg2rad(PHASES_DEG), self.record().counts)

    def expected(self) -> tuple[float, float]:
        """Visibility and distinguishability that the marker should give.

        Returns
        -------
        tuple of two floats
            V and D, each 0 to 1.
        """
        from qlearn.physics import interference

        told = interference.marker_distinguishability(self.marker_deg)
        return float(interference.marker_visibility(self.marker_deg)), float(told)

    def summary(self) -> str:
        """One sentence on the run the picture shows."""
        from qlearn.physics import interference

        first, second = self.record().counts.sum(axis=0)
        (value, error), (wanted, told) = self.visibility(), self.expected()
        right = float(interference.guessing_probability(told))
        return (
            f"{first + second} photons through an interferometer, {first} clicks at D₀ and {second} at D₁. With the "
            f"marker at {self.marker_deg:g}° the visibility is {value:.2f} ± {error:.2f}, expected {wanted:.2f}; the "
            f"marker would name the arm right in {right:.0%} of the runs."
        )

    def picture(self) -> Figure:
        """The fringe of that run, and where it lies between visibility and distinguishability."""
        from qlearn.widgets.mach_zehnder_picture import draw_picture

        return draw_picture(self)
