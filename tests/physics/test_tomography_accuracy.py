"""Fidelity is QuTiP's, squared; the bootstrap's spread is the scatter of repeated experiments."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics.states import density_operator, ket_from_angles
from qlearn.physics.tomography import linear_inversion, maximum_likelihood, nearest_state, simulate_counts
from qlearn.physics.tomography_accuracy import bootstrap, fidelity, fidelity_of_vectors, mean_infidelity

component = st.floats(-1, 1)
ball = st.tuples(component, component, component).map(lambda vector: nearest_state(np.array(vector)))


@given(ball, ball)
def test_fidelity_is_the_square_of_qutips_symmetric_and_a_fraction(one: Any, other: Any) -> None:
    ours = fidelity(density_operator(one), density_operator(other))
    assert ours == pytest.approx(qutip.fidelity(density_operator(one), density_operator(other)) ** 2, abs=1e-6)
    assert ours == pytest.approx(float(fidelity_of_vectors(other, one)), abs=1e-7)
    assert 0 <= ours <= 1


@given(st.floats(0, np.pi), st.floats(-3, 3), ball)
def test_fidelity_with_a_ket_is_the_chance_to_find_it(theta: float, phi: float, vector: Any) -> None:
    ket, rho = ket_from_angles(theta, phi), density_operator(vector)
    assert fidelity(ket, rho) == pytest.approx(qutip.expect(rho, ket), abs=1e-7)  # a root of rounding
    assert fidelity(-1j * ket, ket) == pytest.approx(1)


def test_the_bootstraps_spread_is_the_scatter_of_repeated_experiments() -> None:
    truth = np.array([0.5, 0.2, -0.6])
    rng = np.random.default_rng(8)
    repeated = linear_inversion(simulate_counts(np.tile(truth, (4000, 1)), shots=400, rng=rng)).std(axis=0)
    counts = np.rint(np.stack([(1 + truth) * 200, (1 - truth) * 200], axis=-1))
    spread = linear_inversion(bootstrap(counts, resamples=4000, rng=rng)).std(axis=0)
    # a standard deviation of 4000 draws scatters by 1.1 %, the difference of two by 1.6 %
    assert spread == pytest.approx(repeated, rel=0.1)
    assert spread == pytest.approx(np.sqrt((1 - truth**2) / 400), rel=0.07)


def test_fixed_axes_lose_like_one_over_root_n_and_turned_ones_like_one_over_n() -> None:
    rng = np.random.default_rng(9)
    fixed = [mean_infidelity(shots, rng=rng)[0] for shots in (3000, 300_000)]
    turned = [mean_infidelity(shots, rng=rng, realigned=True)[0] for shots in (3000, 300_000)]
    assert np.log10(fixed[0] / fixed[1]) == pytest.approx(1.0, abs=0.15)
    assert np.log10(turned[0] / turned[1]) == pytest.approx(2.0, abs=0.15)


def test_the_infidelity_of_fixed_axes_is_what_the_scatter_of_the_length_costs() -> None:
    # mean of max(0, error of the length)/2 over pure states: the closed form's leading term, 1/N is left out
    rng = np.random.default_rng(10)
    axes = rng.normal(size=(20_000, 3))
    axes /= np.linalg.norm(axes, axis=-1, keepdims=True)
    spread = np.sqrt(3 * (axes**2 * (1 - axes**2)).sum(axis=-1)).mean()
    shots = 3_000_000
    mean, error = mean_infidelity(shots, rng=rng)
    assert mean == pytest.approx(spread / np.sqrt(8 * np.pi * shots), abs=6 * error)


def test_turning_the_axes_does_not_bias_the_estimate() -> None:
    mean, error = mean_infidelity(30_000, rng=np.random.default_rng(11), realigned=True)
    assert mean - 6 * error > 2.0 / 30_000
    assert mean + 6 * error < 6.0 / 30_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"shots": 5}, "shots is 5"),
        ({"shots": 300, "states": 1}, "states is 1"),
        ({"shots": 300.5}, "shots is 300.5"),
    ],
)
def test_too_few_shots_or_states_are_refused(arguments: dict[str, Any], message: str) -> None:
    shots = arguments.pop("shots")
    with pytest.raises(ParameterError, match=message):
        mean_infidelity(shots, rng=np.random.default_rng(1), **arguments)


def test_what_is_no_state_and_no_single_qubits_counts_are_refused() -> None:
    with pytest.raises(ParameterError, match="long"):
        fidelity_of_vectors([0, 0, 1.2], [0, 0, 1])
    with pytest.raises(ParameterError, match="norm 2"):
        fidelity(2 * qutip.basis(2, 0), qutip.basis(2, 0))
    with pytest.raises(ParameterError, match="bootstrap"):
        bootstrap(np.ones((4, 3, 2)), resamples=10, rng=np.random.default_rng(1))
    with pytest.raises(ParameterError, match="resamples is 1"):
        bootstrap(np.ones((3, 2)), resamples=1, rng=np.random.default_rng(1))


def test_a_bootstrap_of_most_likely_states_stays_inside_the_ball() -> None:
    draws = bootstrap([[100, 0], [50, 50], [60, 40]], resamples=500, rng=np.random.default_rng(12))
    assert (np.linalg.norm(maximum_likelihood(draws), axis=-1) <= 1 + 1e-12).all()
