"""Tomography finds the state that made the counts, and its estimates are what brute force and QuTiP say."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize

from qlearn.errors import ParameterError
from qlearn.physics.states import density_operator, ket_from_angles
from qlearn.physics.tomography import (
    linear_inversion,
    log_likelihood,
    maximum_likelihood,
    nearest_state,
    simulate_counts,
)

component = st.floats(-2, 2)
vectors = st.tuples(component, component, component).map(np.array)
outcome = st.integers(0, 60)
axis_counts = st.tuples(outcome, outcome).filter(lambda pair: sum(pair) > 0)
all_counts = st.tuples(axis_counts, axis_counts, axis_counts).map(np.array)


def best_by_search(counts: NDArray[Any]) -> float:
    """Largest log-likelihood that a general optimiser finds over all density matrices (Cholesky factors)."""

    def cost(factor: NDArray[Any]) -> float:
        lower = np.array([[factor[0], 0], [factor[1] + 1j * factor[2], factor[3]]])
        rho = lower @ lower.conj().T
        rho = rho / np.trace(rho).real
        vector = [2 * rho[1, 0].real, 2 * rho[1, 0].imag, (rho[0, 0] - rho[1, 1]).real]
        return -float(log_likelihood(nearest_state(np.array(vector)), counts))

    starts = ([1.0, 0.1, 0.1, 1.0], [0.5, 0.5, -0.5, 1.0], [1.0, -0.5, 0.5, 0.2], [0.6, 0.5, 0.6, 0.3])
    options = {"maxiter": 4000, "xatol": 1e-9, "fatol": 1e-11}
    return max(-float(minimize(cost, start, method="Nelder-Mead", options=options).fun) for start in starts)


def test_linear_inversion_gives_qutips_expectation_values_for_counts_in_proportion() -> None:
    state = 0.8 * ket_from_angles(1.1, 0.7).proj() + 0.2 * qutip.qeye(2) / 2
    means = [qutip.expect(pauli, state) for pauli in (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())]
    counts = [[1e6 * (1 + mean) / 2, 1e6 * (1 - mean) / 2] for mean in means]
    assert linear_inversion(counts) == pytest.approx(means, abs=1e-12)
    assert maximum_likelihood(counts) == pytest.approx(means, abs=1e-12)


@given(vectors)
def test_the_nearest_state_is_a_state_and_none_is_nearer(vector: NDArray[Any]) -> None:
    nearest = nearest_state(vector)
    assert np.linalg.norm(nearest) <= 1 + 1e-12
    x, y, z = vector
    rho = (qutip.qeye(2) + x * qutip.sigmax() + y * qutip.sigmay() + z * qutip.sigmaz()) / 2
    ours = ((rho - density_operator(nearest)) ** 2).tr().real
    for other in np.random.default_rng(3).normal(size=(30, 3)):
        assert ((rho - density_operator(nearest_state(other))) ** 2).tr().real >= ours - 1e-12


@given(all_counts)
def test_the_most_likely_state_is_a_state_and_no_other_is_more_likely(counts: NDArray[Any]) -> None:
    estimate = maximum_likelihood(counts)
    assert np.linalg.norm(estimate) <= 1 + 1e-12
    best = float(log_likelihood(estimate, counts))
    rng = np.random.default_rng(4)
    others = nearest_state(np.concatenate([rng.normal(size=(200, 3)), estimate + 0.02 * rng.normal(size=(200, 3))]))
    assert best >= float(log_likelihood(others, counts).max()) - 1e-7


@pytest.mark.parametrize(
    "counts",
    [
        [[93, 7], [80, 20], [71, 29]],
        [[100, 0], [55, 45], [40, 60]],
        [[20, 0], [20, 0], [20, 0]],
        [[5, 95], [10, 290], [30, 10]],
        [[60, 40], [45, 55], [70, 30]],
    ],
)
def test_maximum_likelihood_is_what_a_general_optimiser_finds(counts: list[list[int]]) -> None:
    ours = float(log_likelihood(maximum_likelihood(counts), counts))
    assert ours == pytest.approx(best_by_search(np.array(counts)), abs=1e-5)


def test_the_cut_vector_and_the_most_likely_one_differ_where_the_axes_know_unequally_much() -> None:
    counts = [[1000, 0], [600, 400], [550, 450]]
    cut, likely = nearest_state(linear_inversion(counts)), maximum_likelihood(counts)
    assert np.linalg.norm(cut) == pytest.approx(1)
    assert np.linalg.norm(likely) == pytest.approx(1)
    assert np.linalg.norm(cut - likely) > 0.002
    assert log_likelihood(likely, counts) > log_likelihood(cut, counts)


def test_many_qubits_at_once_are_each_by_itself() -> None:
    rng = np.random.default_rng(5)
    truth = nearest_state(rng.normal(size=(40, 3)))
    counts = simulate_counts(truth, shots=50, rng=rng)
    together = maximum_likelihood(counts)
    assert together == pytest.approx(np.array([maximum_likelihood(one) for one in counts]), abs=1e-12)


def test_counts_follow_borns_rule_with_the_readouts_errors() -> None:
    rng = np.random.default_rng(6)
    counts = simulate_counts([0.6, 0.0, -0.8], shots=100_000, rng=rng, readout_error=0.1)
    assert counts.sum(axis=-1).tolist() == [100_000] * 3
    # six standard errors of 0.0032 or less
    assert linear_inversion(counts) == pytest.approx([0.48, 0.0, -0.64], abs=0.019)


def test_the_estimate_comes_closer_with_more_shots() -> None:
    truth = np.array([0.3, -0.5, 0.6])
    errors = []
    for shots in (100, 10_000):
        counts = simulate_counts(np.tile(truth, (300, 1)), shots=shots, rng=np.random.default_rng(7))
        errors.append(np.sqrt(((maximum_likelihood(counts) - truth) ** 2).sum(axis=-1).mean()))
    assert errors[0] / errors[1] == pytest.approx(10, rel=0.2)


def test_an_impossible_count_has_no_likelihood() -> None:
    assert log_likelihood([0, 0, 1], [[1, 1], [1, 1], [3, 1]]) == -np.inf


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ([[1, 2], [3, 4]], r"counts have shape \(2, 2\)"),
        ([[1, 2], [3, 4], [0, 0]], "add up to 0"),
        ([[1, 2], [3, -4], [1, 1]], "counts is -4"),
        ([[1, 2], [3, np.nan], [1, 1]], "counts is nan"),
    ],
)
def test_bad_counts_are_refused(counts: Any, message: str) -> None:
    for estimate in (linear_inversion, maximum_likelihood):
        with pytest.raises(ParameterError, match=message):
            estimate(counts)


@pytest.mark.parametrize(
    ("vector", "shots", "error", "message"),
    [
        ([0, 0, 1.1], 10, 0.0, "1.1 long"),
        ([0, 1], 10, 0.0, "three components"),
        ([0, 0, np.nan], 10, 0.0, "vector is nan"),
        ([0, 0, 1], 0, 0.0, "shots is 0"),
        ([0, 0, 1], 10, 0.6, "readout_error is 0.6"),
    ],
)
def test_what_cannot_be_measured_is_refused(vector: Any, shots: int, error: float, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        simulate_counts(vector, shots=shots, rng=np.random.default_rng(1), readout_error=error)
