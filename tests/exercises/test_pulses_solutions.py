"""The reference solutions on pulses agree with the physics of the book, and with the tests whatever the dice do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from exercises.test_solutions import solved
from qlearn.physics import dynamics

MEGAHERTZ = 2e6 * np.pi  # in rad/s


@pytest.fixture(scope="module")
def school() -> dict[str, Any]:
    return solved("school-pulses")


@pytest.fixture(scope="module")
def graduate() -> dict[str, Any]:
    return solved("graduate-pulses")


def test_the_school_chance_and_the_detuned_drive_are_rabis_formula(school: dict[str, Any]) -> None:
    for rabi, detuning in ((2.3, 0.0), (2.3, 1.9), (0.7, -3.0)):
        largest, pulse = school["detuned_drive"](rabi, detuning)
        drive = {"detuning_rad_s": detuning * MEGAHERTZ}
        assert largest == pytest.approx(float(dynamics.maximum_transfer(rabi * MEGAHERTZ, **drive)))
        assert largest == pytest.approx(
            float(dynamics.rabi_probability(rabi * MEGAHERTZ, time_s=1e-9 * pulse, **drive))
        )
        book = dynamics.rabi_probability(rabi * MEGAHERTZ, time_s=123e-9)
        assert school["chance_of_one"](123, rabi) == pytest.approx(float(book))


@pytest.mark.parametrize(("day", "detuning"), [("friday", 0.0), ("monday", 1.9)])
def test_the_school_tables_are_counts_of_rabis_formula(school: dict[str, Any], day: str, detuning: float) -> None:
    times = 1e-9 * np.array(school["times_ns"])
    chances = dynamics.rabi_probability(2.3 * MEGAHERTZ, detuning_rad_s=detuning * MEGAHERTZ, time_s=times)
    errors = np.sqrt(chances * (1 - chances) / 1000)
    assert np.all(np.abs(school[day] - chances) < 4 * errors + 1e-3)


def test_the_graduate_models_are_those_of_the_book(graduate: dict[str, Any]) -> None:
    times = np.linspace(0.0, 30.0, 16)
    seconds = 1e-6 * times
    np.testing.assert_allclose(
        graduate["decay_model"](times, 48.0), dynamics.excited_population(seconds, t1_s=48e-6), rtol=1e-12
    )
    np.testing.assert_allclose(
        graduate["echo_model"](times, 40.0), dynamics.hahn_echo_probability(seconds, t2_s=40e-6), rtol=1e-12
    )
    book = dynamics.ramsey_probability(
        seconds,
        detuning_rad_s=0.213 * MEGAHERTZ,
        t2_s=40e-6,
        spread_rad_s=dynamics.quasi_static_spread(11e-6),
    )
    np.testing.assert_allclose(graduate["ramsey_model"](times, 0.213, 40.0, 11.0), book, rtol=1e-9)


def test_the_graduate_ensemble_that_stands_still_is_anchor_q08(graduate: dict[str, Any]) -> None:
    ramsey, echo = graduate["ensemble_contrasts"](3.0, 0.05, 1.0, 400_000, 1)
    assert abs(ramsey - 0.641380626) < 6 * 0.7072 / np.sqrt(400_000)
    assert echo == pytest.approx(1)


def test_the_graduate_lindblad_equation_and_its_budget_are_anchor_q06(graduate: dict[str, Any]) -> None:
    t2 = 28.57142857
    for echo in (False, True):
        x, y, z = graduate["lindblad_vector"](t2, 50.0, 40.0, echo)
        half = np.exp(-t2 / 100.0)
        expected = (-np.exp(-1), 0.0, (1 - half) ** 2) if echo else (np.exp(-1), 0.0, 1 - half**2)
        assert (x, y, z) == pytest.approx(expected, rel=1e-4, abs=1e-5)
    budget = graduate["noise_budget"](50.0, 0.5, t2, 0.3, 4.501581581, 0.05)
    assert budget[0] == pytest.approx(40.0)
    assert budget[2] == pytest.approx(50.0)


def test_the_nights_counts_hold_the_noise_they_were_made_with(graduate: dict[str, Any]) -> None:
    shots = graduate["shots"]
    decay = graduate["fit_t1"](graduate["decay_times_us"], graduate["decay_counts"], shots)
    echo = graduate["fit_echo"](graduate["echo_times_us"], graduate["echo_counts"], shots)
    ramsey = graduate["fit_ramsey"](graduate["ramsey_times_us"], graduate["ramsey_counts"], shots, 0.2, echo[0])
    truth = 1e6 * float(dynamics.coherence_time(t1_s=48e-6, t_phi_s=70e-6))
    for (value, error), made in ((decay, 48.0), (echo, truth), (ramsey[:2], 0.213), (ramsey[2:], 11.0)):
        assert abs(value - made) < 3 * error


def test_a_right_ensemble_passes_whatever_its_random_numbers() -> None:
    names = solved("graduate-pulses")
    right = names["ensemble_contrasts"]
    for shift in range(1, 6):
        names["ensemble_contrasts"] = lambda *arguments, shift=shift: right(
            *arguments[:-1], arguments[-1] + 100_000 * shift
        )
        exec(names["check_cells"]["test_ensemble"], names)  # noqa: S102  our own notebook


def test_the_promised_standard_errors_are_those_of_many_nights(graduate: dict[str, Any]) -> None:
    rng = np.random.default_rng(9)
    times = np.arange(0.0, 30.1, 0.5)
    chances = graduate["ramsey_model"](times, 0.213, 40.0, 11.0)
    nights = np.array([graduate["fit_ramsey"](times, rng.binomial(1000, chances), 1000, 0.2, 40.0) for _ in range(200)])
    for value, error in ((0, 1), (2, 3)):
        # the spread of 200 nights has a standard error of 5 %
        assert np.std(nights[:, value]) == pytest.approx(np.mean(nights[:, error]), rel=0.3)
