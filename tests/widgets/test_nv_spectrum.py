"""The NV widget's Python side: traits, labels, the grid against diagonalisation, picture and words."""

import re

import numpy as np
import pytest

from qlearn.errors import ParameterError
from qlearn.physics.sensors import nv
from qlearn.widgets.nv_spectrum import RANGES, WINDOWS_MHZ, NVSpectrum, lines_grid, lines_on_grid
from widgets.widget_checks import check_files, check_labels, check_shown, heard


@pytest.fixture
def widget() -> NVSpectrum:
    return NVSpectrum()


def test_it_needs_no_other_file_and_fits_on_a_page(widget: NVSpectrum) -> None:
    check_files(widget)


def test_labels_are_complete_in_both_languages(widget: NVSpectrum) -> None:
    check_labels(widget, {*RANGES, "row_both", "row_angle", "row_smallest"})


def test_it_is_shown_as_widget_picture_and_words(widget: NVSpectrum) -> None:
    check_shown(widget)


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("field_mt", 11, "field_mt is 11; it must lie between 0 and 10"),
        ("polar_angle_deg", -1, "polar_angle_deg is -1; it must lie between 0 and 90"),
        ("contrast", 0.5, "contrast is 0.5; it must lie between 0.01 and 0.3"),
        ("linewidth_mhz", float("nan"), "linewidth_mhz is nan; it must lie between 0.2 and 10"),
        ("temperature_shift_k", 40, "temperature_shift_k is 40; it must lie between -20 and 30"),
        ("window_mhz", 100, "window_mhz is 100; it must be one of 320.0, 40.0"),
    ],
)
def test_an_argument_out_of_range_is_refused(argument: str, value: float, message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        NVSpectrum(**{argument: value})


def test_the_grid_is_within_a_twentieth_of_a_megahertz_of_every_line() -> None:
    """The narrowest dip is 0.2 MHz wide; half of the directions tried lie near 90 degrees, where lines bend most."""
    rng = np.random.default_rng(532)
    grid = lines_grid()
    for size, angle, near in zip(
        rng.uniform(0, 10, 400), rng.uniform(0, 90, 400), rng.uniform(80, 90, 400), strict=True
    ):
        polar = np.deg2rad(near if rng.random() < 0.5 else angle)
        lines = nv.transitions(nv.field_vector(size * 1e-3, polar_angle_rad=polar))
        place = {"field_squared_mt2": size**2, "axial_share": np.cos(polar) ** 2}
        shift, squared, lower_weight, upper_weight = grid.interpolate(**place)
        half = np.sqrt(max(squared, 0)) / 2
        for seen, wanted in ((2870 + shift - half, lines.lower_hz), (2870 + shift + half, lines.upper_hz)):
            assert seen == pytest.approx(wanted / 1e6, abs=0.05)
        assert lower_weight == pytest.approx(lines.lower_weight, abs=2e-3)
        assert upper_weight == pytest.approx(lines.upper_weight, abs=2e-3)


def test_the_error_that_the_grid_prints_is_small() -> None:
    error = lines_grid().error
    assert error["mean_shift_mhz"] < 1e-3
    assert error["lower_weight"] < 2e-3


def test_a_warm_crystal_shifts_the_lines_as_if_d_alone_had_changed() -> None:
    """The page moves the grid's lines by the change of D; diagonalised at the other D they differ by less than 0.05."""
    for shift in (RANGES["temperature_shift_k"][0], RANGES["temperature_shift_k"][1]):
        for polar in np.deg2rad([0, 45, 90]):
            field = nv.field_vector(10e-3, polar_angle_rad=polar)
            d = nv.zero_field_splitting(shift)
            warm, room = nv.transitions(field, zero_field_splitting_hz=d), nv.transitions(field)
            moved = d - nv.ZERO_FIELD_SPLITTING_HZ
            assert (warm.lower_hz - room.lower_hz - moved) / 1e6 == pytest.approx(0, abs=0.05)
            assert (warm.upper_hz - room.upper_hz - moved) / 1e6 == pytest.approx(0, abs=0.05)


def test_the_kernel_answers_with_the_diagonalised_lines(widget: NVSpectrum, monkeypatch) -> None:
    at = {"field_squared_mt2": 4.0, "axial_share": 0.75}
    answer = heard(widget, monkeypatch, {"kind": "exact", "at": at})
    assert answer == {"kind": "exact", "at": at, "values": pytest.approx(lines_on_grid(**at))}
    lines = nv.transitions(nv.field_vector(2e-3, polar_angle_rad=np.pi / 6))
    assert answer["values"][1] == pytest.approx((lines.splitting_hz / 1e6) ** 2, rel=1e-9)


def test_a_crystal_has_four_kinds_of_centre() -> None:
    crystal = NVSpectrum(all_orientations=True, polar_angle_deg=0.0)
    one, *others = crystal.centres()
    assert one == NVSpectrum(polar_angle_deg=0.0).centres()[0]
    assert len({round(lines.lower_hz) for lines in others}) == 1


def test_the_words_are_the_physics(widget: NVSpectrum) -> None:
    (lines,) = widget.centres()
    assert f"dips at {lines.lower_hz / 1e6:.1f} and {lines.upper_hz / 1e6:.1f} MHz" in widget.summary()
    assert "reads 1.732 mT along the axis" in widget.summary()


@pytest.mark.parametrize("window", WINDOWS_MHZ)
def test_the_picture_shows_the_chosen_frequencies(window: float) -> None:
    crystal = NVSpectrum(window_mhz=window, all_orientations=True)
    spectrum, fan = crystal.picture().axes
    assert spectrum.get_xlim() == (2870 - window, 2870 + window)
    assert len(fan.lines) == 9  # two lines for each of four axes, and the cursor
