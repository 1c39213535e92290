import re

import numpy as np
import pytest

from qlearn.errors import ParameterError
from qlearn.physics import teleportation
from qlearn.physics.entanglement import bell_state
from qlearn.physics.states import bloch_vector, ket_from_angles
from qlearn.widgets.random_stream import seed_of_run
from qlearn.widgets.teleportation import Teleportation
from qlearn.widgets.teleportation_runs import draw_runs, outcome_number, shrinkage
from widgets.widget_checks import check_files, check_labels, check_shown

CORRECTIONS = ("I", "X", "Z", "ZX")
ASKED = (
    {f"step_{step}" for step in ("ready", "measured", "heard", "corrected")}
    | {f"correction_{name}" for name in CORRECTIONS}
    | {f"bell_{name}" for name in teleportation.MESSAGES}
    | {f"{place}_heading" for place in ("alice", "bob")}
    | {"theta_deg", "phi_deg"}
)


@pytest.fixture
def widget() -> Teleportation:
    return Teleportation(seed=7)


def test_it_keeps_the_rules_of_the_house(widget: Teleportation) -> None:
    check_labels(widget, ASKED)
    check_files(widget)
    check_shown(widget)


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("theta_deg", 181.0, "theta_deg is 181; it must lie between 0 and 180"),
        ("phi_deg", float("nan"), "phi_deg is nan; it must lie between -180 and 180"),
        ("pair_fidelity", 0.2, "pair_fidelity is 0.2; it must lie between 0.25 and 1"),
        ("noise", "pink", "noise is 'pink'; it must be one of 'white', 'phase'"),
        ("step", 4, "step is 4; it must lie between 0 and 3"),
        ("runs", 20_001, "runs is 20001; it must lie between 0 and 20000"),
        ("seed", -1, "seed is -1; it must lie between 0 and 4294967295"),
    ],
)
def test_an_argument_out_of_range_is_refused(argument: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        Teleportation(**{argument: value})


def test_its_rules_are_those_of_the_physics(widget: Teleportation) -> None:
    assert widget.rules["classical_limit"] == pytest.approx(2 / 3)
    ket = ket_from_angles(1.0, 2.0)
    branches = teleportation.teleport(ket, bell_state("phi+"))
    for branch, rule in zip(branches, widget.rules["outcomes"], strict=True):
        assert (rule["bell"], rule["bits"]) == (branch.outcome, branch.bits)
        np.testing.assert_allclose(
            bloch_vector(branch.before), np.multiply(rule["signs"], bloch_vector(ket)), atol=1e-9
        )
    assert [rule["correction"] for rule in widget.rules["outcomes"]] == list(CORRECTIONS)


@pytest.mark.parametrize("noise", ["white", "phase"])
@pytest.mark.parametrize("pair_fidelity", [0.25, 0.6, 0.85, 1.0])
def test_its_pair_teleports_as_its_closed_form_says(noise: str, pair_fidelity: float) -> None:
    widget = Teleportation(noise=noise, pair_fidelity=pair_fidelity, theta_deg=70, phi_deg=-35)
    assert teleportation.pair_fidelity(widget.pair()) == pytest.approx(pair_fidelity)
    ket = ket_from_angles(np.deg2rad(70), np.deg2rad(-35))
    np.testing.assert_allclose(widget.sent(), bloch_vector(ket), atol=1e-9)
    for number, branch in enumerate(teleportation.teleport(ket, widget.pair())):
        assert branch.probability == pytest.approx(0.25)
        np.testing.assert_allclose(widget.possible()[number], bloch_vector(branch.before), atol=1e-9)
        np.testing.assert_allclose(
            widget.sent() * shrinkage(noise, pair_fidelity), bloch_vector(branch.after), atol=1e-9
        )
    assert widget.expected_fidelity() == pytest.approx(float(teleportation.average_fidelity(pair_fidelity)))


def test_it_opens_while_the_bits_are_on_their_way_and_bob_has_a_point_in_the_middle() -> None:
    widget = Teleportation()
    assert widget.step == 1
    np.testing.assert_allclose(widget.held(), 0)
    np.testing.assert_allclose(widget.possible().mean(axis=0), 0, atol=1e-12)
    assert widget.expected_fidelity() > widget.rules["classical_limit"] + 0.2
    assert "Bob's vector is (0.00, 0.00, 0.00), fidelity 50.0%" in widget.summary()


def test_step_by_step_bob_gets_the_vector_back() -> None:
    seen = [Teleportation(seed=7, step=step) for step in range(4)]
    outcome = seen[0].rules["outcomes"][seen[0].outcome()]
    np.testing.assert_allclose(seen[0].held(), 0)
    np.testing.assert_allclose(seen[3].held(), seen[3].sent() * 0.8)
    np.testing.assert_allclose(seen[2].held(), seen[3].held() * outcome["signs"])
    assert all(one.picture().axes for one in seen)


def test_without_the_bits_a_coin_is_expected_whatever_the_pair() -> None:
    assert Teleportation(told=False, pair_fidelity=1.0).expected_fidelity() == 0.5


def test_the_summary_tells_the_runs_of_the_picture(widget: Teleportation) -> None:
    found = widget.record()
    assert len(found.passed) == 200
    words = widget.summary()
    assert f"200 states by chance arrived with {found.mean:.1%} ± {found.standard_error:.1%}" in words
    assert words.endswith("expected 90.0%, without a pair at most 66.7%.")


def test_a_widget_without_runs_can_be_drawn() -> None:
    assert Teleportation(runs=0).picture().axes
    assert np.isnan(Teleportation(runs=0).record().mean)


@pytest.mark.parametrize(
    ("noise", "pair_fidelity", "told"),
    [("white", 0.85, True), ("white", 0.5, True), ("phase", 0.6, True), ("white", 1.0, False), ("phase", 0.9, False)],
)
def test_drawn_runs_obey_the_physics(noise: str, pair_fidelity: float, told: bool) -> None:
    widget = Teleportation(noise=noise, pair_fidelity=pair_fidelity, told=told)
    signs = [rule["signs"] for rule in widget.rules["outcomes"]]
    runs = 200_000
    found = draw_runs(seed_of_run(99, 2), runs, noise=noise, pair_fidelity=pair_fidelity, told=told, signs=signs)
    expected = widget.expected_fidelity()
    assert abs(found.mean - expected) < 5 * np.sqrt(expected * (1 - expected) / runs)
    counts = np.bincount(found.outcomes, minlength=4)
    np.testing.assert_array_less(np.abs(counts - runs / 4), 5 * np.sqrt(runs * 3 / 16))
    # spread evenly over the sphere: components of mean 0 and mean square 1/3, with standard deviations 0.58 and 0.30
    np.testing.assert_allclose(np.linalg.norm(found.sent, axis=1), 1)
    assert np.abs(found.sent.mean(axis=0)).max() < 5 * 0.58 / np.sqrt(runs)
    assert np.abs((found.sent**2).mean(axis=0) - 1 / 3).max() < 5 * 0.30 / np.sqrt(runs)


def test_the_outcome_of_the_steps_is_a_fair_choice_of_four() -> None:
    counts = np.bincount([outcome_number(seed) for seed in range(4000)], minlength=4)
    np.testing.assert_array_less(np.abs(counts - 1000), 5 * np.sqrt(4000 * 3 / 16))
