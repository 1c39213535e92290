"""One half of a pair, against brute force over the other."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from physics.random_pairs import random_ket, random_pair
from qlearn.errors import ParameterError
from qlearn.physics import pair_halves
from qlearn.physics.pairs import bell_state, werner_state


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_a_half_is_what_is_left_when_the_others_answers_are_summed_over(seed: int, rank: int) -> None:
    pair = random_pair(seed, rank)
    blocks = pair.full().reshape(2, 2, 2, 2)
    alice = sum(blocks[:, b, :, b] for b in (0, 1))
    bob = sum(blocks[a, :, a, :] for a in (0, 1))
    np.testing.assert_allclose(pair_halves.reduced_state(pair).full(), alice, atol=1e-14)
    np.testing.assert_allclose(pair_halves.reduced_state(pair, 1).full(), bob, atol=1e-14)


@given(st.integers(0, 2**32 - 1))
def test_schmidt_coefficients_are_the_roots_of_either_halfs_eigenvalues(seed: int) -> None:
    ket = random_ket(seed)
    found = pair_halves.schmidt_coefficients(ket)
    assert found[0] >= found[1] >= 0
    assert (found**2).sum() == pytest.approx(1.0)
    for qubit in (0, 1):
        weights = ket.ptrace(qubit).eigenenergies()[::-1]
        np.testing.assert_allclose(found**2, weights, atol=1e-12)


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_a_product_has_one_schmidt_term_and_no_entropy(seed: int, other: int) -> None:
    halves = [qutip.rand_ket(2, seed=one % 100_000) for one in (seed, other)]
    product = qutip.tensor(*halves)
    np.testing.assert_allclose(pair_halves.schmidt_coefficients(product), [1, 0], atol=1e-12)
    assert pair_halves.entanglement_entropy(product) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: pair_halves.reduced_state(bell_state(), 2), "qubit is 2; it must be 0 (Alice's) or 1 (Bob's)"),
        (lambda: pair_halves.schmidt_coefficients(werner_state(1.0)), "a mixture has no Schmidt coefficients"),
        (lambda: pair_halves.schmidt_coefficients(2 * bell_state()), "the pair is no state"),
        (lambda: pair_halves.entanglement_entropy(werner_state(1.0)), "the entropy of one half measures entanglement"),
        (lambda: pair_halves.entanglement_entropy("phi+"), "the pair must be a ket or density operator of two qubits"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
