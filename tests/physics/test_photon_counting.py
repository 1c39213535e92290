"""Estimates from counts: by hand, against brute force, and their error bars against the spread of many runs."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from qlearn.errors import ParameterError
from qlearn.physics import interference, photon_counting

few = st.integers(0, 2000)


@given(few, few)
def test_a_fractions_error_is_the_beta_distributions_spread(counted: int, more: int) -> None:
    error = photon_counting.fraction_error(counted, counted + more)
    assert error == pytest.approx(beta(counted + 1, more + 1).std())
    assert error > 0


def test_for_large_counts_a_fractions_error_is_the_usual_one() -> None:
    assert photon_counting.fraction_error(300_000, 1_000_000) == pytest.approx(np.sqrt(0.3 * 0.7 / 1e6), rel=1e-4)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_visibility_from_two_counts_stays_within_one_and_changes_sign_with_them(most: int, least: int) -> None:
    if most + least == 0:
        return
    value, error = photon_counting.visibility_from_counts(most, least)
    assert -1 <= value <= 1
    assert error == pytest.approx(np.sqrt(max(0.0, 1 - value**2) / (most + least)), abs=1e-6)
    assert photon_counting.visibility_from_counts(least, most) == pytest.approx((-value, error))


def test_the_error_of_two_counts_is_the_spread_of_many_runs() -> None:
    rng = np.random.default_rng(1986)
    runs = [photon_counting.visibility_from_counts(*rng.poisson([450, 50])) for _ in range(4000)]
    values, errors = np.array(runs).T
    # the spread of 4000 runs is itself known to 1.1 %
    assert values.std() == pytest.approx(errors.mean(), rel=0.06)
    assert abs(values.mean() - 0.8) < 5 * values.std() / np.sqrt(4000)


@pytest.mark.parametrize("marker", [0.0, 50.0, 90.0])
def test_the_fringes_visibility_is_unbiased_with_a_true_error(marker: float) -> None:
    rng = np.random.default_rng(20)
    phases = np.deg2rad(np.arange(0, 361, 15))
    chances = interference.detection_probabilities(phases, marker_deg=marker)
    values, errors = [], []
    for _ in range(3000):
        first = rng.binomial(40, chances[:, 0])
        value, error = photon_counting.visibility_of_fringe(phases, np.column_stack([first, 40 - first]))
        values.append(value)
        errors.append(error)
    expected = float(interference.marker_visibility(marker))
    assert abs(np.mean(values) - expected) < 5 * np.std(values) / np.sqrt(3000)
    # near none or all, the prior of 40 photons makes the bar a little larger than the spread
    assert 0.93 < np.mean(errors) / np.std(values) < 1.2


def test_a_fringe_is_fitted_as_least_squares_would() -> None:
    rng = np.random.default_rng(3)
    phases, totals = rng.uniform(0, 7, 12), rng.integers(1, 50, 12)
    first = rng.binomial(totals, 0.4)
    value, _ = photon_counting.visibility_of_fringe(phases, np.column_stack([first, totals - first]))
    root = np.sqrt(totals)
    fitted, *_ = np.linalg.lstsq((root * np.cos(phases))[:, None], (2 * first - totals) / root, rcond=None)
    assert value == pytest.approx(fitted[0])


def test_a_phase_that_tells_nothing_gives_no_visibility() -> None:
    assert np.isnan(photon_counting.visibility_of_fringe([np.pi / 2], [[20, 20]])).all()
    assert np.isnan(photon_counting.visibility_of_fringe([0.0], [[0, 0]])).all()


def test_grangier_roger_and_aspects_number() -> None:
    assert photon_counting.coincidence_ratio(9, expected=50) == pytest.approx((0.18, 0.06))
    assert photon_counting.distance_from_wave(0.18, standard_error=0.06) > 13


def test_the_anticorrelation_parameter_by_hand() -> None:
    alpha, error = photon_counting.anticorrelation_parameter(10_000, transmitted=200, reflected=300, coincidences=4)
    assert (alpha, error) == pytest.approx((4 / 6, 2 / 6))
    none = photon_counting.anticorrelation_parameter(10_000, transmitted=200, reflected=300, coincidences=0)
    assert none == pytest.approx((0.0, 1 / 6))


@pytest.mark.parametrize("accidental", [0.0, 0.1, 0.8])
def test_a_heralded_photon_among_accidental_ones_by_brute_force(accidental: float) -> None:
    """Gate by gate: one photon that belongs there, Poisson's others, detectors that see few of them."""
    rng, gates, efficiency = np.random.default_rng(11), 4_000_000, 0.05
    photons = 1 + rng.poisson(accidental, gates)
    detected = rng.binomial(photons, efficiency)
    transmitted = rng.binomial(detected, 0.5)
    one, other = transmitted > 0, detected - transmitted > 0
    alpha, error = photon_counting.anticorrelation_parameter(
        gates, transmitted=int(one.sum()), reflected=int(other.sum()), coincidences=int((one & other).sum())
    )
    # that a detector clicks once for two photons changes alpha by about the efficiency
    assert abs(alpha - photon_counting.heralded_anticorrelation(accidental)) < 5 * error + 0.5 * efficiency * accidental


