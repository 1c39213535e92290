"""The static picture of phase estimation, for print and for browsers that run no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from qlearn.widgets.phase_estimation import PhaseEstimation

__all__ = ["draw_picture"]

_TEXT, _FAINT, _BOUND = "#1d2433", "#5a6579", "#7a3fc0"
_COLOURS = {"product": "#2458c6", "squeezed": "#0b6b4f", "ghz": "#b4500b"}
_PICTURE_SEED = 1981
_MOST_FRINGES = 8


def draw_picture(widget: PhaseEstimation, *, experiments: int) -> Figure:
    """Draw limits, fringe and a histogram of estimates at a widget's settings.

    Parameters
    ----------
    widget : PhaseEstimation
        Whose settings are drawn.
    experiments : int
        How many estimates the histogram holds.

    Returns
    -------
    matplotlib.figure.Figure
        7.4 by 5.6 inches, on white.
    """
    figure = Figure(figsize=(7.4, 5.6), layout="constrained", facecolor="white")
    grid = figure.add_gridspec(2, 2, height_ratios=(1.25, 1.0))
    _draw_limits(figure.add_subplot(grid[0, :]), widget)
    _draw_fringe(figure.add_subplot(grid[1, 0]), widget)
    _draw_spread(figure.add_subplot(grid[1, 1]), widget, experiments)
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def _draw_limits(axes: Axes, widget: PhaseEstimation) -> None:
    from qlearn.physics.sensors import phase_estimation as phase

    eta = 1.0 - widget.lost_fraction
    numbers = np.arange(1, 101)
    squeezed = [phase.best_squeezed_uncertainty(float(n), eta, most_db=widget.most_squeezing_db) for n in numbers]
    axes.plot(numbers, phase.standard_quantum_limit(numbers), ":", color=_FAINT, label="1/√N")
    axes.plot(numbers, phase.heisenberg_limit(numbers), "--", color=_TEXT, label="1/N")
    axes.plot(numbers, phase.product_uncertainty(numbers, eta), color=_COLOURS["product"], label="independent photons")
    axes.plot(numbers, squeezed, color=_COLOURS["squeezed"], label="squeezed light")
    axes.plot(numbers, phase.ghz_uncertainty(numbers, eta), color=_COLOURS["ghz"], label="entangled (GHZ)")
    if eta < 1.0:
        axes.plot(numbers, phase.loss_bound(numbers, eta), color=_BOUND, label="bound with this loss")
    axes.plot(widget.probes, widget.uncertainty(), "o", color=_COLOURS[widget.strategy])
    axes.set(xscale="log", yscale="log", xlim=(1, 100), ylim=(0.005, 3))
    axes.set_xlabel("photons a run, N")
    axes.set_ylabel("uncertainty of one run (rad)")
    axes.legend(frameon=False, fontsize=9, ncols=2)


def _draw_fringe(axes: Axes, widget: PhaseEstimation) -> None:
    from qlearn.physics.sensors import fringes

    middle = fringes.steepest_phase(widget.strategy, widget.probes)
    reach = min(np.pi / 2, _MOST_FRINGES * np.pi / widget.probes) if widget.strategy == "ghz" else np.pi / 2
    phases = middle + reach * np.linspace(-1, 1, 600)
    mean, variance = fringes.signal_moments(
        widget.strategy,
        probes=widget.probes,
        transmittance=1.0 - widget.lost_fraction,
        squeezing_db=widget.squeezing_db(),
        phase_rad=phases,
    )
    spread = np.sqrt(variance / widget.runs)
    axes.fill_between(phases, mean - spread, mean + spread, color=_COLOURS[widget.strategy], alpha=0.2, lw=0)
    axes.plot(phases, mean, color=_COLOURS[widget.strategy], lw=1.4)
    axes.plot(middle, 0.0, "o", color=_COLOURS[widget.strategy])
    axes.set(xlim=(phases[0], phases[-1]), ylim=(-1.05, 1.05))
    axes.set_xlabel("phase (rad)")
    axes.set_ylabel("signal")


def _draw_spread(axes: Axes, widget: PhaseEstimation, experiments: int) -> None:
    from qlearn.physics.sensors import fringes, phase_estimation

    eta = 1.0 - widget.lost_fraction
    errors = fringes.simulate_estimates(
        widget.strategy,
        experiments,
        rng=np.random.default_rng(_PICTURE_SEED),
        probes=widget.probes,
        runs=widget.runs,
        transmittance=eta,
        squeezing_db=widget.squeezing_db(),
    )
    root = np.sqrt(widget.runs)
    alone = float(phase_estimation.product_uncertainty(widget.probes, eta)) / root
    axis = np.linspace(-4 * alone, 4 * alone, 300)
    width = 8 * alone / 41
    axes.hist(errors, bins=41, range=(axis[0], axis[-1]), color=_COLOURS[widget.strategy], alpha=0.5)
    for sigma, style, colour in ((alone, ":", _FAINT), (widget.uncertainty() / root, "--", _TEXT)):
        axes.plot(
            axis,
            experiments * width * np.exp(-((axis / sigma) ** 2) / 2) / (np.sqrt(2 * np.pi) * sigma),
            style,
            color=colour,
        )
    axes.set_xlim(axis[0], axis[-1])
    axes.set_xlabel("estimate minus true phase (rad)")
    axes.set_ylabel(f"experiments of {experiments}")
