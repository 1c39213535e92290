"""States of two qubits: against QuTiP, in their limits, and what they must keep."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from physics.random_pairs import random_pair
from qlearn.errors import ParameterError
from qlearn.physics import pairs

BELL = ("phi+", "phi-", "psi+", "psi-")
QUTIP_BELL = {"phi+": "00", "phi-": "01", "psi+": "10", "psi-": "11"}


@pytest.mark.parametrize("name", BELL)
def test_bell_states_are_qutips(name: str) -> None:
    assert abs(pairs.bell_state(name).overlap(qutip.bell_state(QUTIP_BELL[name]))) == pytest.approx(1.0)


def test_the_bell_states_are_a_basis() -> None:
    kets = [pairs.bell_state(name).full().ravel() for name in BELL]
    np.testing.assert_allclose(np.array(kets) @ np.array(kets).T, np.eye(4), atol=1e-12)


@given(st.floats(0, 90))
def test_a_partly_entangled_pair_is_normalised_and_holds_its_two_amplitudes(angle: float) -> None:
    ket = pairs.partly_entangled_state(angle).full().ravel()
    np.testing.assert_allclose(ket, [np.cos(np.deg2rad(angle)), 0, 0, np.sin(np.deg2rad(angle))], atol=1e-15)


@given(st.floats(0, 1), st.sampled_from(["werner", "dephased"]))
def test_a_mixed_pair_is_a_state_between_its_two_ends(part: float, kind: str) -> None:
    make = pairs.werner_state if kind == "werner" else pairs.dephased_state
    pair = pairs.pair_density(make(part))
    np.testing.assert_allclose((part * make(1.0) + (1 - part) * make(0.0)).full(), pair.full(), atol=1e-15)


def test_the_ends_are_the_bell_pair_noise_and_two_coins_that_agree() -> None:
    bell = pairs.bell_state("phi+").proj()
    assert pairs.werner_state(1.0) == bell == pairs.dephased_state(1.0)
    np.testing.assert_allclose(pairs.werner_state(0.0).full(), np.eye(4) / 4)
    np.testing.assert_allclose(pairs.dephased_state(0.0).full(), np.diag([0.5, 0, 0, 0.5]), atol=1e-15)


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_the_copy_without_coherence_gives_the_same_answers_and_is_a_mixture_of_them(seed: int, rank: int) -> None:
    pair = random_pair(seed, rank)
    copy = pairs.pair_density(pairs.without_coherence(pair))
    np.testing.assert_allclose(copy.full(), np.diag(np.diag(pair.full())), atol=1e-15)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: pairs.partly_entangled_state(90.5), "angle_deg is 90.5; it must be between 0 and 90 degrees"),
        (lambda: pairs.partly_entangled_state(float("nan")), "angle_deg is nan; it must be between 0 and 90"),
        (lambda: pairs.dephased_state(-0.1), "coherence is -0.1; it must be between 0 and 1"),
        (lambda: pairs.werner_state("all"), "visibility is 'all'; it must be a real number"),
        (lambda: pairs.without_coherence(qutip.basis(4, 0)), "the pair must be a ket or density operator of two"),
        (lambda: pairs.pair_density(qutip.qeye([2, 2])), "the pair is no state: it must be Hermitian and positive"),
        (lambda: pairs.werner_state(1.2), "visibility is 1.2; it must be between 0 and 1"),
        (lambda: pairs.werner_state([0.5, 0.6]), "visibility has shape (2,); it must be one number between 0 and 1"),
        (lambda: pairs.bell_state(["phi+"]), "the Bell state is ['phi+']; it must be one of 'phi+', 'phi-'"),
        (lambda: pairs.pair_density(np.nan * pairs.bell_state().proj()), "the pair is no state"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
