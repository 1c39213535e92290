"""The pair beside its coin copy: what the widget's Python says of each, and what it refuses."""

from __future__ import annotations

import re

import numpy as np
import pytest
import qutip

from qlearn.errors import ParameterError
from qlearn.physics import entanglement
from qlearn.widgets.two_qubits import RANGES, STATES, TwoQubits
from qlearn.widgets.two_qubits_picture import correlation_map
from widgets.widget_checks import check_files, check_labels, check_shown


def test_it_keeps_the_rules_of_the_house() -> None:
    widget = TwoQubits()
    by_rule = {f"{what}_{who}" for what in ("map", "answers") for who in ("pair", "copy")} | {"pair", "copy"}
    check_labels(widget, by_rule | set(STATES) | set(RANGES))
    check_files(widget)
    check_shown(widget)


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("state", "ghz", "state is 'ghz'; it must be one of 'bell', 'blurred', 'noisy', 'partly', 'separate'"),
        ("coherence", 1.2, "coherence is 1.2; it must lie between 0 and 1"),
        ("visibility", -0.1, "visibility is -0.1; it must lie between 0 and 1"),
        ("angle_deg", 91.0, "angle_deg is 91; it must lie between 0 and 90"),
        ("polarisation_deg", float("nan"), "polarisation_deg is nan; it must lie between 0 and 90"),
        ("alice_deg", -95.0, "alice_deg is -95; it must lie between -90 and 90"),
        ("bob_deg", 100.0, "bob_deg is 100; it must lie between -90 and 90"),
    ],
)
def test_an_argument_out_of_range_is_refused(argument: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        TwoQubits(**{argument: value})


def test_it_opens_where_pair_and_copy_differ_most_though_they_agree_on_h_and_v() -> None:
    widget = TwoQubits()
    assert widget.correlation() - widget.correlation(widget.coin_copy()) == pytest.approx(1.0)
    widget.alice_deg = widget.bob_deg = 0.0
    assert widget.correlation() == pytest.approx(widget.correlation(widget.coin_copy())) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("settings", "pair"),
    [
        ({"state": "bell", "coherence": 0.2}, entanglement.bell_state().proj()),
        ({"state": "blurred", "coherence": 0.2}, entanglement.dephased_state(0.2)),
        ({"state": "noisy", "visibility": 0.3}, entanglement.werner_state(0.3)),
        ({"state": "partly", "angle_deg": 15.0}, entanglement.partly_entangled_state(15.0).proj()),
        ({"state": "separate", "polarisation_deg": 90.0}, qutip.basis([2, 2], [1, 1]).proj()),
    ],
)
def test_its_pair_is_the_chosen_one_and_only_its_own_parameter_counts(settings: dict, pair: qutip.Qobj) -> None:
    np.testing.assert_allclose(TwoQubits(**settings).pair().full(), pair.full(), atol=1e-12)


@pytest.mark.parametrize("state", STATES)
def test_the_copy_is_never_entangled_and_answers_h_or_v_alike(state: str) -> None:
    widget = TwoQubits(state=state, polarisation_deg=20.0, alice_deg=0.0, bob_deg=0.0)
    copy = widget.coin_copy()
    assert entanglement.concurrence(copy) == pytest.approx(0.0, abs=1e-9)
    same = [entanglement.joint_probabilities(pair, "z", "z") for pair in (copy, widget.pair())]
    np.testing.assert_allclose(*same, atol=1e-12)


def test_the_words_give_the_numbers_of_the_physics() -> None:
    words = TwoQubits(state="noisy", visibility=0.8, alice_deg=22.5, bob_deg=-22.5).summary()
    assert "a Bell pair in noise with Alice's analyser at 22.5 and Bob's at -22.5 degrees: 0.00" in words
    assert "of its coin copy 0.40. H/V and D/A together give 1.60" in words
    assert words.endswith("the concurrence is 0.70.")


def test_the_pictures_map_has_alice_across_and_bob_upwards() -> None:
    rho = 0.5 * entanglement.bell_state("phi+").proj() + 0.5 * qutip.tensor(*(qutip.basis(2, 0),) * 2).proj()
    tilted = (
        qutip.tensor(qutip.gates.ry(0.7), qutip.qeye(2)) * rho * qutip.tensor(qutip.gates.ry(0.7), qutip.qeye(2)).dag()
    )
    angles = np.linspace(-90, 90, 61)
    seen = correlation_map(tilted)
    for row, column in ((0, 17), (44, 3), (30, 60)):
        axes = entanglement.linear_axis(angles[column]), entanglement.linear_axis(angles[row])
        assert seen[row, column] == pytest.approx(entanglement.correlation(tilted, *axes), abs=1e-12)
    assert not np.allclose(seen, seen.T)


@pytest.mark.parametrize("state", STATES)
def test_every_state_can_be_drawn(state: str) -> None:
    figure = TwoQubits(state=state, alice_deg=10.0).picture()
    assert [axes.get_title() != "" for axes in figure.axes[:2]] == [True, True]
