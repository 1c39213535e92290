"""The reference solutions on teleportation agree with QuTiP, with the reference values, and with their own data."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import numpy as np
import pytest
import qutip

from exercises.stock_nbgrader import SOURCE
from exercises.teleportation_log import RUNS, mean_and_error, school_log, vendors_pair
from exercises.test_solutions import solved
from qlearn.grading.notebooks import read_notebook

SCHOOL, GRADUATE = "school-teleportation", "graduate-teleportation"
RESULTS = ("phi+", "psi+", "phi-", "psi-")
BITS = ("00", "01", "10", "11")
QUTIP_NAMES = ("00", "10", "01", "11")  # of the same four Bell states, in the same order
MOVES = (qutip.qeye(2), qutip.sigmax(), qutip.sigmaz(), qutip.sigmaz() * qutip.sigmax())
BELLS = tuple(qutip.bell_state(name) for name in QUTIP_NAMES)
ONE = qutip.qeye(2)


@pytest.fixture(scope="module")
def school() -> dict[str, Any]:
    return solved(SCHOOL)


@pytest.fixture(scope="module")
def graduate() -> dict[str, Any]:
    return solved(GRADUATE)


def source_of(assignment: str, cell_id: str) -> str:
    """The source of one cell of an exercise, by its id."""
    (path,) = (SOURCE / assignment).glob("*.ipynb")
    return str(next(cell.source for cell in read_notebook(path).cells if cell.id == cell_id))


def printed_by(assignment: str, names: dict[str, Any]) -> str:
    """What the cell that shows the numbers prints after right answers."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(source_of(assignment, "look"), names)  # noqa: S102  our own notebook
    return output.getvalue()


def werner(fidelity: float) -> qutip.Qobj:
    weights = [fidelity] + [(1 - fidelity) / 3] * 3
    return sum(weight * bell.proj() for weight, bell in zip(weights, BELLS, strict=True))


def branches(state: qutip.Qobj, pair: qutip.Qobj) -> list[qutip.Qobj]:
    """Bob's qubit for each result, its trace the probability."""
    whole = qutip.tensor(state.proj(), pair)
    found = [qutip.tensor(bell.proj(), ONE) for bell in BELLS]
    return [(one * whole * one).ptrace(2) for one in found]


def test_bell_states_of_qutip_are_those_of_the_notebooks() -> None:
    # QuTiP's psi- and phi- may come with another sign, which a projector does not see.
    for bell, terms in zip(BELLS, ((0, 3, 1), (1, 2, 1), (0, 3, -1), (1, 2, -1)), strict=True):
        amplitudes = np.zeros(4)
        amplitudes[[terms[0], terms[1]]] = np.array([1, terms[2]]) / np.sqrt(2)
        assert abs(np.vdot(amplitudes, bell.full().ravel())) == pytest.approx(1)


@pytest.mark.parametrize("angle", [0.0, 0.4, 1.2, 2.5])
def test_the_school_states_are_those_of_three_qubits(school: dict[str, Any], angle: float) -> None:
    sent = np.array([np.cos(angle), np.sin(angle)])
    state = qutip.Qobj(sent.reshape(2, 1))
    for result, bits, part in zip(RESULTS, BITS, branches(state, BELLS[0].proj()), strict=True):
        chance, held = school["bob_holds"](sent, result)
        assert chance == pytest.approx(part.tr().real)
        assert np.outer(held, held) == pytest.approx(part.full() / part.tr())
        assert abs(np.dot(school["correct"](np.array(held), bits), sent)) == pytest.approx(1)
    for guess in BITS:
        assert school["without_bits"](sent, guess)[1] == pytest.approx(0.5)


def test_only_one_correction_suits_each_result(school: dict[str, Any]) -> None:
    sent = np.array([0.6, 0.8])
    for result, bits in zip(RESULTS, BITS, strict=True):
        _, held = school["bob_holds"](sent, result)
        right = [other for other in BITS if abs(np.dot(school["correct"](np.array(held), other), sent)) > 1 - 1e-9]
        assert right == [bits]


