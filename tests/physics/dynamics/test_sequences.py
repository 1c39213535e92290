"""Pulse sequences through Bloch's equations against QuTiP's mesolve, segment by segment and run by run."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from qlearn.errors import ParameterError
from qlearn.physics import dynamics
from qlearn.physics.states import bloch_vector

MEGAHERTZ = 2e6 * np.pi  # in rad/s
PAULIS = (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())
PRECISE = {"rtol": 1e-10, "atol": 1e-12, "nsteps": 100_000}
SEQUENCES = {
    "rabi": dynamics.rabi_sequence,
    "ramsey": dynamics.ramsey_sequence,
    "echo": dynamics.echo_sequence,
}
NOISE = [
    {},
    {"t1_s": 4e-6},
    {"t_phi_s": 2e-6},
    {"t1_s": 3e-6, "t_phi_s": 5e-6},
]


def end_of(sequence: Any) -> float:
    return sum(segment.duration_s for segment in sequence)


def by_mesolve(sequence: Any, detuning_rad_s: float, **noise: float) -> Any:
    """Give the last Bloch vector by QuTiP's integrator, in microseconds."""
    state = qutip.basis(2, 0).proj()
    operators = [1e-3 * operator for operator in dynamics.collapse_operators(**noise)]
    for segment in sequence:
        operator = 1e-6 * dynamics.hamiltonian(
            segment.rabi_rad_s, detuning_rad_s=detuning_rad_s, phase_rad=segment.phase_rad
        )
        span = [0.0, 1e6 * segment.duration_s]
        if span[1] > 0:
            state = qutip.mesolve(operator, state, span, c_ops=operators, options=PRECISE).states[-1]
    return np.array([qutip.expect(pauli, state) for pauli in PAULIS])


@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize("kind", SEQUENCES)
def test_a_sequence_ends_where_mesolve_says(kind: str, noise: dict[str, float]) -> None:
    for detuning in (0.0, 0.4 * MEGAHERTZ, -1.3 * MEGAHERTZ):
        sequence = SEQUENCES[kind](1.7e-6, rabi_rad_s=2 * MEGAHERTZ)
        found = dynamics.trajectory(sequence, end_of(sequence), detuning_rad_s=detuning, **noise)[0]
        np.testing.assert_allclose(found, by_mesolve(sequence, detuning, **noise), atol=2e-7)


def test_the_generator_is_qutips_liouvillian_in_the_pauli_basis() -> None:
    noise = {"t1_s": 3e-6, "t_phi_s": 5e-6}
    drive = {"detuning_rad_s": 0.7 * MEGAHERTZ, "phase_rad": 0.9}
    liouvillian = qutip.liouvillian(dynamics.hamiltonian(2 * MEGAHERTZ, **drive), dynamics.collapse_operators(**noise))
    basis = [*PAULIS, qutip.qeye(2)]
    expected = np.zeros((4, 4))
    for column, operator in enumerate(basis):
        moved = qutip.vector_to_operator(liouvillian * qutip.operator_to_vector(operator / 2))
        expected[:, column] = [(other * moved).tr().real for other in basis]
    generator = dynamics.bloch_generator(2 * MEGAHERTZ, **drive, **noise)
    np.testing.assert_allclose(generator, expected, atol=1e-6)


@given(
    st.floats(0, 20), st.floats(-20, 20), st.floats(-4, 4), st.floats(0.05, 100), st.floats(0.05, 100), st.floats(0, 30)
)
def test_the_propagator_is_scipys_exponential(
    rabi: float, detuning: float, phase: float, t1: float, t_phi: float, time: float
) -> None:
    # one unit for all: only products of rate and time matter
    generator = dynamics.bloch_generator(rabi, detuning_rad_s=detuning, phase_rad=phase, t1_s=t1, t_phi_s=t_phi)
    np.testing.assert_allclose(dynamics.propagator(time, generator), expm(time * generator), atol=1e-10)


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(SEQUENCES)),
    st.floats(0, 10e-6),
    st.floats(0.1, 20),
    st.floats(-5, 5),
    st.floats(0.1e-6, 1e-3),
    st.floats(0.1e-6, 1e-3),
)
def test_no_vector_leaves_the_ball(
    kind: str, time: float, rabi: float, detuning: float, t1: float, t_phi: float
) -> None:
    sequence = SEQUENCES[kind](time, rabi_rad_s=rabi * MEGAHERTZ)
    moments = np.linspace(0, end_of(sequence), 20)
    way = dynamics.trajectory(sequence, moments, detuning_rad_s=detuning * MEGAHERTZ, t1_s=t1, t_phi_s=t_phi)
    assert np.linalg.norm(way, axis=-1).max() <= 1 + 1e-9
    np.testing.assert_allclose(way[0], [0, 0, 1], atol=1e-12)


