import re

import numpy as np
import pytest

from qlearn.errors import ParameterError
from qlearn.physics import interference
from qlearn.widgets.interferometer_clicks import PHASES_DEG, draw_clicks
from qlearn.widgets.mach_zehnder import MachZehnder
from qlearn.widgets.random_stream import seed_of_run
from widgets.widget_checks import check_files, check_labels, check_shown


@pytest.fixture
def interferometer() -> MachZehnder:
    return MachZehnder(seed=7)


def test_it_keeps_the_rules_of_the_house(interferometer: MachZehnder) -> None:
    check_labels(interferometer, set())
    check_files(interferometer)
    check_shown(interferometer)


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("phase_deg", 40.0, "phase_deg is 40.0; it must be a multiple of 15 from 0 to 360 degrees"),
        ("phase_deg", 375.0, "phase_deg is 375.0; it must be a multiple of 15"),
        ("phase_deg", float("nan"), "phase_deg is nan; it must be a multiple of 15"),
        ("marker_deg", 91.0, "marker_deg is 91; it must lie between 0 and 90"),
        ("marker_deg", float("nan"), "marker_deg is nan; it must lie between 0 and 90"),
        ("photons", 501, "photons is 501; it must lie between 0 and 500"),
        ("seed", -1, "seed is -1; it must lie between 0 and 4294967295"),
    ],
)
def test_an_argument_out_of_range_is_refused(argument: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        MachZehnder(**{argument: value})


def test_it_opens_with_a_fringe_that_one_arm_for_each_photon_cannot_give(interferometer: MachZehnder) -> None:
    value, error = interferometer.visibility()
    assert interferometer.expected() == (1.0, 0.0)
    assert value - 5 * error > 0.5
    assert abs(value - 1) < 5 * error


@pytest.mark.parametrize("marker", [0.0, 37.0, 90.0])
def test_the_summary_tells_the_run_of_the_picture(marker: float) -> None:
    widget = MachZehnder(seed=11, marker_deg=marker)
    first, second = widget.record().counts.sum(axis=0)
    value, error = widget.visibility()
    assert first + second == 1000
    words = widget.summary()
    assert f"1000 photons through an interferometer, {first} clicks at D₀ and {second} at D₁" in words
    assert f"marker at {marker:g}° the visibility is {value:.2f} ± {error:.2f}, expected " in words
    right = (1 + np.sin(np.deg2rad(marker))) / 2
    assert words.endswith(f"name the arm right in {right:.0%} of the runs.")


def test_a_run_without_photons_can_be_drawn() -> None:
    widget = MachZehnder(photons=0)
    assert widget.picture().axes
    assert np.isnan(widget.visibility()).all()
    assert MachZehnder(photons=1, marker_deg=90).picture().axes


@pytest.mark.parametrize("marker", [0.0, 25.0, 90.0])
def test_drawn_clicks_obey_the_physics(marker: float) -> None:
    photons = 20_000
    settings = np.repeat(np.arange(PHASES_DEG.size), photons)
    counts = draw_clicks(seed_of_run(99, 2), settings, marker_deg=marker).counts
    chances = interference.detection_probabilities(np.deg2rad(PHASES_DEG), marker_deg=marker)
    np.testing.assert_array_equal(counts.sum(axis=1), photons)
    spread = np.sqrt(photons * chances * (1 - chances))
    np.testing.assert_array_less(np.abs(counts - photons * chances), 5 * spread + 1e-6)


def test_clicks_follow_one_another_without_memory() -> None:
    detectors = draw_clicks(5, np.full(100_000, 6), marker_deg=0.0).detectors  # 90 degrees: a fair coin
    after_first = detectors[1:][detectors[:-1] == 0]
    assert abs(after_first.mean() - 0.5) < 5 * 0.5 / np.sqrt(after_first.size)
