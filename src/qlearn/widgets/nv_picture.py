"""The static picture of the NV spectrum, for print and for browsers that run no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from qlearn.physics.sensors import nv

if TYPE_CHECKING:
    from qlearn.widgets.nv_spectrum import NVSpectrum

__all__ = ["draw_picture"]

_COLOURS = ("#2458c6", "#b4500b", "#0b6b4f", "#7a3fc0")


def draw_picture(widget: NVSpectrum) -> Figure:
    """Draw fluorescence against frequency, and both lines against the size of the field.

    Parameters
    ----------
    widget : NVSpectrum
        Its traits are what is drawn.

    Returns
    -------
    matplotlib.figure.Figure
        7.4 by 5 inches, on white.
    """
    figure = Figure(figsize=(7.4, 5.0), layout="constrained", facecolor="white")
    spectrum, fan = figure.subplots(2, 1)
    centre = nv.ZERO_FIELD_SPLITTING_HZ / 1e6
    frequency = np.linspace(centre - widget.window_mhz, centre + widget.window_mhz, 4001)
    light = nv.odmr_spectrum(
        frequency * 1e6, widget.centres(), linewidth_hz=widget.linewidth_mhz * 1e6, contrast=widget.contrast
    )
    spectrum.plot(frequency, 100 * light, color=_COLOURS[0])
    spectrum.set(xlim=(frequency[0], frequency[-1]), xlabel="microwave frequency (MHz)", ylabel="fluorescence (%)")
    sizes = np.linspace(0.0, 10.0, 41)
    polar, azimuth = np.deg2rad([widget.polar_angle_deg, widget.azimuth_deg])
    for kind, colour in enumerate(_COLOURS[: len(widget.centres())]):
        own = [
            nv.transitions(
                nv.fields_of_orientations(nv.field_vector(b, polar_angle_rad=polar, azimuth_rad=azimuth))[kind]
            )
            for b in sizes * 1e-3
        ]
        fan.plot(sizes, [lines.lower_hz / 1e6 for lines in own], color=colour)
        fan.plot(sizes, [lines.upper_hz / 1e6 for lines in own], color=colour)
    fan.axvline(widget.field_mt, color="#5a6579", ls=":")
    fan.set(xlim=(0, 10), xlabel="magnetic field (mT)", ylabel="lines (MHz)")
    for axes in (spectrum, fan):
        axes.spines[["top", "right"]].set_visible(False)
    return figure
