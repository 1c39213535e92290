"""Gates turn the Bloch sphere as their axis and angle say, and a global phase turns nothing."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.gates import GATE_NAMES, gate, global_phase, rotation, rotation_of
from qlearn.physics.states import bloch_vector, ket_from_angles

turns = st.floats(-4 * np.pi, 4 * np.pi)
kets = st.tuples(st.floats(0, np.pi), st.floats(-np.pi, np.pi)).map(lambda place: ket_from_angles(*place))
AXES = {"x": (1, 0, 0), "y": (0, 1, 0), "z": (0, 0, 1)}


def turned(vector: Any, axis: Any, angle: float) -> Any:
    """Turn a vector about a unit axis by Rodrigues' formula."""
    axis, vector = np.asarray(axis), np.asarray(vector)
    along = axis * (axis @ vector)
    return along + np.cos(angle) * (vector - along) + np.sin(angle) * np.cross(axis, vector)


@given(st.sampled_from("xyz"), turns, kets)
def test_a_rotation_turns_the_vector_right_handed_about_its_axis(axis: str, angle: float, ket: qutip.Qobj) -> None:
    after = bloch_vector(rotation(axis, angle) * ket)
    np.testing.assert_allclose(after, turned(bloch_vector(ket), AXES[axis], angle), atol=1e-9)


@given(st.sampled_from(GATE_NAMES), kets)
def test_a_named_gate_turns_the_vector_as_its_parts_say(name: str, ket: qutip.Qobj) -> None:
    axis, angle, _ = rotation_of(gate(name))
    after = bloch_vector(gate(name) * ket)
    np.testing.assert_allclose(after, turned(bloch_vector(ket), axis, angle), atol=1e-9)


@given(st.sampled_from("xyz"), turns, st.sampled_from(GATE_NAMES), turns)
def test_a_gate_is_put_together_again_from_axis_angle_and_phase(
    axis_name: str, angle: float, name: str, phase: float
) -> None:
    unitary = global_phase(phase) * gate(name) * rotation(axis_name, angle)
    axis, turn, alpha = rotation_of(unitary)
    assert np.linalg.norm(axis) == pytest.approx(1)
    assert 0 <= turn <= np.pi + 1e-12
    paulis = (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())
    generator = sum(part * pauli for part, pauli in zip(axis, paulis, strict=True))
    again = np.exp(1j * alpha) * (-0.5j * turn * generator).expm()
    np.testing.assert_allclose(again.full(), unitary.full(), atol=1e-7)


@given(turns, kets)
def test_a_global_phase_leaves_the_vector_where_it_is(angle: float, ket: qutip.Qobj) -> None:
    np.testing.assert_allclose(bloch_vector(global_phase(angle) * ket), bloch_vector(ket), atol=1e-12)


def test_a_full_turn_brings_the_vector_back_and_the_ket_with_a_minus_sign() -> None:
    for axis in "xyz":
        np.testing.assert_allclose(rotation(axis, 2 * np.pi).full(), -np.eye(2), atol=1e-15)
        np.testing.assert_allclose(rotation(axis, 4 * np.pi).full(), np.eye(2), atol=1e-15)


def test_the_named_gates_are_related_as_they_must_be() -> None:
    squares = {"T": "S", "S": "Z"}
    for root, square in squares.items():
        np.testing.assert_allclose((gate(root) ** 2).full(), gate(square).full(), atol=1e-15)
    for name in "XYZH":
        np.testing.assert_allclose((gate(name) ** 2).full(), np.eye(2), atol=1e-15)
    np.testing.assert_allclose((gate("H") * gate("Z") * gate("H")).full(), gate("X").full(), atol=1e-15)
    np.testing.assert_allclose((gate("X") * gate("Y")).full(), (1j * gate("Z")).full(), atol=1e-15)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: gate("CNOT"), "name is 'CNOT'; the gates are X, Y, Z, H, S, T"),
        (lambda: rotation("n", 1.0), "axis is 'n'; it must be x, y or z"),
        (lambda: rotation("x", 13.0), "angle_rad is 13; it must be between -12.5664 and 12.5664 rad"),
        (lambda: global_phase(np.nan), "angle_rad is nan"),
        (lambda: rotation_of(qutip.qeye(3)), "unitary must be a QuTiP operator of shape (2, 2)"),
        (lambda: rotation_of(2 * qutip.qeye(2)), "unitary is not unitary"),
        (lambda: gate(["X"]), "name is ['X']; the gates are X, Y, Z, H, S, T"),
        (lambda: rotation(["x"], 1.0), "axis is ['x']; it must be x, y or z"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
