"""Phase estimation against QuTiP for a few probes, bounds and limits."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import comb

from qlearn.errors import ParameterError
from qlearn.physics.sensors import phase_estimation as phase

transmittances = st.floats(0.01, 1.0)
numbers = st.integers(1, 200)


def lose(state: qutip.Qobj, transmittance: float) -> qutip.Qobj:
    """Both modes of a two-mode state lose photons independently: the Kraus operators of a beam splitter to nowhere."""
    size = state.dims[0][0]
    rho = state.proj() if state.isket else state
    for mode in (0, 1):
        lost = []
        for k in range(size):
            element = np.zeros((size, size))
            for n in range(k, size):
                element[n - k, n] = np.sqrt(comb(n, k) * transmittance ** (n - k) * (1 - transmittance) ** k)
            parts = [qutip.qeye(size), qutip.qeye(size)]
            parts[mode] = qutip.Qobj(element)
            lost.append(qutip.tensor(parts))
        rho = sum(kraus @ rho @ kraus.dag() for kraus in lost)
    return rho


def number_difference(size: int) -> qutip.Qobj:
    number, one = qutip.num(size), qutip.qeye(size)
    return qutip.tensor(number, one) - qutip.tensor(one, number)


def fixed_number_state(amplitudes: Any) -> qutip.Qobj:
    """State of N photons in two modes with the given amplitudes of |n, N - n>."""
    photons = len(amplitudes) - 1
    kets = [
        amplitude * qutip.tensor(qutip.basis(photons + 1, n), qutip.basis(photons + 1, photons - n))
        for n, amplitude in enumerate(amplitudes)
    ]
    return sum(kets).unit()


@pytest.mark.parametrize("probes", [1, 2, 3, 5])
def test_information_of_independent_and_of_entangled_probes_in_qutip(probes: int) -> None:
    jz = phase.collective_jz(probes)
    alone = phase.quantum_fisher_information(phase.coherent_spin_state(probes), jz)
    together = phase.quantum_fisher_information(phase.ghz_state(probes), jz)
    assert alone == pytest.approx(1 / phase.standard_quantum_limit(probes) ** 2)
    assert together == pytest.approx(1 / phase.heisenberg_limit(probes) ** 2)
    assert float(np.sqrt(qutip.variance(jz, phase.coherent_spin_state(probes)))) == pytest.approx(
        float(phase.projection_noise(probes))
    )


@pytest.mark.parametrize("probes", [1, 2, 4])
@pytest.mark.parametrize("eta", [0.35, 0.9, 1.0])
def test_a_noon_state_with_loss_in_qutip(probes: int, eta: float) -> None:
    noon = fixed_number_state([1.0] + [0.0] * (probes - 1) + [1.0])
    lossy = lose(noon, eta)
    found = phase.quantum_fisher_information(lossy, number_difference(probes + 1) / 2)
    assert found == pytest.approx(float(phase.noon_fisher_information(probes, eta)))
    assert 1 / np.sqrt(found) == pytest.approx(float(phase.ghz_uncertainty(probes, eta)))


@pytest.mark.parametrize("eta", [0.35, 0.9])
def test_independent_photons_with_loss_in_qutip(eta: float) -> None:
    """One photon split over the arms carries eta; N of them, sent one by one, N times as much."""
    lossy = lose(fixed_number_state([1.0, 1.0]), eta)
    found = phase.quantum_fisher_information(lossy, number_difference(2) / 2)
    assert found == pytest.approx(eta)
    assert float(phase.product_uncertainty(7, eta)) == pytest.approx(1 / np.sqrt(7 * found))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.floats(0.2, 0.95))
def test_no_state_of_few_photons_passes_the_loss_bound(seed: int, photons: int, eta: float) -> None:
    rng = np.random.default_rng(seed)
    lossy = lose(fixed_number_state(rng.normal(size=photons + 1) + 1j * rng.normal(size=photons + 1)), eta)
    found = phase.quantum_fisher_information(lossy, number_difference(photons + 1) / 2)
    assert found <= 1 / float(phase.loss_bound(photons, eta)) ** 2 + 1e-9


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.floats(0.2, 0.95))
def test_no_state_of_few_probes_passes_the_dephasing_bound(seed: int, probes: int, eta: float) -> None:
    rng = np.random.default_rng(seed)
    size = 2**probes
    vector = rng.normal(size=size) + 1j * rng.normal(size=size)
    rho = np.outer(vector, vector.conj()) / np.vdot(vector, vector)
    differing = [[bin(i ^ j).count("1") for j in range(size)] for i in range(size)]
    dims = [[2] * probes, [2] * probes]
    dephased = qutip.Qobj(rho * eta ** np.array(differing), dims=dims)
    found = phase.quantum_fisher_information(dephased, phase.collective_jz(probes))
    assert found <= 1 / float(phase.dephasing_bound(probes, eta)) ** 2 + 1e-9


@pytest.fixture(scope="module")
def interferometer() -> tuple[qutip.Qobj, qutip.Qobj, float, float]:
    """Laser light with 1.44 photons and squeezed vacuum with r = 0.5, in 22 levels a mode, and their beam splitter."""
    size, alpha, r = 22, 1.2, 0.5
    # the squeezed quadrature must be the one that beats with the laser: real alpha, squeezed in x
    state = qutip.tensor(qutip.coherent(size, alpha), (qutip.squeeze(size, r) @ qutip.basis(size, 0)).unit())
    a, b = qutip.tensor(qutip.destroy(size), qutip.qeye(size)), qutip.tensor(qutip.qeye(size), qutip.destroy(size))
    jy = (a.dag() @ b - b.dag() @ a) / 2j
    return state, jy, alpha**2, 20 * r / np.log(10)


def test_information_of_laser_and_squeezed_light_in_qutip(interferometer: Any) -> None:
    state, jy, laser, squeezing_db = interferometer
    found = phase.quantum_fisher_information(state, jy)
    assert found == pytest.approx(float(phase.squeezed_fisher_information(laser, squeezing_db)), rel=1e-4)


@pytest.mark.parametrize("phi", [np.pi / 2, 1.0])
@pytest.mark.parametrize("eta", [1.0, 0.7])
def test_counts_of_laser_and_squeezed_light_in_qutip(interferometer: Any, phi: float, eta: float) -> None:
    state, jy, laser, squeezing_db = interferometer
    size = state.dims[0][0]
    # a whole Mach-Zehnder turns the state about J_y by the phase
    at_outputs = ((-1j * phi * jy).expm() @ state).unit()
    seen = lose(at_outputs, eta)
    difference = number_difference(size)
    probes = laser + np.sinh(0.5) ** 2
    mean, variance = phase.squeezed_moments(probes, squeezing_db, eta, phase_rad=phi)
    assert abs(qutip.expect(difference, seen)) == pytest.approx(abs(float(mean)), abs=2e-3)
    assert qutip.variance(difference, seen) == pytest.approx(float(variance), rel=2e-3)


@pytest.mark.parametrize("phi", [0.3, np.pi / 2])
@pytest.mark.parametrize("eta", [0.6, 1.0])
def test_signals_of_single_photons_and_noon_states_in_qutip(phi: float, eta: float) -> None:
    """Count photons behind the second beam splitter, and the parity of a three-photon NOON state by its projectors."""
    one = fixed_number_state([np.exp(1j * phi), 1.0])
    turned = qutip.tensor(qutip.destroy(2).dag(), qutip.destroy(2)) + qutip.tensor(qutip.destroy(2), qutip.create(2))
    seen = lose(one, eta)
    mean, square = qutip.expect(turned, seen), qutip.expect(turned @ turned, seen)
    signal, variance = phase.signal_moments("product", probes=5, transmittance=eta, phase_rad=phi)
    assert mean == pytest.approx(float(signal), abs=1e-9)
    assert (square - mean**2) / 5 == pytest.approx(float(variance), abs=1e-9)

    noon = lose(fixed_number_state([1.0, 0.0, 0.0, np.exp(3j * phi)]), eta)
    ends = [qutip.tensor(qutip.basis(4, n), qutip.basis(4, 3 - n)) for n in (0, 3)]
    parity = ends[0] @ ends[1].dag() + ends[1] @ ends[0].dag()
    mean, square = qutip.expect(parity, noon), qutip.expect(parity @ parity, noon)
    signal, variance = phase.signal_moments("ghz", probes=3, transmittance=eta, phase_rad=phi)
    assert mean == pytest.approx(float(signal), abs=1e-9)
    assert square - mean**2 == pytest.approx(float(variance), abs=1e-9)


@pytest.mark.parametrize("strategy", ["product", "squeezed", "ghz"])
@pytest.mark.parametrize(("probes", "eta"), [(1, 0.9), (7, 0.8), (20, 1.0)])
def test_slope_and_spread_give_the_uncertainty(strategy: str, probes: int, eta: float) -> None:
    squeezing = phase.best_squeezing(probes, eta) if strategy == "squeezed" else 0.0
    settings_ = {"probes": probes, "transmittance": eta, "squeezing_db": squeezing}
    middle, step = phase.steepest_phase(strategy, probes), 1e-5
    low, here, high = (
        phase.signal_moments(strategy, **settings_, phase_rad=middle + shift) for shift in (-step, 0.0, step)
    )
    slope = abs(high[0] - low[0]) / (2 * step)
    expected = {
        "product": lambda: float(phase.product_uncertainty(probes, eta)),
        "squeezed": lambda: phase.best_squeezed_uncertainty(probes, eta),
        "ghz": lambda: float(phase.ghz_uncertainty(probes, eta)),
    }[strategy]()
    assert here[0] == pytest.approx(0.0, abs=1e-9)
    assert np.sqrt(here[1]) / slope == pytest.approx(expected, rel=1e-6)

    errors = phase.simulate_estimates(strategy, 20_000, rng=np.random.default_rng(11), runs=50, **settings_)
    # the spread of 20 000 estimates is known to about 0.5 %, and to less where few GHZ runs are complete
    assert np.std(errors) * np.sqrt(50) == pytest.approx(expected, rel=0.04)
    assert abs(np.mean(errors)) < 5 * np.std(errors) / np.sqrt(20_000)


@given(st.integers(1, 20), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_folded_fringe_gains_at_most_the_root_of_n(probes: int, visibility: float, efficiency: float) -> None:
    advantage = phase.folded_fringe_advantage(probes, visibility=visibility, efficiency=efficiency)
    assert 0 <= advantage <= np.sqrt(probes) * (1 + 1e-9)
    at_steepest = np.sqrt(probes * efficiency**2 * visibility**2 / (efficiency * (2 - efficiency) or 1.0))
    assert advantage >= at_steepest * (1 - 1e-6)


@given(numbers, transmittances)
def test_squeezing_helps_and_never_passes_the_loss_bound(probes: int, eta: float) -> None:
    squeezed = phase.best_squeezed_uncertainty(probes, eta)
    assert squeezed <= float(phase.product_uncertainty(probes, eta)) * (1 + 1e-12)
    assert squeezed >= float(phase.loss_bound(probes, eta)) * (1 - 1e-12)


@given(st.floats(1.0, 200.0), transmittances, st.floats(0, 20))
def test_the_best_squeezing_is_the_best_of_a_scan(probes: float, eta: float, most_db: float) -> None:
    best = phase.best_squeezed_uncertainty(probes, eta, most_db=most_db)
    half = 10 * np.log10(1 + probes + np.sqrt(probes**2 + 2 * probes))
    scan = np.linspace(0, min(most_db, 0.999 * half), 400)
    assert best <= phase.squeezed_uncertainty(probes, scan, eta).min() * (1 + 1e-9)
    assert 0 <= phase.best_squeezing(probes, eta, most_db=most_db) <= most_db


def test_much_laser_light_gives_the_squeezed_variance() -> None:
    expected = np.sqrt(phase.squeezed_variance_after_loss(10, 0.8) / (0.8 * 1e9))
    assert phase.squeezed_uncertainty(1e9, 10, 0.8) == pytest.approx(float(expected), rel=1e-6)


@given(numbers, transmittances)
def test_all_uncertainties_respect_the_bounds(probes: int, eta: float) -> None:
    bound = max(float(phase.loss_bound(probes, eta)), float(phase.heisenberg_limit(probes)))
    assert float(phase.product_uncertainty(probes, eta)) >= bound * (1 - 1e-12)
    assert float(phase.ghz_uncertainty(probes, eta)) >= bound * (1 - 1e-12)


@pytest.mark.parametrize("probes", [1, 2, 10, 100])
def test_without_loss_the_limits_are_reached(probes: int) -> None:
    assert phase.product_uncertainty(probes) == pytest.approx(float(phase.standard_quantum_limit(probes)))
    assert phase.ghz_uncertainty(probes) == pytest.approx(float(phase.heisenberg_limit(probes)))
    assert phase.visibility_uncertainty(probes) == pytest.approx(float(phase.heisenberg_limit(probes)))
    assert phase.loss_bound(probes, 1.0) == 0
    assert phase.dephasing_bound(probes, 1.0) == 0


def test_with_everything_lost_nothing_is_known() -> None:
    assert np.isinf(phase.product_uncertainty(5, 0.0))
    assert np.isinf(phase.ghz_uncertainty(5, 0.0))
    assert np.isinf(phase.loss_bound(5, 0.0))
    assert np.isinf(phase.squeezed_uncertainty(5, 3.0, 0.0))


@given(st.floats(0.05, 0.999))
def test_beyond_the_break_even_independent_photons_win(eta: float) -> None:
    edge = phase.ghz_break_even(eta)
    assert edge >= 1
    for probes in (edge * 1.01, edge * 2):
        assert phase.ghz_uncertainty(probes, eta) > phase.product_uncertainty(probes, eta)
    if edge > 1.1:
        assert phase.ghz_uncertainty(edge * 0.99, eta) < phase.product_uncertainty(edge * 0.99, eta)


def test_the_break_even_without_loss_and_with_half_of_it() -> None:
    assert phase.ghz_break_even(1.0) == np.inf
    assert phase.ghz_break_even(0.5) == pytest.approx(2.0)
    assert phase.ghz_break_even(0.2) == 1.0


@given(st.floats(-10, 10), st.floats(0, 1))
def test_a_fringe_tells_at_most_the_square_of_its_visibility(phi: float, visibility: float) -> None:
    information = float(phase.fringe_fisher_information(phi, visibility=visibility))
    assert 0 <= information <= visibility**2 + 1e-12


@given(st.floats(0.05, np.pi - 0.05), st.floats(0, 0.99))
def test_fringe_information_is_the_derivative_of_its_probabilities(phi: float, visibility: float) -> None:
    step = 1e-5
    click = [(1 + visibility * np.cos(phi + shift)) / 2 for shift in (-step, 0.0, step)]
    slope = (click[2] - click[0]) / (2 * step)
    expected = slope**2 / click[1] + slope**2 / (1 - click[1])
    assert float(phase.fringe_fisher_information(phi, visibility=visibility)) == pytest.approx(expected, abs=1e-7)


def test_a_perfect_fringe_tells_as_much_at_its_top() -> None:
    np.testing.assert_allclose(phase.fringe_fisher_information([0.0, 1.0, np.pi / 2]), 1.0)
    assert phase.fringe_fisher_information(0.0, visibility=0.999) == 0


def test_mixed_states_tell_less_than_the_mean_of_their_parts() -> None:
    jz = phase.collective_jz(2)
    one, other = phase.ghz_state(2), phase.coherent_spin_state(2)
    mixture = (one.proj() + other.proj()) / 2
    parts = [phase.quantum_fisher_information(state, jz) for state in (one, other)]
    assert phase.quantum_fisher_information(mixture, jz) <= np.mean(parts)
    assert phase.quantum_fisher_information(one.proj(), jz) == pytest.approx(parts[0])


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: phase.standard_quantum_limit(0), "probes is 0"),
        (lambda: phase.product_uncertainty(1, 1.2), "transmittance is 1.2; it must be between 0 and 1"),
        (lambda: phase.fringe_fisher_information(0, visibility=2), "visibility is 2"),
        (lambda: phase.ghz_state(13), "probes is 13; a full state vector is made for at most 12"),
        (lambda: phase.ghz_state(1.5), "probes is 1.5; it must be a whole number of at least 1"),
        (
            lambda: phase.quantum_fisher_information(phase.ghz_state(2), phase.collective_jz(3)),
            "the generator has dims",
        ),
        (lambda: phase.squeezed_uncertainty(1, 15), "squeezing_db is 15; that light alone holds 7.41 photons"),
        (lambda: phase.squeezed_variance_after_loss(-1, 0.5), "squeezing_db is -1; it must be between 0 and 40 dB"),
        (lambda: phase.variance_in_db(0), "variance is 0"),
        (lambda: phase.ghz_break_even(0.0), "transmittance is 0"),
        (lambda: phase.needed_visibility(0.5), "probes is 0.5"),
        (lambda: phase.dephasing_bound(1, 1.5), "coherence is 1.5"),
        (lambda: phase.visibility_uncertainty(2, 0), "visibility is 0"),
        (lambda: phase.best_squeezing(4, most_db=50), "most_db is 50"),
        (lambda: phase.signal_moments("noon", probes=2), "the strategy is 'noon'; it must be one of 'product'"),
        (lambda: phase.steepest_phase("ghz", 0), "probes is 0"),
        (lambda: phase.folded_fringe_advantage(2, efficiency=2), "efficiency is 2"),
        (
            lambda: phase.simulate_estimates("ghz", 1, rng=np.random.default_rng(1), probes=2, runs=0),
            "runs is 0; it must be a whole number of at least 1",
        ),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