def test_without_noise_the_way_of_a_pulse_is_rabis_formula() -> None:
    moments = np.linspace(0, 1.5e-6, 31)
    for detuning in (0.0, 0.8 * MEGAHERTZ):
        pulse = dynamics.rabi_sequence(1.5e-6, rabi_rad_s=MEGAHERTZ)
        way = dynamics.trajectory(pulse, moments, detuning_rad_s=detuning)
        formula = dynamics.rabi_probability(MEGAHERTZ, detuning_rad_s=detuning, time_s=moments)
        np.testing.assert_allclose((1 - way[:, 2]) / 2, formula, atol=1e-12)
        np.testing.assert_allclose(np.linalg.norm(way, axis=1), 1, atol=1e-12)


def test_short_pulses_give_ramseys_and_hahns_formulas() -> None:
    moments = np.linspace(0, 8e-6, 9)
    t1, t_phi, spread = 20e-6, 30e-6, 0.1 * MEGAHERTZ
    setting = {"detuning_rad_s": 0.3 * MEGAHERTZ, "spread_rad_s": spread}
    noise = {"t1_s": t1, "t_phi_s": t_phi}
    t2 = float(dynamics.coherence_time(**noise))
    fringe = dynamics.ensemble_signal(
        dynamics.ramsey_sequence, moments, rabi_rad_s=3000 * MEGAHERTZ, **setting, **noise
    )
    np.testing.assert_allclose(fringe, dynamics.ramsey_probability(moments, t2_s=t2, **setting), atol=1e-3)
    echo = dynamics.ensemble_signal(dynamics.echo_sequence, moments, rabi_rad_s=3000 * MEGAHERTZ, **setting, **noise)
    np.testing.assert_allclose(echo, dynamics.hahn_echo_probability(moments, t2_s=t2), atol=1e-3)


def test_the_echo_brings_back_quasi_static_dephasing_and_not_the_lindblad_kind() -> None:
    time, strong = 6e-6, 500 * MEGAHERTZ
    spread = float(dynamics.quasi_static_spread(2e-6))

    def coherence(build: Any, **noise: float) -> float:
        return float(2 * dynamics.ensemble_signal(build, time, rabi_rad_s=strong, **noise)[0] - 1)

    assert coherence(dynamics.ramsey_sequence, spread_rad_s=spread) == pytest.approx(np.exp(-9), abs=1e-3)
    assert coherence(dynamics.echo_sequence, spread_rad_s=spread) == pytest.approx(1, abs=1e-3)
    for build in (dynamics.ramsey_sequence, dynamics.echo_sequence):
        assert coherence(build, t_phi_s=2e-6) == pytest.approx(np.exp(-3), abs=1e-3)
        assert coherence(build, t1_s=2e-6) == pytest.approx(np.exp(-1.5), abs=1e-3)


def test_pulses_that_last_make_a_ramsey_fringe_narrower_than_short_ones() -> None:
    free = 1e-3
    edge = np.pi * float(dynamics.ramsey_fringe_width(free))

    def at_the_edge(rabi_rad_s: float) -> float:
        fringe = dynamics.ensemble_signal(
            dynamics.ramsey_sequence, free, rabi_rad_s=rabi_rad_s, detuning_rad_s=edge, members=3
        )
        return float(fringe[0])

    assert at_the_edge(1000 * MEGAHERTZ) == pytest.approx(0.5, abs=1e-5)
    assert at_the_edge(0.001 * MEGAHERTZ) < 0.4  # pulses of a quarter of the free time


