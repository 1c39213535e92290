"""The static picture of the clock loop, for print and for browsers that run no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from qlearn.physics.sensors.clock_servo import ClockRun
    from qlearn.widgets.clock_loop import ClockLoop

__all__ = ["draw_picture"]

_TEXT, _FREE, _LOCKED, _LOWER = "#1d2433", "#2458c6", "#b4500b", "#0b6b4f"
_REACH_HZ = 4.0


def draw_picture(widget: ClockLoop) -> Figure:
    """Draw fringe, offsets and Allan deviations at a widget's settings.

    Parameters
    ----------
    widget : ClockLoop
        Whose settings are drawn.

    Returns
    -------
    matplotlib.figure.Figure
        7.4 by 5.6 inches, on white.
    """
    figure = Figure(figsize=(7.4, 5.6), layout="constrained", facecolor="white")
    grid = figure.add_gridspec(2, 2, height_ratios=(1.0, 1.25))
    run = widget.run()
    _draw_fringe(figure.add_subplot(grid[0, 0]), widget, run)
    _draw_offsets(figure.add_subplot(grid[0, 1]), run)
    _draw_deviations(figure.add_subplot(grid[1, :]), widget, run)
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def _draw_fringe(axes: Axes, widget: ClockLoop, run: ClockRun) -> None:
    from qlearn.physics.sensors import ramsey_clock

    offsets = np.linspace(-_REACH_HZ, _REACH_HZ, 600)
    axes.plot(offsets, ramsey_clock.look_probability(offsets, ramsey_s=widget.ramsey_s), color=_TEXT, lw=1.2)
    pairs = run.shares.size // 2
    if pairs:
        for look, side, colour in ((2 * pairs - 2, 1, _LOCKED), (2 * pairs - 1, -1, _LOWER)):
            place = run.locked_hz[look] + side / (4.0 * widget.ramsey_s)
            axes.errorbar(place, run.shares[look], 0.5 / np.sqrt(widget.atoms), fmt="o", color=colour)
    axes.set(xlim=(-_REACH_HZ, _REACH_HZ), ylim=(-0.03, 1.03))
    axes.set_xlabel("oscillator minus atoms (Hz)")
    axes.set_ylabel("atoms excited")


def _draw_offsets(axes: Axes, run: ClockRun) -> None:
    axes.plot(run.free_hz, color=_FREE, lw=1, label="left alone")
    axes.plot(run.locked_hz, color=_LOCKED, lw=1, label="steered")
    axes.set_xlabel("time (s)")
    axes.set_ylabel("offset (Hz)")
    axes.legend(frameon=False, fontsize=9)


def _draw_deviations(axes: Axes, widget: ClockLoop, run: ClockRun) -> None:
    from qlearn.physics.sensors import allan

    nu = widget.limits["transitions"][widget.atom]
    if run.locked_hz.size >= 4:
        for row, colour, label in ((run.free_hz, _FREE, "left alone"), (run.locked_hz, _LOCKED, "steered")):
            curve = allan.allan_curve(row / nu)
            bars = np.abs(np.array([curve.low, curve.high]) - curve.deviation)
            axes.errorbar(curve.averaging_s, curve.deviation, bars, fmt="o-", ms=4, color=colour, label=label)
    times = np.array([1.0, 2048.0])
    noise = [widget.projection_noise(float(time)) for time in times]
    axes.plot(times, noise, "--", color=_TEXT, label="projection noise")
    axes.set(xscale="log", yscale="log", xlim=(0.9, 2200.0))
    axes.set_xlabel("averaging time (s)")
    axes.set_ylabel("Allan deviation")
    axes.legend(frameon=False, fontsize=9, ncols=3)
