"""The static picture of the pulse sequencer, for print and for browsers that run no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from qlearn.widgets.sphere_drawing import draw_sphere

if TYPE_CHECKING:
    from qlearn.widgets.pulses import Pulses

__all__ = ["draw_picture"]

_TEXT, _ONE, _TWO, _TRAIL = "#1d2433", "#2458c6", "#b4500b", "#7a3fc0"
_NAMES = {"rabi": "Rabi", "ramsey": "Ramsey", "echo": "echo"}
# a tenth, two tenths ... of the runs lie below these parts of a standard deviation
_DECILES = np.array([-1.2816, -0.8416, -0.5244, -0.2533, 0.0, 0.2533, 0.5244, 0.8416, 1.2816])


def draw_picture(pulses: Pulses) -> Figure:
    """Draw the ensemble on the sphere at the widget's moment, and the fringe that its sequence measures.

    Parameters
    ----------
    pulses : Pulses
        The widget in its present state.

    Returns
    -------
    matplotlib.figure.Figure
        7.4 by 3.6 inches, on white.
    """
    figure = Figure(figsize=(7.4, 3.6), layout="constrained", facecolor="white")
    sphere, signal = figure.subplots(1, 2, width_ratios=(1.0, 1.15))
    _draw_ensemble(sphere, pulses)
    _draw_signal(signal, pulses)
    return figure


def _draw_ensemble(axes: Axes, pulses: Pulses) -> None:
    from qlearn.physics.dynamics import ensemble_vectors, trajectory

    segments, ensemble = pulses.segments(), pulses.ensemble()
    now = pulses.moment * sum(segment.duration_s for segment in segments)
    way = ensemble_vectors(segments, np.linspace(0.0, now, 500), **ensemble)  # type: ignore[arg-type]
    drawn = ensemble["detuning_rad_s"] + ensemble["spread_rad_s"] * _DECILES
    noise = {name: ensemble[name] for name in ("t1_s", "t_phi_s")}
    cloud = trajectory(segments, now, detuning_rad_s=drawn, **noise)[:, 0]
    draw_sphere(axes, vector=way[-1], trail=way, cloud=cloud, colours=(_ONE, _TRAIL, _TWO))
    axes.set_title(f"after {now * 1e6:.2f} µs: mean vector and nine runs", fontsize=10.5, color=_TEXT)


def _draw_signal(axes: Axes, pulses: Pulses) -> None:
    from qlearn.physics import dynamics

    shown = ("rabi",) if pulses.sequence == "rabi" else ("ramsey", "echo")
    length = pulses.pulse_us if pulses.sequence == "rabi" else pulses.free_us
    longest = pulses.ranges["pulse_us" if pulses.sequence == "rabi" else "free_us"][1]
    times = np.linspace(0.0, longest, 81)
    ensemble = pulses.ensemble()
    for name in shown:
        build = getattr(dynamics, f"{name}_sequence")
        signal = dynamics.ensemble_signal(build, times * 1e-6, rabi_rad_s=2e6 * np.pi * pulses.rabi_mhz, **ensemble)
        axes.plot(times, signal, color=_ONE if name != "ramsey" else _TWO, lw=1.8, label=_NAMES[name])
    if pulses.sequence != "rabi":
        t2 = dynamics.coherence_time(t1_s=ensemble["t1_s"], t_phi_s=ensemble["t_phi_s"])
        limit = dynamics.hahn_echo_probability(times * 1e-6, t2_s=t2)
        axes.plot(times, limit, "--", color=_TEXT, lw=1.2, label="memoryless noise alone")
    axes.plot([length], [pulses.probability()], "o", color=_TWO if pulses.sequence == "ramsey" else _ONE, ms=8)
    axes.set(xlim=(0, longest), ylim=(0, 1.02), ylabel="P(1) at the end")
    axes.set_xlabel("pulse (µs)" if pulses.sequence == "rabi" else "free time (µs)")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="lower right", fontsize=9.5)
