"""The static picture of a pair and its coin copy, for print and for browsers that run no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

if TYPE_CHECKING:
    import qutip

    from qlearn.widgets.two_qubits import TwoQubits

__all__ = ["correlation_map", "draw_picture"]

_PAIR, _COPY = "#2458c6", "#b4500b"
_ANGLES = np.linspace(-90.0, 90.0, 61)
_TICKS = [-90, -45, 0, 45, 90]
_ANSWERS = ["++", "+\N{MINUS SIGN}", "\N{MINUS SIGN}+", "\N{MINUS SIGN}\N{MINUS SIGN}"]


def correlation_map(pair: qutip.Qobj) -> NDArray[np.float64]:
    """Correlation at every pair of angles of the picture.

    Parameters
    ----------
    pair : qutip.Qobj
        Density operator of two qubits.

    Returns
    -------
    ndarray of float64
        Shape (61, 61): Bob's angle by Alice's, -90 to 90 degrees.
    """
    from qlearn.physics.pair_correlations import correlation_matrix, linear_axis

    axes = np.array([linear_axis(angle) for angle in _ANGLES])
    found: NDArray[np.float64] = (axes @ correlation_matrix(pair) @ axes.T).T
    return found


def draw_picture(widget: TwoQubits) -> Figure:
    """Draw maps and answers of a widget's pair and of its coin copy.

    Parameters
    ----------
    widget : TwoQubits
        Whose state and angles are drawn.

    Returns
    -------
    matplotlib.figure.Figure
        7.4 by 5.6 inches, on white.
    """
    figure = Figure(figsize=(7.4, 5.6), layout="constrained", facecolor="white")
    axes = figure.subplots(2, 2, height_ratios=(1.7, 1.0))
    sides = ((widget.pair(), "the pair", _PAIR), (widget.coin_copy(), "its coin copy", _COPY))
    for column, (pair, name, colour) in enumerate(sides):
        _draw_map(axes[0, column], widget, pair, name)
        _draw_answers(axes[1, column], widget, pair, colour)
    figure.colorbar(axes[0, 1].get_images()[0], ax=axes[0, :], label="correlation E", shrink=0.9)
    return figure


def _draw_map(axes: Axes, widget: TwoQubits, pair: qutip.Qobj, name: str) -> None:
    axes.imshow(correlation_map(pair), origin="lower", extent=(-90, 90, -90, 90), vmin=-1, vmax=1, cmap="inferno")
    axes.plot(widget.alice_deg, widget.bob_deg, "o", ms=10, mfc="none", mec="black", mew=4)
    axes.plot(widget.alice_deg, widget.bob_deg, "o", ms=10, mfc="none", mec="white", mew=2)
    axes.set(xticks=_TICKS, yticks=_TICKS, xlabel="Alice's angle (degrees)", ylabel="Bob's angle (degrees)")
    axes.set_title(f"{name}: E = {widget.correlation(pair) + 0.0:.2f}", fontsize=11)


def _draw_answers(axes: Axes, widget: TwoQubits, pair: qutip.Qobj, colour: str) -> None:
    from qlearn.physics.pair_correlations import joint_probabilities, linear_axis

    joint = joint_probabilities(pair, linear_axis(widget.alice_deg), linear_axis(widget.bob_deg)).ravel()
    columns = axes.bar(
        ["++", "+\N{MINUS SIGN}", "\N{MINUS SIGN}+", "\N{MINUS SIGN}\N{MINUS SIGN}"], joint, color=colour
    )
    axes.bar_label(columns, [f"{100 * part:.0f} %" for part in joint], fontsize=10)
    axes.set(ylim=(0, 1.15), ylabel="probability", xlabel="answers of Alice and Bob")
    axes.spines[["top", "right"]].set_visible(False)
