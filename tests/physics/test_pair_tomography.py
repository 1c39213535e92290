"""Counts to a state and back, and that the nearest state is the nearest."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from physics.random_pairs import random_pair
from qlearn.errors import ParameterError
from qlearn.physics import measured_pair, pair_tomography
from qlearn.physics.pairs import bell_state, pair_density

SEEDS = st.integers(0, 2**32 - 1)
KETS = [measured_pair.setting_ket(setting) for setting in measured_pair.COUNTS]


@given(SEEDS, st.integers(1, 4), st.integers(0, 20))
def test_exact_counts_give_the_state_back_from_sixteen_settings_and_from_more(seed: int, rank: int, more: int) -> None:
    pair = random_pair(seed, rank)
    kets = KETS + [qutip.rand_ket([2, 2], seed=seed % 10_000 + one) for one in range(more)]
    counts = [1e4 * qutip.expect(pair, ket) for ket in kets]
    np.testing.assert_allclose(pair_tomography.linear_reconstruction(kets, counts).full(), pair.full(), atol=1e-9)


@given(SEEDS)
def test_noisy_counts_give_an_operator_of_trace_one_whose_counts_they_are(seed: int) -> None:
    counts = np.random.default_rng(seed).uniform(1, 100, 16)
    found = pair_tomography.linear_reconstruction(KETS, counts)
    assert found.isherm
    assert found.tr() == pytest.approx(1.0)
    expected = np.array([qutip.expect(found, ket) for ket in KETS])
    np.testing.assert_allclose(expected / expected[0], counts / counts[0], rtol=1e-6)


@given(SEEDS, st.integers(1, 4))
def test_a_state_is_its_own_nearest_one(seed: int, rank: int) -> None:
    pair = random_pair(seed, rank)
    np.testing.assert_allclose(pair_tomography.nearest_state(pair).full(), pair.full(), atol=1e-9)


@given(SEEDS, SEEDS)
def test_no_other_state_is_nearer(seed: int, other: int) -> None:
    rng = np.random.default_rng(seed)
    raw = rng.normal(size=(4, 4)) + 1j * rng.normal(size=(4, 4))
    operator = qutip.Qobj(raw + raw.conj().T, dims=[[2, 2], [2, 2]])
    found = pair_density(pair_tomography.nearest_state(operator))
    rival = random_pair(other, 1 + other % 4)
    # towards any other state the distance only grows: the condition for the nearest point of a convex set
    assert ((operator - found) * (rival - found)).tr().real <= 1e-9


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda: pair_tomography.linear_reconstruction(KETS, [1] * 15),
            "counts has shape (15,); it must hold one number",
        ),
        (lambda: pair_tomography.linear_reconstruction(KETS[:15], [1] * 15), "the settings fix 15 of 16 numbers"),
        (lambda: pair_tomography.linear_reconstruction(KETS, [-1] * 16), "counts is -1; it must be between 0 and inf"),
        (lambda: pair_tomography.linear_reconstruction(KETS, [0] * 16), "the counts add up to 0 pairs"),
        (lambda: pair_tomography.linear_reconstruction([2 * KETS[0]] * 16, [1] * 16), "each ket must be a normalised"),
        (lambda: pair_tomography.linear_reconstruction(["HH"] * 16, [1] * 16), "each ket must be a normalised"),
        (lambda: pair_tomography.nearest_state(bell_state()), "the operator must be a square QuTiP operator"),
        (lambda: pair_tomography.nearest_state(qutip.sigmap()), "the operator must be Hermitian"),
        (lambda: pair_tomography.linear_reconstruction(KETS[0], [1] * 16), "kets is a Qobj; it must be a sequence"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
