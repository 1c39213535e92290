"""The static picture of the Bell test, for print and for browsers that run no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import StrMethodFormatter

if TYPE_CHECKING:
    from qlearn.widgets.chsh import Chsh

__all__ = ["draw_picture"]

_TEXT, _PHOTONS, _PLAN, _QUANTUM = "#1d2433", "#2458c6", "#b4500b", "#0b6b4f"
_PAIRS = ("a₀b₀", "a₀b₁", "a₁b₀", "a₁b₁")


def draw_picture(widget: Chsh) -> Figure:
    """Draw S against rounds, the correlations and the score of a widget's opening run.

    Parameters
    ----------
    widget : Chsh
        Whose run is drawn.

    Returns
    -------
    matplotlib.figure.Figure
        7.4 by 5.2 inches, on white.
    """
    figure = Figure(figsize=(7.4, 5.2), layout="constrained", facecolor="white")
    grid = figure.add_gridspec(2, 2)
    _draw_value(figure.add_subplot(grid[0, :]), widget)
    _draw_pairs(figure.add_subplot(grid[1, 0]), widget)
    _draw_score(figure.add_subplot(grid[1, 1]), widget)
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def _draw_value(axes: Axes, widget: Chsh) -> None:
    from qlearn.physics import bell

    record, found = widget.record(), widget.estimate()
    axes.axhline(widget.bounds["quantum"], color=_QUANTUM, lw=1.6, label="quantum mechanics, at most 2.83")
    axes.axhline(widget.bounds["local"], color=_PLAN, lw=1.6, label="plans, at most 2")
    axes.axhline(widget.expected_value(), color=_TEXT, lw=1.2, ls="--", label="expected")
    played = np.unique(np.geomspace(1, max(widget.rounds, 1), 120).astype(int))
    values = [bell.estimate(record.first(rounds).counts).value for rounds in played]
    axes.plot(played, values, color=_PHOTONS, lw=1.8, label="this run")
    if np.isfinite(found.value):
        axes.errorbar(widget.rounds, found.value, found.standard_error, fmt="o", color=_PHOTONS, capsize=4)
    lowest = min(0.0, widget.expected_value(), *(value for value in values if np.isfinite(value)), 0.0)
    axes.set(xscale="log", xlim=(1, max(100, 1.3 * widget.rounds)), ylim=(-4 if lowest < -0.05 else 0, 4))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:.0f}"))
    axes.set_xlabel("rounds played")
    axes.set_ylabel("CHSH value S")
    axes.legend(frameon=False, loc="lower right", ncols=2, fontsize=9)


def _draw_pairs(axes: Axes, widget: Chsh) -> None:
    from qlearn.physics import bell

    found = widget.estimate()
    alice = np.array([[widget.alice_0_deg], [widget.alice_1_deg]])
    expected = bell.correlation(alice, [[widget.bob_0_deg, widget.bob_1_deg]], visibility=widget.visibility)
    places = np.arange(4)
    axes.hlines(expected.ravel(), places - 0.3, places + 0.3, color=_TEXT, ls="--", lw=1.2)
    axes.errorbar(
        places, found.correlators.ravel(), found.correlator_errors.ravel(), fmt="o", color=_PHOTONS, capsize=4
    )
    axes.axhline(0, color=_TEXT, lw=0.6)
    axes.set(xlim=(-0.6, 3.6), ylim=(-1.05, 1.05))
    axes.set_xticks(places, _PAIRS)
    axes.set_xlabel("analysers used")
    axes.set_ylabel("correlation E")


def _draw_score(axes: Axes, widget: Chsh) -> None:
    wins = np.array([widget.estimate().wins, widget.plan_wins()])
    share = wins / max(widget.rounds, 1)
    rates, errors = 100 * share, 100 * np.sqrt(share * (1 - share) / max(widget.rounds, 1))
    axes.bar([0, 1], rates, yerr=errors, width=0.55, color=(_PHOTONS, _PLAN), ecolor=_TEXT, capsize=3)
    axes.axhline(100 * widget.bounds["quantum_win"], color=_QUANTUM, lw=1.6)
    axes.axhline(100 * widget.bounds["local_win"], color=_PLAN, lw=1.6)
    for place, (rate, error) in enumerate(zip(rates, errors, strict=True)):
        axes.text(
            place, rate / 2, f"{rate:.1f}\n± {error:.1f} %", ha="center", va="center", color="white", weight="bold"
        )
    axes.set(ylim=(0, 100), xlim=(-0.6, 1.6))
    axes.set_xticks([0, 1], ("photons", "your plan"))
    axes.set_ylabel("rounds won (%)")
