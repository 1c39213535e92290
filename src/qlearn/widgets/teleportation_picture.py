"""The static picture of teleportation, for print and for browsers that run no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter, StrMethodFormatter

from qlearn.widgets.sphere_drawing import draw_sphere

if TYPE_CHECKING:
    from qlearn.widgets.teleportation import Teleportation

__all__ = ["draw_picture"]

_TEXT, _COLOURS = "#1d2433", ("#2458c6", "#7a3fc0", "#b4500b")
_STEPS = ("half of a pair", "before the two bits", "with the two bits", "after the correction")


def draw_picture(widget: Teleportation) -> Figure:
    """Draw both spheres and the counted runs.

    Parameters
    ----------
    widget : Teleportation
        Whose step, settings and runs are drawn.

    Returns
    -------
    matplotlib.figure.Figure
        7.4 by 6.2 inches, on white.
    """
    figure = Figure(figsize=(7.4, 6.2), layout="constrained", facecolor="white")
    grid = figure.add_gridspec(2, 2, height_ratios=(1.25, 1.0))
    alice, bob = (figure.add_subplot(grid[0, column]) for column in (0, 1))
    ready, sent = widget.step == 0, widget.sent()
    draw_sphere(alice, vector=sent if ready else np.zeros(3), cloud=[] if ready else [sent], colours=_COLOURS)
    alice.set_title("Alice's qubit" + ("" if ready else ", used up"), fontsize=11, color=_TEXT)
    cloud = ([], widget.possible(), [sent], [sent])[widget.step]
    draw_sphere(bob, vector=widget.held(), cloud=cloud, colours=_COLOURS)
    bob.set_title(f"Bob's qubit, {_STEPS[widget.step]}", fontsize=11, color=_TEXT)
    _draw_runs(figure.add_subplot(grid[1, :]), widget)
    return figure


def _draw_runs(axes: Axes, widget: Teleportation) -> None:
    found, limit = widget.record(), widget.rules["classical_limit"]
    axes.axhline(limit, color=_COLOURS[2], lw=1.6, label=f"most without a pair, {limit:.1%}")
    expected = widget.expected_fidelity()
    axes.axhline(expected, color=_TEXT, lw=1.2, ls="--", label=f"expected, {expected:.1%}")
    if widget.runs:
        counted = np.arange(1, widget.runs + 1)
        axes.plot(counted, np.cumsum(found.passed) / counted, color=_COLOURS[0], lw=1.8, label="these runs")
        axes.errorbar(widget.runs, found.mean, found.standard_error, fmt="o", color=_COLOURS[0], capsize=4)
    axes.set(xscale="log", xlim=(10, max(1000, 1.3 * widget.runs)), ylim=(0.3, 1.0))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:.0f}"))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel("runs")
    axes.set_ylabel("passed the test")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="lower right", fontsize=9)