def test_the_school_error_bar_is_the_scatter_of_the_mean(school: dict[str, Any]) -> None:
    rng = np.random.default_rng(21)
    chances, tested = np.array(RUNS["company A"][0]), np.array(RUNS["company A"][1])
    means, errors, _ = np.transpose(
        [school["verdict"](row, tested) for row in rng.binomial(tested, chances, size=(4000, 6))]
    )
    assert abs(means.mean() - chances.mean()) < 6 * means.std() / np.sqrt(4000)  # 2e-9
    assert means.std() / errors.mean() == pytest.approx(1, abs=6 / np.sqrt(2 * 4000) + 0.01)


def test_measuring_and_telling_reaches_two_thirds_over_the_six_states_of_the_log() -> None:
    kets = [ket for axis in (qutip.sigmaz(), qutip.sigmax(), qutip.sigmay()) for ket in axis.eigenstates()[1]]
    fidelities = [sum(abs(ket[k, 0]) ** 4 for k in (0, 1)) for ket in kets]
    assert fidelities == pytest.approx([1, 1, 0.5, 0.5, 0.5, 0.5])
    assert np.mean(fidelities) == pytest.approx(2 / 3)


def test_the_school_log_is_that_of_the_simulation(school: dict[str, Any]) -> None:
    printed = printed_by(SCHOOL, school)
    assert school["runs"] == school_log()
    assert "0.827 ± 0.009, +18.7" in printed
    rubric = source_of(SCHOOL, "explain_question")
    for name, (chances, tested) in RUNS.items():
        mean, error = mean_and_error(school_log()[name][0], tested)
        assert abs(mean - np.mean(chances)) < 0.61 * error
        assert f"{mean:.3f} ± {error:.3f}" in rubric
    passed, tested_by_b = school_log()["company B"]
    assert sum(passed) / sum(tested_by_b) == pytest.approx(0.84, abs=0.005)


def random_pairs() -> list[qutip.Qobj]:
    return [qutip.rand_dm([2, 2], rank=rank, seed=80 + rank) for rank in (1, 2, 3, 4)]


def test_the_graduate_teleportation_is_that_of_three_qubits(graduate: dict[str, Any]) -> None:
    for number, pair in enumerate([*random_pairs(), werner(0.7)]):
        ket = qutip.rand_ket(2, seed=90 + number)
        parts = branches(ket, pair)
        chances, bob = graduate["teleport"](ket.full().ravel(), pair.full())
        assert chances == pytest.approx([part.tr().real for part in parts])
        right = sum(move * part * move.dag() for move, part in zip(MOVES, parts, strict=True))
        assert bob == pytest.approx(right.full())


def test_the_graduate_mean_is_that_over_the_whole_sphere(graduate: dict[str, Any]) -> None:
    # Gauss-Legendre in cos(theta) and a few equal steps in phi integrate the fidelity exactly: it is of second order.
    heights, weights = np.polynomial.legendre.leggauss(3)
    for pair in [*random_pairs(), werner(0.85)]:
        total = 0.0
        for height, weight in zip(heights, weights, strict=True):
            for phi in 2 * np.pi * np.arange(5) / 5:
                theta = np.arccos(height)
                ket = np.array([np.cos(theta / 2), np.exp(1j * phi) * np.sin(theta / 2)])
                _, bob = graduate["teleport"](ket, pair.full())
                total += weight / 2 / 5 * (ket.conj() @ bob @ ket).real
        fidelity, mean = graduate["pair_value"](pair.full())
        assert fidelity == pytest.approx(qutip.expect(pair, BELLS[0]))
        assert mean == pytest.approx(total)


def test_the_graduate_values_are_anchors_e13_e14_e16_and_e17(graduate: dict[str, Any]) -> None:
    assert graduate["pair_value"](werner(0.85).full()) == pytest.approx((0.85, 0.9))
    assert graduate["pair_value"](werner(0.5).full())[1] == pytest.approx(2 / 3)
    assert graduate["chain_fidelity"]([0.95, 0.9]) == pytest.approx(0.8566666667, rel=1e-9)
    assert graduate["purify"](0.75) == pytest.approx((0.7884615385, 0.7222222222), rel=1e-9)


