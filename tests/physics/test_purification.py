"""Swapping, purification and hashing: every closed form against states of four qubits."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics import entanglement, purification, teleportation

fidelities = st.floats(0, 1)


def werner(fidelity: float) -> qutip.Qobj:
    """A Werner pair by its fidelity, down to 0, where the visibility is below zero."""
    phi = entanglement.bell_state("phi+").proj()
    return fidelity * phi + (1 - fidelity) / 3 * (qutip.qeye([2, 2]) - phi)


def bell_weights(pair: qutip.Qobj) -> dict[str, float]:
    names = ("phi+", "phi-", "psi+", "psi-")
    return {name: float(qutip.expect(pair, entanglement.bell_state(name))) for name in names}


@given(st.floats(0, 1))
def test_fidelity_and_visibility_of_a_werner_pair_undo_each_other(visibility: float) -> None:
    fidelity = float(purification.werner_fidelity(visibility))
    assert fidelity == pytest.approx(teleportation.pair_fidelity(entanglement.werner_state(visibility)), abs=1e-9)
    assert float(purification.werner_visibility(fidelity)) == pytest.approx(visibility, abs=1e-9)
    assert (werner(fidelity) - entanglement.werner_state(visibility)).norm() < 1e-9


@given(fidelities, fidelities)
def test_swapping_werner_pairs_is_the_measurement_on_four_qubits(left: float, right: float) -> None:
    expected = float(purification.swapped_fidelity(left, right))
    branches = purification.swap(werner(left), werner(right))
    assert [branch.probability for branch in branches] == pytest.approx([0.25] * 4)
    for branch in branches:
        assert (branch.after - werner(expected)).norm() < 1e-9
        assert qutip.expect(branch.before, entanglement.bell_state(branch.outcome)) == pytest.approx(expected, abs=1e-9)


@given(fidelities, fidelities)
def test_visibilities_multiply_in_a_swap(left: float, right: float) -> None:
    joined = purification.werner_visibility(purification.swapped_fidelity(left, right))
    product = purification.werner_visibility(left) * purification.werner_visibility(right)
    assert float(joined) == pytest.approx(float(product), abs=1e-9)


def test_swapping_is_teleporting_half_of_a_pair() -> None:
    """A qubit that is itself entangled is teleported with its entanglement."""
    rng = np.random.default_rng(4)
    amplitudes = rng.normal(size=4) + 1j * rng.normal(size=4)
    left = qutip.Qobj(amplitudes, dims=[[2, 2], [1, 1]]).unit()
    for branch in purification.swap(left, entanglement.bell_state()):
        assert qutip.expect(branch.after, left) == pytest.approx(1.0)


@given(fidelities, st.integers(1, 6))
def test_a_chain_is_swapping_again_and_again(fidelity: float, links: int) -> None:
    joined = fidelity
    for _ in range(links - 1):
        joined = float(purification.swapped_fidelity(joined, fidelity))
    assert float(purification.chain_fidelity(fidelity, links)) == pytest.approx(joined, abs=1e-9)


@given(fidelities)
def test_purifying_werner_pairs_is_the_circuit_on_four_qubits(fidelity: float) -> None:
    success, pair = purification.purify(werner(fidelity), werner(fidelity))
    assert success == pytest.approx(float(purification.purification_success(fidelity)), abs=1e-9)
    expected = float(purification.purified_fidelity(fidelity))
    assert teleportation.pair_fidelity(pair) == pytest.approx(expected, abs=1e-9)
    assert 0.5 - 1e-9 <= success <= 1 + 1e-9
    assert entanglement.pair_density(pair).tr() == pytest.approx(1.0)


def test_what_is_kept_is_no_werner_pair() -> None:
    """Its other three weights differ, so the formula holds again only after random rotations."""
    _, pair = purification.purify(werner(0.75), werner(0.75))
    weights = bell_weights(pair)
    assert sum(weights.values()) == pytest.approx(1.0)
    others = sorted(weights[name] for name in ("phi-", "psi+", "psi-"))
    assert others[-1] - others[0] > 0.05


@given(st.floats(0.5001, 0.9999))
def test_purifying_helps_exactly_between_one_half_and_one(fidelity: float) -> None:
    assert float(purification.purified_fidelity(fidelity)) > fidelity
    assert float(purification.purified_fidelity(1 - fidelity)) < 0.5
    for still in (0.25, 0.5, 1.0):
        assert float(purification.purified_fidelity(still)) == pytest.approx(still)


def test_purifying_again_and_again_leads_to_a_perfect_pair() -> None:
    fidelity = 0.51
    for _ in range(60):
        fidelity = float(purification.purified_fidelity(fidelity))
    assert fidelity > 0.999


@given(st.integers(0, 2**32 - 1))
def test_a_perfect_pair_in_the_test_keeps_what_has_equal_bits(seed: int) -> None:
    """Testing against a perfect pair asks whether both sides agree, and removes the Psi states."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(4))
    names = ("phi+", "phi-", "psi+", "psi-")
    mixture = sum(w * entanglement.bell_state(name).proj() for w, name in zip(weights, names, strict=True))
    success, pair = purification.purify(mixture, entanglement.bell_state())
    assert success == pytest.approx(weights[0] + weights[1])
    assert bell_weights(pair)["phi+"] == pytest.approx(weights[0] / success)


