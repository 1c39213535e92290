"""The promise of each test: no more false alarms than stated, and Eve found where she moves something."""

import numpy as np
import pytest
from scipy.stats import binom

from qlearn.errors import ParameterError
from qlearn.physics.qkd.alarms import (
    Alarm,
    alarm_probability,
    decoy_alarm,
    error_rate_alarm,
    expected_decoy_share,
)
from qlearn.physics.qkd.attacks import (
    Attack,
    BeamSplitting,
    Breidbart,
    InterceptResend,
    Observable,
    PhotonNumberSplitting,
)
from qlearn.physics.qkd.decoy_counts import DecoySettings, expected_counts
from qlearn.physics.qkd.link import Link
from qlearn.physics.qkd.sifted_clicks import draw_sifted_clicks

SETTINGS = DecoySettings(signal_probability=0.5, decoy_probability=0.4, key_basis_probability=0.6)
LINK = Link(length_km=25, detector_efficiency=0.3, background_probability=1e-4, misalignment_error=0.02)
BLIND = Link(length_km=25, detector_efficiency=0.3, dead_time_s=4e-9, after_pulse_probability=0.1)


@pytest.mark.parametrize("trials", [0, 1, 7, 60, 400])
@pytest.mark.parametrize("chance", [0.0, 0.01, 0.2, 0.9, 1.0])
@pytest.mark.parametrize("rate", [0.2, 0.01])
def test_an_honest_link_raises_no_more_alarms_than_stated_however_few_the_counts(
    trials: int, chance: float, rate: float
) -> None:
    seen = range(trials + 1)
    weights = binom.pmf(seen, trials, chance)
    errors = [error_rate_alarm(k, trials, expected_error_rate=chance, false_alarm_rate=rate).raised for k in seen]
    decoys = [decoy_alarm(k, trials, expected_share=chance, false_alarm_rate=rate).raised for k in seen]
    assert weights[errors].sum() <= rate * (1 + 1e-9)
    assert weights[decoys].sum() <= rate * (1 + 1e-9)


@pytest.mark.parametrize("trials", [0, 1, 50, 400])
@pytest.mark.parametrize("truth", [0.01, 0.05, 0.3])
def test_the_power_is_the_chance_of_all_counts_that_raise_the_alarm(trials: int, truth: float) -> None:
    seen = range(trials + 1)
    raised = [error_rate_alarm(k, trials, expected_error_rate=0.02, false_alarm_rate=0.01).raised for k in seen]
    power = alarm_probability(trials, expected_error_rate=0.02, error_rate=truth, false_alarm_rate=0.01)
    assert power == pytest.approx(binom.pmf(seen, trials, truth)[raised].sum(), abs=1e-12)


def _watch(link: Link, attack: Attack, seed: int, rate: float, pulses: int = 100_000) -> tuple[Alarm, Alarm]:
    run = draw_sifted_clicks(link, SETTINGS, pulses, rng=np.random.default_rng(seed), attack=attack)
    honest = expected_counts(link, SETTINGS, pulses=1e5)
    counts = run.counts()
    errors = error_rate_alarm(
        int(counts.test_errors.sum()),
        int(counts.test_clicks.sum()),
        expected_error_rate=float(honest.test_errors.sum() / honest.test_clicks.sum()),
        false_alarm_rate=rate,
    )
    signals, decoys, _ = (counts.key_clicks + counts.test_clicks).astype(int)
    share = expected_decoy_share(link, SETTINGS)
    return errors, decoy_alarm(decoys, signals + decoys, expected_share=share, false_alarm_rate=rate)


