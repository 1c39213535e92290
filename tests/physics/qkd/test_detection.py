"""Clicks of detectors with a memory, against pulses sent one by one."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.qkd import bb84, decoy, detection
from qlearn.physics.qkd.dead_time import recorded_rate
from qlearn.physics.qkd.detector_memory import DetectorMemory
from qlearn.physics.qkd.link import Link, bb84_arguments
from qlearn.physics.qkd.pulse_simulation import simulate_pulses

BRIGHT = Link(length_km=0, detector_efficiency=0.3, background_probability=0.01, misalignment_error=0.03)
MEMORIES = [
    replace(BRIGHT, dead_time_s=20e-9),
    replace(BRIGHT, after_pulse_probability=0.3),
    replace(BRIGHT, dead_time_s=5e-9, after_pulse_probability=0.2),
    replace(BRIGHT, length_km=60, dead_time_s=300e-9, after_pulse_probability=0.8),
]

links = st.builds(
    Link,
    length_km=st.floats(0, 300),
    background_probability=st.floats(0, 0.1),
    detector_efficiency=st.floats(0, 1),
    misalignment_error=st.floats(0, 0.5),
    intensity=st.floats(0, 3),
    dead_time_s=st.floats(0, 1e-4),
    after_pulse_probability=st.floats(0, 0.9),
)


@pytest.mark.parametrize("link", MEMORIES)
def test_pulses_sent_one_by_one_agree_with_dead_time_and_after_pulses(link: Link) -> None:
    run = simulate_pulses(link, 1_000_000, rng=np.random.default_rng(1963))
    sent = int(run.sent.sum())
    checks = [
        (run.clicked.sum(), sent, detection.gain(link)),
        (run.wrong.sum(), run.clicked.sum(), detection.error_rate(link)),
    ]
    for photons in range(3):
        yields, errors = detection.yield_and_error_rate(link, photons)
        checks.append((run.clicked[photons], run.sent[photons], yields))
        checks.append((run.wrong[photons], run.clicked[photons], errors))
    # after-pulses come in bursts: a click brings 1/(1 - p) on average, which widens the spread by no more than this
    burst = 1 / (1 - link.after_pulse_probability)
    for seen, trials, chance in checks:
        assert abs(seen - trials * chance) <= 5 * burst * np.sqrt(trials * chance * (1 - chance))


def test_the_test_above_would_see_a_tenth_of_the_after_pulses_missing() -> None:
    link = MEMORIES[1]
    wrong = replace(link, after_pulse_probability=0.27)
    spread = np.sqrt(1e6 * float(detection.gain(link))) / 0.7
    assert 1e6 * abs(float(detection.gain(link) - detection.gain(wrong))) > 8 * spread


def test_without_memory_nothing_is_lost_and_nothing_added() -> None:
    link = replace(BRIGHT, length_km=40)
    assert detection.live_fraction(link) == 1
    assert detection.gain(link) == 0.01 + 0.99 * detection.light_detection(link)


def test_few_after_pulses_add_their_share_half_of_it_wrong() -> None:
    link = Link(length_km=100, background_probability=0.0, misalignment_error=0.0)
    noisy = replace(link, after_pulse_probability=0.01)
    assert detection.gain(noisy) / detection.gain(link) == pytest.approx(1.01, abs=2e-4)
    assert detection.error_rate(noisy) == pytest.approx(0.005, rel=2e-3)


@given(links)
def test_the_live_fraction_is_that_of_a_counter_without_extending_dead_time(link: Link) -> None:
    live = replace(link, dead_time_s=0.0)
    recorded = recorded_rate(detection.gain(live) * link.clock_rate_hz, dead_time_s=link.dead_time_s)
    assert detection.gain(link) * link.clock_rate_hz == pytest.approx(float(recorded), rel=1e-9, abs=1e-12)
    assert 0 < detection.live_fraction(link) <= 1
    if link.dead_time_s:
        assert detection.gain(link) * link.clock_rate_hz * link.dead_time_s <= 1 + 1e-9


@given(links)
def test_memory_never_makes_an_error_rate_leave_its_bounds(link: Link) -> None:
    rate = detection.error_rate(link)
    assert np.isnan(rate) or 0 <= rate <= 0.5 + 1e-12
    assert 0 <= detection.gain(link) <= 1
    for rates in (decoy.decoy_rate, decoy.gllp_rate, decoy.single_photon_rate):
        key = rates(link)
        assert 0 <= key.secret_bits_per_pulse <= decoy.plob_bound(link)
        assert key.live_fraction <= 1


@given(links)
def test_after_pulses_and_dead_time_never_give_more_key_per_pulse(link: Link) -> None:
    ideal = replace(link, dead_time_s=0.0, after_pulse_probability=0.0)
    for rate in (decoy.decoy_rate, decoy.single_photon_rate):
        assert rate(link).secret_bits_per_pulse <= rate(ideal).secret_bits_per_pulse * (1 + 1e-9)


def test_dead_time_caps_the_key_per_second_where_light_is_plenty() -> None:
    slow = Link(dead_time_s=10e-6)
    near, middle, far = decoy.decoy_rate(slow, length_km=[0, 50, 150]).secret_bits_per_second
    fast = decoy.decoy_rate(Link(), length_km=[0, 50, 150]).secret_bits_per_second
    assert near < 2 * middle  # ten times more light, hardly more key
    assert near < 1 / 10e-6
    assert far == pytest.approx(fast[2], rel=0.6)
    assert fast[0] > 100 * near


def test_a_charged_detector_clicks_at_the_first_live_pulse_and_not_before() -> None:
    class Always:
        def random(self) -> float:
            return 0.0

    memory = DetectorMemory(Link(dead_time_s=3e-9, after_pulse_probability=0.5, clock_rate_hz=1e9))
    events = np.zeros(10, dtype=bool)
    events[[1, 2]] = True
    recorded, after = memory.record(events, Always())  # type: ignore[arg-type]
    assert np.flatnonzero(recorded).tolist() == [1, 5, 9]
    assert np.flatnonzero(after).tolist() == [5, 9]
    recorded, _ = memory.record(np.zeros(6, dtype=bool), Always())  # type: ignore[arg-type]
    assert np.flatnonzero(recorded).tolist() == [3]  # three blind pulses of the next run, counted on


def test_cutting_a_run_in_pieces_changes_nothing_without_after_pulses() -> None:
    events = np.random.default_rng(3).random(1000) < 0.3
    link = Link(dead_time_s=7e-9)
    whole, _ = DetectorMemory(link).record(events, np.random.default_rng(0))
    memory = DetectorMemory(link)
    pieces = [memory.record(piece, np.random.default_rng(0))[0] for piece in np.array_split(events, 37)]
    np.testing.assert_array_equal(np.concatenate(pieces), whole)


def test_recorded_rates_are_those_of_the_ledger() -> None:
    assert recorded_rate(1e6, dead_time_s=1e-6) == pytest.approx(500000, rel=1e-8)
    assert recorded_rate(1e6, dead_time_s=1e-6, paralysable=True) == pytest.approx(367879.4412, rel=1e-8)
    assert recorded_rate(1e18, dead_time_s=1e-6) == pytest.approx(1e6, rel=1e-8)
    rates = np.linspace(0.1e6, 5e6, 2001)
    assert recorded_rate(rates, dead_time_s=1e-6, paralysable=True).max() == pytest.approx(1e6 / np.e, rel=1e-6)


@pytest.mark.parametrize("length_km", [0.0, 30.0, 200.0])
def test_single_photon_bb84_takes_the_same_link(length_km: float) -> None:
    link = Link(length_km=length_km, background_probability=1e-4, misalignment_error=0.02)
    arguments = bb84_arguments(link)
    yields, errors = detection.yield_and_error_rate(link, 1)
    gain = bb84.gain(arguments["transmittance"], arguments["dark_count_probability"])
    assert gain == pytest.approx(float(yields), rel=1e-12)
    # a photon and a dark count together: the one model takes the photon's word half the time, the other never
    assert bb84.error_rate(**arguments) == pytest.approx(float(errors), abs=link.background_probability / 2)
    sifted = bb84.secret_key_rate(**arguments, error_correction_efficiency=link.error_correction_efficiency)
    assert sifted == pytest.approx(float(decoy.single_photon_rate(link).secret_bits_per_pulse), rel=1e-3)
    run = bb84.simulate(200_000, rng=np.random.default_rng(5), **arguments)
    assert abs(run.detected - 200_000 * gain) <= 5 * np.sqrt(200_000 * gain)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: Link(dead_time_s=-1e-6), "dead_time_s is -1e-06; it must be between 0 and 1 s"),
        (lambda: Link(after_pulse_probability=1.0), "after_pulse_probability is 1; it must be between 0 and 0.9"),
        (lambda: Link(decoy_intensity=np.nan), "decoy_intensity is nan"),
        (lambda: recorded_rate(-1, dead_time_s=1e-6), "rate_per_s is -1"),
        (lambda: recorded_rate(1, dead_time_s=-1e-6), "dead_time_s is -1e-06"),
        (lambda: detection.gain(BRIGHT, intensity=-1), "intensity is -1"),
        (lambda: detection.gain(BRIGHT, average=2), "average is 2; it must be between 0 and 1"),
        (lambda: bb84_arguments(Link(dead_time_s=1e-6)), "the link has a dead time or after-pulses"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