@given(st.floats(0, 1e6))
def test_accidental_photons_never_hide_the_heralded_one_wholly(accidental: float) -> None:
    assert 0 <= photon_counting.heralded_anticorrelation(accidental) <= 1


@given(st.integers(0, 2**32 - 1), st.floats(0, 3))
def test_no_wave_falls_below_one(seed: int, swing: float) -> None:
    """Whatever a wave's strength does from gate to gate, the mean of I^2 is at least the square of its mean."""
    strength = np.exp(swing * np.random.default_rng(seed).normal(size=200))
    assert np.mean(strength**2) / np.mean(strength) ** 2 >= 1 - 1e-12


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: photon_counting.fraction_error(3, 2), "counted exceeds total"),
        (lambda: photon_counting.fraction_error(-1, 2), "counted is -1"),
        (lambda: photon_counting.fraction_error([1, 2, 3], [4, 5]), "counted of shape (3,) and total of shape (2,)"),
        (
            lambda: photon_counting.visibility_from_counts(0, 0),
            "most + least is 0; it must be a whole number of at least 1",
        ),
        (lambda: photon_counting.visibility_from_counts(2.5, 0), "most is 2.5; it must be a whole number"),
        (lambda: photon_counting.visibility_of_fringe([0, 1], [[1, 2]]), "phase_rad has shape (2,) and counts (1, 2)"),
        (lambda: photon_counting.visibility_of_fringe([0], [[1, -2]]), "counts is -2"),
        (lambda: photon_counting.coincidence_ratio(-1, expected=5), "coincidences is -1"),
        (lambda: photon_counting.coincidence_ratio(1, expected=0), "expected is 0"),
        (
            lambda: photon_counting.anticorrelation_parameter(10, transmitted=11, reflected=1, coincidences=0),
            "one detector clicked in 11 gates; there were only 10",
        ),
        (
            lambda: photon_counting.anticorrelation_parameter(10, transmitted=2, reflected=3, coincidences=3),
            "coincidences is 3; it must be at most the 2 clicks of one detector",
        ),
        (
            lambda: photon_counting.anticorrelation_parameter(10, transmitted=0, reflected=3, coincidences=0),
            "transmitted is 0; it must be a whole number of at least 1",
        ),
        (lambda: photon_counting.distance_from_wave(-0.1, standard_error=1), "alpha is -0.1"),
        (lambda: photon_counting.distance_from_wave(0.1, standard_error=0), "standard_error is 0"),
        (lambda: photon_counting.heralded_anticorrelation(float("nan")), "accidental is nan"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
