"""Widget: a qubit on the Bloch sphere, gates that turn it, its amplitudes, and measurements that count.

The script multiplies the gates' matrices, which come from QuTiP, and draws fresh outcomes from the probabilities; it
needs no kernel and loses no digits.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from qlearn.widgets.base import BookWidget, read_labels
from qlearn.widgets.bundle import bundle_script, bundle_style
from qlearn.widgets.circuit import circuit_states, circuit_trail, gate_table, parse_circuit
from qlearn.widgets.traits import SEED, Between, WholeBetween

if TYPE_CHECKING:
    import qutip
    from matplotlib.figure import Figure

__all__ = ["Bloch"]

_HERE = Path(__file__)
_TEXT, _COLOURS = "#1d2433", ("#2458c6", "#7a3fc0", "#b4500b")


class Bloch(BookWidget):
    """A qubit that starts in |0> and goes through the reader's gates.

    Parameters
    ----------
    circuit : str
        Gates already applied when the widget opens, in order, such as "Ry(60) T"; see `circuit.parse_circuit`.
    angle_deg : float
        Angle on the slider, by which the next rotation turns, -180 to 180.
    seed : int, optional
        0 to 2**32 - 1, for the same outcomes each time; without it every opening draws its own.

    Attributes
    ----------
    counts : dict
        What the reader has measured: zeros and ones. The script keeps it up to date while a kernel is there.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    Examples
    --------
    >>> Bloch("H S").ket().overlap(Bloch("Rx(-90)").ket()).__abs__().__round__(12)
    1.0
    """

    _esm = bundle_script(_HERE.with_suffix(".js"))
    _css = bundle_style(_HERE.with_suffix(".css"))

    circuit = traitlets.Unicode("Ry(60) T").tag(sync=True)
    angle_deg = Between(90.0, -180.0, 180.0).tag(sync=True)
    seed = WholeBetween(None, *SEED, allow_none=True).tag(sync=True)
    gates = traitlets.Dict().tag(sync=True)
    counts = traitlets.Dict().tag(sync=True)

    def __init__(self, circuit: str = "Ry(60) T", **traits: Any) -> None:
        super().__init__(circuit=circuit, labels=read_labels(_HERE), gates=gate_table(), **traits)

    @traitlets.validate("circuit")
    def _check_circuit(self, proposal: Any) -> str:
        parse_circuit(proposal["value"])
        return str(proposal["value"])

    def ket(self) -> qutip.Qobj:
        """The qubit's state after the circuit.

        Returns
        -------
        qutip.Qobj
            Normalised ket, shape (2, 1), global phase included.
        """
        return circuit_states(self.circuit)[-1]

    def summary(self) -> str:
        """One sentence on the state the widget opens with."""
        from qlearn.physics.measurement import outcome_probabilities
        from qlearn.physics.states import bloch_vector, relative_phase

        zero, one = outcome_probabilities(self.ket())
        x, y, z = bloch_vector(self.ket()) + 0.0
        phase = relative_phase(self.ket())
        words = "no relative phase" if np.isnan(phase) else f"relative phase {np.rad2deg(phase):.1f} degrees"
        return (
            f"Bloch sphere after the gates {self.circuit or '(none)'}: vector ({x:.3f}, {y:.3f}, {z:.3f}), "
            f"amplitudes of size {np.sqrt(zero):.3f} and {np.sqrt(one):.3f}, {words}, "
            f"P(0) = {zero:.3f} and P(1) = {one:.3f}."
        )

    def picture(self) -> Figure:
        """The sphere with the vector's trail, and the size and square of both amplitudes."""
        from matplotlib.figure import Figure

        from qlearn.physics.measurement import outcome_probabilities
        from qlearn.physics.states import bloch_vector
        from qlearn.widgets.sphere_drawing import draw_sphere

        figure = Figure(figsize=(7.4, 3.6), layout="constrained", facecolor="white")
        sphere, bars = figure.subplots(1, 2, width_ratios=(1.0, 0.9))
        draw_sphere(sphere, vector=bloch_vector(self.ket()), trail=circuit_trail(self.circuit), colours=_COLOURS)
        sphere.set_title(self.circuit or "no gate yet", fontsize=11, color=_TEXT)
        probabilities = outcome_probabilities(self.ket())
        places = np.arange(2)
        for shift, heights, name, colour in (
            (-0.19, np.sqrt(probabilities), "size of the amplitude", _COLOURS[2]),
            (0.19, probabilities, "probability, its square", _COLOURS[0]),
        ):
            columns = bars.bar(places + shift, heights, 0.36, color=colour, label=name)
            bars.bar_label(columns, fmt="%.2f", fontsize=10)
        bars.set(ylim=(0, 1.35), ylabel="amplitude, probability", xticks=places)
        bars.set_xticklabels([r"$|0\rangle$", r"$|1\rangle$"], fontsize=12)
        bars.spines[["top", "right"]].set_visible(False)
        bars.legend(frameon=False, loc="upper right", fontsize=9.5)
        return figure
