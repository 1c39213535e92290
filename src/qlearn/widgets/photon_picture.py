"""The static picture of the photon timeline, for print and for browsers that run no script."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import StrMethodFormatter

from qlearn.widgets.photons import PhotonRecord

__all__ = ["draw_picture"]

_TEXT, _FAINT, _WRONG, _GOOD = "#1d2433", "#5a6579", "#b3142b", "#0b6b4f"
_BASIS_COLOURS = ("#0a62b8", "#a04a00")
_ARROW_ANGLES_DEG = ((0.0, 90.0), (45.0, -45.0))
_COLUMNS = 20
_BASIS_SIGNS = ("+", "\N{MULTIPLICATION SIGN}")
_NO_BIT = "\N{EN DASH}"
_ROWS = {"Alice": 3.0, "Eve": 2.0, "Bob": 1.0, "Result": 0.0}


def draw_picture(record: PhotonRecord, *, intercepted_fraction: float) -> Figure:
    """Draw the last photons as a table and the error rate as more bits are compared.

    Parameters
    ----------
    record : PhotonRecord
        What happened to each photon.
    intercepted_fraction : float
        Fraction that Eve measures, 0 to 1, for the expected line.

    Returns
    -------
    matplotlib.figure.Figure
        7.4 by 4.6 inches, on white.
    """
    figure = Figure(figsize=(7.4, 4.6), layout="constrained", facecolor="white")
    table, rate = figure.subplots(2, 1, height_ratios=(0.8, 1.0))
    _draw_table(table, record)
    _draw_error_rate(rate, record, intercepted_fraction)
    return figure


def _draw_table(axes: Axes, record: PhotonRecord) -> None:
    shown = range(max(0, len(record.alice_bit) - _COLUMNS), len(record.alice_bit))
    axes.set_title("The last photons", loc="left", fontsize=11, color=_TEXT)
    axes.set(xlim=(-2.4, _COLUMNS), ylim=(-0.7, 3.6))
    axes.set_aspect("equal")
    axes.axis("off")
    for name, row in _ROWS.items():
        axes.text(-2.3, row, name, va="center", fontsize=9.5, color=_TEXT, weight="bold")
    for column, photon in enumerate(shown):
        _draw_photon(axes, column + 0.4, photon, record)


def _draw_photon(axes: Axes, x: float, photon: int, record: PhotonRecord) -> None:
    _arrow(axes, x, _ROWS["Alice"], record.alice_basis[photon], record.alice_bit[photon])
    if record.intercepted[photon]:
        _arrow(axes, x, _ROWS["Eve"], record.eve_basis[photon], record.eve_bit[photon])
    else:
        axes.text(x, _ROWS["Eve"], "·", ha="center", va="center", color=_FAINT)
    basis = int(record.bob_basis[photon])
    bit = str(record.bob_bit[photon]) if record.arrived[photon] else _NO_BIT
    axes.text(
        x,
        _ROWS["Bob"],
        f"{_BASIS_SIGNS[basis]}{bit}",
        ha="center",
        va="center",
        color=_BASIS_COLOURS[basis],
        fontsize=9,
    )
    mark, colour = _verdict(photon, record)
    axes.text(x, _ROWS["Result"], mark, ha="center", va="center", color=colour, fontsize=11, weight="bold")


def _verdict(photon: int, record: PhotonRecord) -> tuple[str, str]:
    if not record.arrived[photon]:
        return "○", _FAINT
    if not record.kept[photon]:
        return "≠", _FAINT
    return ("✗", _WRONG) if record.wrong[photon] else ("✓", _GOOD)


def _arrow(axes: Axes, x: float, y: float, basis: int, bit: int) -> None:
    angle = np.deg2rad(_ARROW_ANGLES_DEG[int(basis)][int(bit)])
    reach = 0.38 * np.array([np.cos(angle), np.sin(angle)])
    style = {"arrowstyle": "<->", "color": _BASIS_COLOURS[int(basis)], "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (x + reach[0], y + reach[1]), (x - reach[0], y - reach[1]), arrowprops=style)


def _draw_error_rate(axes: Axes, record: PhotonRecord, intercepted_fraction: float) -> None:
    from qlearn.physics.qkd import bb84

    expected = float(bb84.intercept_resend_error_rate(intercepted_fraction))
    kept = np.flatnonzero(record.kept)
    compared = np.arange(1, kept.size + 1)
    most = max(100, kept.size)
    axis = np.geomspace(1, most, 200)
    spread = np.sqrt(expected * (1.0 - expected) / axis)
    axes.fill_between(axis, 100 * (expected - spread), 100 * (expected + spread), color="#2458c6", alpha=0.14, lw=0)
    axes.axhline(100 * expected, color=_TEXT, ls="--", lw=1.2, label=f"expected {expected:.1%}")
    if kept.size:
        rate = np.cumsum(record.wrong[kept]) / compared
        axes.plot(compared, 100 * rate, color="#2458c6", lw=1.8, label=f"this run {rate[-1]:.1%}")
        axes.plot(compared[-1:], 100 * rate[-1:], "o", color="#2458c6")
    axes.set(xscale="log", xlim=(1, most), ylim=(0, 50))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:.0f}"))
    axes.set_xlabel("sifted bits compared")
    axes.set_ylabel("error rate (%)")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="upper right")
