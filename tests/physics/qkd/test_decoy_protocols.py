"""What few decoys prove, against the truth they are about and against infinitely many."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.qkd import decoy, decoy_bounds
from qlearn.physics.qkd.decoy import GYS, Link, decoy_rate, one_decoy_rate, vacuum_weak_rate

FEW = (vacuum_weak_rate, one_decoy_rate)

links = st.builds(
    Link,
    length_km=st.floats(0, 250),
    detector_efficiency=st.floats(0.01, 1),
    background_probability=st.one_of(st.just(0.0), st.floats(-9, -1).map(lambda x: 10**x)),
    misalignment_error=st.floats(0, 0.5),
    intensity=st.floats(0.3, 2),
    decoy_intensity=st.floats(0.05, 0.25),
    vacuum_intensity=st.floats(0, 0.04),
    dead_time_s=st.sampled_from([0.0, 1e-6]),
    after_pulse_probability=st.floats(0, 0.5),
)


@given(links)
def test_the_bounds_hold_whatever_the_link(link: Link) -> None:
    for rate in FEW:
        key = rate(link)
        assert key.single_photon_yield_bound <= key.single_photon_yield * (1 + 1e-9)
        if key.single_photon_yield_bound > 1e-12:
            assert key.single_photon_error_bound >= key.single_photon_error_rate * (1 - 1e-6)
        assert 0 <= key.single_photon_error_bound <= 0.5
        assert key.phase_error_rate == key.single_photon_error_bound
        assert key.secret_bits_per_pulse <= decoy_rate(link).secret_bits_per_pulse + 1e-12


@given(links)
def test_the_background_bounds_lie_on_either_side_of_the_truth(link: Link) -> None:
    background, _ = decoy.yield_and_error_rate(link, 0)
    assert vacuum_weak_rate(link).background_yield_bound <= background * (1 + 1e-9)
    assert one_decoy_rate(link).background_yield_bound >= background * (1 - 1e-9)


# an Eve who does as she likes with each number of photons: the bounds are about her, not about a fibre
eves = st.lists(st.floats(0, 1), min_size=12, max_size=12)


@given(eves, eves)
def test_the_bounds_hold_against_any_eve(yields: list[float], errors: list[float]) -> None:
    mu, nu, omega = 0.5, 0.12, 0.01
    photons = np.arange(12)
    wrong = np.array(yields) * np.array([0.5, *errors[1:]])
    weights = np.array([decoy.photon_number_probability(photons, k) for k in (mu, nu, omega)])
    factor = np.exp([mu, nu, omega])
    clicks, bad = factor * (weights @ yields), factor * (weights @ wrong)
    slack = 1e-12
    background = decoy_bounds.background_yield((mu, nu, omega), lowest=clicks, highest=clicks)
    assert background <= yields[0] + slack
    single = decoy_bounds.single_photon_yield((mu, nu, omega), lowest=clicks, highest=clicks, background=background)
    assert single <= yields[1] + 1e-9
    assert decoy_bounds.single_photon_errors((mu, nu, omega), lowest=bad, highest=bad) >= wrong[1] - slack
    most = decoy_bounds.background_from_errors(bad[1])
    assert most >= yields[0] - slack
    one = decoy_bounds.single_photon_yield_one_decoy(
        signal=mu, decoy=nu, signal_clicks=clicks[0], decoy_clicks=clicks[1], background=most
    )
    assert one <= yields[1] + 1e-9


@given(links, st.floats(1.001, 1.2))
def test_counts_that_are_less_certain_never_prove_more(link: Link, apart: float) -> None:
    intensities = link.intensities
    clicks = np.array([np.exp(k) * decoy.gain(link, intensity=k) for k in intensities])
    loose = {"lowest": clicks / apart, "highest": clicks * apart}
    background = decoy_bounds.background_yield(intensities, **loose)
    assert background <= decoy_bounds.background_yield(intensities, lowest=clicks, highest=clicks)
    tight = decoy_bounds.single_photon_yield(intensities, lowest=clicks, highest=clicks, background=background)
    assert decoy_bounds.single_photon_yield(intensities, **loose, background=background) <= tight * (1 + 1e-12)


@pytest.mark.parametrize("length_km", [0.0, 50.0, 120.0])
def test_the_fainter_the_decoy_the_nearer_to_infinitely_many(length_km: float) -> None:
    link = replace(GYS, length_km=length_km)
    decoys = (replace(link, decoy_intensity=nu) for nu in (0.2, 0.1, 0.05, 1e-3))
    keys = [float(vacuum_weak_rate(decoy).secret_bits_per_pulse) for decoy in decoys]
    assert keys == sorted(keys)
    assert keys[-1] == pytest.approx(float(decoy_rate(link).secret_bits_per_pulse), rel=5e-3)


def test_without_a_vacuum_the_errors_of_the_optics_pass_for_background() -> None:
    clean = replace(GYS, misalignment_error=0.0, background_probability=0.0, decoy_intensity=1e-3)
    wanted = float(decoy_rate(clean).secret_bits_per_pulse)
    assert one_decoy_rate(clean).secret_bits_per_pulse == pytest.approx(wanted, rel=5e-3)
    for length_km in (0, 50, 100):
        here = replace(GYS, length_km=length_km)
        one, two, infinite = (float(rate(here).secret_bits_per_pulse) for rate in (*FEW[::-1], decoy_rate))
        assert one < 0.8 * two < 0.8 * infinite
        assert one_decoy_rate(here).background_yield_bound > 2 * GYS.background_probability
    assert decoy.reach(GYS, one_decoy_rate) < decoy.reach(GYS, vacuum_weak_rate) < decoy.reach(GYS)


def test_with_a_true_vacuum_the_bounds_are_those_of_the_classroom() -> None:
    link = replace(GYS, length_km=50.0, decoy_intensity=0.1)
    mu, nu = link.intensity, link.decoy_intensity
    key = vacuum_weak_rate(link)
    seen, dim = float(key.gain) * np.exp(mu), float(key.decoy_gain) * np.exp(nu)
    background = float(key.vacuum_gain)
    single = mu / (mu * nu - nu**2) * (dim - seen * nu**2 / mu**2 - (mu**2 - nu**2) / mu**2 * background)
    assert key.single_photon_yield_bound == pytest.approx(single, rel=1e-12)
    errors = (float(key.decoy_error_rate) * dim - background / 2) / (single * nu)
    assert key.single_photon_error_bound == pytest.approx(errors, rel=1e-12)
    assert key.vacuum_error_rate == pytest.approx(0.5)


@pytest.mark.parametrize("rate", FEW)
def test_the_best_intensity_is_better_than_its_neighbours(rate: Any) -> None:
    best = decoy.best_intensity(GYS, rate)
    top = rate(replace(GYS, intensity=best)).secret_bits_per_pulse
    for factor in (0.9, 0.99, 1.01, 1.1):
        assert rate(replace(GYS, intensity=best * factor)).secret_bits_per_pulse < top
    assert decoy.reach(GYS, rate) <= decoy.reach(GYS, rate, best=True)


@given(links)
def test_without_after_pulses_dead_time_takes_the_same_share_of_everything(link: Link) -> None:
    live = replace(link, dead_time_s=0.0, after_pulse_probability=0.0)
    slow = replace(live, dead_time_s=3e-8)
    for rate in (*FEW, decoy_rate, decoy.gllp_rate, decoy.single_photon_rate):
        blind, awake = vars(rate(slow)), vars(rate(live))
        for name, value in awake.items():
            share = 1.0 if "rate" in name or "error" in name or name == "transmittance" else blind["live_fraction"]
            assert blind[name] == pytest.approx(share * value, rel=1e-6, abs=1e-15 * link.clock_rate_hz, nan_ok=True), (
                name
            )


def test_lengths_come_as_arrays_too() -> None:
    lengths = np.array([0.0, 60.0, 300.0])
    for rate in FEW:
        together = vars(rate(GYS, length_km=lengths))
        for place, length in enumerate(lengths):
            for name, value in vars(rate(replace(GYS, length_km=float(length)))).items():
                assert together[name][place] == pytest.approx(float(value), rel=1e-12, nan_ok=True), name


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda: vacuum_weak_rate(Link(decoy_intensity=0.6)),
            "intensity is 0.5; it must be above those of both decoys",
        ),
        (lambda: one_decoy_rate(Link(decoy_intensity=0.5)), "intensity is 0.5; it must be above those of both decoys"),
        (lambda: vacuum_weak_rate(Link(vacuum_intensity=0.1)), "decoy_intensity is 0.1; it must be above vacuum"),
        (lambda: vacuum_weak_rate(GYS, length_km=-1), "length_km is -1"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