@pytest.mark.parametrize(
    ("link", "attack"),
    [(LINK, Attack()), (LINK, BeamSplitting()), (BLIND, Attack())],
    ids=["nobody", "beam splitting", "dead time"],
)
def test_over_many_runs_false_alarms_are_as_rare_as_stated_and_beam_splitting_raises_no_other(
    link: Link, attack: Attack
) -> None:
    runs, rate = 200, 0.05
    alarms = np.array([[alarm.raised for alarm in _watch(link, attack, seed, rate)] for seed in range(runs)])
    most = runs * rate + 4 * np.sqrt(runs * rate * (1 - rate))
    assert np.all(alarms.sum(axis=0) <= most)
    assert np.all(alarms.sum(axis=0) >= 1)  # a test that never speaks would be no test


@pytest.mark.parametrize(
    ("attack", "which"),
    [
        (InterceptResend(0.2), 0),
        (InterceptResend(0.2, 0.9), 0),
        (Breidbart(0.2), 0),
        (PhotonNumberSplitting(0.6), 1),
    ],
    ids=repr,
)
def test_an_attack_raises_the_alarm_of_the_observable_it_names_and_no_other(attack: Attack, which: int) -> None:
    runs = 40
    verdicts = [_watch(LINK, attack, seed, 1e-4, 400_000) for seed in range(runs)]
    assert verdicts[0][which].observable is attack.observable
    assert sum(verdict[which].raised for verdict in verdicts) >= 0.95 * runs
    assert sum(verdict[1 - which].raised for verdict in verdicts) <= 1


def test_a_link_that_grows_darker_raises_no_alarm() -> None:
    darker = Link(length_km=35, detector_efficiency=0.3, background_probability=1e-4, misalignment_error=0.02)
    run = draw_sifted_clicks(darker, SETTINGS, 1_000_000, rng=np.random.default_rng(1)).counts()
    signals, decoys, _ = (run.key_clicks + run.test_clicks).astype(int)
    assert not decoy_alarm(decoys, signals + decoys, expected_share=expected_decoy_share(LINK, SETTINGS)).raised


@pytest.mark.parametrize("attack", [None, PhotonNumberSplitting(), PhotonNumberSplitting(0.3), Breidbart()], ids=repr)
@pytest.mark.parametrize("link", [LINK, BLIND], ids=["LINK", "BLIND"])
def test_the_expected_share_of_decoys_is_the_simulated_one(attack: Attack | None, link: Link) -> None:
    run = draw_sifted_clicks(link, SETTINGS, 2_000_000, rng=np.random.default_rng(2), attack=attack)
    signals, decoys, _ = np.bincount(run.intensity, minlength=3)
    share = expected_decoy_share(link, SETTINGS, attack)
    assert abs(decoys - share * (signals + decoys)) < 5 * np.sqrt(decoys)


def test_a_verdict_shows_what_was_seen_beside_what_was_expected() -> None:
    alarm = error_rate_alarm(30, 100, expected_error_rate=0.02, false_alarm_rate=1e-3)
    assert (alarm.observable, alarm.observed, alarm.expected) == (Observable.ERROR_RATE, 0.3, 0.02)
    assert alarm.p_value == pytest.approx(binom.sf(29, 100, 0.02))
    assert np.isnan(decoy_alarm(0, 0, expected_share=0.1).observed)
    assert np.isnan(expected_decoy_share(Link(detector_efficiency=0.0, background_probability=0.0), SETTINGS))


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: error_rate_alarm(5, 4, expected_error_rate=0.1), "errors is 5; there are only 4 bits"),
        (lambda: error_rate_alarm(1, 4, expected_error_rate=1.1), "expected_error_rate is 1.1"),
        (lambda: error_rate_alarm(1, 4, expected_error_rate=0.1, false_alarm_rate=0.0), "false_alarm_rate is 0; it"),
        (lambda: decoy_alarm(1.5, 4, expected_share=0.1), "decoy_clicks is 1.5"),
        (lambda: decoy_alarm(1, 4, expected_share=float("nan")), "expected_share is nan"),
        (lambda: alarm_probability(-1, expected_error_rate=0.1, error_rate=0.2), "bits is -1"),
    ],
)
def test_bad_input_is_refused_by_name(call: object, text: str) -> None:
    with pytest.raises(ParameterError, match=text):
        call()
