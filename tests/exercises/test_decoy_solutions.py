"""The reference solutions on decoys agree with the physics of the book, and the data with the models they are from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from exercises.test_solutions import solved
from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd import decoy

LINK = decoy.Link(
    length_km=58,
    loss_db_per_km=0.21,
    detector_efficiency=0.12,
    background_probability=2.4e-6,
    misalignment_error=0.017,
    intensity=0.48,
)


@pytest.fixture(scope="module")
def school() -> dict[str, Any]:
    return solved("school-decoy")


@pytest.fixture(scope="module")
def graduate() -> dict[str, Any]:
    return solved("graduate-decoy")


def modelled(graduate: dict[str, Any], intensity: float, link: decoy.Link = LINK) -> tuple[float, float]:
    """Gain and error rate by the reference solution."""
    parts = (link.length_km, link.loss_db_per_km, link.detector_efficiency)
    answer: tuple[float, float] = graduate["gain_and_error"](
        intensity, *parts, link.background_probability, link.misalignment_error
    )
    return answer


def test_the_school_budget_is_the_transmittance_of_the_book(school: dict[str, Any]) -> None:
    parts = school["parts_of_the_link"]
    total, fraction = school["link_budget"](parts)
    assert total == pytest.approx(18.7)
    fibre, rest = parts[0], 10 ** (-sum(number * each for number, each in parts[1:]) / 10)
    book = decoy.Link(length_km=fibre[0], loss_db_per_km=fibre[1], detector_efficiency=rest)
    assert fraction == pytest.approx(float(decoy.transmittance(book)), rel=1e-12)


def test_the_school_photons_are_anchor_k12(school: dict[str, Any]) -> None:
    for mu in (0.01, 0.1, 0.5, 1.7):
        none, one, several = school["photon_chances"](mu)
        assert [none, one] == pytest.approx(decoy.photon_number_probability([0, 1], mu), rel=1e-12)
        assert several == pytest.approx(float(decoy.multiphoton_probability(mu)), rel=1e-9)
    assert school["photon_chances"](0.5) == pytest.approx((0.6065306597, 0.3032653299, 0.0902040104), rel=1e-8)


@pytest.mark.parametrize(("intensity", "length_km"), [(0.05, 10.0), (0.02, 30.0), (0.5, 60.0)])
def test_what_the_schools_eve_knows_is_what_gllp_writes_off(
    school: dict[str, Any], intensity: float, length_km: float
) -> None:
    link = decoy.Link(length_km=length_km, intensity=intensity, background_probability=0.0)
    rate = decoy.gllp_rate(link)
    known = school["share_eve_knows"](intensity, float(rate.transmittance))
    # the school's clicks are linear in the intensity: the difference is half of mu times T
    assert known == pytest.approx(float(1 - rate.untagged_gain / rate.gain), rel=intensity * float(rate.transmittance))


def test_the_school_clicks_are_gain_and_error_rate_of_the_book(school: dict[str, Any]) -> None:
    link = decoy.Link(length_km=120, misalignment_error=0.0)
    clicks, wrong = school["count_clicks"](1e9, 0.5, float(decoy.transmittance(link)), 1e9 * 2e-6)
    assert clicks == pytest.approx(1e9 * float(decoy.gain(link)), rel=1e-3)
    assert wrong == pytest.approx(float(decoy.error_rate(link)), rel=1e-3)


def test_at_the_schools_longest_fibre_a_quarter_of_the_clicks_is_wrong(school: dict[str, Any]) -> None:
    length = school["longest_fibre"](1e8, 0.5, 200, 11.5, 0.2)
    link = decoy.Link(
        length_km=length, detector_efficiency=10**-1.15, background_probability=2e-6, misalignment_error=0.0
    )
    assert length == pytest.approx(212.4, abs=0.05)
    assert float(decoy.error_rate(link)) == pytest.approx(0.25, rel=1e-5)


@pytest.mark.parametrize(("night", "share_let_through"), [((67084, 13392, 17), None), ((67130, 3507, 22), 0.0745213)])
def test_the_schools_nights_are_an_honest_one_and_one_with_eve(
    school: dict[str, Any], night: tuple[int, ...], share_let_through: float | None
) -> None:
    pulses, dark, intensities = 1e7, 2e-6, np.array([0.5, 0.1, 0.0])
    if share_let_through is None:
        fraction = school["link_budget"](school["parts_of_the_link"])[1]
        chances = 1 - np.exp(-fraction * intensities)
    else:
        chances = share_let_through * decoy.multiphoton_probability(intensities)
    expected = pulses * (chances + dark)
    assert np.all(np.abs(night - expected) < 4 * np.sqrt(expected))


def test_the_graduate_model_is_the_link_of_the_book(graduate: dict[str, Any]) -> None:
    for link in (LINK, replace(LINK, length_km=120, intensity=0.13)):
        gain, error = modelled(graduate, link.intensity, link)
        assert gain == pytest.approx(float(decoy.gain(link)), rel=1e-5)
        assert error == pytest.approx(float(decoy.error_rate(link)), rel=1e-5)


@pytest.mark.parametrize("length_km", [20.0, 58.0, 100.0])
def test_the_graduate_bounds_hold_and_close_in_on_the_truth(graduate: dict[str, Any], length_km: float) -> None:
    link = replace(LINK, length_km=length_km)
    truth, errors = (float(value) for value in decoy.yield_and_error_rate(link, 1))
    background = link.background_probability
    gaps = []
    for nu in (0.2, 0.05, 0.001):
        signal, weak = modelled(graduate, 0.48, link), modelled(graduate, nu, link)
        y1, e1 = graduate["decoy_bounds"](0.48, nu, signal[0], *weak, background)
        assert y1 < truth * (1 + 1e-5)
        assert e1 > errors * (1 - 1e-5)
        gaps.append((truth - y1) / truth)
    assert gaps[0] > gaps[1] > gaps[2]
    assert gaps[2] < 1e-3


def test_the_graduate_bounds_hold_for_any_yields(graduate: dict[str, Any]) -> None:
    rng = np.random.default_rng(72)
    photons = np.arange(60)
    for mu, nu in rng.uniform((0.3, 0.02), (0.9, 0.28), size=(200, 2)):
        yields, wrong = rng.random(60) ** rng.uniform(0.3, 6), 0.5 * rng.random(60)
        wrong[0] = 0.5
        (p_mu, p_nu) = (decoy.photon_number_probability(photons, x) for x in (mu, nu))
        weak = float(p_nu @ yields)
        error = float(p_nu @ (yields * wrong)) / weak
        y1, e1 = graduate["decoy_bounds"](mu, nu, float(p_mu @ yields), weak, error, yields[0])
        assert y1 <= yields[1] * (1 + 1e-9)
        assert e1 >= wrong[1] * (1 - 1e-9)


def test_the_graduate_rate_is_that_of_the_book_and_anchor_k15(graduate: dict[str, Any]) -> None:
    for length in (0.0, 50.0, 100.0):
        book = decoy.decoy_rate(decoy.GYS, length_km=length)
        known = float(book.single_photon_yield), float(book.single_photon_error_rate)
        rate = graduate["key_rate"](0.48, float(book.gain), float(book.error_rate), *known, 1.22, 0.5)
        assert rate == pytest.approx(float(book.secret_bits_per_pulse), rel=1e-9)
    for share in (0.0, 0.017, 0.3, 1.0):
        assert graduate["entropy"](share) == pytest.approx(float(binary_entropy(share)), abs=1e-12)


def test_the_graduate_best_intensity_is_anchor_k14(graduate: dict[str, Any]) -> None:
    for error, efficiency in ((0.033, 1.22), (0.033, 1.0), (0.017, 1.16)):
        book = decoy.optimal_intensity(error, error_correction_efficiency=efficiency)
        assert graduate["best_intensity"](error, efficiency) == pytest.approx(book, abs=1e-9)


def test_the_graduate_bound_is_anchor_k27(graduate: dict[str, Any]) -> None:
    for length in (50, 100, 200, 300):
        book = decoy.plob_bound(decoy.Link(length_km=length, loss_db_per_km=0.2))
        assert graduate["most_key"](length, 0.2) == pytest.approx(float(book), rel=1e-12)


def test_the_run_holds_the_noise_it_was_made_with(graduate: dict[str, Any]) -> None:
    for row, intensity in enumerate((0.48, 0.09, 0.0)):
        gain, error = modelled(graduate, intensity)
        clicks, wrong = graduate["sent"][row] * gain, graduate["sent"][row] * gain * error
        assert abs(graduate["clicks"][row] - clicks) < 4 * np.sqrt(clicks)
        assert abs(graduate["wrong"][row] - wrong) < 4 * np.sqrt(wrong)


def test_careful_bounds_hold_in_every_run_and_careless_ones_do_not(graduate: dict[str, Any]) -> None:
    # decoys of 0.009 photons: without fluctuations both bounds are close to the truth, so half of the runs miss each
    rng = np.random.default_rng(73)
    truth, errors = (float(value) for value in decoy.yield_and_error_rate(LINK, 1))
    expected = np.array([modelled(graduate, intensity) for intensity in (0.48, 0.009, 0.0)])
    misses = {0: 0, 5: 0}
    for _ in range(300):
        clicks = rng.binomial(graduate["sent"], expected[:, 0])
        wrong = rng.binomial(clicks, expected[:, 1])
        for k in misses:
            y1, e1 = graduate["careful_bounds"](graduate["sent"], clicks, wrong, 0.48, 0.009, k)
            misses[k] += bool(y1 > truth or e1 < errors)
    assert misses[5] == 0
    assert misses[0] > 100
