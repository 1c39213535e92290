"""The reference solutions on two qubits agree with the physics of the book, with QuTiP, and with their own comments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import qutip

from exercises.test_solutions import solved
from qlearn.physics import entanglement
from qlearn.physics.bell import largest_chsh_value

PAIR = [[2, 2], [2, 2]]
DIAGONAL = np.kron([[1, 1], [1, -1]], [[1, 1], [1, -1]]) / 2
CORRELATION = np.array([1, -1, -1, 1])


@pytest.fixture(scope="module")
def school() -> dict[str, Any]:
    return solved("school-two-qubits")


@pytest.fixture(scope="module")
def graduate() -> dict[str, Any]:
    return solved("graduate-two-qubits")


def random_kets(count: int, seed: int, *, real: bool = False) -> list[Any]:
    rng = np.random.default_rng(seed)
    kets = rng.normal(size=(count, 4)) + (0 if real else 1j * rng.normal(size=(count, 4)))
    return list(kets / np.linalg.norm(kets, axis=1, keepdims=True))


def random_pairs() -> list[qutip.Qobj]:
    return [qutip.rand_dm(PAIR[0], rank=rank, seed=50 + rank) for rank in (1, 2, 3, 4)]


def with_noise(ket: Any, share: float) -> qutip.Qobj:
    return qutip.Qobj(share * np.outer(ket, np.conj(ket)) + (1 - share) * np.eye(4) / 4, dims=PAIR)


def test_the_school_chances_are_borns(school: dict[str, Any]) -> None:
    up = qutip.basis(2, 0).proj()
    for ket in random_kets(5, 1, real=True):
        pair = qutip.Qobj(ket, dims=[[2, 2], [1]])
        joint, alice, bob = school["chances"](ket)
        assert joint == pytest.approx(np.diag(pair.proj().full()).real)
        assert alice == pytest.approx(qutip.expect(up, pair.ptrace(0)))
        assert bob == pytest.approx(qutip.expect(up, pair.ptrace(1)))


def test_the_school_criterion_is_concurrence_zero(school: dict[str, Any]) -> None:
    products = [np.kron(*np.split(ket, 2)) / np.linalg.norm(np.kron(*np.split(ket, 2))) for ket in random_kets(5, 2)]
    for ket in [*random_kets(5, 3, real=True), *products]:
        concurrence = entanglement.concurrence(qutip.Qobj(ket, dims=[[2, 2], [1]]))
        assert school["is_product"](ket) == (concurrence < 1e-5)


def test_the_school_turn_and_correlation_are_those_of_the_pauli_operators(school: dict[str, Any]) -> None:
    for ket in random_kets(5, 4, real=True):
        turned = np.array(school["in_diagonal_basis"](ket))
        assert turned == pytest.approx(DIAGONAL @ ket)
        for amplitudes, operator in ((ket, qutip.sigmaz()), (turned, qutip.sigmax())):
            both = qutip.tensor(operator, operator)
            expected = qutip.expect(both, qutip.Qobj(ket, dims=[[2, 2], [1]]))
            assert school["correlation"](amplitudes**2) == pytest.approx(expected)


def test_no_mixture_of_products_has_more_evidence_than_one_and_a_bell_pair_has_two(school: dict[str, Any]) -> None:
    rng = np.random.default_rng(5)
    for _ in range(200):
        factors = rng.normal(size=(3, 2, 2)) + 1j * rng.normal(size=(3, 2, 2))
        weights = rng.dirichlet(np.ones(3))
        rows = np.zeros((2, 4))
        for weight, (alice, bob) in zip(weights, factors, strict=True):
            ket = np.kron(alice, bob) / np.linalg.norm(np.kron(alice, bob))
            rows += weight * np.abs([ket, DIAGONAL @ ket]) ** 2
        assert school["evidence"](*rows) <= 1 + 1e-12
    bell = entanglement.bell_state("psi-").full().ravel()
    assert school["evidence"](np.abs(bell) ** 2, np.abs(DIAGONAL @ bell) ** 2) == pytest.approx(2)


def test_the_school_lamps_are_where_the_text_says(school: dict[str, Any]) -> None:
    evidence = {name: school["evidence"](*counts) for name, counts in school["lamps"].items()}
    assert evidence == pytest.approx({"A": 1.018, "B": 1.86, "C": 0.96, "D": 1.726})
    largest_error = np.sqrt(2 / 1000)
    assert largest_error < 0.045
    assert all(abs(value - 1.25) > 5 * largest_error for value in evidence.values())
    assert all(sum(row) == 1000 for counts in school["lamps"].values() for row in counts)


def test_alices_basis_does_not_show_in_bobs_chance(school: dict[str, Any]) -> None:
    for ket in random_kets(6, 6, real=True):
        first, second = (school["bobs_chances"](ket, basis) for basis in (0, 1))
        bob = qutip.Qobj(ket, dims=[[2, 2], [1]]).ptrace(1).full()[0, 0].real
        assert first[2] == pytest.approx(second[2]) == pytest.approx(bob)
        assert abs(first[0] - second[0]) > 1e-3


def test_the_graduate_reduced_states_are_qutips(graduate: dict[str, Any]) -> None:
    for pair in random_pairs():
        for qubit, half in enumerate(graduate["reduced_states"](pair.full())):
            assert half == pytest.approx(pair.ptrace(qubit).full())


def test_the_graduate_schmidt_coefficients_and_entropy_agree_with_the_book(graduate: dict[str, Any]) -> None:
    for ket in random_kets(6, 7):
        pair = qutip.Qobj(ket, dims=[[2, 2], [1]])
        coefficients, entropy = graduate["schmidt"](ket)
        assert np.sort(np.square(coefficients)) == pytest.approx(pair.ptrace(0).eigenenergies())
        assert entropy == pytest.approx(entanglement.entanglement_entropy(pair))
        # of a pure pair the entanglement of formation is the entropy of a half
        assert graduate["wootters"](np.outer(ket, ket.conj()))[1] == pytest.approx(entropy, abs=1e-6)


def test_the_graduate_measures_agree_with_the_book_and_with_qutip(graduate: dict[str, Any]) -> None:
    for pair in [*random_pairs(), *(entanglement.werner_state(p) for p in (0.2, 0.5, 0.9))]:
        concurrence, _ = graduate["wootters"](pair.full())
        negativity, logarithmic = graduate["peres"](pair.full())
        assert concurrence == pytest.approx(entanglement.concurrence(pair), abs=1e-7)
        assert concurrence == pytest.approx(qutip.concurrence(pair), abs=1e-6)
        assert negativity == pytest.approx(entanglement.negativity(pair), abs=1e-9)
        assert negativity == pytest.approx(qutip.negativity(pair, 0), abs=1e-9)
        assert logarithmic == pytest.approx(entanglement.log_negativity(pair), abs=1e-8)


def test_the_graduate_measures_of_a_bell_state_are_anchor_e01(graduate: dict[str, Any]) -> None:
    ket = entanglement.bell_state("phi+").full().ravel()
    rho = np.outer(ket, ket.conj())
    values = [*graduate["wootters"](rho), *graduate["peres"](rho), graduate["schmidt"](ket)[1]]
    assert values == pytest.approx([1, 1, 0.5, 1, 1], abs=1e-7)


def test_the_graduate_thresholds_of_the_singlet_are_anchor_e03(graduate: dict[str, Any]) -> None:
    thresholds = graduate["noise_thresholds"](entanglement.bell_state("psi-").full().ravel())
    assert thresholds == pytest.approx((0.3333333333, 0.7071067812), rel=1e-8)


def test_at_the_graduate_thresholds_entanglement_and_violation_begin(graduate: dict[str, Any]) -> None:
    for ket in random_kets(6, 8):
        entangled, violating = graduate["noise_thresholds"](ket)
        assert entanglement.negativity(with_noise(ket, entangled - 1e-6)) == pytest.approx(0, abs=1e-12)
        assert entanglement.negativity(with_noise(ket, entangled + 1e-4)) > 1e-6
        assert largest_chsh_value(with_noise(ket, violating)) == pytest.approx(2)


def test_the_given_inversion_returns_the_state_from_its_own_probabilities(graduate: dict[str, Any]) -> None:
    pair = random_pairs()[2]
    counts = []
    for first, second in graduate["SETTINGS"]:
        a, b = (graduate["PAULI"][name] for name in (first, second))
        outcomes = [np.kron(np.eye(2) + x * a, np.eye(2) + y * b) / 4 for x in (1, -1) for y in (1, -1)]
        counts.append([np.trace(pair.full() @ outcome).real for outcome in outcomes])
    assert graduate["linear_inversion"](counts) == pytest.approx(pair.full())


def test_the_two_sources_are_what_the_marker_reads(graduate: dict[str, Any]) -> None:
    raw = {name: graduate["linear_inversion"](graduate[f"source_{name}"]) for name in "kl"}
    rho = {name: graduate["physical_state"](matrix) for name, matrix in raw.items()}
    assert np.linalg.eigvalsh(raw["k"]).min() > 0.05
    assert np.linalg.eigvalsh(raw["l"]).min() == pytest.approx(-0.07, abs=0.005)
    assert graduate["wootters"](rho["k"]) == pytest.approx((0.41, 0.26), abs=0.005)
    assert graduate["peres"](rho["k"])[0] == pytest.approx(0.203, abs=0.0005)
    assert [graduate["peres"](matrix)[0] for matrix in (raw["l"], rho["l"])] == pytest.approx([0.47, 0.41], abs=0.005)
    for name, chsh in (("k", 1.76), ("l", 2.57)):
        assert largest_chsh_value(qutip.Qobj(rho[name], dims=PAIR)) == pytest.approx(chsh, abs=0.005)
    assert graduate["negativity_with_error"](graduate["source_k"], 400, 1)[1] == pytest.approx(0.008, abs=0.0015)
    assert graduate["negativity_with_error"](graduate["source_l"], 400, 1)[1] == pytest.approx(0.026, abs=0.005)


def test_a_right_bootstrap_passes_whatever_its_random_numbers() -> None:
    names = solved("graduate-two-qubits")
    right: Callable[..., Any] = names["negativity_with_error"]
    for shift in range(1, 7):
        names["negativity_with_error"] = lambda counts, repetitions, seed, shift=shift: right(
            counts, repetitions, seed + 100_000 * shift
        )
        exec(names["check_cells"]["test_measured"], names)  # noqa: S102  our own notebook