def test_the_ensemble_is_the_average_of_runs_drawn_one_by_one() -> None:
    mean, spread = 0.3 * MEGAHERTZ, 0.15 * MEGAHERTZ
    sequence = dynamics.ramsey_sequence(2e-6, rabi_rad_s=2 * MEGAHERTZ)
    moments = np.linspace(0, end_of(sequence), 7)
    drawn = np.random.default_rng(3).normal(mean, spread, size=20_000)
    runs = dynamics.trajectory(sequence, moments, detuning_rad_s=drawn)
    average = dynamics.ensemble_vectors(sequence, moments, detuning_rad_s=mean, spread_rad_s=spread)
    np.testing.assert_allclose(average, runs.mean(axis=0), atol=5 / np.sqrt(20_000))


def test_one_member_of_the_ensemble_is_a_unitary_of_qutip() -> None:
    sequence = dynamics.echo_sequence(1e-6, rabi_rad_s=3 * MEGAHERTZ)
    ket = qutip.basis(2, 0)
    for segment in sequence:
        operator = dynamics.hamiltonian(segment.rabi_rad_s, detuning_rad_s=0.6 * MEGAHERTZ, phase_rad=segment.phase_rad)
        ket = (-1j * segment.duration_s * operator).expm() * ket
    way = dynamics.trajectory(sequence, end_of(sequence), detuning_rad_s=0.6 * MEGAHERTZ)
    np.testing.assert_allclose(way[0], bloch_vector(ket), atol=1e-10)


def test_gaussian_weights_give_the_moments_of_a_gaussian() -> None:
    offsets, weights = dynamics.gaussian_detunings(3.0, members=81)
    assert weights.sum() == pytest.approx(1)
    assert weights @ offsets == pytest.approx(0, abs=1e-12)
    assert weights @ offsets**2 == pytest.approx(9, rel=1e-4)
    assert weights @ offsets**4 == pytest.approx(3 * 81, rel=1e-3)


def test_times_may_come_in_any_order_and_on_the_borders_of_segments() -> None:
    sequence = dynamics.ramsey_sequence(1e-6, rabi_rad_s=MEGAHERTZ)
    ordered = [0.0, sequence[0].duration_s, 0.4e-6, end_of(sequence)]
    way = dynamics.trajectory(sequence, ordered, detuning_rad_s=MEGAHERTZ)
    np.testing.assert_array_equal(dynamics.trajectory(sequence, ordered[::-1], detuning_rad_s=MEGAHERTZ), way[::-1])
    nothing = dynamics.trajectory(dynamics.rabi_sequence(0.0, rabi_rad_s=MEGAHERTZ), 0.0)
    np.testing.assert_array_equal(nothing, [[0, 0, 1]])


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: dynamics.rabi_sequence(-1e-6, rabi_rad_s=1.0), "pulse_s is -1e-06; it must be between 0 and inf s"),
        (lambda: dynamics.ramsey_sequence(1e-6, rabi_rad_s=0.0), "rabi_rad_s is 0; it must be between 0.001 and inf"),
        (lambda: dynamics.echo_sequence("a while", rabi_rad_s=1.0), "free_s is 'a while'"),
        (
            lambda: dynamics.trajectory(dynamics.rabi_sequence(1e-6, rabi_rad_s=1e6), 2e-6),
            "times_s is 2e-06; it must be between 0 and 1e-06 s",
        ),
        (
            lambda: dynamics.trajectory(dynamics.rabi_sequence(1e-6, rabi_rad_s=1e6), [[0.0]]),
            "times_s has shape (1, 1); it must be one number or one row of numbers",
        ),
        (lambda: dynamics.gaussian_detunings(-1.0, members=5), "spread_rad_s is -1"),
        (lambda: dynamics.gaussian_detunings(1.0, members=2), "members is 2; it must be a whole number of at least 3"),
        (lambda: dynamics.propagator(-1.0, np.zeros((4, 4))), "duration_s is -1"),
        (lambda: dynamics.trajectory(1.0, 0.0), "sequence is 1.0; it must be a list or tuple of Segment"),
        (lambda: dynamics.trajectory([1e-6], 0.0), "sequence is [1e-06]; it must be a list or tuple of Segment"),
        (lambda: dynamics.propagator(1.0, np.zeros((3, 3))), "generator has shape (3, 3); it must be (..., 4, 4)"),
        (lambda: dynamics.bloch_generator(1.0, t1_s=[1.0, 2.0]), "t1_s has shape (2,); it must be one time in seconds"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
