"""Phase estimation in the built page, handled as a reader would, without kernel and network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect
from scipy import stats

import qlearn.widgets
from e2e.book_pages import (
    call_script,
    control,
    drag_slider,
    fix_seed,
    open_widget,
    set_language,
    set_slider,
    wait_for_numbers,
)
from e2e.widget_promises import (
    check_names,
    check_words_are_read_out,
    reached_by_keyboard,
)
from qlearn.physics.sensors import phase_estimation as phase
from qlearn.widgets.phase_estimation import PhaseEstimation

SEED = 20260
VIEWS = Path(qlearn.widgets.__file__).parent / "views"
PLACE = {"chapter": "sensors/limits", "widget": ".qlearn-phase-estimation"}


@pytest.fixture
def address(built_book: Path) -> str:
    return built_book.as_uri() + "/"


@pytest.fixture
def widget(page: Page, address: str) -> Locator:
    fix_seed(page, SEED)
    return open_widget(page, address, **PLACE)


def expected_uncertainty(strategy: str, probes: int, eta: float, most_db: float) -> float:
    if strategy == "squeezed":
        return phase.best_squeezed_uncertainty(probes, eta, most_db=most_db)
    return float((phase.product_uncertainty if strategy == "product" else phase.ghz_uncertainty)(probes, eta))


def shows(widget: Locator, strategy: str, probes: int, lost: int, *, most_db: float = 10.0, runs: int = 100) -> None:
    """Wait until the summary holds these settings, the physics' numbers, and a spread that fits them."""
    start = {"product": "independent photons", "squeezed": "squeezed light", "ghz": "entangled (GHZ)"}[strategy]
    eta = 1 - lost / 100
    expected, alone = (
        expected_uncertainty(strategy, probes, eta, most_db),
        float(phase.product_uncertainty(probes, eta)),
    )
    # 200 estimates know their spread to 1 part in 20, five of which are allowed; the others have three digits
    wanted, relative = [probes, lost, expected, alone, 200, runs, expected], [0, 0, 0.006, 0.006, 0, 0, 0.26]
    wait_for_numbers(widget, wanted, absolute=[abs(w) * r for w, r in zip(wanted, relative, strict=True)])
    expect(widget.locator(".ql-summary")).to_contain_text(start)


def test_it_opens_with_experiments_that_scatter_as_physics_says(widget: Locator) -> None:
    shows(widget, "ghz", 20, 10)
    opening = PhaseEstimation(strategy="ghz", probes=20, lost_fraction=0.1)
    expect(widget.locator("[data-value=limits]")).to_have_text(f"{opening.uncertainty():.3g} rad")
    expect(widget.locator("[data-value=limits] + .ql-note")).to_have_text("1.64 times better than independent photons")


def test_every_visit_makes_its_own_experiments(page: Page, address: str) -> None:
    spreads = {open_widget(page, address, **PLACE).locator("[data-value=spread]").inner_text() for _ in range(4)}
    assert len(spreads) > 1


def test_measuring_again_draws_anew(widget: Locator) -> None:
    before = widget.locator("[data-chart=spread] .ql-line.ql-kind-two").get_attribute("d")
    control(widget, "again").click()
    expect(widget.locator("[data-chart=spread] .ql-line.ql-kind-two")).not_to_have_attribute("d", str(before))
    shows(widget, "ghz", 20, 10)


def test_a_strategy_is_chosen_by_hand_and_by_keys(widget: Locator) -> None:
    control(widget, "strategy").locator(".ql-option").first.click()
    shows(widget, "product", 20, 10)
    expect(widget.locator("[data-value=limits] + .ql-note")).to_have_text("as good as independent photons")
    control(widget, "strategy").locator("[data-option=product]").press("ArrowRight")
    shows(widget, "squeezed", 20, 10)
    set_slider(widget, "squeezing", 3)
    shows(widget, "squeezed", 20, 10, most_db=3.0)


def test_sliders_follow_keys_and_drags(page: Page, widget: Locator) -> None:
    control(widget, "probes").press("ArrowRight")
    shows(widget, "ghz", 21, 10)
    drag_slider(page, widget, "loss", 0.0)
    shows(widget, "ghz", 21, 0)
    control(widget, "runs").press("End")
    shows(widget, "ghz", 21, 0, runs=1000)


