"""Keys of finite length: bounds against the truth of a simulated run, limits, and the paper's own statements."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.qkd import decoy
from qlearn.physics.qkd.decoy_counts import DecoyCounts, DecoySettings, expected_counts
from qlearn.physics.qkd.finite_key import finite_key, finite_key_rate, hoeffding_deviation, sampling_deviation
from qlearn.physics.qkd.link import LIM_2014, Link
from qlearn.physics.qkd.pulse_simulation import simulate_decoy_run
from qlearn.physics.qkd.settings_search import best_settings

LINK = Link(length_km=30.0)
SETTINGS = DecoySettings()

plans = st.builds(
    DecoySettings,
    signal_probability=st.floats(0.1, 0.6),
    decoy_probability=st.floats(0.1, 0.35),
    key_basis_probability=st.floats(0.1, 0.95),
)
fibres = st.builds(
    Link,
    length_km=st.floats(0, 180),
    misalignment_error=st.floats(0, 0.1),
    background_probability=st.floats(-8, -3).map(lambda x: 10**x),
    after_pulse_probability=st.sampled_from([0.0, 0.05]),
    dead_time_s=st.sampled_from([0.0, 1e-6]),
)

# bright, so that a million pulses prove something; noisy; with a memory
BRIGHT = Link(length_km=0, detector_efficiency=0.9, background_probability=1e-3, intensity=0.6, decoy_intensity=0.25)
RUNS = [
    replace(BRIGHT, misalignment_error=0.02),
    replace(BRIGHT, length_km=5, background_probability=0.02, misalignment_error=0.05),
    replace(BRIGHT, after_pulse_probability=0.05, dead_time_s=1e-9, vacuum_intensity=0.01),
]
EVEN = DecoySettings(signal_probability=0.25, decoy_probability=0.5, key_basis_probability=0.55)


@pytest.mark.parametrize("link", RUNS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_bounds_hold_in_a_run_of_which_we_know_the_truth(link: Link, seed: int) -> None:
    run = simulate_decoy_run(link, EVEN, 600_000, rng=np.random.default_rng(seed))
    key = finite_key(run.counts, link, EVEN, secrecy=1e-6)
    assert key.vacuum_clicks <= run.key_photons[0]
    assert 0.5 * run.key_photons[1] < key.single_photon_clicks <= run.key_photons[1]
    assert 0.4 * run.test_photons[1] < key.test_single_photon_clicks <= run.test_photons[1]
    assert key.test_single_photon_errors >= run.test_photon_errors[1]
    assert 0.5 > key.phase_error_rate >= run.key_photon_errors[1] / run.key_photons[1]


def test_counts_taken_at_their_word_prove_too_much_in_every_other_run() -> None:
    too_much, runs = 0, 8
    for seed in range(runs):
        run = simulate_decoy_run(BRIGHT, EVEN, 100_000, rng=np.random.default_rng(seed))
        believed = finite_key(_scaled(run.counts, 1e12), BRIGHT, EVEN, secrecy=1.0)
        too_much += believed.vacuum_clicks / 1e12 > run.key_photons[0]
    assert 0 < too_much < runs


def test_a_simulated_run_counts_what_the_link_lets_expect() -> None:
    for link in RUNS:
        counts = simulate_decoy_run(link, EVEN, 600_000, rng=np.random.default_rng(7)).counts
        wanted = expected_counts(link, EVEN, pulses=600_000)
        for name in ("key_clicks", "key_errors", "test_clicks", "test_errors"):
            seen, mean = getattr(counts, name), getattr(wanted, name)
            assert np.all(np.abs(seen - mean) <= 5 * np.sqrt(mean) / (1 - link.after_pulse_probability)), name


@given(fibres, plans, st.floats(3, 11), st.floats(-14, -3), st.floats(1, 2))
@settings(max_examples=60)
def test_longer_blocks_and_weaker_promises_never_give_less(
    link: Link, plan: DecoySettings, exponent: float, epsilon: float, more: float
) -> None:
    here = finite_key_rate(link, plan, block_size=10**exponent, secrecy=10**epsilon)
    longer = finite_key_rate(link, plan, block_size=10 ** (exponent + more), secrecy=10**epsilon)
    weaker = finite_key_rate(link, plan, block_size=10**exponent, secrecy=min(1.0, 10 ** (epsilon + more)))
    if here.balance > 0:
        assert longer.balance / longer.pulses >= here.balance / here.pulses * (1 - 1e-9)
        assert weaker.balance >= here.balance * (1 - 1e-9)
    assert here.single_photon_clicks + here.vacuum_clicks <= here.block_size * (1 + 1e-9)
    assert 0 <= here.phase_error_rate <= 0.5
    assert here.secret_bits <= max(0, here.balance)
    assert here.secret_bits_per_second == here.secret_bits_per_pulse * link.clock_rate_hz


@pytest.mark.parametrize("length_km", [0.0, 60.0, 140.0])
def test_an_endless_block_of_signals_gives_the_key_of_vacuum_and_weak_decoy(length_km: float) -> None:
    link = Link(length_km=length_km, sifted_fraction=1.0, after_pulse_probability=0.02, dead_time_s=1e-8)
    nearly = 1.0 - 1e-4
    plan = DecoySettings(signal_probability=nearly - 1e-4, decoy_probability=5e-5, key_basis_probability=nearly)
    finite = finite_key_rate(link, plan, pulses=1e36)
    endless = decoy.vacuum_weak_rate(link)
    # Lim et al. credit empty pulses as well: Eve learns nothing from a click without a photon
    empty = np.exp(-link.intensity) * float(endless.background_yield_bound)
    wanted = float(endless.secret_bits_per_pulse) + empty
    assert finite.secret_bits_per_pulse == pytest.approx(wanted, rel=2e-3)
    assert finite.phase_error_rate == pytest.approx(float(endless.phase_error_rate), rel=2e-3)
    assert finite.single_photon_yield == pytest.approx(float(endless.single_photon_yield_bound), rel=2e-3)
    assert finite.gain == pytest.approx(float(endless.gain), rel=2e-3)
    assert finite.error_rate == pytest.approx(float(endless.error_rate), rel=2e-3)


def test_the_budget_adds_up() -> None:
    key = finite_key_rate(LINK, SETTINGS, block_size=1e7)
    left = key.vacuum_clicks + key.single_photon_clicks - key.privacy_amplification - key.leakage - key.security_cost
    assert key.balance == pytest.approx(left, rel=1e-12)
    assert key.secret_bits == int(key.balance)
    assert key.security_cost == pytest.approx(6 * np.log2(21e10) + np.log2(2e15))
    assert key.duration_s == key.pulses / LINK.clock_rate_hz
    assert key.block_size == pytest.approx(1e7)


def test_the_leakage_that_was_spent_takes_the_place_of_the_expected_one() -> None:
    counts = expected_counts(LINK, SETTINGS, block_size=1e7)
    expected = finite_key(counts, LINK, SETTINGS)
    spent = finite_key(counts, LINK, SETTINGS, leakage_bits=expected.leakage + 1000.0)
    assert spent.balance == pytest.approx(expected.balance - 1000, abs=1e-6)


def test_eve_who_blocks_single_photons_leaves_no_key() -> None:
    counts = expected_counts(LINK, SETTINGS, block_size=1e7)
    honest = finite_key(counts, LINK, SETTINGS)
    # she passes the signals' clicks on and stops nine in ten of the decoys', which are mostly single photons
    robbed = DecoyCounts(
        pulses=counts.pulses,
        key_clicks=counts.key_clicks * np.array([1.0, 0.1, 1.0]),
        key_errors=counts.key_errors * np.array([1.0, 0.1, 1.0]),
        test_clicks=counts.test_clicks * np.array([1.0, 0.1, 1.0]),
        test_errors=counts.test_errors * np.array([1.0, 0.1, 1.0]),
    )
    assert honest.secret_bits > 1_000_000
    assert finite_key(robbed, LINK, SETTINGS).secret_bits == 0


def test_no_error_seen_is_not_no_error_promised() -> None:
    clicks = [50.0, 400.0, 1.0]
    counts = DecoyCounts(pulses=1e6, key_clicks=clicks, key_errors=[0, 0, 0], test_clicks=clicks, test_errors=[0, 0, 0])
    assert finite_key(counts, LINK, SETTINGS).phase_error_rate > 1e-3
    none = DecoyCounts(pulses=1e6, key_clicks=[0, 0, 0], key_errors=[0, 0, 0], test_clicks=[0] * 3, test_errors=[0] * 3)
    assert finite_key(none, LINK, SETTINGS).secret_bits == 0


def test_hoeffdings_deviation_is_the_ledgers_and_holds() -> None:
    assert hoeffding_deviation(1e6, 1e-10) == pytest.approx(3393.070212, rel=1e-7)
    heads = np.random.default_rng(47).binomial(1000, 0.5, 200_000)
    for epsilon in (0.1, 0.01):
        assert np.mean(heads - 500 > hoeffding_deviation(1000, epsilon)) < epsilon


def test_the_sampling_deviation_holds_for_bits_drawn_from_an_urn() -> None:
    rng = np.random.default_rng(31)
    observed, unseen, wrong = 2000, 3000, 250
    seen = rng.hypergeometric(wrong, observed + unseen - wrong, observed, 100_000)
    rates, others = seen / observed, (wrong - seen) / unseen
    failure = 0.05
    for rate in np.unique(rates):
        # the formula's 21 shares its argument out: a failure of 21 times epsilon stands for epsilon
        margin = sampling_deviation(
            failure_probability=min(1.0, 21 * failure), observed_rate=rate, observed=observed, unseen=unseen
        )
        others[rates == rate] -= rate + margin
    assert np.mean(others > 0) < failure


def _scaled(counts: DecoyCounts, factor: float) -> DecoyCounts:
    return DecoyCounts(
        pulses=counts.pulses * factor,
        key_clicks=np.asarray(counts.key_clicks) * factor,
        key_errors=np.asarray(counts.key_errors) * factor,
        test_clicks=np.asarray(counts.test_clicks) * factor,
        test_errors=np.asarray(counts.test_errors) * factor,
    )


# but for their after-pulses, which they count with the pulse before, and for their epsilon, a share of the length
def test_a_hundred_times_longer_blocks_give_as_much_more_as_in_the_paper() -> None:
    long, short = (
        finite_key_rate(*best_settings(LIM_2014, block_size=n), block_size=n).secret_bits_per_pulse for n in (1e9, 1e7)
    )
    assert long / short == pytest.approx(1.75, abs=0.1)  # "about 1.75 times"


def test_ten_thousand_bits_still_make_a_key_beyond_130_km() -> None:
    # the paper's curve ends at 135 km
    near, far = (replace(LIM_2014, length_km=km) for km in (130.0, 150.0))
    plan = best_settings(near, block_size=1e4)
    assert finite_key_rate(*plan, block_size=1e4).secret_bits > 0
    assert finite_key_rate(*best_settings(far, block_size=1e4), block_size=1e4).secret_bits == 0


def test_the_best_settings_beat_their_neighbours() -> None:
    link, plan = best_settings(LINK, block_size=1e6)
    best = finite_key_rate(link, plan, block_size=1e6).secret_bits_per_pulse
    rng = np.random.default_rng(11)
    for _ in range(100):
        wobble = rng.uniform(0.93, 1.07, 5)
        near = replace(link, intensity=link.intensity * wobble[0], decoy_intensity=link.decoy_intensity * wobble[1])
        other = DecoySettings(
            signal_probability=plan.signal_probability * wobble[2],
            decoy_probability=plan.decoy_probability * wobble[3],
            key_basis_probability=plan.key_basis_probability * wobble[4],
        )
        assert finite_key_rate(near, other, block_size=1e6).secret_bits_per_pulse < best * 1.0005


BAD_COUNTS = {"pulses": 100, "key_clicks": [5, 3, 1], "key_errors": [1, 0, 0], "test_clicks": [2, 1, 0]}
BAD_COUNTS["test_errors"] = [0, 0, 0]


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: DecoySettings(signal_probability=1.2), "signal_probability is 1.2; it must be between 0 and 1"),
        (
            lambda: DecoySettings(key_basis_probability=1.0),
            "key_basis_probability is 1; it must be above 0 and below 1",
        ),
        (lambda: DecoySettings(signal_probability=0.8, decoy_probability=0.2), "signal_probability and decoy_prob"),
        (lambda: DecoyCounts(**BAD_COUNTS | {"key_errors": [6, 0, 0]}), "key_errors are more than key_clicks"),
        (lambda: DecoyCounts(**BAD_COUNTS | {"test_clicks": [2, 1]}), "test_clicks has shape (2,)"),
        (lambda: DecoyCounts(**BAD_COUNTS | {"key_clicks": [-1, 0, 0]}), "key_clicks is -1"),
        (lambda: DecoyCounts(**BAD_COUNTS | {"pulses": 11}), "pulses is 11; there are more clicks, 12"),
        (lambda: DecoyCounts(**BAD_COUNTS | {"pulses": np.nan}), "pulses is nan"),
        (lambda: expected_counts(LINK, SETTINGS), "give either pulses or block_size"),
        (lambda: expected_counts(LINK, SETTINGS, pulses=1e6, block_size=1e4), "give either pulses or block_size"),
        (lambda: expected_counts(LINK, SETTINGS, block_size=0), "block_size is 0; it must be between 1 and"),
        (lambda: finite_key_rate(LINK, SETTINGS, pulses=1e9, secrecy=0), "secrecy is 0"),
        (lambda: finite_key_rate(LINK, SETTINGS, pulses=1e9, correctness=2), "correctness is 2"),
        (lambda: finite_key_rate(Link(decoy_intensity=0.7), SETTINGS, pulses=1e9), "intensity is 0.5"),
        (lambda: hoeffding_deviation(-1, 0.1), "trials is -1"),
        (lambda: hoeffding_deviation(10, 0), "failure_probability is 0"),
        (
            lambda: sampling_deviation(failure_probability=0.1, observed_rate=2, observed=1, unseen=1),
            "observed_rate is 2",
        ),
        (lambda: simulate_decoy_run(LINK, SETTINGS, 0, rng=np.random.default_rng(0)), "pulses is 0"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
