"""The static picture of the interferometer, for print and for browsers that run no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from qlearn.widgets.interferometer_clicks import PHASES_DEG

if TYPE_CHECKING:
    from qlearn.widgets.mach_zehnder import MachZehnder

__all__ = ["draw_picture"]

_TEXT, _PHOTONS, _ARM, _CIRCLE = "#1d2433", "#2458c6", "#b4500b", "#0b6b4f"


def draw_picture(widget: MachZehnder) -> Figure:
    """Draw the fringe of a widget's opening run, and its visibility against the marker's distinguishability.

    Parameters
    ----------
    widget : MachZehnder
        Whose run is drawn.

    Returns
    -------
    matplotlib.figure.Figure
        7.4 by 3.4 inches, on white.
    """
    figure = Figure(figsize=(7.4, 3.4), layout="constrained", facecolor="white")
    left, right = figure.subplots(1, 2, width_ratios=[1.7, 1])
    _draw_fringe(left, widget)
    _draw_trade_off(right, widget)
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def _draw_fringe(axes: Axes, widget: MachZehnder) -> None:
    from qlearn.physics import interference

    counts = widget.record().counts
    totals = counts.sum(axis=1)
    seen = totals > 0
    fine = np.linspace(0, 360, 181)
    wanted = interference.detection_probabilities(np.deg2rad(fine), marker_deg=widget.marker_deg)[:, 0]
    axes.plot(fine, wanted, color=_TEXT, lw=1.2, ls="--", label="expected")
    axes.axhline(0.5, color=_ARM, lw=1.4, ls=":", label="one arm for each photon")
    shares = counts[seen, 0] / totals[seen]
    errors = interference.fraction_error(counts[seen, 0], totals[seen])
    axes.errorbar(PHASES_DEG[seen], shares, errors, fmt="o", ms=4, color=_PHOTONS, capsize=2, label="clicks")
    axes.set(xlim=(-6, 366), ylim=(-0.08, 1.3), xticks=range(0, 361, 90), yticks=(0, 0.25, 0.5, 0.75, 1))
    axes.set_xlabel("phase (degrees)")
    axes.set_ylabel("share of clicks at D₀")
    axes.legend(frameon=False, loc="upper center", ncols=3, fontsize=8, columnspacing=1.0)


def _draw_trade_off(axes: Axes, widget: MachZehnder) -> None:
    from qlearn.physics import interference

    told = np.linspace(0, 1, 201)
    axes.plot(told, interference.largest_visibility(told), color=_CIRCLE, lw=1.8, label="V² + D² = 1")
    value, error = widget.visibility()
    if np.isfinite(value):
        axes.errorbar(widget.expected()[1], value, error, fmt="o", color=_PHOTONS, capsize=4, label="this fringe")
    axes.set(xlim=(-0.05, 1.05), ylim=(-0.2, 1.35), xticks=(0, 0.5, 1), yticks=(0, 0.5, 1))
    axes.set_xlabel("distinguishability D")
    axes.set_ylabel("visibility V")
    axes.legend(frameon=False, loc="upper right", fontsize=8)
