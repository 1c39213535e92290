"""Teleportation against a step-by-step circuit, against averages over the sphere, and against what nobody can pass."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from qlearn.errors import ParameterError
from qlearn.physics import teleportation
from qlearn.physics.entanglement import bell_state, werner_state
from qlearn.physics.states import bloch_vector, density_operator, ket_from_angles

seeds = st.integers(0, 2**32 - 1)
PLUS = ket_from_angles(np.pi / 2)
THREE = qutip.ket2dm(qutip.basis([2, 2, 2], [0, 0, 0]))


def random_ket(seed: int) -> qutip.Qobj:
    rng = np.random.default_rng(seed)
    return qutip.Qobj(rng.normal(size=2) + 1j * rng.normal(size=2)).unit()


def random_pair(seed: int, rank: int = 4) -> qutip.Qobj:
    rng = np.random.default_rng(seed)
    amplitudes = rng.normal(size=(4, rank)) + 1j * rng.normal(size=(4, rank))
    rho = amplitudes @ amplitudes.conj().T
    return qutip.Qobj(rho / np.trace(rho), dims=[[2, 2], [2, 2]])


def by_circuit(sent: qutip.Qobj, pair: qutip.Qobj) -> dict[str, tuple[float, qutip.Qobj]]:
    """The textbook circuit: controlled NOT, Hadamard, read both of Alice's qubits, then X and Z at Bob's."""
    rho = qutip.tensor(sent, pair)
    gates = qutip.gates
    for gate in (
        qutip.tensor(gates.cnot(), qutip.qeye(2)),
        qutip.tensor(gates.snot(), qutip.qeye(2), qutip.qeye(2)),
    ):
        rho = gate * rho * gate.dag()
    found = {}
    for bits in ("00", "01", "10", "11"):
        first, second = (int(bit) for bit in bits)
        projector = qutip.tensor(qutip.basis([2, 2], [first, second]).proj(), qutip.qeye(2))
        left = (projector * rho * projector).ptrace(2)
        turn = qutip.sigmaz() ** first * qutip.sigmax() ** second
        found[bits] = (float(left.tr().real), turn * left * turn.dag())
    return found


@given(seeds, seeds)
def test_it_is_the_textbook_circuit_for_any_qubit_and_any_pair(seed: int, other: int) -> None:
    sent, pair = random_ket(seed), random_pair(other)
    circuit = by_circuit(sent.proj(), pair)
    for branch in teleportation.teleport(sent, pair):
        probability, unnormalised = circuit[branch.bits]
        assert branch.probability == pytest.approx(probability, abs=1e-9)
        assert (branch.probability * branch.after - unnormalised).norm() < 1e-9


@given(seeds)
def test_a_perfect_pair_brings_every_qubit_across_whatever_the_outcome(seed: int) -> None:
    ket = random_ket(seed)
    branches = teleportation.teleport(ket, bell_state("phi+"))
    assert [branch.probability for branch in branches] == pytest.approx([0.25] * 4)
    for branch in branches:
        assert qutip.expect(branch.after, ket) == pytest.approx(1.0)
    assert teleportation.fidelity(ket, bell_state("phi+")) == pytest.approx(1.0)


@given(seeds)
def test_a_mixed_qubit_arrives_as_it_was(seed: int) -> None:
    sent = density_operator(np.random.default_rng(seed).uniform(-1, 1, 3) / 2)
    assert (teleportation.teleported_state(sent, bell_state("phi+")) - sent).norm() < 1e-9


@pytest.mark.parametrize(
    ("outcome", "bits", "signs"),
    [("phi+", "00", (1, 1, 1)), ("psi+", "01", (1, -1, -1)), ("phi-", "10", (-1, -1, 1)), ("psi-", "11", (-1, 1, -1))],
)
def test_before_the_correction_the_vector_is_flipped_along_two_axes_or_none(
    outcome: str, bits: str, signs: tuple[int, int, int]
) -> None:
    ket = ket_from_angles(1.1, 0.4)
    found = {branch.outcome: branch for branch in teleportation.teleport(ket, bell_state())}[outcome]
    assert found.bits == bits == teleportation.MESSAGES[outcome]
    np.testing.assert_allclose(bloch_vector(found.before), np.array(signs) * bloch_vector(ket), atol=1e-12)


@given(seeds, seeds, st.integers(1, 4))
def test_without_the_message_bob_has_his_half_of_the_pair_whatever_is_sent(seed: int, other: int, rank: int) -> None:
    pair = random_pair(other, rank)
    found = teleportation.state_without_message(random_ket(seed), pair)
    assert (found - pair.ptrace(1)).norm() < 1e-9
    noisy = teleportation.state_without_message(random_ket(seed), werner_state(0.7))
    np.testing.assert_allclose(bloch_vector(noisy), 0, atol=1e-9)


@given(seeds, seeds, st.integers(1, 4))
def test_every_branch_is_a_state_and_their_chances_add_up(seed: int, other: int, rank: int) -> None:
    branches = teleportation.teleport(random_ket(seed), random_pair(other, rank))
    assert sum(branch.probability for branch in branches) == pytest.approx(1.0)
    for branch in branches:
        for state in (branch.before, branch.after):
            assert state.tr() == pytest.approx(1.0)
            assert state.eigenenergies().min() > -1e-9
        assert 0 <= branch.probability <= 1


@given(seeds, st.integers(1, 4))
def test_the_mean_fidelity_of_any_pair_follows_from_its_overlap_with_phi_plus(seed: int, rank: int) -> None:
    pair = random_pair(seed, rank)
    expected = teleportation.average_fidelity(teleportation.pair_fidelity(pair))
    assert teleportation.average_fidelity_of_pair(pair) == pytest.approx(float(expected), abs=1e-9)


@pytest.mark.parametrize("visibility", [0.0, 1 / 3, 0.5, 0.8, 1.0])
def test_through_a_werner_pair_every_state_arrives_equally_well(visibility: float) -> None:
    pair = werner_state(visibility)
    for seed in range(5):
        ket = random_ket(seed)
        assert teleportation.fidelity(ket, pair) == pytest.approx((1 + visibility) / 2)
        arrived = bloch_vector(teleportation.teleported_state(ket, pair))
        np.testing.assert_allclose(arrived, visibility * bloch_vector(ket), atol=1e-9)


def test_six_states_average_like_the_whole_sphere() -> None:
    pair, rng = random_pair(5), np.random.default_rng(8)
    places = zip(np.arccos(rng.uniform(-1, 1, 2000)), rng.uniform(0, 2 * np.pi, 2000), strict=True)
    found = [teleportation.fidelity(ket_from_angles(theta, phi), pair) for theta, phi in places]
    # the fidelities of this pair spread by less than 0.15, so the mean of 2000 is sure to 0.0034
    assert np.std(found) < 0.15
    assert np.mean(found) == pytest.approx(teleportation.average_fidelity_of_pair(pair), abs=5 * 0.0034)


def test_measuring_and_telling_reaches_the_classical_limit_and_no_basis_does_better() -> None:
    """Measure along the z axis, prepare what was read: the mean over the sphere of cos^4 + sin^4."""
    mean, _ = quad(lambda t: (np.cos(t / 2) ** 4 + np.sin(t / 2) ** 4) * np.sin(t) / 2, 0, np.pi)
    assert mean == pytest.approx(teleportation.classical_limit())
    # with a separable pair nothing passes the limit either: its overlap with any Bell state is one half at most
    rng = np.random.default_rng(3)
    for _ in range(50):
        weights = rng.dirichlet(np.ones(3))
        products = [qutip.tensor(random_ket(rng.integers(2**32)), random_ket(rng.integers(2**32))) for _ in range(3)]
        mixture = sum(weight * ket.proj() for weight, ket in zip(weights, products, strict=True))
        assert teleportation.average_fidelity_of_pair(mixture) <= teleportation.classical_limit() + 1e-9
    assert teleportation.average_fidelity_of_pair(qutip.basis([2, 2], [0, 0])) == pytest.approx(2 / 3)


def test_a_guess_in_more_levels_by_brute_force() -> None:
    """Prepare the level that was read: the mean of sum p^2 over random states of d levels is 2/(d + 1)."""
    rng = np.random.default_rng(12)
    for dimension in (2, 3, 4):
        amplitudes = rng.normal(size=(200_000, dimension)) + 1j * rng.normal(size=(200_000, dimension))
        weights = np.abs(amplitudes) ** 2
        scores = ((weights / weights.sum(axis=1, keepdims=True)) ** 2).sum(axis=1)
        error = scores.std() / np.sqrt(len(scores))
        assert abs(scores.mean() - teleportation.classical_limit(dimension)) < 5 * error


@pytest.mark.parametrize("dimension", [2, 3, 5])
def test_a_pair_of_fidelity_one_over_d_just_reaches_the_classical_limit(dimension: int) -> None:
    found = teleportation.average_fidelity(1 / dimension, dimension=dimension)
    assert float(found) == pytest.approx(teleportation.classical_limit(dimension))


@given(st.floats(0, 1), st.integers(2, 9))
def test_needed_and_mean_fidelity_undo_each_other(fidelity: float, dimension: int) -> None:
    mean = teleportation.average_fidelity(fidelity, dimension=dimension)
    assert 1 / (dimension + 1) - 1e-12 <= float(mean) <= 1
    assert float(teleportation.needed_pair_fidelity(mean, dimension=dimension)) == pytest.approx(fidelity, abs=1e-9)


def test_the_other_bell_pairs_need_other_corrections() -> None:
    for outcome in teleportation.MESSAGES:
        mean = teleportation.average_fidelity_of_pair(bell_state(outcome))
        assert mean == pytest.approx(1.0 if outcome == "phi+" else 1 / 3)
        turned = qutip.tensor(qutip.qeye(2), teleportation.correction(outcome)) * bell_state(outcome)
        assert teleportation.average_fidelity_of_pair(turned) == pytest.approx(1.0)


def test_an_outcome_that_never_happens_leaves_the_evenly_mixed_state() -> None:
    branches = teleportation.teleport(qutip.basis(2, 1), qutip.basis([2, 2], [0, 0]))
    assert [branch.probability for branch in branches] == pytest.approx([0, 0.5, 0, 0.5])
    np.testing.assert_allclose(bloch_vector(branches[0].before), 0, atol=1e-12)


def test_known_values() -> None:
    assert float(teleportation.average_fidelity(0.85)) == pytest.approx(0.9)  # E13
    assert teleportation.average_fidelity_of_pair(werner_state(0.8)) == pytest.approx(0.9)  # E13, with V = 0.8
    assert [teleportation.classical_limit(d) for d in (2, 3)] == pytest.approx([2 / 3, 0.5])  # E14
    assert teleportation.average_fidelity_of_pair(werner_state(0.5)) == pytest.approx(0.75)  # Barrett 2001


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: teleportation.teleport(2 * PLUS, bell_state()), "state has norm 2; normalise it"),
        (lambda: teleportation.teleport(PLUS, PLUS), "the pair must be a ket or density operator of two qubits"),
        (lambda: teleportation.teleport(bell_state(), bell_state()), "state is a Qobj of shape (4, 1)"),
        (lambda: teleportation.fidelity(PLUS.proj(), bell_state()), "a fidelity compares with a pure state"),
        (lambda: teleportation.average_fidelity(1.2), "pair_fidelity is 1.2; it must be between 0 and 1"),
        (lambda: teleportation.average_fidelity(float("nan")), "pair_fidelity is nan; it must be between 0 and 1"),
        (lambda: teleportation.average_fidelity(0.9, dimension=1), "dimension is 1; it must be a whole number"),
        (lambda: teleportation.needed_pair_fidelity(0.2), "average is 0.2; it must be between 0.333333 and 1"),
        (lambda: teleportation.classical_limit(2.5), "dimension is 2.5; it must be a whole number of at least 2"),
        (lambda: teleportation.pair_fidelity(bell_state(), "phi"), "the Bell state is 'phi'; it must be one of"),
        (lambda: teleportation.correction("phi"), "the outcome is 'phi'; it must be one of 'phi+'"),
        (
            lambda: teleportation.bell_branches(werner_state(0.5), measured=(0, 1), receiver=2),
            "measured is (0, 1) and the receiver 2; they must be three different qubits of 2",
        ),
        (
            lambda: teleportation.bell_branches(bell_state(), measured=(0, 1), receiver=2),
            "joint must be a density operator of qubits",
        ),
        (
            lambda: teleportation.bell_branches(THREE, measured=0, receiver=2),
            "measured is 0 and the receiver 2; they must be three different qubits of 3",
        ),
        (
            lambda: teleportation.bell_branches(THREE, measured=(0, 1), receiver="Bob"),
            "measured is (0, 1) and the receiver 'Bob'; they must be three different qubits of 3",
        ),
        (lambda: teleportation.correction(["phi+"]), "the outcome is ['phi+']; it must be one of 'phi+', 'psi+'"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
