"""The reference solutions agree with the physics of the book, and with the tests whatever the dice do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from exercises.stock_nbgrader import SOURCE
from qlearn.grading.notebooks import graded_cells, read_notebook
from qlearn.physics.qkd import bb84


def solved(assignment: str) -> dict[str, Any]:
    """Run the setup and every solution of an exercise, and give the names they define."""
    (path,) = (SOURCE / assignment).glob("*.ipynb")
    names: dict[str, Any] = {"check_cells": {}}
    for grade_id, cell in graded_cells(read_notebook(path)):
        if cell.cell_type != "code":
            continue
        if cell.metadata.nbgrader.grade:
            names["check_cells"][grade_id] = cell.source
        else:
            exec(cell.source, names)  # noqa: S102  our own notebook
    return names


@pytest.fixture(scope="module")
def school() -> dict[str, Any]:
    return solved("school-bb84")


@pytest.fixture(scope="module")
def graduate() -> dict[str, Any]:
    return solved("graduate-bb84")


@pytest.mark.parametrize(
    ("assignment", "name", "test"),
    [
        ("school-bb84", "experiment", "test_experiment"),
        ("graduate-bb84", "intercept_resend", "test_attack"),
    ],
)
def test_a_right_answer_passes_whatever_its_random_numbers(assignment: str, name: str, test: str) -> None:
    names = solved(assignment)
    right: Callable[..., Any] = names[name]
    for shift in range(1, 13):
        names[name] = lambda *arguments, shift=shift: right(*arguments[:-1], arguments[-1] + 100_000 * shift)
        exec(names["check_cells"][test], names)  # noqa: S102  our own notebook


def test_the_school_chance_to_catch_is_anchor_k05(school: dict[str, Any]) -> None:
    for compared in (10, 72):
        assert school["chance_to_catch"](compared) == pytest.approx(bb84.detection_probability(compared), rel=1e-12)
    assert school["chance_to_catch"](10) == pytest.approx(0.9436864853, rel=1e-9)
    assert school["chance_to_catch"](72) == pytest.approx(0.999999999, rel=1e-9)


def test_the_school_experiment_agrees_with_the_simulation_of_the_book(school: dict[str, Any]) -> None:
    run = bb84.simulate(200_000, rng=np.random.default_rng(3), intercepted_fraction=1.0)
    ours = school["experiment"](200_000, True, 3)
    assert abs(ours - run.error_rate) < 6 * np.sqrt(2) * run.error_rate_standard_error  # 2e-9
    assert school["experiment"](1000, False, 3) == 0


def test_the_graduate_states_are_those_of_the_book(graduate: dict[str, Any]) -> None:
    for bit in (0, 1):
        for basis in (0, 1):
            ours, book = graduate["signal_state"](bit, basis), bb84.signal_state(bit, basis)
            assert abs(ours.overlap(book)) == pytest.approx(1)
            assert graduate["outcome_probability"](book, bit, basis) == pytest.approx(1)
            assert graduate["outcome_probability"](book, bit, 1 - basis) == pytest.approx(0.5)


def test_the_graduate_theory_is_anchor_k04_and_agrees_with_the_book(graduate: dict[str, Any]) -> None:
    assert graduate["attack_in_theory"](0.4, 0.5, 0.5) == pytest.approx((0.1, 0.1, 0.1, 0.2), rel=1e-9)
    for fraction in (0.0, 0.3, 1.0):
        *_, average, information = graduate["attack_in_theory"](fraction, 0.5, 0.5)
        assert average == pytest.approx(float(bb84.intercept_resend_error_rate(fraction)))
        assert information == pytest.approx(float(bb84.intercept_resend_information(fraction)))


@pytest.mark.parametrize(("fraction", "rectilinear", "eve"), [(0.4, 0.5, 0.5), (1.0, 0.8, 1.0), (0.7, 0.7, 0.2)])
def test_the_graduate_simulation_agrees_with_theory_and_the_book(
    graduate: dict[str, Any], fraction: float, rectilinear: float, eve: float
) -> None:
    sifted, errors = graduate["intercept_resend"](200_000, fraction, rectilinear, eve, 5)
    run = bb84.simulate(
        200_000,
        rng=np.random.default_rng(6),
        intercepted_fraction=fraction,
        rectilinear_probability=rectilinear,
        eve_rectilinear_probability=eve,
    )
    rates = graduate["attack_in_theory"](fraction, rectilinear, eve)
    for basis in (0, 1):
        spread = np.sqrt(max(rates[basis] * (1 - rates[basis]), 1e-12) / sifted[basis])
        book = run.errors_by_basis[basis] / run.sifted_by_basis[basis]
        assert abs(errors[basis] / sifted[basis] - rates[basis]) < 6 * spread + 1e-9  # 2e-9
        assert abs(book - rates[basis]) < 6 * spread * 1.1 + 1e-9


def test_the_graduate_thresholds_are_anchors_k01_and_k02(graduate: dict[str, Any]) -> None:
    published = {1.0: 0.1100278644, 1.05: 0.1060238276, 1.16: 0.09810603807, 1.22: 0.09423516596}
    for efficiency, threshold in published.items():
        assert graduate["error_rate_threshold"](efficiency) == pytest.approx(threshold, abs=1e-6)
        assert float(bb84.error_rate_threshold(efficiency)) == pytest.approx(threshold, abs=1e-6)


def test_the_graduate_secret_fraction_agrees_with_the_book(graduate: dict[str, Any]) -> None:
    for bit, phase, efficiency in ((0.0, 0.0, 1.0), (0.02, 0.05, 1.16), (0.11, 0.0, 1.3), (0.2, 0.2, 1.0)):
        book = bb84.secret_fraction(bit, phase_error_rate=phase, error_correction_efficiency=efficiency)
        assert graduate["secret_fraction"](bit, phase, efficiency) == pytest.approx(float(book), abs=1e-12)


def test_the_graduate_key_rate_agrees_with_the_book(graduate: dict[str, Any]) -> None:
    for length, dark in ((0.0, 0.0), (30.0, 1e-6), (110.0, 1e-5), (300.0, 1e-6)):
        book = bb84.secret_key_rate(
            transmittance=0.2 * 10 ** (-0.02 * length),
            dark_count_probability=dark,
            misalignment_error=0.015,
            error_correction_efficiency=1.16,
        )
        assert graduate["key_rate"](length, 0.2, 0.2, dark, 0.015, 1.16) == pytest.approx(float(book), abs=1e-15)


def test_wilsons_interval_holds_the_true_rate_as_often_as_it_promises(graduate: dict[str, Any]) -> None:
    rng = np.random.default_rng(7)
    zeros = np.zeros(500, dtype=int)
    holds = 0
    for _ in range(2000):
        _, _, low, high = graduate["estimate_error_rate"](zeros, (rng.random(500) < 0.03).astype(int), 1.96)
        holds += low <= 0.03 <= high
    assert abs(holds / 2000 - 0.95) < 0.03  # six standard errors of 0.005


def test_the_school_fault_that_is_known_by_its_number_alone_has_that_number(school: dict[str, Any]) -> None:
    rng = np.random.default_rng(1)
    bits, bases, eve_bases, eve_coins, bob_bases, bob_coins = (rng.integers(0, 2, size=20_000) for _ in range(6))
    eve_bits = school["measure"](bits, bases, eve_bases, eve_coins)
    in_alices_basis = school["measure"](eve_bits, bases, bob_bases, bob_coins)
    alice_key, bob_key = school["sift"](bits, in_alices_basis, bases, bob_bases)
    assert np.mean(alice_key != bob_key) == pytest.approx(2555 / 10_045, abs=1e-12)
    assert "2555 / 10_045" in school["check_cells"]["test_experiment"]
