"""The formulas of Rabi, Ramsey and Hahn against QuTiP's solvers and brute force."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics import dynamics

MEGAHERTZ = 2e6 * np.pi  # in rad/s
ZERO, ONE = qutip.basis(2, 0), qutip.basis(2, 1)
PRECISE = {"rtol": 1e-10, "atol": 1e-12, "nsteps": 100_000}

frequencies = st.floats(0, 10).map(lambda megahertz: megahertz * MEGAHERTZ)
detunings = st.floats(-10, 10).map(lambda megahertz: megahertz * MEGAHERTZ)
times = st.floats(0, 100e-6)
time_constants = st.one_of(st.floats(0.1e-6, 1e-3), st.just(np.inf))


@pytest.mark.parametrize(("rabi", "detuning"), [(1.0, 0.0), (1.0, 1.0), (0.3, -2.0), (5.0, 0.7)])
def test_rabis_formula_is_what_qutip_finds(rabi: float, detuning: float) -> None:
    moments = np.linspace(0, 2e-6, 41)
    # microseconds and rad per microsecond suit the solver's tolerances
    operator = 1e-6 * dynamics.hamiltonian(rabi * MEGAHERTZ, detuning_rad_s=detuning * MEGAHERTZ)
    found = qutip.sesolve(operator, ZERO, 1e6 * moments, e_ops=[ONE.proj()], options=PRECISE).expect[0]
    formula = dynamics.rabi_probability(rabi * MEGAHERTZ, detuning_rad_s=detuning * MEGAHERTZ, time_s=moments)
    np.testing.assert_allclose(formula, found, atol=1e-7)


@given(frequencies, detunings, times)
def test_an_excitation_stays_below_its_maximum_and_knows_no_sign(rabi: float, detuning: float, time: float) -> None:
    found = dynamics.rabi_probability(rabi, detuning_rad_s=detuning, time_s=time)
    assert 0 <= found <= dynamics.maximum_transfer(rabi, detuning_rad_s=detuning) <= 1
    assert found == dynamics.rabi_probability(rabi, detuning_rad_s=-detuning, time_s=time)


def test_a_drive_of_no_strength_moves_nothing_and_a_resonant_one_everything() -> None:
    assert dynamics.rabi_probability(0.0, time_s=1e-6) == 0
    assert dynamics.maximum_transfer(0.0) == 0
    assert dynamics.rabi_probability(MEGAHERTZ, time_s=0.5e-6) == pytest.approx(1)


def test_a_frequency_in_hertz_would_be_seen() -> None:
    wrong = dynamics.rabi_probability(1e6, detuning_rad_s=1e6, time_s=0.25e-6)
    assert wrong == pytest.approx(0.0155, abs=5e-5)  # the reference list's note on this slip


@pytest.mark.parametrize(("t1", "t_phi"), [(50, 40), (5, np.inf), (np.inf, 3)])
def test_qutips_lindblad_equation_decays_with_t1_and_t2(t1: float, t_phi: float) -> None:
    moments = np.linspace(0, 10, 21)
    operators = [1e-3 * operator for operator in dynamics.collapse_operators(t1_s=1e-6 * t1, t_phi_s=1e-6 * t_phi)]
    idle = 0 * qutip.qeye(2)
    plus = (ZERO + ONE).unit()
    population = qutip.mesolve(idle, ONE, moments, c_ops=operators, e_ops=[ONE.proj()], options=PRECISE).expect[0]
    coherence = qutip.mesolve(idle, plus, moments, c_ops=operators, e_ops=[qutip.sigmax()], options=PRECISE).expect[0]
    np.testing.assert_allclose(dynamics.excited_population(1e-6 * moments, t1_s=1e-6 * t1), population, atol=1e-8)
    t2 = 1e6 * dynamics.coherence_time(t1_s=1e-6 * t1, t_phi_s=1e-6 * t_phi)
    np.testing.assert_allclose(np.exp(-moments / t2), coherence, atol=1e-8)


@given(time_constants, time_constants)
def test_t2_is_at_most_twice_t1_and_at_most_t_phi(t1: float, t_phi: float) -> None:
    t2 = dynamics.coherence_time(t1_s=t1, t_phi_s=t_phi)
    assert 0 < t2 <= min(2 * t1, t_phi) * (1 + 1e-12)


@given(times, detunings, time_constants, st.floats(0, 1e7))
def test_a_fringe_is_a_probability_and_starts_at_one(time: float, detuning: float, t2: float, spread: float) -> None:
    noise = {"detuning_rad_s": detuning, "t2_s": t2, "spread_rad_s": spread}
    assert 0 <= dynamics.ramsey_probability(time, **noise) <= 1
    assert dynamics.ramsey_probability(0.0, **noise) == 1
    assert 0.5 <= dynamics.hahn_echo_probability(time, t2_s=t2) <= 1


def test_the_average_over_drawn_detunings_is_the_gaussian() -> None:
    spread, moments = 0.05 * MEGAHERTZ, np.linspace(0, 10e-6, 11)
    drawn = np.random.default_rng(8).normal(0.0, spread, size=200_000)
    average = np.cos(np.outer(moments, drawn)).mean(axis=1)
    # each average has a standard error below 1/sqrt(2 x 200 000)
    np.testing.assert_allclose(
        dynamics.quasi_static_coherence(moments, spread_rad_s=spread), average, atol=5 / np.sqrt(400_000)
    )


@given(st.floats(1e-6, 10.0))
def test_a_fringe_is_half_as_high_at_half_its_width(time: float) -> None:
    edge = np.pi * dynamics.ramsey_fringe_width(time)  # half the width, in rad/s
    assert dynamics.ramsey_probability(time, detuning_rad_s=edge) == pytest.approx(0.5)
    assert dynamics.ramsey_probability(time, detuning_rad_s=0.9 * edge) > 0.5


@given(st.floats(1e3, 1e8))
def test_t2_star_is_where_one_over_e_is_left_and_gives_back_its_spread(spread: float) -> None:
    t2_star = dynamics.quasi_static_dephasing_time(spread)
    assert dynamics.quasi_static_coherence(t2_star, spread_rad_s=spread) == pytest.approx(np.exp(-1))
    assert dynamics.quasi_static_spread(t2_star) == pytest.approx(spread)


def test_without_a_spread_there_is_no_quasi_static_dephasing() -> None:
    assert dynamics.quasi_static_dephasing_time(0.0) == np.inf
    assert dynamics.quasi_static_spread(np.inf) == 0
    assert dynamics.coherence_time(t1_s=np.inf, t_phi_s=np.inf) == np.inf
    assert dynamics.collapse_operators() == []


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: dynamics.rabi_probability(-1.0, time_s=1.0), "rabi_rad_s is -1; it must be between 0 and inf rad/s"),
        (lambda: dynamics.rabi_probability(1.0, time_s=-1.0), "time_s is -1; it must be between 0 and inf s"),
        (lambda: dynamics.maximum_transfer(1.0, detuning_rad_s=np.inf), "detuning_rad_s is inf"),
        (lambda: dynamics.excited_population(1.0, t1_s=0.0), "t1_s is 0.0; a time constant must be above 0 s, or inf"),
        (lambda: dynamics.coherence_time(t1_s=1.0, t_phi_s=-2), "t_phi_s is -2; a time constant"),
        (lambda: dynamics.coherence_time(t1_s=np.nan, t_phi_s=1), "t1_s is nan"),
        (lambda: dynamics.ramsey_probability(1.0, t2_s="long"), "t2_s is 'long'; a time constant"),
        (lambda: dynamics.quasi_static_coherence(1.0, spread_rad_s=-1), "spread_rad_s is -1"),
        (lambda: dynamics.hamiltonian("strong"), "rabi_rad_s is 'strong'"),
        (lambda: dynamics.ramsey_fringe_width(0.0), "time_s is 0; it must be between 1e-300 and inf s"),
        (lambda: dynamics.ramsey_fringe_width(np.nan), "time_s is nan"),
        (lambda: dynamics.propagator(1.0, np.full((4, 4), np.nan)), "generator is nan"),
        (lambda: dynamics.Segment("long"), "duration_s is 'long'"),
        (lambda: dynamics.Segment(-1.0), "duration_s is -1; it must be between 0 and inf s"),
        (lambda: dynamics.Segment(1.0, np.nan), "rabi_rad_s is nan"),
        (lambda: dynamics.trajectory([dynamics.Segment(1.0)], 0.0, detuning_rad_s="off"), "detuning_rad_s is 'off'"),
        (lambda: dynamics.ensemble_signal(dynamics.ramsey_sequence, "now", rabi_rad_s=1.0), "times_s is 'now'"),
        (
            lambda: dynamics.rabi_probability(1.0, detuning_rad_s=[0, 1], time_s=[0, 1, 2]),
            "detuning_rad_s of shape (2,) and time_s of shape (3,) do not fit",
        ),
        (
            lambda: dynamics.ramsey_probability([0, 1], detuning_rad_s=0.0, t2_s=[1, 2, 3]),
            "time_s of shape (2,) and t2_s of shape (3,) do not fit",
        ),
        (
            lambda: dynamics.coherence_time(t1_s=[1, 2], t_phi_s=[1, 2, 3]),
            "t1_s of shape (2,) and t_phi_s of shape (3,) do not fit",
        ),
        (lambda: dynamics.ensemble_signal("ramsey", [0.0], rabi_rad_s=1.0), "build is 'ramsey'; it must be a function"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
