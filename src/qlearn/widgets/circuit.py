"""Gates on one qubit as a line of text, "Ry(60) T", for the Bloch sphere's widget; `views/qubit.js` reads the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from qlearn.errors import ParameterError
from qlearn.widgets.stored import stored

if TYPE_CHECKING:
    import qutip
    from numpy.typing import NDArray

__all__ = ["MOST_GATES", "Step", "circuit_states", "circuit_trail", "gate_table", "parse_circuit", "step_operator"]

MOST_GATES = 60
_MOST_DEGREES = 720.0
_STEP = re.compile(r"(?P<fixed>[XYZHST])|(?P<turning>Rx|Ry|Rz|G)\((?P<degrees>[-+]?\d+(?:\.\d+)?)\)")


class Step(NamedTuple):
    """One gate of a circuit.

    Attributes
    ----------
    name : str
        X, Y, Z, H, S, T, Rx, Ry, Rz, or G for a global phase.
    angle_deg : float or None
        Angle of the last four in degrees; None for the others.
    """

    name: str
    angle_deg: float | None


def parse_circuit(text: str) -> list[Step]:
    """Read gates in the order in which they act.

    Parameters
    ----------
    text : str
        Gates with spaces between them, such as "H Rz(45) G(90)"; angles in degrees, -720 to 720.

    Returns
    -------
    list of Step
        At most `MOST_GATES`; empty for an empty text.

    Raises
    ------
    ParameterError
        When a word is no gate, an angle out of range or the circuit too long.

    Examples
    --------
    >>> parse_circuit("H Rz(45)")
    [Step(name='H', angle_deg=None), Step(name='Rz', angle_deg=45.0)]
    """
    words = text.split()
    if len(words) > MOST_GATES:
        raise ParameterError(f"circuit has {len(words)} gates; it may have at most {MOST_GATES}")
    return [_step(word) for word in words]


def _step(word: str) -> Step:
    match = _STEP.fullmatch(word)
    if match is None:
        raise ParameterError(f"circuit has {word!r}; gates are X Y Z H S T, Rx(90) Ry(90) Rz(90) and G(90), in degrees")
    if match["fixed"]:
        return Step(match["fixed"], None)
    degrees = float(match["degrees"])
    if abs(degrees) > _MOST_DEGREES:
        raise ParameterError(f"circuit has {word!r}; an angle must lie between -720 and 720 degrees")
    return Step(match["turning"], degrees)


def step_operator(step: Step) -> qutip.Qobj:
    """Operator of one gate.

    Parameters
    ----------
    step : Step
        As `parse_circuit` gives it.

    Returns
    -------
    qutip.Qobj
        Unitary operator, shape (2, 2).
    """
    from qlearn.physics.gates import gate, global_phase, rotation

    if step.angle_deg is None:
        return gate(step.name)
    angle = float(np.deg2rad(step.angle_deg))
    return global_phase(angle) if step.name == "G" else rotation(step.name[1], angle)


def circuit_states(text: str) -> list[qutip.Qobj]:
    """Kets before, between and after the gates of a circuit that starts in |0>.

    Parameters
    ----------
    text : str
        As `parse_circuit` reads it.

    Returns
    -------
    list of qutip.Qobj
        One more than there are gates.

    Raises
    ------
    ParameterError
        When the text is no circuit.
    """
    import qutip

    states = [qutip.basis(2, 0)]
    for step in parse_circuit(text):
        states.append(step_operator(step) * states[-1])
    return states


def circuit_trail(text: str, *, points: int = 24) -> NDArray[np.float64]:
    """Way of the Bloch vector through a circuit, each gate as a turn about its axis.

    Parameters
    ----------
    text : str
        As `parse_circuit` reads it.
    points : int
        Points a gate.

    Returns
    -------
    ndarray of float64
        Bloch vectors, shape (points in all, 3).

    Raises
    ------
    ParameterError
        When the text is no circuit.
    """
    from qlearn.physics.gates import rotation_of
    from qlearn.physics.states import bloch_vector

    states = circuit_states(text)
    way = [bloch_vector(states[0])]
    for step, state in zip(parse_circuit(text), states, strict=False):
        axis, angle, _ = rotation_of(step_operator(step))
        if step.angle_deg is not None:
            # more than half a turn is told from the rest of it only by the angle itself
            axis, angle = np.eye(3)["xyz".find(step.name[-1])], float(np.deg2rad(step.angle_deg)) * (step.name != "G")
        start = bloch_vector(state)
        along = axis * (axis @ start)
        parts = np.linspace(0.0, angle, points + 1)[1:, None]
        way.extend(along + np.cos(parts) * (start - along) + np.sin(parts) * np.cross(axis, start))
    return np.array(way)


@stored
def gate_table() -> dict[str, dict[str, Any]]:
    """What the script needs to know of each named gate.

    Returns
    -------
    dict
        Gate to `matrix` (nested lists [row][column] of [real, imaginary part]), `axis` (three numbers), `angle` and
        `phase` (radians): the gate is the turn by `angle` about `axis`, times e to the i `phase`.
    """
    from qlearn.physics.gates import GATE_NAMES, gate, rotation_of

    table = {}
    for name in GATE_NAMES:
        axis, angle, phase = rotation_of(gate(name))
        matrix = [[[entry.real, entry.imag] for entry in row] for row in gate(name).full().tolist()]
        table[name] = {"matrix": matrix, "axis": axis.tolist(), "angle": angle, "phase": phase}
    return table
