"""The whole chain: two equal keys of the length that the finite-key formula allows, or a reason that fits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd.attacks import Attack, BeamSplitting, Breidbart, InterceptResend, PhotonNumberSplitting
from qlearn.physics.qkd.decoy_counts import DecoySettings, expected_counts
from qlearn.physics.qkd.finite_key import finite_key
from qlearn.physics.qkd.link import Link
from qlearn.physics.qkd.protocol_run import Outcome, ProtocolRun, distil, run_protocol
from qlearn.physics.qkd.sifted_clicks import draw_sifted_clicks
from qlearn.physics.qkd.single_photon_key import single_photon_finite_key

LINK = Link(length_km=30, decoy_intensity=0.2)
SETTINGS = DecoySettings(signal_probability=0.6, decoy_probability=0.3, key_basis_probability=0.6)
LOOSE = {"secrecy": 1e-6, "correctness": 1e-9}  # so that short runs have a key


def _pulses(key_bits: float, link: Link = LINK) -> int:
    return int(expected_counts(link, SETTINGS, block_size=key_bits).pulses)


def _run(key_bits: float = 3e5, seed: int = 1, attack: Attack | None = None, **change: object) -> ProtocolRun:
    arguments = LOOSE | {"rng": np.random.default_rng(seed), "attack": attack} | change
    return run_protocol(LINK, SETTINGS, _pulses(key_bits), **arguments)


def _single(pulses: int = 3_000_000, seed: int = 1, link: Link = LINK, **change: object) -> ProtocolRun:
    arguments = {"rng": np.random.default_rng(seed), "single_photons": True} | change
    return run_protocol(link, SETTINGS, pulses, **arguments)


def _check_key(run: ProtocolRun) -> None:
    assert run.outcome is Outcome.KEY
    assert run.finite_key is not None
    assert run.secret_bits == run.finite_key.secret_bits == run.alice_key.size > 0
    np.testing.assert_array_equal(run.alice_key, run.bob_key)
    ones = int(run.alice_key.sum())
    assert abs(ones - run.secret_bits / 2) < 5 * np.sqrt(run.secret_bits / 4)
    assert run.secret_bits_per_pulse == run.secret_bits / run.clicks.pulses


def test_a_million_sifted_bits_become_two_equal_keys_as_long_as_the_formula_says() -> None:
    run = run_protocol(LINK, SETTINGS, _pulses(1e6), rng=np.random.default_rng(2))
    _check_key(run)
    assert run.counts.block_size == pytest.approx(1e6, rel=0.01)
    leaked = run.correction.leaked_bits
    assert run.finite_key == finite_key(run.counts, LINK, SETTINGS, leakage_bits=leaked)
    expected = finite_key(expected_counts(LINK, SETTINGS, block_size=1e6), LINK, SETTINGS, leakage_bits=leaked)
    assert run.secret_bits == pytest.approx(expected.secret_bits, rel=0.05)  # five standard deviations
    assert leaked == pytest.approx(1.14 * 1e6 * binary_entropy(run.counts.key_error_rate), rel=0.05)


def test_shorter_runs_scatter_around_the_formula_at_the_leakage_spent() -> None:
    expected = expected_counts(LINK, SETTINGS, block_size=3e5)
    off = []
    for seed in range(4):
        run = _run(seed=seed)
        _check_key(run)
        leaked = run.correction.leaked_bits
        off.append(run.secret_bits / finite_key(expected, LINK, SETTINGS, leakage_bits=leaked, **LOOSE).secret_bits - 1)
    assert abs(np.mean(off)) < 0.06
    assert max(np.abs(off)) < 0.12


@pytest.mark.parametrize(
    ("attack", "outcome"),
    [
        (InterceptResend(), Outcome.TOO_MANY_ERRORS),
        (InterceptResend(0.1), Outcome.TOO_MANY_ERRORS),
        (Breidbart(), Outcome.TOO_MANY_ERRORS),
        (PhotonNumberSplitting(), Outcome.DECOYS_CHANGED),
        (PhotonNumberSplitting(0.3), Outcome.DECOYS_CHANGED),
    ],
    ids=repr,
)
def test_an_eve_who_moves_something_ends_the_run_before_a_key_is_made(attack: Attack, outcome: Outcome) -> None:
    run = _run(attack=attack)
    assert run.outcome is outcome
    assert run.secret_bits == run.alice_key.size == run.bob_key.size == 0
    assert run.correction is run.verification is run.finite_key is None
    raised = [alarm for alarm in run.alarms if alarm.raised]
    assert [alarm.observable for alarm in raised] == [attack.observable]


@pytest.mark.parametrize("attack", [InterceptResend(), Breidbart(), PhotonNumberSplitting()], ids=repr)
def test_without_alarms_the_counts_alone_leave_a_full_attack_no_key(attack: Attack) -> None:
    run = _run(attack=attack, stop_at_alarm=False)
    assert run.outcome is Outcome.NO_KEY_LEFT
    assert run.verification.equal  # the keys were equal: equal is not secret
    assert run.secret_bits == run.finite_key.secret_bits == 0


@pytest.mark.parametrize(
    "attack", [InterceptResend(0.03), Breidbart(0.03), PhotonNumberSplitting(0.1), BeamSplitting()], ids=repr
)
def test_what_privacy_amplification_takes_is_more_than_what_eve_has_read(attack: Attack) -> None:
    run = _run(attack=attack, stop_at_alarm=False)
    _check_key(run)
    length = run.finite_key
    given_up = run.counts.block_size - length.vacuum_clicks - length.single_photon_clicks + length.privacy_amplification
    assert 0 < run.eve_information_bits < given_up


def test_beam_splitting_raises_no_alarm_and_costs_no_bit() -> None:
    split, honest = _run(attack=BeamSplitting()), _run()
    _check_key(split)
    assert not any(alarm.raised for alarm in split.alarms)
    assert split.eve_information_bits > 0.2 * split.counts.block_size
    assert honest.eve_information_bits == 0
    # privacy amplification had paid for her before she came
    assert split.secret_bits == pytest.approx(honest.secret_bits, rel=0.05)


def test_single_photons_need_no_decoys() -> None:
    run = _single()
    _check_key(run)
    assert set(run.clicks.intensity) == {0}
    assert set(run.clicks.photons) == {1}
    assert len(run.alarms) == 1
    assert _single(attack=InterceptResend(0.3)).outcome is Outcome.TOO_MANY_ERRORS
    assert _single(attack=PhotonNumberSplitting(), stop_at_alarm=False).eve_information_bits == 0
    # she can hold the photon only where Bob's click was a dark count
    assert _single(attack=BeamSplitting(), stop_at_alarm=False).eve_information_bits < 10


def test_the_key_of_single_photons_tends_to_the_secret_fraction() -> None:
    counts = expected_counts(LINK, SETTINGS, block_size=1e13)
    error = float(counts.test_errors.sum() / counts.test_clicks.sum())
    leak = 1.1 * 1e13 * float(binary_entropy(error))
    key = single_photon_finite_key(counts, LINK, SETTINGS, leakage_bits=leak)
    assert key.secret_bits / 1e13 == pytest.approx(1 - 2.1 * binary_entropy(error), rel=1e-4)
    unlucky = single_photon_finite_key(counts, LINK, SETTINGS, leakage_bits=leak, secrecy=1e-20)
    assert unlucky.secret_bits < key.secret_bits


def test_an_eve_in_the_test_basis_alone_leaves_it_clean_and_spoils_the_key() -> None:
    clean = Link(length_km=10, misalignment_error=0.0, background_probability=0.0)
    run = _single(100_000, link=clean, attack=InterceptResend(0.2, rectilinear_probability=0.0))
    assert run.estimated_error_rate == 0
    assert not run.alarms[0].raised
    # Cascade expected no errors, made its blocks too large and missed most: the tags tell
    assert run.outcome is Outcome.KEYS_DIFFER
    assert not run.verification.equal
    assert run.finite_key is None
    assert run.secret_bits == 0


@pytest.mark.parametrize("pulses", [1, 100])
def test_a_run_that_is_too_short_says_so(pulses: int) -> None:
    assert _single(pulses).outcome in (Outcome.NOTHING_ARRIVED, Outcome.NO_KEY_LEFT)
    dark = Link(detector_efficiency=0.0, background_probability=0.0)
    nothing = _single(pulses, link=dark)
    assert nothing.outcome is Outcome.NOTHING_ARRIVED
    assert np.isnan(nothing.estimated_error_rate)
    assert nothing.eve_information_bits == 0


@given(
    st.builds(
        Link,
        length_km=st.floats(0, 60),
        detector_efficiency=st.floats(0.05, 1),
        background_probability=st.one_of(st.just(0.0), st.floats(-7, -2).map(lambda x: 10**x)),
        misalignment_error=st.floats(0, 0.2),
        dead_time_s=st.sampled_from([0.0, 5e-9]),
        after_pulse_probability=st.sampled_from([0.0, 0.1]),
    ),
    st.one_of(st.none(), st.builds(InterceptResend, st.floats(0, 1)), st.builds(BeamSplitting, st.floats(0, 1))),
    st.booleans(),
    st.integers(0, 2**32),
)
@settings(max_examples=25)
def test_a_run_ends_with_equal_keys_or_with_none(
    link: Link, attack: Attack | None, single_photons: bool, seed: int
) -> None:
    run = _single(30_000, seed, link, attack=attack, single_photons=single_photons, stop_at_alarm=False)
    np.testing.assert_array_equal(run.alice_key, run.bob_key)
    assert (run.secret_bits > 0) == (run.outcome is Outcome.KEY)
    assert run.secret_bits <= run.counts.block_size


def test_the_same_seed_gives_the_same_key_and_another_seed_another() -> None:
    first, again, other = (_single(seed=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first.alice_key, again.alice_key)
    assert not np.array_equal(first.alice_key[:1000], other.alice_key[:1000])


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"false_alarm_rate": 0.0}, "false_alarm_rate is 0; it must be above 0 and below 1"),
        ({"correctness": 0.0}, "failure_probability is 0"),
        ({"secrecy": -1.0}, "secrecy is -1"),
    ],
)
def test_bad_settings_are_refused_by_name(change: dict[str, float], text: str) -> None:
    with pytest.raises(ParameterError, match=text):
        _single(100_000, **change)
    clicks = draw_sifted_clicks(LINK, SETTINGS, 100_000, rng=np.random.default_rng(1), single_photons=True)
    with pytest.raises(ParameterError, match=text):
        distil(clicks, LINK, SETTINGS, rng=np.random.default_rng(1), **change)
