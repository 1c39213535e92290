"""Rates of laser pulses against their limits, each other and the pulses themselves."""

from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd import decoy
from qlearn.physics.qkd.decoy import GYS, Link
from qlearn.physics.qkd.link import LIMITS
from qlearn.physics.qkd.pulse_simulation import simulate_pulses

RATES = (decoy.decoy_rate, decoy.gllp_rate, decoy.single_photon_rate)

links = st.builds(
    Link,
    length_km=st.floats(0, 600),
    loss_db_per_km=st.floats(0, 1),
    detector_efficiency=st.floats(0, 1),
    background_probability=st.one_of(st.just(0.0), st.floats(-12, 0).map(lambda x: 10**x)),
    misalignment_error=st.floats(0, 0.5),
    intensity=st.floats(0, 5),
    error_correction_efficiency=st.floats(1, 2),
)


@given(links)
def test_every_intermediate_stays_in_its_bounds(link: Link) -> None:
    for rate in RATES:
        key = rate(link)
        for name, value in vars(key).items():
            if name not in ("error_rate", "single_photon_error_rate"):
                assert value >= 0, name
        for name in ("transmittance", "gain", "single_photon_yield", "untagged_gain"):
            assert getattr(key, name) <= 1 + 1e-12, name
        for name in ("error_rate", "single_photon_error_rate", "phase_error_rate"):
            value = getattr(key, name)
            assert np.isnan(value) or 0 <= value <= 0.5 + 1e-12, name
        assert key.untagged_gain <= key.gain * (1 + 1e-9)
        assert key.secret_bits_per_second == key.secret_bits_per_pulse * link.clock_rate_hz


@given(links)
def test_no_rate_beats_the_bare_fibre_and_decoys_beat_none(link: Link) -> None:
    bound = decoy.plob_bound(link)
    with_decoys, without, single = (rate(link).secret_bits_per_pulse for rate in RATES)
    assert without <= with_decoys + 1e-15
    assert max(with_decoys, single) <= bound


@given(links, st.floats(0.01, 200))
def test_more_fibre_never_gives_more_key(link: Link, further_km: float) -> None:
    longer = replace(link, length_km=link.length_km + further_km)
    assert decoy.plob_bound(longer) <= decoy.plob_bound(link)
    assert decoy.gain(longer) <= decoy.gain(link)
    for rate in RATES:
        assert rate(longer).secret_bits_per_pulse <= rate(link).secret_bits_per_pulse * (1 + 1e-12)


@given(links, st.floats(1.01, 10))
def test_darker_detectors_never_give_less_key(link: Link, factor: float) -> None:
    assume(link.background_probability > 0)
    darker = replace(link, background_probability=link.background_probability / factor)
    for rate in RATES:
        assert rate(darker).secret_bits_per_pulse >= rate(link).secret_bits_per_pulse * (1 - 1e-9)


@given(links)
def test_gain_and_errors_are_the_sum_over_photon_numbers(link: Link) -> None:
    photons = np.arange(60)
    weight = decoy.photon_number_probability(photons, link.intensity)
    yields, errors = decoy.yield_and_error_rate(link, photons)
    assert weight.sum() == pytest.approx(1)
    assert decoy.gain(link) == pytest.approx((weight * yields).sum(), rel=1e-9, abs=1e-300)
    wrong = (weight * yields * np.nan_to_num(errors)).sum()
    assert np.nan_to_num(decoy.error_rate(link)) * decoy.gain(link) == pytest.approx(wrong, rel=1e-9, abs=1e-300)


# settings that keep every mechanism in play: background, several photons, misalignment, a lossless and a long link
PULSES = [
    Link(length_km=0, detector_efficiency=0.3, background_probability=0.02, misalignment_error=0.05, intensity=0.8),
    Link(length_km=50, detector_efficiency=0.5, background_probability=1e-3, misalignment_error=0.02, intensity=2.5),
    Link(length_km=0, detector_efficiency=1.0, background_probability=0.0, misalignment_error=0.0, intensity=0.3),
    Link(length_km=500, background_probability=0.01),
]


@pytest.mark.parametrize("link", PULSES)
def test_pulses_sent_one_by_one_agree_within_five_standard_errors(link: Link) -> None:
    run = simulate_pulses(link, 1_000_000, rng=np.random.default_rng(2005))
    sent = int(run.sent.sum())
    assert sent == 1_000_000
    checks = [(run.clicked.sum(), sent, decoy.gain(link)), (run.wrong.sum(), run.clicked.sum(), decoy.error_rate(link))]
    for photons in range(4):
        chance = decoy.photon_number_probability(photons, link.intensity)
        yields, errors = decoy.yield_and_error_rate(link, photons)
        checks.append((run.sent[photons], sent, chance))
        checks.append((run.clicked[photons], run.sent[photons], yields))
        checks.append((run.wrong[photons], run.clicked[photons], np.nan_to_num(errors)))
    for seen, trials, chance in checks:
        assert abs(seen - trials * chance) <= 5 * np.sqrt(trials * chance * (1 - chance)) + 1e-6
    assert run.gain == run.clicked.sum() / sent
    assert run.error_rate == run.wrong.sum() / run.clicked.sum()


def test_without_background_the_ideal_photon_needs_no_short_fibre() -> None:
    link = Link(background_probability=0.0, misalignment_error=0.0, error_correction_efficiency=1.0)
    key = decoy.single_photon_rate(link, length_km=[0, 100, 300])
    np.testing.assert_allclose(key.secret_bits_per_pulse, 0.5 * decoy.transmittance(link, length_km=[0, 100, 300]))


