"""Projection noise and Heisenberg limit as fractional frequencies, and the redshift, against anchors and each other."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.sensors import clock_stability, redshift
from qlearn.physics.sensors.clock_stability import CAESIUM_HZ, STRONTIUM_HZ
from qlearn.physics.sensors.fisher_information import (
    coherent_spin_state,
    collective_jz,
    ghz_state,
    quantum_fisher_information,
)

SETTINGS: dict[str, Any] = {"frequency_hz": CAESIUM_HZ, "ramsey_s": 0.5, "atoms": 1000, "cycle_s": 1.0}


def test_projection_noise_is_the_ledgers() -> None:
    strontium = {**SETTINGS, "frequency_hz": 429228066418000, "atoms": 1e3}
    found = [
        float(clock_stability.projection_noise_deviation(1, **strontium)),
        float(clock_stability.projection_noise_deviation(1, **{**SETTINGS, "atoms": 1e6})),
    ]
    assert found == pytest.approx([2.345103503e-17, 3.462663295e-14], rel=1e-6)
    assert pytest.approx(429228066418000, rel=1e-6) == STRONTIUM_HZ


def test_the_fountain_of_1999_is_the_ledgers_and_near_what_was_published() -> None:
    quality = clock_stability.line_quality(CAESIUM_HZ, linewidth_hz=1.0)
    found = float(clock_stability.deviation_from_line(1, quality=quality, atoms=6e5, cycle_s=1.1))
    assert found == pytest.approx(4.688468266e-14, rel=1e-6)
    assert found == pytest.approx(4e-14, abs=1e-14)


@given(st.floats(0.01, 10), st.floats(1, 1e8), st.floats(0.01, 100), st.floats(0.1, 1e6))
def test_the_two_forms_agree_when_the_line_is_a_ramsey_fringe(ramsey: float, atoms: float, cycle: float, tau: float):
    quality = clock_stability.line_quality(STRONTIUM_HZ, linewidth_hz=1 / (2 * ramsey))
    one = clock_stability.deviation_from_line(tau, quality=quality, atoms=atoms, cycle_s=cycle)
    settings = {"frequency_hz": STRONTIUM_HZ, "ramsey_s": ramsey, "atoms": atoms, "cycle_s": cycle}
    other = clock_stability.projection_noise_deviation(tau, **settings)
    assert one == pytest.approx(float(other), rel=1e-12)
    assert clock_stability.heisenberg_deviation(tau, **settings) <= other * (1 + 1e-12)


@pytest.mark.parametrize("atoms", [1, 2, 4, 6])
def test_both_limits_are_one_over_the_root_of_the_fisher_information(atoms: int) -> None:
    settings = {**SETTINGS, "atoms": atoms}
    radian_hz = 1 / (2 * np.pi * SETTINGS["ramsey_s"])
    for state, limit in (
        (coherent_spin_state(atoms), clock_stability.projection_noise_deviation),
        (ghz_state(atoms), clock_stability.heisenberg_deviation),
    ):
        phase = 1 / np.sqrt(quantum_fisher_information(state, collective_jz(atoms)))
        assert float(limit(SETTINGS["cycle_s"], **settings)) == pytest.approx(phase * radian_hz / CAESIUM_HZ)


def test_a_low_fringe_costs_its_height() -> None:
    full, half = (clock_stability.projection_noise_deviation(1, **SETTINGS, contrast=c) for c in (1.0, 0.5))
    assert half == pytest.approx(2 * full)


def test_averaging_time_undoes_the_root() -> None:
    at_1s = clock_stability.projection_noise_deviation(1, **SETTINGS)
    tau = clock_stability.averaging_time(1e-15, deviation_at_1s=at_1s)
    assert clock_stability.projection_noise_deviation(tau, **SETTINGS) == pytest.approx(1e-15)


def test_redshifts_are_the_ledgers_and_the_published_one() -> None:
    heights = redshift.height_shift([0.33, 1, 0.001], gravity_m_s2=[9.8, 9.81, 9.81])
    np.testing.assert_allclose(heights, [3.598310281e-17, 1.091509705e-16, 1.091509705e-19], rtol=1e-5)
    assert redshift.potential_shift(3918.1) == pytest.approx(4.359474185e-14, rel=1e-5)
    assert heights[0] == pytest.approx(4.1e-17, abs=1.6e-17)


@given(st.floats(-1e4, 1e4), st.floats(1, 20))
def test_a_height_comes_back_from_its_shift(height: float, gravity: float) -> None:
    shift = redshift.height_shift(height, gravity_m_s2=gravity)
    assert shift * height >= 0
    assert redshift.height_from_shift(shift, gravity_m_s2=gravity) == pytest.approx(height)
    assert redshift.potential_from_shift(shift) == pytest.approx(gravity * height)


def test_the_linear_shift_is_newtons_potential_near_the_ground() -> None:
    constant, radius = 3.986004418e14, 6.371e6
    height = 450.0
    exact = constant / radius - constant / (radius + height)
    near = redshift.height_shift(height, gravity_m_s2=constant / radius**2)
    assert near == pytest.approx(float(redshift.potential_shift(exact)), rel=2 * height / radius)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: clock_stability.projection_noise_deviation(0, **SETTINGS), "averaging_s is 0"),
        (lambda: clock_stability.projection_noise_deviation(1, **{**SETTINGS, "atoms": -1}), "atoms is -1"),
        (lambda: clock_stability.projection_noise_deviation(1, **SETTINGS, contrast=1.1), "contrast is 1.1"),
        (lambda: clock_stability.heisenberg_deviation(1, **{**SETTINGS, "ramsey_s": float("nan")}), "ramsey_s is nan"),
        (lambda: clock_stability.line_quality(1e9, linewidth_hz=0), "linewidth_hz is 0"),
        (lambda: clock_stability.averaging_time(0, deviation_at_1s=1), "deviation is 0"),
        (lambda: redshift.height_shift(float("inf")), "height_m is inf"),
        (lambda: redshift.height_shift(1, gravity_m_s2=-9.8), "gravity_m_s2 is -9.8"),
        (lambda: redshift.potential_shift("high"), "potential_m2_s2 is 'high'"),
        (lambda: redshift.height_from_shift(1e-18, gravity_m_s2=0), "gravity_m_s2 is 0"),
    ],
)
def test_bad_input_is_refused(call: Any, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        call()