def test_the_graduate_prediction_is_three_quarters_and_no_bell_violation(graduate: dict[str, Any]) -> None:
    pair = 0.5 * BELLS[0].proj() + 0.5 * qutip.tensor(ONE, ONE) / 4
    assert graduate["pair_value"](pair.full()) == pytest.approx((5 / 8, 3 / 4))
    paulis = (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())
    correlations = np.array([[qutip.expect(qutip.tensor(a, b), pair) for b in paulis] for a in paulis])
    squares = np.sort(np.linalg.svd(correlations, compute_uv=False) ** 2)
    assert 2 * np.sqrt(squares[1] + squares[2]) < 2  # the largest CHSH value, by the Horodecki criterion


def test_a_purified_pair_is_what_gates_on_four_qubits_give(graduate: dict[str, Any]) -> None:
    zero, one = qutip.basis(2, 0).proj(), qutip.basis(2, 1).proj()

    def controlled_not(control: int) -> qutip.Qobj:
        first, second = [ONE] * 4, [ONE] * 4
        first[control], second[control], second[control + 2] = zero, one, qutip.sigmax()
        return qutip.tensor(first) + qutip.tensor(second)

    gates = controlled_not(0) * controlled_not(1)
    same = qutip.tensor(ONE, ONE, zero, zero) + qutip.tensor(ONE, ONE, one, one)
    for fidelity in (0.3, 0.5, 0.62, 0.8, 0.95):
        whole = gates * qutip.tensor(werner(fidelity), werner(fidelity)) * gates.dag()
        kept = (same * whole * same).ptrace([0, 1])
        better, success = graduate["purify"](fidelity)
        assert success == pytest.approx(kept.tr().real)
        assert better == pytest.approx(qutip.expect(kept, BELLS[0]) / kept.tr().real)


def test_the_graduate_cost_is_the_mean_of_played_attempts(graduate: dict[str, Any]) -> None:
    steps, pairs = graduate["cost"](0.75, 0.83)
    assert steps == 3
    successes, fidelity = [], 0.75
    for _ in range(steps):
        fidelity, success = graduate["purify"](fidelity)
        successes.append(success)
    rng = np.random.default_rng(22)

    def spent(level: int) -> int:
        if level == 0:
            return 1
        total = 0
        while True:
            total += spent(level - 1) + spent(level - 1)
            if rng.random() < successes[level - 1]:
                return total

    played = np.array([spent(steps) for _ in range(3000)])
    assert abs(played.mean() - pairs) < 6 * played.std() / np.sqrt(played.size)  # 2e-9


def test_the_graduate_cost_gives_up_below_one_half_alone(graduate: dict[str, Any]) -> None:
    assert graduate["cost"](0.49, 0.5) == (None, None)
    assert graduate["cost"](0.4, 0.35) == (0, 1)
    assert graduate["cost"](0.51, 0.9)[0] > 10


def test_the_graduate_letter_quotes_what_the_cell_prints(graduate: dict[str, Any]) -> None:
    printed = printed_by(GRADUATE, graduate)
    vendor = graduate["vendor"]
    assert vendor == pytest.approx(vendors_pair())
    assert np.linalg.eigvalsh(vendor)[0] > 0
    assert "F = 0.847, its root 0.920, mean fidelity 0.898" in printed
    rows = [line.split() for line in printed.splitlines()]
    assert ["6", "0.440", "0.627"] in rows
    assert ["6", "0.978", "0.876", "0", "125"] in rows
    assert ["5", "0.968", "0.826", "1", "151"] in rows
    rubric = source_of(GRADUATE, "explain_question")
    for number in ("0.847", "0.898", "0.440", "0.627", "0.429", "125", "151", "0.876"):
        assert number in rubric
        assert number in printed