def test_with_loss_the_decoy_rate_falls_as_the_transmittance_and_the_rate_without_as_its_square() -> None:
    link = Link(background_probability=0.0)
    for rate, power in ((decoy.decoy_rate, 1), (decoy.gllp_rate, 2)):
        near, far = (
            float(rate(replace(at, intensity=decoy.best_intensity(at, rate))).secret_bits_per_pulse)
            for at in (replace(link, length_km=200), replace(link, length_km=250))
        )
        assert near / far == pytest.approx(10**power, rel=0.01)  # 50 km are 10 dB


def test_arrays_of_lengths_give_the_same_as_one_length_at_a_time() -> None:
    lengths = np.linspace(0, 200, 7)
    for rate in RATES:
        together = vars(rate(GYS, length_km=lengths))
        for index, length in enumerate(lengths):
            alone = vars(rate(replace(GYS, length_km=length)))
            for name, value in alone.items():
                assert together[name][index] == pytest.approx(float(value), rel=1e-13), name


def test_the_budget_adds_up() -> None:
    key = decoy.decoy_rate(Link())
    left = 0.5 * key.untagged_gain - key.privacy_amplification - key.leakage
    assert key.secret_bits_per_pulse == pytest.approx(float(left), rel=1e-12)
    assert key.leakage == pytest.approx(0.5 * 1.16 * float(key.gain * binary_entropy(key.error_rate)), rel=1e-12)


@pytest.mark.parametrize("link", [GYS, Link(), replace(GYS, length_km=60.0)])
def test_the_best_intensity_is_better_than_its_neighbours(link: Link) -> None:
    best = decoy.best_intensity(link)
    top = decoy.decoy_rate(replace(link, intensity=best)).secret_bits_per_pulse
    for factor in (0.9, 0.99, 1.01, 1.1):
        assert decoy.decoy_rate(replace(link, intensity=best * factor)).secret_bits_per_pulse < top


def test_the_closed_form_is_the_best_intensity_where_loss_is_high_and_background_absent() -> None:
    link = replace(GYS, length_km=150.0, background_probability=0.0)
    formula = decoy.optimal_intensity(0.033, error_correction_efficiency=1.22)
    assert decoy.best_intensity(link) == pytest.approx(formula, rel=1e-3)
    assert decoy.optimal_intensity(0.0) == 1.0


def test_at_the_reach_the_key_ends() -> None:
    for rate in RATES[::2]:
        length = decoy.reach(GYS, rate)
        assert rate(GYS, length_km=length - 1e-3).secret_bits_per_pulse > 0
        assert rate(GYS, length_km=length + 1e-3).secret_bits_per_pulse == 0


def test_reach_is_zero_without_a_key_and_endless_without_background() -> None:
    assert decoy.reach(replace(GYS, misalignment_error=0.2)) == 0
    assert decoy.reach(GYS, decoy.gllp_rate) == 0  # too bright for a source without decoys
    assert decoy.reach(replace(GYS, background_probability=0.0)) == np.inf
    assert decoy.reach(replace(GYS, background_probability=0.0), decoy.gllp_rate, best=True) == np.inf
    assert decoy.reach(replace(GYS, loss_db_per_km=0.0)) == np.inf
    # too faint a pulse for this loss, though nothing is dark: the tagged pulses win in the end
    assert 20 < decoy.reach(replace(GYS, background_probability=0.0, intensity=0.01), decoy.gllp_rate) < 40


def test_nothing_sent_is_nothing_known() -> None:
    dark = Link(intensity=0.0, background_probability=0.0)
    assert decoy.gain(dark) == 0
    assert np.isnan(decoy.error_rate(dark))
    assert decoy.decoy_rate(dark).secret_bits_per_pulse == decoy.gllp_rate(dark).secret_bits_per_pulse == 0
    assert np.isnan(simulate_pulses(dark, 10, rng=np.random.default_rng(0)).error_rate)


def test_a_fibre_without_loss_has_no_bound() -> None:
    assert decoy.plob_bound(Link(length_km=0)) == np.inf


def test_every_field_of_a_link_has_a_limit() -> None:
    assert list(asdict(Link())) == list(LIMITS)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: Link(length_km=-1), "length_km is -1; it must be between 0 and 5000 km"),
        (lambda: Link(misalignment_error=0.6), "misalignment_error is 0.6; it must be between 0 and 0.5"),
        (lambda: Link(intensity="bright"), "intensity is 'bright'; it must be a real number"),
        (lambda: Link(error_correction_efficiency=0.9), "error_correction_efficiency is 0.9"),
        (lambda: decoy.decoy_rate(GYS, length_km=[1, np.nan]), "length_km is nan"),
        (lambda: decoy.plob_bound(GYS, length_km=-5), "length_km is -5"),
        (lambda: decoy.yield_and_error_rate(GYS, -1), "photons is -1"),
        (lambda: decoy.photon_number_probability(1, -0.5), "intensity is -0.5"),
        (lambda: decoy.multiphoton_probability(np.inf), "intensity is inf"),
        (lambda: decoy.optimal_intensity(0.12), "misalignment_error is 0.12; it must be below 0.1100"),
        (lambda: decoy.optimal_intensity(-0.1), "misalignment_error is -0.1"),
        (lambda: simulate_pulses(GYS, 0, rng=np.random.default_rng(0)), "pulses is 0; it must be a whole number"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
