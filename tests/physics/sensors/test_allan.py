"""Allan deviations against the definition summed by hand, and of noises against their closed forms."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qlearn.errors import ParameterError
from qlearn.physics.sensors import allan, oscillator_noise
from qlearn.physics.sensors.oscillator_noise import FLICKER_MEMORIES

ROWS = arrays(float, st.integers(4, 40), elements=st.floats(-1e3, 1e3))


def by_hand(frequencies: Any, m: int) -> float:
    """Mean of (later average - earlier average)^2 / 2 over every place."""
    places = range(len(frequencies) - 2 * m + 1)
    squares = [(np.mean(frequencies[k + m : k + 2 * m]) - np.mean(frequencies[k : k + m])) ** 2 / 2 for k in places]
    return float(np.sqrt(np.mean(squares)))


@given(ROWS, st.integers(1, 20))
def test_the_sums_are_the_definition(frequencies: Any, factor: int) -> None:
    m = 1 + factor % (len(frequencies) // 2)
    found = allan.overlapping_allan_deviation(frequencies, m)
    assert found == pytest.approx(by_hand(frequencies, m), rel=1e-9, abs=1e-9)


@given(ROWS, st.floats(-1e6, 1e6), st.floats(-10, 10))
def test_a_constant_is_not_seen_and_a_factor_comes_out(frequencies: Any, constant: float, factor: float) -> None:
    found = allan.overlapping_allan_deviation(factor * frequencies + constant, 2)
    wanted = abs(factor) * allan.overlapping_allan_deviation(frequencies, 2)
    assert found == pytest.approx(wanted, rel=1e-6, abs=1e-6)


def test_small_noise_on_an_optical_frequency_is_not_lost_in_rounding() -> None:
    noise = np.random.default_rng(3).normal(0, 1, 1000)
    seen = allan.overlapping_allan_deviation(1e6 + noise, 100)
    assert seen == pytest.approx(allan.overlapping_allan_deviation(noise, 100), rel=1e-6)


def mean_square(make: Any, samples: int, factors: Any, runs: int = 60) -> Any:
    """Root of the mean Allan variance over many runs, and its standard error."""
    rng = np.random.default_rng(1966)
    variances = np.empty((runs, len(factors)))
    for run in range(runs):
        frequencies = make(samples, rng=rng)
        variances[run] = [allan.overlapping_allan_deviation(frequencies, m) ** 2 for m in factors]
    mean = variances.mean(axis=0)
    return np.sqrt(mean), variances.std(axis=0, ddof=1) / np.sqrt(runs) / (2 * np.sqrt(mean))


NOISES: dict[str, Any] = {
    "white": (oscillator_noise.white_frequencies, oscillator_noise.white_deviation, {"deviation": 0.7}),
    "flicker": (oscillator_noise.flicker_frequencies, oscillator_noise.flicker_deviation, {"floor": 0.7}),
    "walk": (oscillator_noise.random_walk_frequencies, oscillator_noise.random_walk_deviation, {"step": 0.7}),
}


@pytest.mark.parametrize("name", NOISES)
def test_drawn_noise_has_the_deviation_of_its_closed_form(name: str) -> None:
    draw, formula, size = NOISES[name]
    factors = [1, 2, 4, 16, 64]
    seen, error = mean_square(lambda samples, rng: draw(samples, **size, rng=rng), 1024, factors)
    np.testing.assert_array_less(np.abs(seen - formula(factors, **size)), 5 * error)
    assert error.max() < 0.1 * seen.max()


def test_each_noise_has_its_slope() -> None:
    far = np.array([4096, 16384])
    slopes = {name: np.diff(np.log(formula(far, **size)))[0] / np.log(4) for name, (_, formula, size) in NOISES.items()}
    assert slopes == {
        "white": pytest.approx(-0.5),
        "flicker": pytest.approx(0, abs=0.01),
        "walk": pytest.approx(0.5, abs=1e-3),
    }


def test_flicker_is_flat_within_five_percent_over_five_decades() -> None:
    flat = oscillator_noise.flicker_deviation(np.geomspace(1, 1e5, 60).round(), floor=1.0)
    assert np.abs(flat - 1).max() < 0.0505


def test_the_closed_form_of_a_relaxing_process_is_its_covariance_summed() -> None:
    for m in (1, 2, 5, 33):
        wanted = 0.0
        for memory in FLICKER_MEMORIES:
            lag = np.abs(np.subtract.outer(np.arange(2 * m), np.arange(2 * m)))
            weights = np.repeat([-1.0, 1.0], m) / m
            wanted += weights @ np.exp(-lag / memory) @ weights / 2
        assert oscillator_noise.flicker_deviation(m, floor=1.0) == pytest.approx(np.sqrt(wanted), rel=1e-9)


def test_drift_is_a_straight_line() -> None:
    frequencies = -0.003 * np.arange(100)
    for m in (1, 7, 50):
        wanted = oscillator_noise.drift_deviation(m, drift_per_s=-0.003)
        assert allan.overlapping_allan_deviation(frequencies, m) == pytest.approx(float(wanted))


def test_every_oscillator_begins_where_it_was_tuned() -> None:
    rng = np.random.default_rng(5)
    assert oscillator_noise.flicker_frequencies(10, floor=1.0, rng=rng)[0] == 0
    assert oscillator_noise.random_walk_frequencies(10, step=1.0, rng=rng)[0] == 0
    assert oscillator_noise.flicker_frequencies(0, floor=1.0, rng=rng).size == 0


def test_degrees_of_freedom_are_the_scatter_of_white_noises_deviations() -> None:
    rng = np.random.default_rng(1065)
    factors = [1, 4, 16, 64, 128]
    variances = np.array(
        [[allan.overlapping_allan_deviation(row, m) ** 2 for m in factors] for row in rng.normal(size=(1500, 256))]
    )
    freedom = allan.white_degrees_of_freedom(256, factors)
    # 1500 runs know a scatter to 2 %, a variance's with few degrees less well
    seen = 2 * variances.mean(axis=0) ** 2 / variances.var(axis=0)
    np.testing.assert_allclose(seen[:4], freedom[:4], rtol=0.25)
    assert freedom[4] == pytest.approx(1, abs=0.02)
    assert 0.7 < seen[4] < 1.3


def test_intervals_hold_the_true_deviation_as_often_as_they_say() -> None:
    rng = np.random.default_rng(12)
    held = np.zeros(5)
    for _ in range(400):
        curve = allan.allan_curve(rng.normal(size=64), confidence=0.9)
        wanted = oscillator_noise.white_deviation(curve.averaging_s, deviation=1.0)
        held += ((curve.low <= wanted) & (wanted <= curve.high))[:5]
    # five standard errors of 400 tosses are 0.075; the formula for the degrees of freedom is an approximation
    np.testing.assert_allclose(held / 400, 0.9, atol=0.08)


def test_a_curve_doubles_its_times_up_to_half_of_the_record() -> None:
    curve = allan.allan_curve(np.random.default_rng(1).normal(size=100), interval_s=0.5)
    np.testing.assert_array_equal(curve.averaging_s, 0.5 * np.array([1, 2, 4, 8, 16, 32]))
    assert (curve.low < curve.deviation).all()
    assert (curve.deviation < curve.high).all()


RNG = np.random.default_rng(1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: allan.overlapping_allan_deviation([1.0, 2.0, 3.0], 2), "factor is 2; 3 frequencies allow at most 1"),
        (lambda: allan.overlapping_allan_deviation([1.0, 2.0], 0), "factor is 0"),
        (lambda: allan.overlapping_allan_deviation([[1.0, 2.0]], 1), "have shape"),
        (lambda: allan.overlapping_allan_deviation([1.0, float("nan")], 1), "frequencies is nan"),
        (lambda: allan.allan_curve([1.0, 2.0, 3.0]), "there are 3 frequencies; a curve needs at least 4"),
        (lambda: allan.allan_curve(np.ones(8), interval_s=0), "interval_s is 0"),
        (lambda: allan.allan_curve(np.ones(8), confidence=1), "confidence is 1"),
        (lambda: allan.white_degrees_of_freedom(8, 5), "factor is 5"),
        (lambda: oscillator_noise.white_frequencies(5, deviation=-1, rng=RNG), "deviation is -1"),
        (lambda: oscillator_noise.flicker_frequencies(2.5, floor=1, rng=RNG), "samples is 2.5"),  # type: ignore[arg-type]
        (lambda: oscillator_noise.random_walk_frequencies(5, step=float("inf"), rng=RNG), "step is inf"),
        (lambda: oscillator_noise.flicker_deviation(0, floor=1), "factor is 0"),
        (lambda: oscillator_noise.drift_deviation(-1, drift_per_s=1), "averaging_s is -1"),
    ],
)
def test_bad_input_is_refused(call: Any, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        call()
