import re

import numpy as np
import pytest

from qlearn.errors import ParameterError
from qlearn.physics.sensors import allan, clock_stability
from qlearn.widgets.clock_loop import RANGES, ClockLoop, transitions
from widgets.widget_checks import check_files, check_labels, check_shown


@pytest.fixture
def loop() -> ClockLoop:
    return ClockLoop(seed=7)


def test_it_keeps_the_rules_of_the_house(loop: ClockLoop) -> None:
    check_labels(loop, set(RANGES))
    check_files(loop)
    check_shown(loop)


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("atom", "hydrogen", "atom is 'hydrogen'; it must be one of 'strontium', 'caesium'"),
        ("atoms", 9, "atoms is 9; it must lie between 10 and 100000"),
        ("ramsey_s", 1.0, "ramsey_s is 1; it must lie between 0.05 and 0.95"),
        ("gain", -0.1, "gain is -0.1; it must lie between 0 and 2.2"),
        ("floor_hz", 2.0, "floor_hz is 2; it must lie between 0.001 and 1"),
        ("drift_hz_per_s", float("nan"), "drift_hz_per_s is nan; it must lie between 0 and 0.02"),
        ("looks", 5000, "looks is 5000; it must lie between 0 and 4096"),
        ("seed", -1, "seed is -1; it must lie between 0 and 4294967295"),
    ],
)
def test_an_argument_out_of_range_is_refused(argument: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        ClockLoop(**{argument: value})


def test_it_opens_where_the_loop_beats_the_oscillator(loop: ClockLoop) -> None:
    run = loop.run()
    free, locked = (allan.overlapping_allan_deviation(row, 128) for row in (run.free_hz, run.locked_hz))
    assert locked < free / 3
    assert locked / clock_stability.STRONTIUM_HZ == pytest.approx(loop.projection_noise(128.0), rel=0.6)


def test_the_words_are_the_run_of_the_picture() -> None:
    widget = ClockLoop(seed=11, atom="caesium", atoms=1000, ramsey_s=0.25, looks=600)
    run = widget.run()
    deviation = allan.overlapping_allan_deviation(run.locked_hz / clock_stability.CAESIUM_HZ, 128)
    words = widget.summary()
    assert words.startswith("A caesium clock with 1000 atoms, Ramsey time 0.25 s, gain 0.6: after 600 looks")
    assert f"its Allan deviation at 128 s is {deviation:.2g}, left alone" in words
    assert f"projection noise allows {widget.projection_noise(128.0):.2g}." in words
    assert words.endswith("on fringe 0.")


def test_the_range_of_every_slider_holds_its_first_value(loop: ClockLoop) -> None:
    for name, (low, high, step) in RANGES.items():
        value = getattr(loop, name)
        place = np.log10(value) if name in ("atoms", "floor_hz") else value
        assert low <= place <= high
        # the knob can stand on it: the slider would move it otherwise
        assert (place - low) / step == pytest.approx(round((place - low) / step), abs=0.05)


@pytest.mark.parametrize("looks", [0, 1, 3, 7, 8])
def test_a_run_with_few_looks_can_be_drawn_and_told(looks: int) -> None:
    widget = ClockLoop(looks=looks, seed=1)
    assert widget.picture().axes
    assert ("too few" in widget.summary()) == (looks < 8)


@pytest.mark.parametrize(
    "settings",
    [
        {"atoms": 10, "ramsey_s": 0.95, "gain": 2.2, "floor_hz": 1.0, "drift_hz_per_s": 0.02},
        {"atoms": 100_000, "ramsey_s": 0.05, "gain": 0.0, "floor_hz": 0.001, "drift_hz_per_s": 0.0},
    ],
)
def test_the_ends_of_the_range_can_be_drawn(settings: dict[str, float]) -> None:
    assert ClockLoop(**settings).picture().axes


def test_the_transitions_are_the_physics_ones() -> None:
    assert transitions() == {"strontium": clock_stability.STRONTIUM_HZ, "caesium": clock_stability.CAESIUM_HZ}
