"""Looks against QuTiP, the loop against its linear theory, and the Dick effect against simulated clocks."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics import dynamics
from qlearn.physics.sensors import allan, clock_servo, clock_stability, dick_effect, oscillator_noise, ramsey_clock


@pytest.mark.parametrize("offset", [-1.3, -0.25, 0.0, 0.1, 0.5, 2.7])
@pytest.mark.parametrize(("t", "t2"), [(0.5, np.inf), (0.5, 2.0), (0.9, 0.4)])
def test_qutips_atom_ends_where_the_fringe_says(offset: float, t: float, t2: float) -> None:
    state = ramsey_clock.ramsey_state(offset, ramsey_s=t, t2_s=t2)
    excited = state.diag()[1]
    contrast = np.exp(-t / t2)
    assert state.tr() == pytest.approx(1)
    assert state.eigenenergies().min() > -1e-12
    assert excited == pytest.approx(float(ramsey_clock.look_probability(offset, ramsey_s=t, contrast=contrast)))
    assert excited == pytest.approx(float(dynamics.ramsey_probability(t, detuning_rad_s=2 * np.pi * offset, t2_s=t2)))


@given(st.floats(-3, 3), st.floats(0.05, 2), st.floats(0.1, 1))
def test_a_side_is_a_shift_by_a_quarter_fringe(offset: float, t: float, contrast: float) -> None:
    for side in (1, -1):
        plain = ramsey_clock.look_probability(offset + side / (4 * t), ramsey_s=t, contrast=contrast)
        seen = ramsey_clock.look_probability(offset, ramsey_s=t, side=side, contrast=contrast)
        assert seen == pytest.approx(float(plain), abs=1e-9)


@given(st.floats(-1, 1), st.floats(0.1, 2), st.floats(0.2, 1))
def test_without_noise_two_looks_give_back_a_small_offset(part: float, t: float, contrast: float) -> None:
    offset = 0.01 * part / t
    shares = [ramsey_clock.look_probability(offset, ramsey_s=t, side=side, contrast=contrast) for side in (1, -1)]
    found = ramsey_clock.estimate_offset(*shares, ramsey_s=t, contrast=contrast)
    assert found == pytest.approx(offset, rel=1e-3, abs=1e-15)


def test_counted_looks_scatter_as_projection_noise_says() -> None:
    rng = np.random.default_rng(1993)
    counted = ramsey_clock.count_excited(np.full((2, 4000), 0.5), atoms=250, rng=rng)
    estimates = ramsey_clock.estimate_offset(*counted, ramsey_s=0.4)
    pair = ramsey_clock.look_uncertainty(atoms=250, ramsey_s=0.4) / np.sqrt(2)
    assert estimates.std() == pytest.approx(float(pair), rel=5 / np.sqrt(8000))
    assert abs(estimates.mean()) < 5 * pair / np.sqrt(4000)


def test_one_look_a_cycle_is_the_limit_of_the_clock() -> None:
    settings: dict[str, Any] = {"atoms": 1000, "ramsey_s": 0.3, "contrast": 0.8}
    hertz = clock_servo.steady_deviation(50.0, **settings, gain=0.4, cycle_s=1.5)
    limit = clock_stability.projection_noise_deviation(50.0, frequency_hz=1e9, cycle_s=1.5, **settings)
    assert hertz / 1e9 == pytest.approx(float(limit))


def locked(free: Any, seed: int, **settings: Any) -> Any:
    return clock_servo.run_clock(free, rng=np.random.default_rng(seed), **settings)


def mean_deviation(frees: Any, tau: int, **settings: Any) -> tuple[float, float]:
    """Root of the mean Allan variance of locked runs, and its standard error."""
    variances = [
        allan.overlapping_allan_deviation(locked(free, seed, **settings).locked_hz[100:], tau) ** 2
        for seed, free in enumerate(frees)
    ]
    deviation = np.sqrt(np.mean(variances))
    return deviation, np.std(variances, ddof=1) / np.sqrt(len(variances)) / (2 * deviation)


@pytest.mark.parametrize(("gain", "step"), [(0.6, 0.0), (0.6, 0.003), (1.2, 0.01)])
def test_a_locked_clock_averages_as_the_linear_theory_says(gain: float, step: float) -> None:
    settings: dict[str, Any] = {"atoms": 500, "ramsey_s": 0.5, "gain": gain}
    rng = np.random.default_rng(50)
    frees = [oscillator_noise.random_walk_frequencies(4200, step=step, rng=rng) for _ in range(30)]
    seen, error = mean_deviation(frees, 128, **settings)
    wanted = float(clock_servo.steady_deviation(128, **settings, step_hz=step))
    # the loop's own memory of a few looks is small against 128, not nothing
    assert seen == pytest.approx(wanted, abs=5 * error + 0.02 * wanted)
    assert error < 0.03 * wanted


def test_flicker_that_never_averages_down_does_so_when_locked() -> None:
    rng = np.random.default_rng(8)
    frees = [oscillator_noise.flicker_frequencies(8192, floor=0.008, rng=rng) for _ in range(12)]
    settings: dict[str, Any] = {"atoms": 1000, "ramsey_s": 0.5, "gain": 0.6}
    seen, error = mean_deviation(frees, 512, **settings)
    limit = float(clock_servo.steady_deviation(512, **settings))
    assert limit - 5 * error < seen < 1.25 * limit
    assert error < 0.1 * limit
    assert min(allan.overlapping_allan_deviation(free, 512) for free in frees) > 10 * limit


@pytest.mark.parametrize("side", [1, -1])
def test_the_runs_looks_are_those_of_one_look_alone(side: int) -> None:
    run = locked(np.array([0.07, 0.07, 0.07, 0.07]), 1, atoms=10**9, ramsey_s=0.5, gain=0.5, contrast=0.8)
    first = 0 if side > 0 else 1
    chance = ramsey_clock.look_probability(run.locked_hz[first], ramsey_s=0.5, side=side, contrast=0.8)
    assert run.shares[first] == pytest.approx(float(chance), abs=1e-4)
    step = ramsey_clock.estimate_offset(*run.shares[:2], ramsey_s=0.5, contrast=0.8) * 0.5
    assert run.locked_hz[2] == pytest.approx(0.07 - float(step), abs=1e-12)


@pytest.mark.parametrize("gain", [0.2, 0.7])
def test_a_steady_drift_leaves_an_offset_that_no_allan_deviation_shows(gain: float) -> None:
    drift = 0.002
    settings: dict[str, Any] = {"atoms": 10**6, "ramsey_s": 0.5, "gain": gain}
    run = locked(drift * np.arange(2000), 3, **settings)
    settled = run.locked_hz[400:]
    lag = float(clock_servo.drift_lag(drift, gain=gain))
    # within a pair the second look lies a step above the first; their mean is the lag
    assert settled.mean() == pytest.approx(lag, rel=0.02)
    steady = locked(np.zeros(2000), 3, **settings).locked_hz[400:]
    found, alone = (allan.overlapping_allan_deviation(row, 64) for row in (settled, steady))
    assert found == pytest.approx(alone, rel=0.5)
    assert found < lag / 50


def test_pushed_over_the_edge_it_locks_on_the_next_fringe() -> None:
    settings: dict[str, Any] = {"atoms": 10**5, "ramsey_s": 0.5, "gain": 0.5}
    for start, fringe in ((0.9, 0), (1.1, 1), (-1.1, -1), (2.9, 1)):
        run = locked(np.full(200, start), 2, **settings)
        assert run.locked_hz[-50:].mean() == pytest.approx(fringe / 0.5, abs=0.01)
        assert clock_servo.fringe_number(run.locked_hz[-1], ramsey_s=0.5) == fringe


@pytest.mark.parametrize(("gain", "settles"), [(0.05, True), (1.0, True), (1.9, True), (2.3, False)])
def test_the_loop_settles_below_a_gain_of_two(gain: float, settles: bool) -> None:
    run = locked(np.full(600, 0.02), 6, atoms=10**8, ramsey_s=0.5, gain=gain)
    assert (np.abs(run.locked_hz[-20:]).max() < 0.001) == settles


def test_a_gain_of_zero_leaves_the_oscillator_alone() -> None:
    free = oscillator_noise.flicker_frequencies(101, floor=0.1, rng=np.random.default_rng(9))
    run = locked(free, 1, atoms=10, ramsey_s=0.5, gain=0.0)
    np.testing.assert_array_equal(run.locked_hz, free)
    assert run.shares.shape == free.shape
    assert ((run.shares >= 0) & (run.shares <= 1)).all()


def test_dead_time_costs_what_the_dick_effect_says() -> None:
    rng = np.random.default_rng(1987)
    free, t, looks = 0.01, 0.4, 4000
    settings: dict[str, Any] = {"atoms": 10**9, "ramsey_s": t, "gain": 0.5}
    variances = []
    for seed in range(20):
        during, between = (rng.normal(0, free / np.sqrt(part), looks) for part in (t, 1 - t))
        cycle = t * during + (1 - t) * between
        run = locked(cycle, seed, **settings, seen_hz=during - cycle)
        variances.append(allan.overlapping_allan_deviation(run.locked_hz[50:], 128) ** 2)
    wanted = float(dick_effect.white_dick_deviation(128, free_deviation_at_1s=free, ramsey_s=t, cycle_s=1.0))
    assert np.sqrt(np.mean(variances)) == pytest.approx(wanted, rel=0.1)


@pytest.mark.parametrize("duty", [0.2, 0.5, 0.9, 1.0])
def test_the_sum_over_harmonics_is_the_closed_form_for_white_noise(duty: float) -> None:
    timing = {"ramsey_s": 2 * duty, "cycle_s": 2.0}
    found = dick_effect.dick_deviation(7.0, lambda f: np.full(f.size, 2 * 0.3**2), **timing, harmonics=200_000)
    wanted = dick_effect.white_dick_deviation(7.0, free_deviation_at_1s=0.3, **timing)
    assert found == pytest.approx(float(wanted), rel=1e-3, abs=1e-6)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ramsey_clock.ramsey_state(0.1, ramsey_s=-1), "ramsey_s is -1"),
        (lambda: ramsey_clock.ramsey_state(0.1, ramsey_s=1, t2_s=0), "t2_s is 0"),
        (lambda: ramsey_clock.look_probability(0.1, ramsey_s=1, side=2), "side is 2; it must be 1, -1 or 0"),
        (lambda: ramsey_clock.count_excited(1.2, atoms=5, rng=np.random.default_rng(1)), "probability is 1.2"),
        (lambda: ramsey_clock.estimate_offset(0.5, float("nan"), ramsey_s=1), "lower_share is nan"),
        (lambda: ramsey_clock.look_uncertainty(atoms=0, ramsey_s=1), "atoms is 0"),
        (lambda: locked([[0.1]], 1, atoms=5, ramsey_s=1, gain=1), "free_hz has shape"),
        (lambda: locked([0.1], 1, atoms=5, ramsey_s=1, gain=-1), "gain is -1"),
        (lambda: locked([0.1], 1, atoms=0, ramsey_s=1, gain=1), "atoms is 0"),
        (lambda: clock_servo.steady_deviation(1, atoms=5, ramsey_s=1, gain=2.5), "gain is 2.5"),
        (lambda: clock_servo.drift_lag(0.1, gain=0), "gain is 0"),
        (lambda: clock_servo.fringe_number(0.1, ramsey_s=0), "ramsey_s is 0"),
        (
            lambda: dick_effect.white_dick_deviation(1, free_deviation_at_1s=1, ramsey_s=2, cycle_s=1),
            "the cycle is 1 s",
        ),
        (lambda: dick_effect.dick_deviation(1, lambda f: -f, ramsey_s=1, cycle_s=1), "spectrum's power is -"),
    ],
)
def test_bad_input_is_refused(call: Any, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        call()
