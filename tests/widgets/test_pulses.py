import re

import numpy as np
import pytest

from qlearn.errors import ParameterError
from qlearn.physics import dynamics
from qlearn.widgets.pulses import RANGES, TIME_CONSTANTS_US, Pulses
from widgets.widget_checks import check_files, check_labels, check_shown

MEGAHERTZ = 2e6 * np.pi  # in rad/s


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("sequence", "cpmg", "sequence is 'cpmg'; it must be one of 'rabi', 'ramsey', 'echo'"),
        ("rabi_mhz", 0.0, "rabi_mhz is 0; it must lie between 0.5 and 10"),
        ("detuning_mhz", 1.5, "detuning_mhz is 1.5; it must lie between -1 and 1"),
        ("free_us", -1.0, "free_us is -1; it must lie between 0 and 10"),
        ("moment", 1.1, "moment is 1.1; it must lie between 0 and 1"),
        ("t1_us", 0.0, "t1_us is 0; it must lie between 1 and 1000000, or be None"),
        ("t2_star_us", float("nan"), "t2_star_us is nan; it must lie between 1 and 1000000"),
    ],
)
def test_an_argument_out_of_range_is_refused(argument: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        Pulses(**{argument: value})


def test_labels_files_and_forms_are_complete() -> None:
    pulses = Pulses()
    asked = {"rabi", "ramsey", "echo", *RANGES, *TIME_CONSTANTS_US}
    check_labels(pulses, asked | {f"segment_{name}" for name in ("quarter", "half", "free", "drive")})
    check_files(pulses)
    check_shown(pulses)


def test_the_sliders_stop_where_python_allows() -> None:
    pulses = Pulses()
    assert pulses.ranges == {name: list(limits) for name, limits in RANGES.items()}
    for name, stops in pulses.time_constants.items():
        for stop in stops:
            setattr(pulses, name, stop)
    for low, high, step in RANGES.values():
        assert (high - low) / step == pytest.approx(round((high - low) / step))


def test_the_summary_says_what_the_physics_says() -> None:
    pulses = Pulses(sequence="ramsey", free_us=3.0, detuning_mhz=0.4, t2_star_us=3.0, t1_us=10.0, t_phi_us=None)
    fringe = dynamics.ensemble_signal(
        dynamics.ramsey_sequence,
        3e-6,
        rabi_rad_s=5 * MEGAHERTZ,
        detuning_rad_s=0.4 * MEGAHERTZ,
        spread_rad_s=float(dynamics.quasi_static_spread(3e-6)),
        t1_s=10e-6,
    )
    assert f"after Ramsey's sequence with 3 µs of free time P(1) = {fringe[0]:.3f}" in pulses.summary()


def test_it_opens_where_the_echo_keeps_what_ramsey_has_lost() -> None:
    echo, ramsey = Pulses(), Pulses(sequence="ramsey")
    assert echo.sequence == "echo"
    limit = dynamics.hahn_echo_probability(echo.free_us * 1e-6, t2_s=dynamics.coherence_time(t1_s=50e-6, t_phi_s=20e-6))
    assert echo.probability() == pytest.approx(float(limit), abs=0.01)
    assert ramsey.probability() == pytest.approx(0.5, abs=0.01)


def test_the_echo_gains_nothing_against_memoryless_noise() -> None:
    memoryless = {"t2_star_us": None, "t_phi_us": 2.0, "t1_us": None, "detuning_mhz": 0.0, "rabi_mhz": 10.0}
    echo, ramsey = (Pulses(sequence=kind, **memoryless).probability() for kind in ("echo", "ramsey"))
    assert echo == pytest.approx(ramsey, abs=0.01)
    assert echo == pytest.approx((1 + np.exp(-2.5)) / 2, abs=0.01)


@pytest.mark.parametrize("kind", ["rabi", "ramsey", "echo"])
def test_every_sequence_has_a_picture_with_its_signal(kind: str) -> None:
    pulses = Pulses(sequence=kind)
    _, signal = pulses.picture().axes
    assert signal.lines[-1].get_ydata() == pytest.approx([pulses.probability()])


def test_without_a_spread_and_without_time_there_is_still_a_picture() -> None:
    still = Pulses(sequence="rabi", pulse_us=0.0, t2_star_us=None)
    assert still.probability() == 0
    assert still.picture().axes
