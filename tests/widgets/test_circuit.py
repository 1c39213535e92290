"""Circuits written as text: read in order, refused with a reason, and run by QuTiP's gates."""

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.gates import gate, rotation
from qlearn.physics.states import bloch_vector
from qlearn.widgets.circuit import Step, circuit_states, circuit_trail, gate_table, parse_circuit

words = st.one_of(
    st.sampled_from("XYZHST"),
    st.tuples(st.sampled_from(["Rx", "Ry", "Rz", "G"]), st.integers(-720, 720)).map(lambda w: f"{w[0]}({w[1]})"),
)
circuits = st.lists(words, max_size=8).map(" ".join)


def test_gates_act_in_the_order_in_which_they_are_read() -> None:
    assert parse_circuit("H  Rz(-22.5) G(+90)") == [Step("H", None), Step("Rz", -22.5), Step("G", 90.0)]
    last = circuit_states("H S")[-1]
    np.testing.assert_allclose(last.full(), (gate("S") * gate("H") * qutip.basis(2, 0)).full(), atol=1e-15)
    turned = circuit_states("Ry(60)")[-1]
    np.testing.assert_allclose(turned.full(), (rotation("y", np.pi / 3) * qutip.basis(2, 0)).full(), atol=1e-15)


@given(circuits)
def test_every_circuit_keeps_the_norm_and_its_trail_leads_to_its_end(text: str) -> None:
    states, trail = circuit_states(text), circuit_trail(text)
    assert len(states) == len(text.split()) + 1
    assert states[-1].norm() == pytest.approx(1)
    np.testing.assert_allclose(np.linalg.norm(trail, axis=1), 1, atol=1e-9)
    np.testing.assert_allclose(trail[-1], bloch_vector(states[-1]), atol=1e-8)


def test_a_turn_by_more_than_half_goes_the_long_way_round() -> None:
    trail = circuit_trail("Rx(90) Rz(270)", points=3)
    # |0>, in three steps to -y, then by +x to +y to -x
    np.testing.assert_allclose(trail[3:], [[0, -1, 0], [1, 0, 0], [0, 1, 0], [-1, 0, 0]], atol=1e-12)


def test_the_table_of_gates_holds_qutips_matrices_with_axis_angle_and_phase() -> None:
    paulis = [qutip.sigmax(), qutip.sigmay(), qutip.sigmaz()]
    for name, entry in gate_table().items():
        matrix = np.array(entry["matrix"]) @ [1, 1j]
        np.testing.assert_allclose(matrix, gate(name).full(), atol=1e-15)
        generator = sum(part * pauli for part, pauli in zip(entry["axis"], paulis, strict=True))
        again = np.exp(1j * entry["phase"]) * (-0.5j * entry["angle"] * generator).expm()
        np.testing.assert_allclose(again.full(), matrix, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("H CNOT", "circuit has 'CNOT'; gates are X Y Z H S T, Rx(90)"),
        ("Rx", "circuit has 'Rx'; gates are"),
        ("X(90)", "circuit has 'X(90)'; gates are"),
        ("Rz(721)", "circuit has 'Rz(721)'; an angle must lie between -720 and 720 degrees"),
        ("X " * 61, "circuit has 61 gates; it may have at most 60"),
    ],
)
def test_what_is_no_circuit_is_refused(text: str, message: str) -> None:
    with pytest.raises(ParameterError) as refused:
        parse_circuit(text)
    assert str(refused.value).startswith(message)
