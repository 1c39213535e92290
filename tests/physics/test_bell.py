"""CHSH against QuTiP, brute force over plans and angles, and simulated rounds."""

import itertools
from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from qlearn.errors import ParameterError
from qlearn.physics import bell
from qlearn.physics.entanglement import bell_state, werner_state
from qlearn.physics.states import polarisation

angles = st.floats(-180, 180)
two_angles = st.tuples(angles, angles)
visibilities = st.floats(0, 1)


@given(two_angles, two_angles, visibilities)
def test_probabilities_are_borns_rule_on_the_noisy_pair(alice: Any, bob: Any, visibility: float) -> None:
    rho = werner_state(visibility)
    seen = bell.outcome_probabilities(alice, bob, visibility=visibility)
    for x, y, a, b in itertools.product((0, 1), repeat=4):
        ket = qutip.tensor(polarisation(alice[x] + 90 * a), polarisation(bob[y] + 90 * b))
        assert seen[x, y, a, b] == pytest.approx(qutip.expect(ket.proj(), rho), abs=1e-9)


@given(two_angles, two_angles, visibilities)
def test_the_chsh_value_is_the_mean_of_the_operator(alice: Any, bob: Any, visibility: float) -> None:
    value = bell.chsh_value(alice, bob, visibility=visibility)
    assert value == pytest.approx(bell.chsh_value_of_state(werner_state(visibility), alice, bob), abs=1e-9)
    assert abs(value) <= visibility * bell.tsirelson_bound() + 1e-9
    assert abs(value) <= bell.largest_chsh_value(werner_state(visibility)) + 1e-9


@given(two_angles, two_angles, visibilities, st.floats(-90, 90))
def test_only_differences_of_angles_matter(alice: Any, bob: Any, visibility: float, turn: float) -> None:
    turned = bell.chsh_value([a + turn for a in alice], [b + turn for b in bob], visibility=visibility)
    assert turned == pytest.approx(bell.chsh_value(alice, bob, visibility=visibility), abs=1e-9)
    half = bell.correlation(np.add(alice, 180), bob, visibility=visibility)
    np.testing.assert_allclose(half, bell.correlation(alice, bob, visibility=visibility), atol=1e-12)


def test_the_best_angles_are_the_best_of_a_search() -> None:
    found = minimize(lambda x: -bell.chsh_value(x[:2] * 360, x[2:] * 360), [0.05, 0.2, 0.1, -0.1], method="Nelder-Mead")
    assert -found.fun == pytest.approx(bell.chsh_value(), abs=1e-6)
    assert bell.chsh_value() == pytest.approx(bell.tsirelson_bound())


def test_no_measurements_on_any_state_pass_tsirelsons_bound() -> None:
    """The largest eigenvalue of the CHSH operator bounds S for every state; try many pairs of angles."""
    largest = 0.0
    for a, b in itertools.product(np.linspace(0, 90, 37), repeat=2):
        alice, bob = [[bell.analyser(0), bell.analyser(turn)] for turn in (a, b)]
        operator = sum((-1) ** (x * y) * qutip.tensor(alice[x], bob[y]) for x, y in itertools.product((0, 1), repeat=2))
        largest = max(largest, float(operator.eigenenergies().max()))
    assert largest == pytest.approx(bell.tsirelson_bound(), abs=1e-9)


def test_sixteen_plans_and_none_passes_two() -> None:
    plans = bell.local_strategies()
    assert len({tuple(plan.ravel()) for plan in plans}) == 16
    assert {bell.local_value(plan) for plan in plans} == {2, -2}
    assert bell.best_local_value() == 2


def test_a_plan_wins_three_questions_of_four_or_one() -> None:
    for plan in bell.local_strategies():
        wins = sum(
            (plan[0, x] * plan[1, y] == 1) != (x == 1 and y == 1) for x, y in itertools.product((0, 1), repeat=2)
        )
        assert wins / 4 == pytest.approx(float(bell.win_probability(bell.local_value(plan))))