def test_beyond_the_break_even_the_words_say_worse(widget: Locator) -> None:
    edge = phase.ghz_break_even(0.9)
    set_slider(widget, "probes", int(edge))
    expect(widget.locator("[data-value=limits] + .ql-note")).to_contain_text("better")
    set_slider(widget, "probes", int(edge) + 2)
    expect(widget.locator("[data-value=limits] + .ql-note")).to_contain_text("worse")


def test_where_no_run_arrives_complete_nothing_is_claimed(widget: Locator) -> None:
    set_slider(widget, "probes", 100)
    set_slider(widget, "loss", 50)
    expect(widget.locator("[data-value=spread]")).to_have_text("\u2013")
    expect(widget.locator(".ql-summary")).to_contain_text("only 0 arrived complete, too few to see a spread")
    expect(widget.locator("[data-chart=spread] .ql-line.ql-kind-two")).to_have_count(0)


def test_a_korean_page_gets_korean_labels(page: Page, address: str) -> None:
    set_language(page, "ko")
    widget = open_widget(page, address, **PLACE)
    expect(widget).to_have_attribute("lang", "ko")
    expect(widget.get_by_role("slider", name="도중에 잃는 비율")).to_have_count(1)
    expect(widget.get_by_role("radio", name="압착된 빛")).to_have_count(1)
    expect(widget.locator(".ql-summary")).to_contain_text("광자 20개")


def test_all_of_it_has_names_words_and_a_place_in_the_tab_order(page: Page, widget: Locator) -> None:
    check_names(widget)
    control(widget, "again").click()
    check_words_are_read_out(widget)
    assert reached_by_keyboard(page, widget) == ["strategy", "probes", "loss", "squeezing", "runs", "again"]


LIMITS = """argument.map(([n, eta, db]) => {
  const best = it.bestSqueezing(n, eta, db);
  return [
    it.productUncertainty(n, eta), it.ghzUncertainty(n, eta), it.lossBound(n, eta),
    it.squeezedUncertainty(n, best, eta),
    ...["product", "squeezed", "ghz"].map((strategy) => it.uncertaintyOf(strategy, n, eta, db)),
    ...["product", "squeezed", "ghz"].flatMap((strategy) => {
      const { mean, variance } = it.signalMoments(strategy, n, eta, best, 0.7);
      return [mean, variance, it.steepestPhase(strategy, n), it.steepestSlope(strategy, n, eta, best)];
    }),
  ];
})"""


def python_limits(n: int, eta: float, db: float) -> list[float]:
    best = phase.best_squeezing(n, eta, most_db=db)
    squeezed = float(phase.squeezed_uncertainty(n, best, eta))
    single = [float(phase.product_uncertainty(n, eta)), float(phase.ghz_uncertainty(n, eta))]
    numbers = [*single, float(phase.loss_bound(n, eta)), squeezed, single[0], squeezed, single[1]]
    for strategy in ("product", "squeezed", "ghz"):
        settings = {"probes": n, "transmittance": eta, "squeezing_db": best}
        mean, variance = phase.signal_moments(strategy, **settings, phase_rad=0.7)
        top, _ = phase.signal_moments(strategy, **settings, phase_rad=0.0)
        slope = abs(float(top)) * (n if strategy == "ghz" else 1)
        numbers += [float(mean), float(variance), phase.steepest_phase(strategy, n), slope]
    return numbers


