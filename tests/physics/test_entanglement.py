"""Bell and Werner states, and entanglement measures against QuTiP, known values and their bounds."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from physics.random_pairs import random_ket, random_pair, random_separable_pair
from qlearn.errors import ParameterError
from qlearn.physics import entanglement

BELL = ("phi+", "phi-", "psi+", "psi-")


def test_a_bell_state_has_one_ebit_in_every_measure() -> None:
    pair = entanglement.bell_state("phi+")
    measures = (
        entanglement.concurrence,
        entanglement.negativity,
        entanglement.log_negativity,
        entanglement.entanglement_entropy,
        entanglement.entanglement_of_formation,
    )
    assert [measure(pair) for measure in measures] == pytest.approx([1.0, 0.5, 1.0, 1.0, 1.0])


@pytest.mark.parametrize("bell_name", BELL)
@pytest.mark.parametrize("visibility", [0.0, 0.2, 1 / 3, 0.5, 0.9, 1.0])
def test_a_werner_state_is_entangled_above_one_third_only(bell_name: str, visibility: float) -> None:
    pair = entanglement.werner_state(visibility, bell_name)
    expected = max(0.0, (3 * visibility - 1) / 2)
    assert entanglement.concurrence(pair) == pytest.approx(expected, abs=1e-7)
    assert entanglement.negativity(pair) == pytest.approx(expected / 2, abs=1e-9)
    lowest = qutip.partial_transpose(pair, [1, 0]).eigenenergies().min()
    assert lowest == pytest.approx((1 - 3 * visibility) / 4, abs=1e-12)


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_measures_of_random_pairs_are_qutips_and_stay_in_their_bounds(seed: int, rank: int) -> None:
    pair = random_pair(seed, rank)
    concurrence, negativity = entanglement.concurrence(pair), entanglement.negativity(pair)
    assert concurrence == pytest.approx(qutip.concurrence(pair), abs=1e-6)
    assert negativity == pytest.approx(qutip.negativity(pair, 0), abs=1e-9)
    # Verstraete and others (2001): between these two a two-qubit state's negativity, doubled, must lie
    lower = np.sqrt((1 - concurrence) ** 2 + concurrence**2) - (1 - concurrence)
    assert lower - 1e-6 <= 2 * negativity <= concurrence + 1e-6
    assert 0 <= entanglement.log_negativity(pair) <= 1


@given(st.floats(0, np.pi / 2), st.floats(0, 2 * np.pi))
def test_for_a_pure_pair_entropy_and_concurrence_tell_the_same(angle: float, phase: float) -> None:
    ket = np.cos(angle) * qutip.basis([2, 2], [0, 0])
    ket = (ket + np.exp(1j * phase) * np.sin(angle) * qutip.basis([2, 2], [1, 1])).unit()
    concurrence = entanglement.concurrence(ket)
    assert concurrence == pytest.approx(abs(np.sin(2 * angle)), abs=1e-6)
    weight = np.cos(angle) ** 2
    assert entanglement.entanglement_entropy(ket) == pytest.approx(
        -sum(w * np.log2(w) for w in (weight, 1 - weight) if w > 0), abs=1e-9
    )


@given(st.integers(0, 2**32 - 1))
def test_of_a_random_pure_pair_every_measure_follows_from_its_schmidt_coefficients(seed: int) -> None:
    ket = random_ket(seed)
    large, small = entanglement.schmidt_coefficients(ket)
    assert entanglement.concurrence(ket) == pytest.approx(2 * large * small, abs=1e-6)
    assert entanglement.negativity(ket) == pytest.approx(large * small, abs=1e-9)
    assert entanglement.log_negativity(ket) == pytest.approx(np.log2((large + small) ** 2), abs=1e-9)
    entropy = qutip.entropy_vn(ket.ptrace(1), 2)
    assert entanglement.entanglement_entropy(ket) == pytest.approx(entropy, abs=1e-9)
    assert entanglement.entanglement_of_formation(ket) == pytest.approx(entropy, abs=1e-5)


@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_no_measure_sees_entanglement_in_a_mixture_of_products(seed: int, terms: int) -> None:
    pair = random_separable_pair(seed, terms)
    assert entanglement.partial_transpose_eigenvalues(pair)[0] > -1e-12
    measures = (entanglement.concurrence, entanglement.negativity, entanglement.entanglement_of_formation)
    assert [measure(pair) for measure in measures] == pytest.approx([0, 0, 0], abs=1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_turning_each_half_for_itself_changes_no_measure(seed: int, rank: int) -> None:
    pair = random_pair(seed, rank)
    turn = qutip.tensor(qutip.rand_unitary(2, seed=seed % 1000), qutip.rand_unitary(2, seed=seed % 1000 + 1))
    turned = turn * pair * turn.dag()
    for measure in (entanglement.concurrence, entanglement.negativity, entanglement.entanglement_of_formation):
        assert measure(turned) == pytest.approx(measure(pair), abs=1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_the_partial_transposes_eigenvalues_are_qutips_with_at_most_one_below_zero(seed: int, rank: int) -> None:
    pair = random_pair(seed, rank)
    found = entanglement.partial_transpose_eigenvalues(pair)
    np.testing.assert_allclose(found, qutip.partial_transpose(pair, [1, 0]).eigenenergies(), atol=1e-12)
    assert (found < -1e-12).sum() <= 1
    assert (found[0] < -1e-6) <= (entanglement.concurrence(pair) > 0)


@given(st.floats(0, 1))
def test_a_blurred_bell_pairs_concurrence_is_its_coherence(coherence: float) -> None:
    pair = entanglement.dephased_state(coherence)
    assert entanglement.concurrence(pair) == pytest.approx(coherence, abs=1e-7)
    assert entanglement.negativity(pair) == pytest.approx(coherence / 2, abs=1e-9)


def test_two_measures_may_order_mixed_pairs_differently() -> None:
    one = 0.3 * entanglement.bell_state().proj() + 0.7 * qutip.basis([2, 2], [0, 1]).proj()
    other = entanglement.werner_state(0.5)
    assert [entanglement.concurrence(pair) for pair in (one, other)] == pytest.approx([0.3, 0.25], abs=1e-6)
    assert [entanglement.negativity(pair) for pair in (one, other)] == pytest.approx([0.0308, 0.125], abs=1e-4)


def test_a_published_table_of_measures_is_met() -> None:
    # Singh and others, arXiv:1907.09268: negativity, logarithmic negativity, entanglement of formation
    table = {0.1: (0.099, 0.262, 0.081), 0.2: (0.196, 0.477, 0.242), 0.4: (0.367, 0.793, 0.634)}
    for amplitude, printed in table.items():
        pair = entanglement.partly_entangled_state(np.rad2deg(np.arccos(amplitude)))
        found = (
            entanglement.negativity(pair),
            entanglement.log_negativity(pair),
            entanglement.entanglement_of_formation(pair),
        )
        assert found == pytest.approx(printed, abs=6e-4)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: entanglement.bell_state("phi"), "the Bell state is 'phi'; it must be one of 'phi+'"),
        (lambda: entanglement.werner_state(1.2), "visibility is 1.2; it must be between 0 and 1"),
        (lambda: entanglement.concurrence(qutip.basis(2, 0)), "the pair must be a ket or density operator"),
        (lambda: entanglement.negativity(2 * entanglement.bell_state()), "the pair is no state"),
        (lambda: entanglement.negativity("phi+"), "the pair must be a ket or density operator"),
        (
            lambda: entanglement.entanglement_entropy(entanglement.werner_state(0.5)),
            "the entropy of one half measures entanglement of a pure pair only",
        ),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