@pytest.mark.parametrize("seed", range(6))
def test_horodeckis_value_is_what_a_search_over_all_measurements_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    amplitudes = rng.normal(size=(4, 2)) + 1j * rng.normal(size=(4, 2))
    rho = amplitudes @ amplitudes.conj().T
    pair = qutip.Qobj(rho / np.trace(rho), dims=[[2, 2], [2, 2]])
    paulis = [qutip.sigmax(), qutip.sigmay(), qutip.sigmaz()]
    table = np.array([[qutip.expect(qutip.tensor(p, q), pair) for q in paulis] for p in paulis])

    def minus_value(x: Any) -> float:
        theta, phi = np.reshape(x, (2, 4))
        n = np.stack([np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi), np.cos(theta)], axis=1)
        return -float(n[0] @ table @ (n[2] + n[3]) + n[1] @ table @ (n[2] - n[3]))

    best = max(-minimize(minus_value, rng.uniform(0, np.pi, 8)).fun for _ in range(8))
    assert bell.largest_chsh_value(pair) == pytest.approx(best, abs=1e-4)


def test_product_states_never_violate() -> None:
    pair = qutip.tensor(polarisation(10), polarisation(70))
    assert bell.largest_chsh_value(pair) <= 2 + 1e-12


def test_the_critical_visibility_gives_exactly_two() -> None:
    assert bell.chsh_value(visibility=bell.critical_visibility()) == pytest.approx(2)


@pytest.mark.parametrize("visibility", [1.0, 0.6])
def test_played_rounds_obey_the_probabilities(visibility: float) -> None:
    rounds = 400_000
    chances = bell.outcome_probabilities(visibility=visibility)
    counts = bell.play(rounds, probabilities=chances, rng=np.random.default_rng(1969))
    assert counts.sum() == rounds
    spread = np.sqrt(rounds * chances / 4 * (1 - chances / 4))
    np.testing.assert_array_less(np.abs(counts - rounds * chances / 4), 5 * spread)
    found = bell.estimate(counts)
    assert abs(found.value - bell.chsh_value(visibility=visibility)) < 5 * found.standard_error
    chance = float(bell.win_probability(bell.chsh_value(visibility=visibility)))
    assert abs(found.wins - rounds * chance) < 5 * np.sqrt(rounds * chance * (1 - chance))


def test_the_error_bar_is_the_spread_of_many_runs() -> None:
    rng = np.random.default_rng(2015)
    chances = bell.outcome_probabilities()
    runs = [bell.estimate(bell.play(400, probabilities=chances, rng=rng)) for _ in range(2000)]
    spread = np.std([run.value for run in runs])
    # the spread of 2000 runs is itself known to 1.6 %; the errors differ a little since questions fall by chance
    assert np.mean([run.standard_error for run in runs]) == pytest.approx(spread, rel=0.08)
    expected = bell.expected_standard_error(bell.correlation([[0.0], [45.0]], [[22.5, -22.5]]), 400)
    assert expected == pytest.approx(spread, rel=0.08)


def test_estimates_by_hand() -> None:
    counts = np.zeros((2, 2, 2, 2))
    counts[..., 0, 0], counts[..., 1, 0] = 3, 1
    found = bell.estimate(counts)
    np.testing.assert_allclose(found.correlators, 0.5)
    np.testing.assert_allclose(found.correlator_errors, np.sqrt(0.75 / 4))
    assert found.value == pytest.approx(1.0)
    assert found.standard_error == pytest.approx(np.sqrt(0.75))
    assert (found.rounds, found.wins) == (16, 3 * 3 + 1)


def test_a_question_never_asked_leaves_the_value_unknown() -> None:
    found = bell.estimate(np.zeros((2, 2, 2, 2)))
    assert np.isnan(found.value)
    assert np.isnan(found.standard_error)
    assert found.rounds == 0


