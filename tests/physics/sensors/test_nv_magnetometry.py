"""From lines to fields and back, and sensitivities against the slopes they come from."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from qlearn.errors import ParameterError
from qlearn.physics.sensors import nv, nv_magnetometry
from qlearn.physics.sensors.nv import GYROMAGNETIC_RATIO_HZ_PER_T as GAMMA


@given(st.floats(1e-4, 0.05), st.floats(0.01, np.pi / 2), st.floats(-20, 30))
def test_both_lines_give_back_the_field_and_its_angle(size: float, polar: float, warmer: float) -> None:
    d = nv.zero_field_splitting(warmer)
    lines = nv.transitions(nv.field_vector(size, polar_angle_rad=polar), zero_field_splitting_hz=d)
    seen, angle = nv_magnetometry.field_from_lines(lines.lower_hz, lines.upper_hz, zero_field_splitting_hz=d)
    assert seen == pytest.approx(size, rel=1e-6)
    # hertz of rounding are micro-radians of angle, and more where the angle is small or the field weak
    assert angle == pytest.approx(polar, abs=1e-3 + 3e-8 / size)


@given(st.floats(0, 0.05))
def test_along_the_axis_the_splitting_is_the_field(size: float) -> None:
    lines = nv.transitions([0, 0, size])
    assert nv_magnetometry.field_from_splitting(lines.splitting_hz) == pytest.approx(size, abs=1e-13)


@pytest.mark.parametrize("polar_deg", [30, 60])
def test_off_the_axis_the_splitting_reads_the_part_along_it(polar_deg: float) -> None:
    polar = np.deg2rad(polar_deg)
    lines = nv.transitions(nv.field_vector(1e-3, polar_angle_rad=polar))
    assert nv_magnetometry.field_from_splitting(lines.splitting_hz) == pytest.approx(1e-3 * np.cos(polar), rel=1e-3)


def test_no_field_is_read_as_none() -> None:
    size, angle = nv_magnetometry.field_from_lines(2.87e9, 2.87e9)
    assert size == 0
    assert 0 <= angle <= np.pi / 2


def test_a_warmer_crystal_feigns_a_field_where_one_line_is_watched_and_none_in_the_splitting() -> None:
    field = [0, 0, 1e-3]
    cold, warm = (nv.transitions(field, zero_field_splitting_hz=nv.zero_field_splitting(shift)) for shift in (0, 1))
    feigned = (warm.upper_hz - cold.upper_hz) / GAMMA
    assert feigned == pytest.approx(float(nv_magnetometry.apparent_field(1.0)), rel=1e-6)
    splitting = nv_magnetometry.field_from_splitting([cold.splitting_hz, warm.splitting_hz])
    assert splitting[1] - splitting[0] == pytest.approx(0, abs=1e-12)


def test_the_dips_sensitivity_is_shot_noise_over_the_steepest_slope() -> None:
    """Differentiate the spectrum itself; the formula takes the dip as shallow, so a shallow one is asked for."""
    width, contrast, rate = 1e6, 1e-4, 1e6
    lines = nv.transitions([0, 0, 5e-3])

    def slope(offset_hz: float) -> float:
        near = lines.lower_hz + offset_hz + np.array([-500.0, 500.0])
        light = nv.odmr_spectrum(near, [lines], linewidth_hz=width, contrast=contrast)
        return float((light[1] - light[0]) / 1e3)

    steepest = -minimize_scalar(lambda offset: -slope(offset), bounds=(0, 1e6), method="bounded").fun
    by_hand = np.sqrt(rate) / (rate * steepest * GAMMA)
    formula = nv_magnetometry.odmr_sensitivity(linewidth_hz=width, contrast=contrast, count_rate_hz=rate)
    assert formula == pytest.approx(by_hand, rel=1e-3)


def test_the_ramsey_time_is_the_best_one() -> None:
    t2, contrast = 1e-6, 0.3
    best = minimize_scalar(
        lambda t: np.exp(t / t2) / (2 * np.pi * GAMMA * contrast * np.sqrt(t)),
        bounds=(1e-8, 1e-5),
        method="bounded",
        options={"xatol": 1e-12},
    )
    assert nv_magnetometry.ramsey_sensitivity(contrast=contrast, coherence_time_s=t2) == pytest.approx(best.fun)


@pytest.mark.parametrize("sensitivity", [nv_magnetometry.dc_sensitivity, nv_magnetometry.ramsey_sensitivity])
def test_a_hundred_centres_are_ten_times_as_good(sensitivity: Any) -> None:
    one, hundred = (sensitivity(contrast=0.3, coherence_time_s=1e-6, spins=spins) for spins in (1, 100))
    assert one / hundred == pytest.approx(10)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: nv_magnetometry.field_from_splitting(-1), "splitting_hz is -1"),
        (lambda: nv_magnetometry.field_from_lines(2.9e9, 2.8e9), "upper_hz is 2.8e+09"),
        (lambda: nv_magnetometry.field_from_lines(2.7e9, 2.8e9), "lines at 2.7 and 2.8 GHz fit no field; with D"),
        (lambda: nv_magnetometry.field_from_lines(2.9e9, 2.9e9), "lines at 2.9 and 2.9 GHz fit no field"),
        (lambda: nv_magnetometry.dc_sensitivity(contrast=0, coherence_time_s=1e-6), "contrast is 0"),
        (lambda: nv_magnetometry.echo_sensitivity(contrast=0.1, coherence_time_s=0), "coherence_time_s is 0"),
        (lambda: nv_magnetometry.ramsey_sensitivity(contrast=0.1, coherence_time_s=1e-6, spins=0), "spins is 0"),
        (
            lambda: nv_magnetometry.odmr_sensitivity(linewidth_hz=1e6, contrast=0.1, count_rate_hz=0),
            "count_rate_hz is 0",
        ),
        (lambda: nv_magnetometry.apparent_field(np.inf), "temperature_shift_k is inf"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
