"""Levels and spectrum of the NV centre against plain matrices, limits and symmetry."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.sensors import nv
from qlearn.physics.sensors.nv import GYROMAGNETIC_RATIO_HZ_PER_T as GAMMA
from qlearn.physics.sensors.nv import ZERO_FIELD_SPLITTING_HZ as D

# below the level crossing at 102.4 mT, where the lines change order
sizes = st.floats(1e-6, 0.05)
polar_angles = st.floats(0, np.pi)
azimuths = st.floats(0, 2 * np.pi)


def _field(size: float, polar: float, azimuth: float) -> np.ndarray:
    return nv.field_vector(size, polar_angle_rad=polar, azimuth_rad=azimuth)


@given(sizes, polar_angles, azimuths, st.floats(-2e7, 2e7))
def test_lines_are_the_distances_of_the_levels_of_a_plain_matrix(
    size: float, polar: float, azimuth: float, strain: float
) -> None:
    """Spin-1 matrices written out by hand, no QuTiP; the lines must be differences from the lowest level."""
    x, y, z = GAMMA * _field(size, polar, azimuth)
    across = (x - 1j * y) / np.sqrt(2)
    matrix = np.array([[D + z, across, strain], [across.conj(), 0, across], [strain, across.conj(), D - z]])
    levels = np.linalg.eigvalsh(matrix)
    lines = nv.transitions(_field(size, polar, azimuth), strain_hz=strain)
    np.testing.assert_allclose([lines.lower_hz, lines.upper_hz], levels[1:] - levels[0], rtol=1e-12)


@given(st.floats(0, 0.1), st.sampled_from([0.0, np.pi]))
def test_along_the_axis_the_secular_formula_is_exact_and_the_dips_are_full(size: float, polar: float) -> None:
    field = _field(size, polar, 0)
    lines = nv.transitions(field)
    np.testing.assert_allclose([lines.lower_hz, lines.upper_hz], nv.secular_frequencies(field), atol=1e-3)
    assert lines.lower_weight == pytest.approx(1)
    assert lines.upper_weight == pytest.approx(1)


@pytest.mark.parametrize("polar", np.deg2rad([5, 30, 60, 80]))
def test_the_second_order_formula_is_approached_as_the_field_to_the_fourth_power(polar: float) -> None:
    misses = []
    for size in (4e-3, 2e-3):
        lines = nv.transitions(_field(size, polar, 0.3))
        formula = nv.second_order_frequencies(_field(size, polar, 0.3))
        misses.append(np.abs(formula - [lines.lower_hz, lines.upper_hz]).max())
        secular = nv.secular_frequencies(_field(size, polar, 0.3))
        assert misses[-1] < np.abs(secular - [lines.lower_hz, lines.upper_hz]).max() / 3
    # halving the field divides the miss by 8, the third power, or by 16 where that term vanishes
    assert 7 < misses[0] / misses[1] < 18


@given(sizes)
def test_a_field_across_the_axis_moves_both_lines_up_and_hardly_splits_them(size: float) -> None:
    lines = nv.transitions(_field(size, np.pi / 2, 1.0))
    b = GAMMA * size
    # the cubic factorises: D, and half of D plus or minus a root
    root = np.sqrt(D**2 + 4 * b**2)
    assert lines.lower_hz == pytest.approx((D + root) / 2, rel=1e-12)
    assert lines.upper_hz == pytest.approx(root, rel=1e-12)
    assert lines.splitting_hz <= b**2 / D * (1 + 1e-9) + 1e-3


@given(sizes, polar_angles, azimuths, azimuths)
def test_without_strain_only_the_angle_to_the_axis_counts_and_its_sense_does_not(
    size: float, polar: float, azimuth: float, other: float
) -> None:
    lines = nv.transitions(_field(size, polar, azimuth))
    for twin in (_field(size, polar, other), -_field(size, polar, azimuth)):
        same = nv.transitions(twin)
        assert same.lower_hz == pytest.approx(lines.lower_hz, rel=1e-11)
        assert same.upper_hz == pytest.approx(lines.upper_hz, rel=1e-11)


def test_strain_splits_the_lines_without_a_field() -> None:
    lines = nv.transitions([0, 0, 0], strain_hz=5e6)
    assert lines.lower_hz == pytest.approx(D - 5e6)
    assert lines.upper_hz == pytest.approx(D + 5e6)


@given(sizes, polar_angles)
def test_weights_are_shares_and_fade_across_the_axis(size: float, polar: float) -> None:
    lines = nv.transitions(_field(size, polar, 0))
    for weight in (lines.lower_weight, lines.upper_weight):
        assert 0 < weight <= 1 + 1e-12


def test_the_four_axes_are_the_diagonals_of_a_cube() -> None:
    np.testing.assert_allclose(nv.AXES @ nv.AXES.T, np.eye(4) * 4 / 3 - 1 / 3, atol=1e-15)
    with pytest.raises(ValueError, match="read-only"):
        nv.AXES[0, 0] = 1


@given(sizes, polar_angles, azimuths)
def test_every_orientation_sees_the_same_field(size: float, polar: float, azimuth: float) -> None:
    field = _field(size, polar, azimuth)
    seen = nv.fields_of_orientations(field)
    np.testing.assert_allclose(np.linalg.norm(seen, axis=1), size, rtol=1e-9)
    # four diagonals of a cube add up: the squares of the parts along them are 4/3 of the field's
    assert (seen[:, 2] ** 2).sum() == pytest.approx(4 / 3 * size**2)
    assert seen[0, 2] == pytest.approx(field[2])


def test_a_field_along_one_axis_leaves_the_other_three_alike() -> None:
    seen = nv.fields_of_orientations([0, 0, 2e-3])
    np.testing.assert_allclose(seen[1:], np.tile([2e-3 * np.sqrt(8) / 3, 0, -2e-3 / 3], (3, 1)), atol=1e-18)


def test_temperature_moves_both_lines_alike() -> None:
    cold, warm = (
        nv.transitions([0, 0, 1e-3], zero_field_splitting_hz=nv.zero_field_splitting(shift)) for shift in (0, 10)
    )
    assert warm.lower_hz - cold.lower_hz == pytest.approx(-742e3, abs=1)
    assert warm.splitting_hz == pytest.approx(cold.splitting_hz, abs=1)


def test_a_lonely_dip_has_the_depth_and_width_asked_for() -> None:
    lines = nv.transitions([0, 0, 5e-3])
    at = np.array([lines.lower_hz, lines.lower_hz - 5e5, lines.lower_hz + 5e5])
    light = nv.odmr_spectrum(at, [lines], linewidth_hz=1e6, contrast=0.2)
    np.testing.assert_allclose(1 - light, [0.2, 0.1, 0.1], rtol=1e-4)


def test_four_kinds_of_centre_share_the_light() -> None:
    field = [0, 0, 5e-3]
    centres = [nv.transitions(seen) for seen in nv.fields_of_orientations(field)]
    dip = 1 - nv.odmr_spectrum([centres[0].lower_hz, centres[1].lower_hz], centres, linewidth_hz=1e6, contrast=0.2)
    assert dip[0] == pytest.approx(0.05, rel=1e-3)
    assert dip[1] == pytest.approx(0.15, rel=0.02)  # three kinds lie on top of each other


@given(sizes, polar_angles, azimuths, st.floats(1e5, 2e7), st.floats(0, 1))
def test_light_is_lost_and_never_gained(
    size: float, polar: float, azimuth: float, width: float, contrast: float
) -> None:
    centres = [nv.transitions(seen) for seen in nv.fields_of_orientations(_field(size, polar, azimuth))]
    light = nv.odmr_spectrum(np.linspace(2e9, 4e9, 301), centres, linewidth_hz=width, contrast=contrast)
    assert light.max() <= 1
    assert light.min() >= 1 - 2 * contrast


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: nv.hamiltonian([0, 0]), "field_t has the shape (2,); it must be a vector of three components"),
        (lambda: nv.transitions([0, 0, np.nan]), "field_t is nan; it must be between -100 and 100 T"),
        (lambda: nv.transitions([0, 0, 0], strain_hz="large"), "strain_hz is 'large'"),
        (lambda: nv.hamiltonian([0, 0, 0], zero_field_splitting_hz=0), "zero_field_splitting_hz is 0"),
        (lambda: nv.field_vector(-1e-3, polar_angle_rad=0), "magnitude_t is -0.001"),
        (lambda: nv.field_vector(1e-3, polar_angle_rad=4), "polar_angle_rad is 4"),
        (lambda: nv.zero_field_splitting(31), "temperature_shift_k is 31; it must be between -20 and 30 K"),
        (lambda: nv.second_order_frequencies([0, 0, 0.2]), "field_t is 0.2 T along the axis"),
        (lambda: nv.odmr_spectrum([2.87e9], [], linewidth_hz=1e6, contrast=0.1), "centres is empty"),
        (
            lambda: nv.odmr_spectrum([1e9], [nv.transitions([0, 0, 0])], linewidth_hz=1e6, contrast=1.2),
            "contrast is 1.2",
        ),
        (
            lambda: nv.odmr_spectrum([1e9], [nv.transitions([0, 0, 0])], linewidth_hz=0, contrast=0.2),
            "linewidth_hz is 0",
        ),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
