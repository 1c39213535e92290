import re

import numpy as np
import pytest

from qlearn.errors import ParameterError
from qlearn.physics import bell
from qlearn.widgets.chsh import Chsh
from qlearn.widgets.chsh_rounds import draw_rounds
from qlearn.widgets.random_stream import seed_of_run
from widgets.widget_checks import check_files, check_labels, check_shown

PLAYERS = ("alice_0", "alice_1", "bob_0", "bob_1")


@pytest.fixture
def bell_test() -> Chsh:
    return Chsh(seed=7)


def test_it_keeps_the_rules_of_the_house(bell_test: Chsh) -> None:
    check_labels(bell_test, {f"{what}_{player}" for what in ("dial", "plan") for player in PLAYERS})
    check_files(bell_test)
    check_shown(bell_test)


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("alice_0_deg", 91.0, "alice_0_deg is 91; it must lie between -90 and 90"),
        ("bob_1_deg", float("nan"), "bob_1_deg is nan; it must lie between -90 and 90"),
        ("visibility", 1.01, "visibility is 1.01; it must lie between 0 and 1"),
        ("plan", "+++", "plan is '+++'; it must be four answers, each + or -, such as '+++-'"),
        ("plan", "+++0", "plan is '+++0'; it must be four answers"),
        ("rounds", 20_001, "rounds is 20001; it must lie between 0 and 20000"),
        ("seed", -1, "seed is -1; it must lie between 0 and 4294967295"),
    ],
)
def test_an_argument_out_of_range_is_refused(argument: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        Chsh(**{argument: value})


def test_the_bounds_are_those_of_the_physics(bell_test: Chsh) -> None:
    assert bell_test.bounds["local"] == bell.best_local_value()
    assert bell_test.bounds["quantum"] == pytest.approx(2 * np.sqrt(2))
    assert (bell_test.bounds["local_win"], bell_test.bounds["quantum_win"]) == pytest.approx(
        (0.75, np.cos(np.pi / 8) ** 2)
    )


def test_it_opens_at_the_best_angles_with_a_violation_expected(bell_test: Chsh) -> None:
    assert bell_test.expected_value() == pytest.approx(bell.tsirelson_bound())
    assert bell_test.rounds == 400


def test_the_summary_tells_the_run_of_the_picture(bell_test: Chsh) -> None:
    found = bell_test.estimate()
    assert found.rounds == bell_test.record().counts.sum() == 400
    words = bell_test.summary()
    assert f"S = {found.value:.2f} ± {found.standard_error:.2f}, expected 2.83" in words
    assert f"won {found.wins} rounds, the plan {bell_test.plan_wins()}." in words


@pytest.mark.parametrize("plan", ["++++", "+-+-", "---+", "-+++"])
def test_a_plan_scores_what_its_answers_give_question_by_question(plan: str) -> None:
    widget = Chsh(seed=3, plan=plan, rounds=200)
    sign = [1 if one == "+" else -1 for one in plan]
    wins = sum((sign[x] == sign[2 + y]) != (x == 1 and y == 1) for x, y in widget.record().questions)
    assert widget.plan_wins() == wins


def test_a_run_without_rounds_can_be_drawn() -> None:
    assert Chsh(rounds=0).picture().axes
    assert Chsh(rounds=3, alice_1_deg=90, visibility=0.5).picture().axes


@pytest.mark.parametrize(("alice", "visibility"), [((0.0, 45.0), 1.0), ((10.0, -70.0), 0.6)])
def test_drawn_rounds_obey_the_physics(alice: tuple[float, float], visibility: float) -> None:
    rounds = 200_000
    settings = {"alice_deg": alice, "bob_deg": (22.5, -22.5), "visibility": visibility}
    counts = draw_rounds(seed_of_run(99, 2), rounds, **settings).counts
    chances = bell.outcome_probabilities(alice, (22.5, -22.5), visibility=visibility) / 4
    spread = np.sqrt(rounds * chances * (1 - chances))
    np.testing.assert_array_less(np.abs(counts - rounds * chances), 5 * spread + 1e-9)


def test_runs_of_one_seed_differ() -> None:
    assert len({seed_of_run(5, run) for run in range(1000)}) == 1000
