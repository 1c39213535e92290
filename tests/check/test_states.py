"""States are compared up to a common phase factor, in whatever form they come."""

from __future__ import annotations

import numpy as np
import pytest
import qutip

from qlearn import check

DIAGONAL = np.array([1, 1]) / np.sqrt(2)


@pytest.mark.parametrize(
    "state",
    [
        DIAGONAL,
        list(DIAGONAL),
        DIAGONAL.reshape(2, 1),
        np.exp(0.7j) * DIAGONAL,
        qutip.Qobj(-1j * DIAGONAL.reshape(2, 1)),
        qutip.Qobj(1j * DIAGONAL.reshape(1, 2)),
    ],
)
def test_a_right_state_passes_in_every_form_and_phase(state: object) -> None:
    check.same_state(state, DIAGONAL)


def test_a_bra_is_read_with_conjugate_amplitudes() -> None:
    circular = np.array([1, 1j]) / np.sqrt(2)
    check.same_state(qutip.Qobj(circular.reshape(2, 1)).dag(), circular)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (None, "there is no answer yet"),
        ([1, 1], "the squared amplitudes add up to 2, and probabilities have to add up to 1"),
        ([1, 0], "the overlap of your state with the wanted one is 0.5 where 1 is wanted"),
        ([1, 0, 0], "your state has 3 amplitudes, and it should have 2"),
        (np.eye(2), "a ndarray is not a state"),
        (qutip.qeye(2), "a oper is not a state"),
        ("H", "this is text"),
        ([np.nan, 1], "there is a NaN"),
    ],
)
def test_another_state_is_explained(state: object, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check.same_state(state, DIAGONAL)


def test_a_known_mistake_is_named_up_to_its_phase_and_with_its_norm() -> None:
    faults = [
        check.Fault("state-not-normalised", [1, 1], "Divide it."),
        check.Fault("wrong-sign", [DIAGONAL[0], -DIAGONAL[1]], "Look at the sign."),
    ]
    with pytest.raises(check.Misconception, match="state-not-normalised"):
        check.same_state([-1, -1], DIAGONAL, faults=faults)
    with pytest.raises(check.Misconception, match="wrong-sign"):
        check.same_state(1j * np.asarray(faults[1].value), DIAGONAL, faults=faults)
