"""Widget: the spectrum of an NV centre in a magnetic field, and the field read back from its dips.

QuTiP finds the lines on a grid. Its axes are the square of the field and the square of the cosine of its angle to the
centre's axis, its outputs the mean of the two lines and the square of their distance: in these the physics is nearly
straight, where the lines themselves bend sharply in a field across the axis.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from qlearn.widgets.base import BookWidget, read_labels
from qlearn.widgets.bundle import bundle_script, bundle_style
from qlearn.widgets.grid import Axis, Grid
from qlearn.widgets.stored import stored
from qlearn.widgets.traits import Between, OneOf

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from qlearn.physics.sensors.nv import Transitions

__all__ = ["PHOTONS_PER_SECOND", "RANGES", "WINDOWS_MHZ", "NVSpectrum", "lines_grid", "lines_on_grid"]

_HERE = Path(__file__)

# lowest, highest value and step of each slider
RANGES: dict[str, tuple[float, float, float]] = {
    "field_mt": (0.0, 10.0, 0.01),
    "polar_angle_deg": (0.0, 90.0, 0.5),
    "azimuth_deg": (0.0, 120.0, 1.0),
    "linewidth_mhz": (0.2, 10.0, 0.1),
    "contrast": (0.01, 0.3, 0.01),
    "temperature_shift_k": (-20.0, 30.0, 1.0),
}
WINDOWS_MHZ = (320.0, 40.0)  # half of the spectrum that is shown: wide, close
PHOTONS_PER_SECOND = 1e6  # a round example for the sensitivity
OUTPUTS = ("mean_shift_mhz", "splitting_squared_mhz2", "lower_weight", "upper_weight")


def lines_on_grid(field_squared_mt2: float, axial_share: float) -> list[float]:
    """Lines of one centre, from `qlearn.physics.sensors.nv`, in the grid's straightened coordinates.

    Parameters
    ----------
    field_squared_mt2 : float
        Square of the field in mT^2.
    axial_share : float
        Square of the cosine of its angle to the axis, 0 to 1.

    Returns
    -------
    list of float
        Mean of the lines less D in MHz, square of their distance in MHz^2, and both weights.
    """
    from qlearn.physics.sensors import nv

    size = np.sqrt(field_squared_mt2) * 1e-3
    lines = nv.transitions([size * np.sqrt(1.0 - axial_share), 0.0, size * np.sqrt(axial_share)])
    mean = (lines.lower_hz + lines.upper_hz) / 2.0 - nv.ZERO_FIELD_SPLITTING_HZ
    return [mean / 1e6, (lines.splitting_hz / 1e6) ** 2, lines.lower_weight, lines.upper_weight]


@functools.cache
def lines_grid() -> Grid:
    """The grid every widget carries, found once; within 0.05 MHz of the lines everywhere."""
    axes = {
        "field_squared_mt2": Axis(0.0, RANGES["field_mt"][1] ** 2, 61, "mT²"),
        "axial_share": Axis(0.0, 1.0, 21),
    }
    return Grid(lines_on_grid, axes, OUTPUTS)


class NVSpectrum(BookWidget):
    """Fluorescence against microwave frequency, with dips that move with the field.

    Parameters
    ----------
    field_mt : float
        Size of the field, 0 to 10 mT.
    polar_angle_deg : float
        Its angle to the axis of the first kind of centre, 0 to 90 degrees.
    azimuth_deg : float
        Its direction around that axis, 0 to 120 degrees; it matters for the other three kinds.
    linewidth_mhz : float
        Full width of a dip at half depth, 0.2 to 10 MHz.
    contrast : float
        Depth of one dip of a single kind, 0.01 to 0.3.
    temperature_shift_k : float
        Kelvin above the temperature where D is 2.87 GHz, -20 to 30.
    all_orientations : bool
        Show all four kinds of centre of a crystal instead of one.
    window_mhz : float
        Half of the range of frequencies shown, 320 or 40.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> widget = NVSpectrum(field_mt=1.0, polar_angle_deg=0.0)
    >>> round(widget.centres()[0].splitting_hz / 1e6, 3)
    56.048
    """

    _esm = bundle_script(_HERE.with_suffix(".js"))
    _css = bundle_style(_HERE.with_suffix(".css"))

    field_mt = Between(2.0, *RANGES["field_mt"][:2]).tag(sync=True)
    polar_angle_deg = Between(30.0, *RANGES["polar_angle_deg"][:2]).tag(sync=True)
    azimuth_deg = Between(20.0, *RANGES["azimuth_deg"][:2]).tag(sync=True)
    linewidth_mhz = Between(2.0, *RANGES["linewidth_mhz"][:2]).tag(sync=True)
    contrast = Between(0.2, *RANGES["contrast"][:2]).tag(sync=True)
    temperature_shift_k = Between(0.0, *RANGES["temperature_shift_k"][:2]).tag(sync=True)
    all_orientations = traitlets.Bool(False).tag(sync=True)
    window_mhz = OneOf(WINDOWS_MHZ[0], WINDOWS_MHZ).tag(sync=True)
    constants = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(labels=read_labels(_HERE), grid=_grid_trait(), constants=_constants(), **traits)

    def exact(self, **at: float) -> list[float]:
        """Lines at a place of the grid, diagonalised there."""
        return lines_on_grid(**at)

    def centres(self) -> list[Transitions]:
        """Lines of the kinds of centre that are shown, by diagonalisation.

        Returns
        -------
        list of Transitions
            One, or four; from `qlearn.physics.sensors.nv`.
        """
        from qlearn.physics.sensors import nv

        polar, azimuth = np.deg2rad([self.polar_angle_deg, self.azimuth_deg])
        field = nv.field_vector(self.field_mt * 1e-3, polar_angle_rad=polar, azimuth_rad=azimuth)
        d = nv.zero_field_splitting(self.temperature_shift_k)
        seen = nv.fields_of_orientations(field)[: 4 if self.all_orientations else 1]
        return [nv.transitions(own, zero_field_splitting_hz=d) for own in seen]

    def summary(self) -> str:
        """One sentence on the dips and the field they tell."""
        from qlearn.physics.sensors import nv_magnetometry

        lines = self.centres()[0]
        read = float(nv_magnetometry.field_from_splitting(lines.splitting_hz)) * 1e3
        return (
            f"Spectrum of an NV centre in {self.field_mt:g} mT at {self.polar_angle_deg:g} degrees to its axis: "
            f"dips at {lines.lower_hz / 1e6:.1f} and {lines.upper_hz / 1e6:.1f} MHz; their distance of "
            f"{lines.splitting_hz / 1e6:.1f} MHz reads {read:.3f} mT along the axis."
        )

    def picture(self) -> Figure:
        """The spectrum, and the lines against the size of the field."""
        from qlearn.widgets.nv_picture import draw_picture

        return draw_picture(self)


@stored
def _grid_trait() -> dict[str, Any]:
    return lines_grid().to_trait()


@stored
def _constants() -> dict[str, Any]:
    from qlearn.physics.sensors import nv

    return {
        "zero_field_splitting_mhz": nv.ZERO_FIELD_SPLITTING_HZ / 1e6,
        "gamma_mhz_per_mt": nv.GYROMAGNETIC_RATIO_HZ_PER_T / 1e9,
        "temperature_mhz_per_k": nv.TEMPERATURE_COEFFICIENT_HZ_PER_K / 1e6,
        "axes": nv.AXES.tolist(),
        "ranges": {name: list(ends) for name, ends in RANGES.items()},
        "windows_mhz": list(WINDOWS_MHZ),
        "photons_per_second": PHOTONS_PER_SECOND,
    }