def test_a_pair_that_is_never_kept_is_given_as_noise() -> None:
    success, pair = purification.purify(entanglement.bell_state("psi+"), entanglement.bell_state("phi+"))
    assert success == 0
    assert (pair - qutip.qeye([2, 2]) / 4).norm() < 1e-12


@given(fidelities)
def test_the_hashing_yield_is_one_less_the_entropy_of_the_pair(fidelity: float) -> None:
    entropy = qutip.entropy_vn(werner(fidelity), base=2)
    assert float(purification.hashing_yield(fidelity)) == pytest.approx(1 - entropy, abs=1e-6)


def test_hashing_needs_a_far_better_pair_than_purification() -> None:
    threshold = purification.hashing_threshold()
    assert float(purification.hashing_yield(threshold)) == pytest.approx(0, abs=1e-12)
    assert threshold > 0.5


def test_known_values() -> None:
    assert float(purification.swapped_fidelity(0.95, 0.9)) == pytest.approx(0.8566666667, rel=1e-7)  # E16
    assert float(purification.purified_fidelity(0.75)) == pytest.approx(0.7884615385, rel=1e-7)  # E17
    assert float(purification.purification_success(0.75)) == pytest.approx(0.7222222222, rel=1e-7)  # E17
    assert purification.hashing_threshold() == pytest.approx(0.8107103751, abs=1e-9)  # E19


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: purification.swapped_fidelity(1.1, 0.9), "left is 1.1; it must be between 0 and 1"),
        (lambda: purification.swapped_fidelity(0.9, -0.1), "right is -0.1; it must be between 0 and 1"),
        (lambda: purification.purified_fidelity(float("nan")), "fidelity is nan; it must be between 0 and 1"),
        (lambda: purification.hashing_yield("high"), "fidelity is 'high'; it must be a real number between 0 and 1"),
        (lambda: purification.chain_fidelity(0.9, 0), "links is 0; it must be a whole number of at least 1"),
        (lambda: purification.werner_fidelity(-0.5), "visibility is -0.5; it must be between -0.333333 and 1"),
        (lambda: purification.purify(qutip.basis(2, 0), werner(0.8)), "the pair must be a ket or density operator"),
        (lambda: purification.swap(werner(0.8), 2 * werner(0.8)), "the pair is no state"),
        (
            lambda: purification.swapped_fidelity([0.9, 0.8], [0.9, 0.8, 0.7]),
            "left of shape (2,) and right of shape (3,) do not fit",
        ),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