def test_the_scripts_formulas_are_the_physics_over_the_whole_range(page: Page) -> None:
    places = [
        [n, 1 - lost / 100, db]
        for n in (1, 2, 3, 5, 10, 20, 35, 64, 100)
        for lost in (0, 1, 5, 10, 25, 37, 50)
        for db in (0.0, 0.5, 3.0, 10.0, 15.0)
    ]
    seen = np.array(call_script(page, VIEWS / "phase_limits.js", LIMITS, places))
    wanted = np.array([python_limits(*place) for place in places])
    # where the best squeezing is found by search, its own place is known less well than the uncertainty there
    loose = np.isin(np.arange(wanted.shape[1]), [11, 12, 14])
    np.testing.assert_allclose(seen[:, ~loose], wanted[:, ~loose], rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(seen[:, loose], wanted[:, loose], rtol=1e-5, atol=1e-9)


def test_binomial_draws_are_binomial(page: Page) -> None:
    cases = [(1, 0.3), (10, 0.5), (100, 0.061), (2000, 0.45), (100_000, 0.475), (1000, 1e-4)]
    expression = """argument.map(([n, p]) => {
      const numbers = Array.from({ length: 20000 }, (_, i) => (i + 0.5) / 20000);
      return { drawn: numbers.map((number) => it.drawBinomial(number, n, p)),
               chance: it.binomialProbability(Math.floor((n + 1) * p), n, p) };
    })"""
    for (n, p), seen in zip(cases, call_script(page, VIEWS / "binomial.js", expression, cases), strict=True):
        assert seen["chance"] == pytest.approx(stats.binom.pmf(int((n + 1) * p), n, p), rel=1e-9)
        drawn = np.array(seen["drawn"])
        values = np.arange(drawn.min(), drawn.max() + 1)
        parts = np.array([(drawn == value).mean() for value in values]) if len(values) < 400 else None
        if parts is not None:
            # evenly spaced numbers: each outcome gets its share, but for the two ends of its intervals
            np.testing.assert_allclose(parts, stats.binom.pmf(values, n, p), atol=2.1 / 20_000)
        assert drawn.mean() == pytest.approx(n * p, rel=1e-3, abs=1e-3)
        assert drawn.var() == pytest.approx(n * p * (1 - p), rel=0.01)


def test_binomial_draws_at_the_ends(page: Page) -> None:
    seen = call_script(
        page, VIEWS / "binomial.js", "argument.map(([u, n, p]) => it.drawBinomial(u, n, p))",
        [[0.5, 10, 0], [0.5, 10, 1], [0.5, 0, 0.5], [1 - 2**-32, 50, 0.5], [0.0, 50, 0.5]],
    )  # fmt: skip
    assert seen[:3] == [0, 10, 0]
    assert 0 <= seen[3] <= 50
    assert seen[4] == 25


@pytest.mark.parametrize("strategy", ["product", "squeezed", "ghz"])
@pytest.mark.parametrize(("probes", "eta", "runs"), [(1, 0.8, 10), (12, 0.9, 50), (100, 0.98, 1000)])
def test_the_scripts_experiments_scatter_as_the_physics_says(
    page: Page, strategy: str, probes: int, eta: float, runs: int
) -> None:
    decibels = phase.best_squeezing(probes, eta) if strategy == "squeezed" else 0.0
    argument: dict[str, Any] = {
        "seed": 77,
        "settings": {"strategy": strategy, "n": probes, "eta": eta, "decibels": decibels, "runs": runs},
    }
    expression = """(() => {
      const { errors, telling } = it.drawEstimates(argument.seed, 4000, argument.settings);
      return { errors: [...errors], telling, ...it.spreadOf(errors) };
    })()"""
    seen = call_script(page, VIEWS / "phase_runs.js", expression, argument)
    errors = np.array(seen["errors"])
    expected = expected_uncertainty(strategy, probes, eta, 15.0) / np.sqrt(runs)
    assert seen["spread"] == pytest.approx(np.sqrt(np.mean(errors**2)))
    # four thousand estimates: the spread is known to about 1.1 %, a little less where few counts make it up
    assert seen["spread"] == pytest.approx(expected, rel=0.06)
    assert seen["error"] == pytest.approx(expected / np.sqrt(2 * 4000), rel=0.25)
    assert abs(errors.mean()) < 5 * expected / np.sqrt(4000)
    complete = eta**probes if strategy == "ghz" else 1.0
    spread = np.sqrt(4000 * runs * complete * (1 - complete))
    assert abs(seen["telling"] - 4000 * runs * complete) <= 5 * spread


def test_a_histogram_holds_every_value_in_bins_of_equal_room(page: Page) -> None:
    expression = "argument.map(({ values, reach, bins, step }) => it.histogramOf(values, reach, bins, step))"
    steps = np.arange(-40, 41) * 0.01
    cases = [
        {"values": list(steps), "reach": 0.33, "bins": 6, "step": 0.01},
        {"values": [-2.0, -0.1, 0.0, 0.3, 9.0], "reach": 1.0, "bins": 41, "step": 0},
        {"values": [0.0], "reach": 1.0, "bins": 41, "step": 50.0},
    ]
    lattice, plain, coarse = call_script(page, VIEWS / "phase_runs.js", expression, cases)
    assert sum(lattice["counts"]) + lattice["outside"] == 81
    assert set(lattice["counts"]) == {11}  # an odd number of steps a bin, so each holds as many
    assert lattice["width"] == pytest.approx(0.11)
    assert sum(plain["counts"]) == 3
    assert plain["outside"] == 2
    assert sum(coarse["counts"]) == 1