def test_lost_photons_counted_as_plus_one_by_brute_force() -> None:
    """Sum over who lost a photon: with one lost the other's answer is unbiased, with both lost the product is +1."""
    eta, found = 0.85, 0.0
    for x, y in itertools.product((0, 1), repeat=2):
        correlator = float(bell.correlation(bell.BEST_ALICE_DEG[x], bell.BEST_BOB_DEG[y]))
        one_lost = qutip.expect(qutip.tensor(bell.analyser(bell.BEST_ALICE_DEG[x]), qutip.qeye(2)), bell_state())
        mean = eta**2 * correlator + 2 * eta * (1 - eta) * one_lost + (1 - eta) ** 2
        found += (-1) ** (x * y) * mean
    assert bell.value_with_lost_photons(bell.chsh_value(), eta) == pytest.approx(found)


@given(st.floats(2.001, 2 * np.sqrt(2)))
def test_at_the_efficiency_threshold_the_value_is_two(value: float) -> None:
    threshold = bell.detection_efficiency_threshold(value)
    assert bell.value_with_lost_photons(value, threshold) == pytest.approx(2)
    assert bell.value_with_lost_photons(value, min(1.0, threshold + 1e-4)) > 2


@given(st.integers(0, 500), st.integers(0, 500))
def test_more_wins_are_less_likely_by_a_plan(one: int, other: int) -> None:
    fewer, more = sorted((one, other))
    assert 0 <= bell.local_chance(more, 500) <= bell.local_chance(fewer, 500) <= 1


def test_combining_a_result_with_itself_halves_the_variance() -> None:
    mean, error = bell.combine([2.5, 2.5], [0.2, 0.2])
    assert (mean, error) == pytest.approx((2.5, 0.2 / np.sqrt(2)))


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: bell.correlation(0, 400), "bob_deg is 400; it must be between -360 and 360 degrees"),
        (lambda: bell.correlation(0, 0, visibility=-0.1), "visibility is -0.1; it must be between 0 and 1"),
        (lambda: bell.chsh_value((0, 1, 2)), "alice_deg is (0, 1, 2); it must hold two angles"),
        (lambda: bell.chsh_value_of_state(bell_state(), (0,)), "alice_deg is (0,); it must hold two angles"),
        (lambda: bell.local_value([[1, 0], [1, 1]]), "the plan is [[1, 0], [1, 1]]; it must hold two answers"),
        (
            lambda: bell.play(-1, probabilities=np.full((2, 2, 2, 2), 0.25), rng=np.random.default_rng(1)),
            "rounds is -1",
        ),
        (lambda: bell.play(1, probabilities=np.full((2, 2, 2, 2), 0.3), rng=None), "probabilities must have shape"),
        (lambda: bell.estimate([1, 2]), "counts have the shape (2,)"),
        (lambda: bell.estimate(np.full((2, 2, 2, 2), -1)), "counts is -1"),
        (lambda: bell.win_probability(4.5), "chsh_value is 4.5; it must be between -4 and 4"),
        (lambda: bell.local_chance(11, 10), "wins is 11; it must be at most the 10 rounds played"),
        (lambda: bell.value_with_lost_photons(2, 1.2), "efficiency is 1.2"),
        (lambda: bell.detection_efficiency_threshold(1.9), "chsh_value is 1.9; it must be between 2 and 4"),
        (lambda: bell.expected_standard_error([[2]], 4), "correlators is 2"),
        (lambda: bell.combine([1.0, 2.0], [0.1]), "there are 2 values and 1 errors"),
        (lambda: bell.combine([1.0], [0.0]), "standard_errors is 0"),
        (lambda: bell.chsh_value(visibility=[0.5, 0.6]), "visibility has shape (2,); it must be one number"),
        (lambda: bell.local_value([[1, 1], [1]]), "the plan is [[1, 1], [1]]; it must hold two answers a player"),
        (lambda: bell.correlation([0, 1], [0, 1, 2]), "alice_deg of shape (2,) and bob_deg of shape (3,) do not fit"),
        (
            lambda: bell.expected_standard_error([0.5], 100),
            "correlators has shape (1,); one for each pair",
        ),
        (
            lambda: bell.value_with_lost_photons([2.0, 2.5], [0.7, 0.8, 0.9]),
            "chsh_value of shape (2,) and efficiency of shape (3,) do not fit",
        ),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
