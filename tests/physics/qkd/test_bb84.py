"""BB84's formulas against QuTiP, brute force, the reference list and their limits."""

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anchors import check_anchor
from qlearn.errors import ParameterError
from qlearn.physics.qkd import bb84

COMPUTED = {
    "K01": lambda: [bb84.error_rate_threshold()],
    "K02": lambda: [bb84.error_rate_threshold(f) for f in (1.05, 1.16, 1.22)],
    "K04": lambda: [
        bb84.intercept_resend_error_rate(1.0),
        bb84.intercept_resend_error_rate(1.0, bases=3),
        bb84.intercept_resend_error_rate(0.4),
        bb84.intercept_resend_information(0.4),
    ],
    "K05": lambda: bb84.detection_probability([10, 72]),
}

probabilities = st.floats(0, 1)


@pytest.mark.parametrize("anchor", COMPUTED)
def test_an_anchor_is_met_within_its_tolerance(anchor: str) -> None:
    check_anchor(anchor, COMPUTED[anchor]())


def _born(state: Any, bit: int, basis: int) -> float:
    return float(abs(bb84.signal_state(bit, basis).overlap(state)) ** 2)


def test_intercept_and_resend_in_qutip_gives_a_quarter() -> None:
    """Sum Born's rule over Alice's four states, Eve's two bases and her two outcomes; Bob measures as Alice sent."""
    wrong = 0.0
    for bit, basis, eve_basis, eve_bit in itertools.product((0, 1), repeat=4):
        seen = _born(bb84.signal_state(bit, basis), eve_bit, eve_basis)
        resent = bb84.signal_state(eve_bit, eve_basis)
        wrong += seen * _born(resent, 1 - bit, basis) / 8
    assert wrong == pytest.approx(float(bb84.intercept_resend_error_rate(1.0)))


def test_states_of_one_basis_exclude_each_other_and_those_of_the_other_are_even() -> None:
    for bit, basis, other_bit, other_basis in itertools.product((0, 1), repeat=4):
        expected = float(bit == other_bit) if basis == other_basis else 0.5
        assert _born(bb84.signal_state(bit, basis), other_bit, other_basis) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("eta", "d", "m", "f"), [(1, 0, 0, 0), (0.3, 0.02, 0.03, 0.4), (0, 0.1, 0.2, 1), (0.7, 1, 0, 0)]
)
def test_gain_and_error_rate_follow_from_counting_every_case(eta: float, d: float, m: float, f: float) -> None:
    clicks = wrong = 0.0
    # arrives, wrong detector, dark count in the right and in the wrong detector
    photon_error = f / 4 * (1 - m) + (1 - f / 4) * m
    for arrives, flipped, dark_right, dark_wrong in itertools.product((True, False), repeat=4):
        chance = (eta if arrives else 1 - eta) * (photon_error if flipped else 1 - photon_error)
        chance *= (d if dark_right else 1 - d) * (d if dark_wrong else 1 - d)
        right_click = dark_right or (arrives and not flipped)
        wrong_click = dark_wrong or (arrives and flipped)
        clicks += chance * (right_click or wrong_click)
        wrong += chance * (0.5 if right_click and wrong_click else wrong_click)
    assert bb84.gain(eta, d) == pytest.approx(clicks)
    rate = bb84.error_rate(transmittance=eta, dark_count_probability=d, misalignment_error=m, intercepted_fraction=f)
    assert rate == pytest.approx(wrong / clicks)


@given(probabilities, probabilities, probabilities, probabilities)
def test_rates_stay_in_their_bounds(eta: float, d: float, m: float, f: float) -> None:
    link = {
        "transmittance": eta,
        "dark_count_probability": d,
        "misalignment_error": m,
        "intercepted_fraction": f,
    }
    rate, key = bb84.error_rate(**link), bb84.secret_key_rate(**link)
    assert 0 <= bb84.gain(eta, d) <= 1
    assert np.isnan(rate) or 0 <= rate <= 1 + 1e-12
    assert 0 <= key <= bb84.gain(eta, d)


def test_without_photons_or_dark_counts_there_is_no_error_rate_and_no_key() -> None:
    assert np.isnan(bb84.error_rate(transmittance=0.0))
    assert bb84.secret_key_rate(transmittance=0.0) == 0


def test_dark_counts_alone_are_wrong_half_the_time() -> None:
    assert bb84.error_rate(transmittance=0.0, dark_count_probability=1e-6) == pytest.approx(0.5)


def test_a_perfect_link_gives_half_a_bit_a_pulse() -> None:
    assert bb84.secret_key_rate() == pytest.approx(0.5)
    assert bb84.secret_key_rate(rectilinear_probability=0.9) == pytest.approx(0.82)


def test_no_key_is_claimed_above_the_threshold_or_above_one_half() -> None:
    threshold = bb84.error_rate_threshold()
    rates = [threshold + 1e-9, 0.25, 0.5, 0.9, 1.0]
    np.testing.assert_array_equal(bb84.secret_fraction(rates), 0)
    assert bb84.secret_fraction(threshold - 1e-6) > 0


def test_the_bases_share_the_entropy_between_bit_and_phase_errors() -> None:
    # with no bit errors only the phase errors cost key: 1 - h(1/4)
    assert bb84.secret_fraction(0.0, phase_error_rate=0.25) == pytest.approx(0.1887218755)


@given(st.floats(1.0, 3.0))
def test_worse_error_correction_lowers_the_threshold(efficiency: float) -> None:
    assert bb84.error_rate_threshold(efficiency + 0.1) < bb84.error_rate_threshold(efficiency) <= 0.1100279


def test_eve_who_takes_almost_nothing_is_almost_never_seen() -> None:
    assert bb84.detection_probability(1, intercepted_fraction=1e-12) == pytest.approx(2.5e-13, rel=1e-9)
    assert bb84.detection_probability(0) == 0


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: bb84.gain(1.1), "transmittance is 1.1; it must be between 0 and 1"),
        (lambda: bb84.gain(0.5, -0.1), "dark_count_probability is -0.1"),
        (lambda: bb84.error_rate(misalignment_error=float("nan")), "misalignment_error is nan"),
        (lambda: bb84.error_rate(intercepted_fraction=2), "intercepted_fraction is 2"),
        (lambda: bb84.sifted_fraction("half"), "rectilinear_probability is 'half'"),
        (lambda: bb84.secret_fraction(0.1, phase_error_rate=1.5), "phase_error_rate is 1.5"),
        (
            lambda: bb84.error_rate_threshold(0.9),
            "error_correction_efficiency is 0.9; it must be between 1 and 100",
        ),
        (lambda: bb84.intercept_resend_error_rate(1.0, bases=4), "bases is 4; a qubit has 2"),
        (lambda: bb84.detection_probability(-1), "compared_bits is -1"),
        (lambda: bb84.signal_state(2, 0), "bit is 2; it must be 0 or 1"),
        (lambda: bb84.signal_state(0, "x"), "basis is 'x'; it must be 0 or 1"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
