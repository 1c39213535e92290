"""Answers of both halves: against brute force, and what no state and no axis may break."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from physics.random_pairs import random_axis, random_pair, random_separable_pair
from qlearn.errors import ParameterError
from qlearn.physics import bell, pair_correlations
from qlearn.physics.entanglement import concurrence
from qlearn.physics.pairs import bell_state, dephased_state, partly_entangled_state, werner_state

SEEDS = st.integers(0, 2**32 - 1)
PAULI = np.array([[[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])


@given(SEEDS, st.integers(1, 4))
def test_joint_probabilities_are_those_of_explicit_eigenvectors(seed: int, rank: int) -> None:
    pair, axes = random_pair(seed, rank), [random_axis(seed + 1), random_axis(seed + 2)]
    # columns in falling order of the eigenvalues +1 and -1
    kets = [np.linalg.eigh(np.tensordot(axis, PAULI, 1))[1][:, ::-1] for axis in axes]
    expected = np.empty((2, 2))
    for s, t in np.ndindex(2, 2):
        ket = np.kron(kets[0][:, s], kets[1][:, t])
        expected[s, t] = (ket.conj() @ pair.full() @ ket).real
    found = pair_correlations.joint_probabilities(pair, *axes)
    np.testing.assert_allclose(found, expected, atol=1e-12)
    assert found.sum() == pytest.approx(1.0)


@given(SEEDS, st.integers(1, 4))
def test_what_alice_sees_does_not_depend_on_bobs_axis(seed: int, rank: int) -> None:
    pair, alice = random_pair(seed, rank), random_axis(seed + 1)
    alone = [
        pair_correlations.joint_probabilities(pair, alice, random_axis(seed + shift)).sum(axis=1) for shift in (2, 3)
    ]
    np.testing.assert_allclose(*alone, atol=1e-12)
    mean = qutip.expect(qutip.Qobj(np.tensordot(alice, PAULI, 1)), pair.ptrace(0))
    assert alone[0][0] - alone[0][1] == pytest.approx(mean, abs=1e-12)


@given(SEEDS, st.integers(1, 4))
def test_a_correlation_is_the_matrix_between_two_axes(seed: int, rank: int) -> None:
    pair, alice, bob = random_pair(seed, rank), random_axis(seed + 1), random_axis(seed + 2)
    matrix = pair_correlations.correlation_matrix(pair)
    assert pair_correlations.correlation(pair, alice, bob) == pytest.approx(alice @ matrix @ bob, abs=1e-12)


@given(st.floats(-180, 180), st.floats(-180, 180), st.floats(0, 1))
def test_a_noisy_bell_pair_follows_the_fringe_of_the_bell_test(a: float, b: float, visibility: float) -> None:
    axes = pair_correlations.linear_axis(a), pair_correlations.linear_axis(b)
    found = pair_correlations.correlation(werner_state(visibility), *axes)
    assert found == pytest.approx(float(bell.correlation(a, b, visibility=visibility)), abs=1e-12)
    observable = np.tensordot(axes[0], PAULI, 1)
    np.testing.assert_allclose(observable, bell.analyser(a).full(), atol=1e-12)


@given(st.floats(-180, 180), st.floats(-180, 180))
def test_two_coins_that_agree_follow_a_product_of_cosines(a: float, b: float) -> None:
    axes = pair_correlations.linear_axis(a), pair_correlations.linear_axis(b)
    expected = np.cos(2 * np.deg2rad(a)) * np.cos(2 * np.deg2rad(b))
    assert pair_correlations.correlation(dephased_state(0.0), *axes) == pytest.approx(expected, abs=1e-12)


def test_coins_and_bell_pair_agree_in_one_basis_and_differ_in_the_other() -> None:
    coins, pair = dephased_state(0.0), bell_state("phi+")
    assert [pair_correlations.correlation(one, "z", "z") for one in (coins, pair)] == pytest.approx([1, 1])
    assert [pair_correlations.correlation(one, "x", "x") for one in (coins, pair)] == pytest.approx([0, 1])
    np.testing.assert_allclose(pair_correlations.joint_probabilities(coins, "x", "x"), np.full((2, 2), 0.25))


@given(SEEDS)
def test_separate_qubits_have_no_covariance_however_much_they_agree(seed: int) -> None:
    product = random_separable_pair(seed, 1)
    axes = random_axis(seed + 1), random_axis(seed + 2)
    assert pair_correlations.covariance(product, *axes) == pytest.approx(0.0, abs=1e-12)
    joint = pair_correlations.joint_probabilities(product, *axes)
    np.testing.assert_allclose(joint, np.outer(joint.sum(axis=1), joint.sum(axis=0)), atol=1e-12)


def test_a_covariance_leaves_out_what_each_does_alone() -> None:
    pair = partly_entangled_state(30.0)
    assert pair_correlations.correlation(pair, "z", "z") == pytest.approx(1.0)
    assert pair_correlations.covariance(pair, "z", "z") == pytest.approx(1 - 0.5**2)


@given(SEEDS, st.integers(1, 6), st.sampled_from(["zx", "xyz", "yz"]))
def test_no_mixture_of_products_goes_beyond_one(seed: int, terms: int, axes: str) -> None:
    pair = random_separable_pair(seed, terms)
    assert pair_correlations.correlation_sum(pair, axes) <= 1 + 1e-12


@given(st.floats(0, 1))
def test_a_werner_states_sums_are_two_and_three_visibilities(visibility: float) -> None:
    pair = werner_state(visibility, "psi-")
    assert pair_correlations.correlation_sum(pair) == pytest.approx(2 * visibility, abs=1e-12)
    assert pair_correlations.correlation_sum(pair, "xyz") == pytest.approx(3 * visibility, abs=1e-12)
    beyond = 3 * visibility > 1 + 1e-6
    assert beyond <= (concurrence(pair) > 0)
    assert not (3 * visibility < 1 - 1e-6 and concurrence(pair) > 1e-9)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: pair_correlations.linear_axis(np.inf), "angle_deg is inf; it must be between -360 and 360 degrees"),
        (lambda: pair_correlations.correlation(bell_state(), "w", "z"), "alice is 'w'; an axis is 'x', 'y', 'z' or a"),
        (lambda: pair_correlations.covariance(bell_state(), "z", [1, 0]), "bob is [1, 0]; an axis is"),
        (lambda: pair_correlations.joint_probabilities(bell_state(), [1, 1, 0], "z"), "alice is [1, 1, 0]; an axis"),
        (lambda: pair_correlations.joint_probabilities(qutip.basis(2, 0), "z", "z"), "the pair must be a ket or"),
        (lambda: pair_correlations.correlation_sum(bell_state(), "zz"), "axes is 'zz'; it must hold two or three"),
        (lambda: pair_correlations.correlation_sum(bell_state(), "z"), "axes is 'z'; it must hold two or three"),
        (lambda: pair_correlations.correlation_matrix(2 * bell_state()), "the pair is no state"),
        (lambda: pair_correlations.correlation_sum(bell_state(), None), "axes is None; it must hold two or three"),
        (lambda: pair_correlations.correlation_sum(bell_state(), [["z"], "x"]), "axes is [['z'], 'x']; it must hold"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
