"""Born's rule on qubits, and the error bar of counts against the counts themselves."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.measurement import outcome_probabilities, standard_error
from qlearn.physics.states import ket_from_angles


@given(st.floats(0, np.pi), st.floats(-np.pi, np.pi))
def test_probabilities_are_the_squared_amplitudes(theta: float, phi: float) -> None:
    ket = ket_from_angles(theta, phi)
    probabilities = outcome_probabilities(ket)
    np.testing.assert_allclose(probabilities, np.abs(ket.full().ravel()) ** 2, atol=1e-12)
    assert probabilities.sum() == pytest.approx(1)
    assert (probabilities >= 0).all()


def test_a_mixture_is_weighted_and_a_superposition_is_not_told_from_it() -> None:
    mixed = qutip.qeye(2) / 2
    plus = ket_from_angles(np.pi / 2)
    np.testing.assert_allclose(outcome_probabilities(mixed), outcome_probabilities(plus))


def test_the_standard_error_is_the_spread_of_many_repetitions() -> None:
    fractions = np.random.default_rng(26).binomial(400, 0.3, size=20_000) / 400
    # the spread of 20 000 values is itself known to half a per cent
    assert fractions.std() == pytest.approx(float(standard_error(0.3, shots=400)), rel=0.025)


@given(st.floats(0, 1), st.floats(1, 1e12))
def test_four_times_the_shots_halve_the_error(p: float, shots: float) -> None:
    assert standard_error(p, shots=4 * shots) == pytest.approx(standard_error(p, shots=shots) / 2)
    assert standard_error(p, shots=shots) <= 0.5


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: standard_error(1.2, shots=10), "probability_of_one is 1.2; it must be between 0 and 1"),
        (lambda: standard_error(0.5, shots=0), "shots is 0; it must be between 1 and inf"),
        (lambda: standard_error([0.1, 0.2], shots=[1, 2, 3]), "probability_of_one of shape (2,) and shots of shape"),
        (lambda: outcome_probabilities("0"), "state is a str"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
