"""The reference solutions of the Bell exercises agree with the physics of the book."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
import qutip

from exercises.test_solutions import solved
from qlearn.physics import bell
from qlearn.physics.entanglement import werner_state


@pytest.fixture(scope="module")
def school() -> dict[str, Any]:
    return solved("school-bell")


@pytest.fixture(scope="module")
def graduate() -> dict[str, Any]:
    return solved("graduate-bell")


def test_a_school_plan_wins_what_its_chsh_value_says(school: dict[str, Any]) -> None:
    for plan in bell.local_strategies():
        alice, bob = plan.tolist()
        assert school["wins_of_plan"](alice, bob) == 4 * bell.win_probability(bell.local_value(plan))


def test_the_school_counts_are_the_books_and_give_the_published_value(school: dict[str, Any]) -> None:
    assert np.array_equal(np.reshape(school["delft"], (2, 2, 2, 2)), bell.DELFT_2015_COUNTS)
    value, error = school["chsh"](school["delft"])
    found = bell.estimate(bell.DELFT_2015_COUNTS)
    assert (value, error) == pytest.approx((found.value, found.standard_error))
    assert (round(value, 2), round(error, 2)) == (2.42, 0.2)


def test_the_school_angles_reach_tsirelsons_bound(school: dict[str, Any]) -> None:
    angles = school["alice_angles"], school["bob_angles"]
    assert bell.chsh_value(*angles) == pytest.approx(bell.tsirelson_bound())
    assert school["expected_chsh"](*angles) == pytest.approx(bell.tsirelson_bound())


def test_the_graduate_bound_of_chsh_is_the_books(graduate: dict[str, Any]) -> None:
    assert graduate["local_bound"](np.array([[1, 1], [1, -1]])) == bell.best_local_value()


def test_the_graduate_statistics_are_the_published_ones(graduate: dict[str, Any]) -> None:
    assert np.array_equal(graduate["delft"], bell.DELFT_2015_COUNTS)
    found = bell.estimate(bell.DELFT_2015_COUNTS)
    assert graduate["estimate_chsh"](graduate["delft"]) == pytest.approx((found.value, found.standard_error))
    wins, luck = graduate["luck_of_a_plan"](graduate["delft"], 0.75)
    assert (wins, luck) == pytest.approx((found.wins, bell.local_chance(196, 245)))
    assert round(luck, 3) == 0.039


def test_the_graduate_criterion_is_the_books(graduate: dict[str, Any]) -> None:
    states = [werner_state(visibility) for visibility in (0.0, 0.5, 0.8, 1.0)]
    states += [qutip.rand_dm([2, 2], seed=seed) for seed in range(5)]
    for state in states:
        assert graduate["largest_chsh"](state) == pytest.approx(bell.largest_chsh_value(state), abs=1e-9)


def test_the_graduate_efficiencies_are_the_books(graduate: dict[str, Any]) -> None:
    for value, efficiency in itertools.product((2.2, 2.6, bell.tsirelson_bound()), (0.0, 0.6, 1.0)):
        ours = graduate["value_with_no_clicks"](value, efficiency)
        assert ours == pytest.approx(float(bell.value_with_lost_photons(value, efficiency)))
    for value in (2.2, bell.tsirelson_bound()):
        assert graduate["efficiency_threshold"](value) == pytest.approx(bell.detection_efficiency_threshold(value))


def test_the_graduate_fake_plays_as_it_promises(graduate: dict[str, Any]) -> None:
    model = np.array(graduate["fake_model"]())
    value, efficiencies = graduate["coincidence_value"](model)
    rounds, rng = 40_000, np.random.default_rng(2015)
    plans = model[rng.choice(len(model), size=rounds, p=model[:, 0]), 1:]
    questions = rng.integers(0, 2, size=(2, rounds))
    alice, bob = (plans[np.arange(rounds), 2 * who + questions[who]].astype(int) for who in (0, 1))
    seen = (alice != 0) & (bob != 0)
    counts = np.zeros((2, 2, 2, 2))
    np.add.at(counts, (*questions[:, seen], (1 - alice[seen]) // 2, (1 - bob[seen]) // 2), 1)
    assert bell.estimate(counts).value == pytest.approx(value)  # each round that is seen is won: no chance in S
    assert value == 4
    assert abs(np.mean(alice != 0) - np.mean(efficiencies[:2])) < 6 * np.sqrt(0.1875 / rounds)  # 2e-9
