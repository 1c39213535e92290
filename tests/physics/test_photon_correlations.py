"""g2(0) against QuTiP's states of light, and its estimate from time stamps against pairs counted one by one."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from qlearn.errors import ParameterError
from qlearn.physics import photon_correlations as correlations

PERIOD = 100e-9
SINGLE = [0.4, 0.6]


def clicks(probabilities: Any, *, pulses: int = 400_000, efficiency: float = 0.2, seed: int = 4) -> Any:
    rng = np.random.default_rng(seed)
    settings = {"period_s": PERIOD, "lifetime_s": 4e-9, "efficiency": efficiency}
    return correlations.time_stamps(pulses, probabilities=probabilities, rng=rng, **settings)


def of_state(state: qutip.Qobj) -> tuple[float, list[float]]:
    """g2(0) by the operators, and the distribution of photon numbers."""
    rho = state.proj() if state.isket else state
    a = qutip.destroy(rho.shape[0])
    mean = qutip.expect(a.dag() * a, rho)
    return qutip.expect(a.dag() * a.dag() * a * a, rho) / mean**2, list(rho.diag().real)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (qutip.fock(8, 1), 0.0),
        (qutip.fock(8, 2), 0.5),
        (qutip.coherent_dm(60, 1.5, method="analytic"), 1.0),
        (qutip.thermal_dm(200, 1.2, method="analytic"), 2.0),
    ],
    ids=["one photon", "two photons", "laser", "lamp"],
)
def test_light_of_known_kinds(state: qutip.Qobj, expected: float) -> None:
    by_operators, numbers = of_state(state)
    numbers = list(np.array(numbers) / np.sum(numbers))
    assert correlations.g2_of_numbers(numbers) == pytest.approx(expected, abs=1e-6)
    assert by_operators == pytest.approx(expected, abs=1e-6)


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=6), st.floats(0.05, 1))
def test_losses_leave_g2_alone(weights: list[float], efficiency: float) -> None:
    p = np.array(weights) / np.sum(weights)
    n = np.arange(p.size)
    left = np.array([(p * binom.pmf(m, n, efficiency)).sum() for m in n])
    assert correlations.g2_of_numbers(left) == pytest.approx(correlations.g2_of_numbers(p))
    assert correlations.g2_of_numbers(p) >= 0


def by_hand(first: np.ndarray, second: np.ndarray, most: int) -> np.ndarray:
    pairs = np.rint((second[None, :] - first[:, None]) / PERIOD).astype(int).ravel()
    return np.array([(pairs == m).sum() for m in range(-most, most + 1)])


@pytest.mark.parametrize("most", [1, 4])
def test_pairs_are_those_counted_one_by_one(most: int) -> None:
    first, second = clicks(poisson.pmf(range(9), 0.9) / poisson.cdf(8, 0.9), pulses=700, efficiency=0.7)
    wanted = by_hand(first, second, most)
    np.testing.assert_array_equal(correlations.pulse_delays(first, second, period_s=PERIOD, most=most), wanted)
    shuffled = np.random.default_rng(1).permutation(first)
    np.testing.assert_array_equal(correlations.pulse_delays(shuffled, second, period_s=PERIOD, most=most), wanted)
    swapped = correlations.pulse_delays(second, first, period_s=PERIOD, most=most)
    np.testing.assert_array_equal(swapped, wanted[::-1])


def test_single_photons_never_pair_up_in_a_pulse() -> None:
    found = correlations.estimate_g2_zero(*clicks(SINGLE), period_s=PERIOD)
    assert (found.value, found.same_pulse) == (0.0, 0)
    assert 0 < found.standard_error < 0.01
    # a pulse gives a click at a given detector with probability 0.6 * 0.2 / 2
    expected = 400_000 * (0.6 * 0.2 / 2) ** 2
    assert abs(found.other_pulses - expected) < 5 * np.sqrt(expected)


def test_an_estimate_by_hand() -> None:
    """Detector 1 clicks in every pulse, detector 0 in pulse 3 twice: of 2 * 7 pairs two lie in the same pulse."""
    found = correlations.estimate_g2_zero([3.1, 3.2], np.arange(7) + 0.1, period_s=1.0, most=3)
    assert (found.same_pulse, found.other_pulses) == (2, 12 / 6)
    assert (found.value, found.standard_error) == pytest.approx((1.0, np.sqrt(1 / 2 + 1 / 12)))
    apart = correlations.estimate_g2_zero([3.1, 3.2], [0, 1, 2, 4, 5, 6], period_s=1.0, most=3)
    assert (apart.value, apart.standard_error) == pytest.approx((0.0, np.sqrt(1 + 1 / 12) / 2))


@pytest.mark.parametrize(
    "numbers", [[0.3, 0.6, 0.1], list(poisson.pmf(range(9), 0.5) / poisson.cdf(8, 0.5))], ids=["pairs", "laser"]
)
def test_the_estimate_finds_the_sources_g2(numbers: list[float]) -> None:
    found = correlations.estimate_g2_zero(*clicks(numbers), period_s=PERIOD)
    assert abs(found.value - correlations.g2_of_numbers(numbers)) < 5 * found.standard_error


def test_the_error_bar_is_the_spread_of_many_runs() -> None:
    runs = [
        correlations.estimate_g2_zero(*clicks([0.3, 0.6, 0.1], pulses=20_000, seed=seed), period_s=PERIOD)
        for seed in range(400)
    ]
    # the spread of 400 runs is itself known to 3.5 %
    assert np.std([run.value for run in runs]) == pytest.approx(np.mean([run.standard_error for run in runs]), rel=0.18)


def test_time_stamps_obey_the_settings() -> None:
    first, second = clicks(SINGLE)
    total = 400_000 * 0.6 * 0.2
    assert abs(first.size + second.size - total) < 5 * np.sqrt(total)
    assert abs(first.size - second.size) < 5 * np.sqrt(total)
    delay = np.concatenate([first, second]) % PERIOD
    assert delay.mean() == pytest.approx(4e-9, rel=0.03)
    assert (np.diff(first) >= 0).all()


def test_no_light_leaves_g2_unknown() -> None:
    found = correlations.estimate_g2_zero([], [], period_s=PERIOD)
    assert np.isnan([found.value, found.standard_error]).all()
    assert (found.same_pulse, found.other_pulses) == (0, 0.0)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: correlations.g2_of_numbers([1.0, 0.0]), "the pulses hold no photon"),
        (lambda: correlations.g2_of_numbers([0.5, 0.6]), "probabilities must be a row"),
        (lambda: correlations.g2_of_numbers([1.5, -0.5]), "probabilities is 1.5; it must be between 0 and 1"),
        (lambda: clicks([1.0]), "probabilities must be a row"),
        (lambda: clicks(SINGLE, efficiency=1.1), "efficiency is 1.1; it must be between 0 and 1"),
        (lambda: clicks(SINGLE, pulses=-1), "pulses is -1"),
        (lambda: correlations.pulse_delays([[0.0]], [0.0], period_s=1), "the times have shapes (1, 1) and (1,)"),
        (lambda: correlations.pulse_delays([float("nan")], [0.0], period_s=1), "times_0_s is nan"),
        (lambda: correlations.estimate_g2_zero([0.0], [0.0], period_s=0), "period_s is 0; it must be between 1e-18"),
        (lambda: correlations.estimate_g2_zero([0.0], [0.0], period_s=1, most=0), "most is 0"),
        (lambda: correlations.pulse_delays(0.0, [0.0], period_s=1), "the times have shapes () and (1,); each must be"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
