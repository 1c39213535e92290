"""The static picture of the parity bisection, for print and for browsers that run no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

if TYPE_CHECKING:
    from qlearn.widgets.parity_bisection import ParityBisection
    from qlearn.widgets.parity_runs import ParityRun

__all__ = ["draw_picture"]

_TEXT, _PLAIN, _WRONG, _ODD, _EVEN = "#1d2433", "#f4f6fb", "#fde3e6", "#b3142b", "#0b6b4f"
_ROW = 32  # bits in a row, at most


def draw_picture(widget: ParityBisection) -> Figure:
    """Draw the key in the blocks of its first pass, and the cost so far, at a widget's settings.

    Parameters
    ----------
    widget : ParityBisection
        Whose settings are drawn.

    Returns
    -------
    matplotlib.figure.Figure
        7.4 by 5.6 inches, on white.
    """
    figure = Figure(figsize=(7.4, 5.6), layout="constrained", facecolor="white")
    keys, cost = figure.subplots(2, 1, height_ratios=(1.5, 1.0))
    run = widget.run()
    position = widget.position(run)
    _draw_keys(keys, run, position)
    _draw_cost(cost, widget, run, position)
    return figure


def _draw_keys(axes: Axes, run: ParityRun, position: int) -> None:
    wrong = run.after(position).wrong
    size = len(run.passes[0][0])
    per_row = max(1, _ROW // size)
    width = min(_ROW, size)
    rows_of_block = -(-size // width)
    for number, members in enumerate(run.passes[0]):
        left, top = (number % per_row) * (width + 1), (number // per_row) * (2.6 * rows_of_block + 1.6)
        for place, bit in enumerate(members):
            x, y = left + place % width, top + 2.6 * (place // width)
            axes.add_patch(Rectangle((x, y), 0.94, 2.2, facecolor=_WRONG if wrong[bit] else _PLAIN))
            for who, value in enumerate((run.alice[bit], run.alice[bit] ^ wrong[bit])):
                colour = _ODD if wrong[bit] else _TEXT
                axes.text(x + 0.47, y + 0.6 + who, str(int(value)), ha="center", va="center", fontsize=8, color=colour)
        words, colour = "?", _TEXT
        if position:
            alice, bob = (int(bits.sum() % 2) for bits in (run.alice[members], (run.alice ^ wrong)[members]))
            words, colour = (f"{alice} = {bob}", _EVEN) if alice == bob else (f"{alice} ≠ {bob}", _ODD)
        axes.text(left + width / 2, top + 2.6 * rows_of_block + 0.3, words, ha="center", va="center", color=colour)
    axes.autoscale_view()
    axes.invert_yaxis()
    axes.set_title("Alice's bits above Bob's, in the blocks of pass 1, with the parities of both", fontsize=10)
    axes.axis("off")


def _draw_cost(axes: Axes, widget: ParityBisection, run: ParityRun, position: int) -> None:
    from qlearn.physics.qkd.error_correction import shannon_leakage

    told = [0, *(step.told for step in run.steps[:position])]
    found = np.cumsum([0, *(step.kind == "correct" for step in run.steps[:position])])
    limit = float(shannon_leakage(widget.key_bits, widget.error_rate))
    axes.step(told, run.wrong.sum() - found, where="post", color="#2458c6", label="errors left")
    axes.plot(told[-1], run.wrong.sum() - found[-1], "o", color="#2458c6")
    axes.axvline(limit, ls="--", color=_TEXT, lw=1.4, label=f"Shannon's limit, {limit:.1f} bits")
    axes.set(xlim=(0, 1.08 * max(run.steps[-1].told, limit, 4)), ylim=(0, 1.05 * max(2, int(run.wrong.sum()))))
    axes.set_xlabel("bits told")
    axes.set_ylabel("errors left")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
