"""The interferometer against QuTiP's states, step by step, and the bomb by brute force."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics import interference
from qlearn.physics.gates import gate
from qlearn.physics.states import polarisation

phases = st.floats(-20, 20)
markers = st.floats(0, 90)
parts = st.floats(0, 1)


def run(phase: float, marker_deg: float) -> list[float]:
    """Evolve one photon through the whole interferometer and ask both detectors, whatever its polarisation."""
    inside = interference.marked_state(phase, marker_deg=marker_deg)
    end = qutip.tensor(interference.beam_splitter(), qutip.qeye(2)) * inside
    return [qutip.expect(qutip.tensor(qutip.basis(2, k).proj(), qutip.qeye(2)), end) for k in (0, 1)]


@given(phases, markers)
def test_the_probabilities_are_those_of_the_evolved_state(phase: float, marker_deg: float) -> None:
    seen = interference.detection_probabilities(phase, marker_deg=marker_deg)
    np.testing.assert_allclose(seen, run(phase, marker_deg), atol=1e-9)
    assert seen.sum() == pytest.approx(1)
    assert seen.min() >= 0


@given(phases, markers)
def test_a_turn_of_the_phase_changes_nothing_and_half_a_turn_swaps_the_detectors(phase: float, marker: float) -> None:
    once = interference.detection_probabilities(phase, marker_deg=marker)
    full = interference.detection_probabilities(phase + 2 * np.pi, marker_deg=marker)
    half = interference.detection_probabilities(phase + np.pi, marker_deg=marker)
    np.testing.assert_allclose(full, once, atol=1e-9)
    np.testing.assert_allclose(half, once[::-1], atol=1e-9)


def test_without_a_marker_all_photons_reach_detector_0_at_phase_0() -> None:
    np.testing.assert_allclose(
        interference.detection_probabilities([0, np.pi / 2, np.pi])[:, 0], [1, 0.5, 0], atol=1e-15
    )
    np.testing.assert_array_equal(interference.detection_probabilities(0.0, marker_deg=90), [0.5, 0.5])
    assert interference.detection_probabilities(np.zeros((3, 1)), marker_deg=[0, 45]).shape == (3, 2, 2)


@given(phases)
def test_a_polariser_at_45_degrees_sorts_the_clicks_into_two_full_fringes(phase: float) -> None:
    """What the chapter says of erasure: with the way marked perfectly, P(D0, +-45) = (1 +- cos phase) / 4."""
    end = qutip.tensor(interference.beam_splitter(), qutip.qeye(2)) * interference.marked_state(phase, marker_deg=90)
    for turn, sign in ((45, 1), (-45, -1)):
        seen = qutip.tensor(qutip.basis(2, 0), polarisation(turn)).overlap(end)
        assert abs(seen) ** 2 == pytest.approx((1 + sign * np.cos(phase)) / 4, abs=1e-12)


@given(parts)
def test_a_beam_splitter_is_unitary_and_undoes_itself(reflectivity: float) -> None:
    splitter = interference.beam_splitter(reflectivity)
    np.testing.assert_allclose((splitter * splitter.dag()).full(), np.eye(2), atol=1e-12)
    np.testing.assert_allclose((splitter * splitter).full(), np.eye(2), atol=1e-12)
    assert abs(splitter[1, 0]) ** 2 == pytest.approx(reflectivity)


def test_the_balanced_splitter_is_the_hadamard_gate() -> None:
    np.testing.assert_allclose(interference.beam_splitter().full(), gate("H").full(), atol=1e-12)


@given(phases, markers, parts)
def test_the_state_inside_is_normalised_and_the_phase_moves_no_light(phase: float, marker: float, r: float) -> None:
    state = interference.marked_state(phase, marker_deg=marker, reflectivity=r)
    assert state.norm() == pytest.approx(1)
    np.testing.assert_allclose(state.ptrace(0).diag().real, [1 - r, r], atol=1e-9)


@given(st.floats(1e-6, 1))
def test_the_bomb_by_brute_force(reflectivity: float) -> None:
    """Project on the arm without the bomb, and let the rest go through the second beam splitter."""
    splitter = interference.beam_splitter(reflectivity)
    inside = splitter * qutip.basis(2, 0)
    exploded = abs(inside[1, 0]) ** 2
    behind = splitter * (qutip.basis(2, 0).proj() * inside)
    found = interference.bomb_test(reflectivity)
    assert found.exploded == pytest.approx(exploded)
    assert found.found == pytest.approx(abs(behind[1, 0]) ** 2)
    assert found.no_answer == pytest.approx(abs(behind[0, 0]) ** 2)
    assert found.found + found.exploded + found.no_answer == pytest.approx(1)
    assert found.efficiency == pytest.approx(found.found / (found.found + found.exploded))
    assert found.efficiency < 0.5


def test_without_the_bomb_the_second_detector_is_dark() -> None:
    splitter = interference.beam_splitter(0.3)
    assert abs((splitter * splitter * qutip.basis(2, 0))[1, 0]) < 1e-12


def test_elitzur_and_vaidmans_numbers() -> None:
    found, exploded, efficiency, no_answer = interference.bomb_test()
    assert (found, exploded, efficiency, no_answer) == pytest.approx((1 / 4, 1 / 2, 1 / 3, 1 / 4))
    # hardly any light on the bomb: one half of the runs that tell something find it
    assert interference.bomb_test(1e-9).efficiency == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: interference.beam_splitter(1.2), "reflectivity is 1.2; it must be between 0 and 1"),
        (lambda: interference.beam_splitter(-0.1), "reflectivity is -0.1"),
        (lambda: interference.phase_shifter(float("nan")), "phase_rad is nan; it must be between -inf and inf rad"),
        (lambda: interference.marked_state(0, marker_deg=91), "marker_deg is 91; it must be between 0 and 90 degrees"),
        (lambda: interference.detection_probabilities([0, float("inf")]), "phase_rad is inf"),
        (lambda: interference.detection_probabilities("half"), "phase_rad is 'half'; it must be a real number"),
        (
            lambda: interference.detection_probabilities([0, 1, 2], marker_deg=[0, 1]),
            "phase_rad of shape (3,) and marker_deg of shape (2,) do not fit",
        ),
        (lambda: interference.bomb_test(0.0), "reflectivity is 0; it must be between 1e-12 and 1"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
