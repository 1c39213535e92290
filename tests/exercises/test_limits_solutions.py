"""The reference solutions on limits agree with the physics of the book and brute force, and the data with the model."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import qutip

from exercises.test_solutions import solved
from qlearn.physics.sensors import phase_estimation as book


@pytest.fixture(scope="module")
def school() -> dict[str, Any]:
    return solved("school-limits")


@pytest.fixture(scope="module")
def graduate() -> dict[str, Any]:
    return solved("graduate-limits")


def lossy_noon(photons: int, transmittance: float) -> qutip.Qobj:
    """Let each arm pass a beam splitter whose second exit nobody looks at."""
    size = photons + 1
    lower = qutip.destroy(size)
    mixing = qutip.tensor(lower.dag(), lower) - qutip.tensor(lower, lower.dag())
    splitter = (np.arccos(np.sqrt(transmittance)) * mixing).expm()
    # the order of the modes is arm a, its lost photons, arm b, its lost photons
    both = qutip.basis([size] * 4, [photons, 0, 0, 0]) + qutip.basis([size] * 4, [0, 0, photons, 0])
    return (qutip.tensor(splitter, splitter) * both.unit()).ptrace([0, 2])


def half_difference(photons: int) -> qutip.Qobj:
    number, one = qutip.num(photons + 1), qutip.qeye(photons + 1)
    return (qutip.tensor(number, one) - qutip.tensor(one, number)) / 2


def test_the_school_phase_undoes_the_fringe_of_the_book(school: dict[str, Any]) -> None:
    for clicks, photons in ((13, 40), (171, 200)):
        signal, _ = book.signal_moments(
            "product", probes=photons, phase_rad=school["phase_from_clicks"](clicks, photons)
        )
        assert (1 + float(signal)) / 2 == pytest.approx(clicks / photons)


def test_the_school_error_bars_are_those_of_the_book(school: dict[str, Any]) -> None:
    for photons, arrive, runs in ((20, 0.9, 1), (40, 0.85, 100), (100, 0.9, 7)):
        alone = float(book.product_uncertainty(photons, arrive)) / np.sqrt(runs)
        together = float(book.ghz_uncertainty(photons, arrive)) / np.sqrt(runs)
        assert school["alone_error"](photons, arrive, runs) == pytest.approx(alone)
        assert school["together_error"](photons, arrive, runs) == pytest.approx(together)


def test_the_school_power_is_that_of_the_standard_quantum_limit(school: dict[str, Any]) -> None:
    errors = book.standard_quantum_limit([30, 170])
    assert school["power"](30, errors[0], 170, errors[1]) == pytest.approx(-0.5)
    assert school["photons_needed"](30, errors[0], errors[1]) == pytest.approx(170)


def test_the_school_table_scatters_as_coins_do(school: dict[str, Any]) -> None:
    for photons, clicks in school["measurements"].items():
        # the spread of 30 repeats has a standard error of 13 %; ten photons scatter 11 % more than the limit
        limit = float(book.standard_quantum_limit(photons))
        assert school["error_bar"](clicks, photons) == pytest.approx(limit, rel=0.4)
        assert abs(np.mean(clicks) / photons - (1 + np.cos(1.25)) / 2) < 4 * limit / np.sqrt(30)


def test_the_graduate_information_is_that_of_the_book(graduate: dict[str, Any]) -> None:
    jz = book.collective_jz(4)
    assert graduate["quantum_information"](qutip.ket2dm(book.ghz_state(4)).full(), jz.full()) == pytest.approx(16)
    assert graduate["quantum_information"](qutip.ket2dm(book.coherent_spin_state(4)).full(), jz.full()) == (
        pytest.approx(4)
    )
    for seed in range(4):
        state = qutip.rand_dm(5, rank=3, seed=seed)
        generator = qutip.rand_herm(5, seed=seed + 10)
        expected = book.quantum_fisher_information(state, generator)
        assert graduate["quantum_information"](state.full(), generator.full()) == pytest.approx(expected)


@pytest.mark.parametrize(("photons", "arrive"), [(2, 0.85), (3, 0.6)])
def test_the_graduate_noon_state_is_what_beam_splitters_leave(
    graduate: dict[str, Any], photons: int, arrive: float
) -> None:
    state = graduate["noon_after_loss"](photons, arrive)
    np.testing.assert_allclose(state, lossy_noon(photons, arrive).full(), atol=1e-12)
    information = graduate["quantum_information"](state, half_difference(photons).full())
    assert information == pytest.approx(float(book.noon_fisher_information(photons, arrive)))


def test_the_graduate_squeezed_light_is_that_of_the_book(graduate: dict[str, Any]) -> None:
    expected = float(book.squeezed_fisher_information(3.4, 5.2))
    assert graduate["squeezed_information"](3.4, 5.2) == pytest.approx(expected)
    for squeezing, arrive in ((10.0, 0.85), (15.0, 0.9)):
        bright = float(book.squeezed_uncertainty(1e9, squeezing, arrive))
        assert graduate["squeezed_error"](1e9, squeezing, arrive) == pytest.approx(bright, rel=1e-6)


def test_the_graduate_squeezed_information_is_four_variances(graduate: dict[str, Any]) -> None:
    size, r = 40, 0.4
    laser, vacuum = qutip.coherent(size, 1.5), qutip.basis(size, 0)
    lower = qutip.destroy(size)
    squeezer = ((r * lower**2 - r * lower.dag() ** 2) / 2).expm()
    a, b = qutip.tensor(lower, qutip.qeye(size)), qutip.tensor(qutip.qeye(size), lower)
    generator = (a.dag() * b - a * b.dag()) / 2j
    state = qutip.tensor(laser, squeezer * vacuum)
    decibels = 20 * r / np.log(10)
    assert 4 * qutip.variance(generator, state) == pytest.approx(
        graduate["squeezed_information"](1.5**2, decibels), rel=1e-5
    )


def test_the_graduate_gains_are_those_of_the_book(graduate: dict[str, Any]) -> None:
    for arrive in (0.85, 0.913):
        group, gain, largest = graduate["when_it_pays"](arrive)
        whole = np.arange(1, 100)
        gains = book.product_uncertainty(whole, arrive) / book.ghz_uncertainty(whole, arrive)
        # so many groups use as many photons as independent ones would: the ratio is the same
        assert gain == pytest.approx(gains[group - 1])
        assert np.argmax(whole * arrive**whole) == group - 1
        assert largest == pytest.approx(
            float(book.product_uncertainty(100, arrive) / book.loss_bound(100, arrive)), rel=1e-12
        )


def test_the_graduate_error_bar_is_the_information_of_the_book_and_is_reached(graduate: dict[str, Any]) -> None:
    settings, totals, visibility = graduate["settings_rad"], graduate["totals"], graduate["visibility"]
    phase, error = graduate["estimate_phase"](settings, graduate["clicks"], totals, visibility)
    each = book.fringe_fisher_information(phase + settings, visibility=visibility)
    assert error == pytest.approx(1 / np.sqrt(np.sum(totals * each)))
    assert abs(phase - 1.17) < 3 * error  # the counts were drawn with 1.17 rad
    rng = np.random.default_rng(8)
    chances = (1 + visibility * np.cos(1.17 + settings)) / 2
    drawn = [
        graduate["estimate_phase"](settings, rng.binomial(totals, chances), totals, visibility)[0] for _ in range(300)
    ]
    # the spread of 300 estimates has a standard error of 4 %
    assert np.std(drawn) == pytest.approx(error, rel=0.2)
    assert abs(np.mean(drawn) - 1.17) < 5 * error / np.sqrt(300)
