"""The interferometer in the built page, handled as a reader would, without kernel and network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

import qlearn.widgets
from e2e.book_pages import (
    call_script,
    control,
    drag_slider,
    fix_seed,
    numbers_in,
    open_widget,
    set_language,
    set_slider,
    wait_for_numbers,
)
from e2e.widget_promises import (
    check_names,
    check_words_are_read_out,
    reached_by_keyboard,
    settled,
)
from qlearn.physics import interference
from qlearn.widgets.interferometer_clicks import PHASES_DEG, draw_clicks
from qlearn.widgets.mach_zehnder import MachZehnder
from qlearn.widgets.random_stream import seed_of_run

SEED = 20260
VIEW = Path(qlearn.widgets.__file__).parent / "views" / "interferometer_clicks.js"
PLACE = {"chapter": "superposition/single-photon", "widget": ".qlearn-mach-zehnder"}
EVERYWHERE = np.arange(PHASES_DEG.size)
OPENING = np.repeat(EVERYWHERE, 40)
SCAN = np.repeat(EVERYWHERE, 20)


@pytest.fixture
def address(built_book: Path) -> str:
    return built_book.as_uri() + "/"


@pytest.fixture
def widget(page: Page, address: str) -> Locator:
    fix_seed(page, SEED)
    return open_widget(page, address, **PLACE)


def summary(widget: Locator) -> dict[str, float]:
    """Read the numbers of the summary line."""
    names = ("photons", "first", "second", "marker", "value", "error", "expected", "right")
    numbers = numbers_in(widget.locator(".ql-summary").inner_text())
    assert len(numbers) == len(names)
    return dict(zip(names, numbers, strict=True))


def shows(widget: Locator, settings: Sequence[int] | np.ndarray, *, run: int = 0, marker: float = 0.0) -> np.ndarray:
    """Wait until every number of the summary is that of Python's clicks and of the physics; give the counts."""
    counts = draw_clicks(seed_of_run(SEED, run), settings, marker_deg=marker).counts
    value, error = interference.visibility_of_fringe(np.deg2rad(PHASES_DEG), counts)
    told = interference.marker_distinguishability(marker)
    right = 100 * float(interference.guessing_probability(told))
    expected = float(interference.marker_visibility(marker))
    wait_for_numbers(
        widget,
        [counts.sum(), *counts.sum(axis=0), marker, value, error, expected, right],
        absolute=[0, 0, 0, 0, 0.0051, 0.0051, 0.0051, 0.51],
    )
    return counts


def test_it_opens_with_a_fringe_that_is_pythons(widget: Locator) -> None:
    counts = shows(widget, OPENING)
    assert MachZehnder(seed=SEED).visibility()[0] == pytest.approx(summary(widget)["value"], abs=0.0051)
    expect(widget.locator("[data-chart=fringe] .ql-mark")).to_have_count(PHASES_DEG.size)
    expect(widget.locator("[data-chart=fringe] .ql-error-bar")).to_have_count(PHASES_DEG.size)
    expect(widget.locator(".ql-count-0")).to_have_text(f"D₀ {counts[0, 0]}")
    expect(widget.locator(".ql-count-1")).to_have_text(f"D₁ {counts[0, 1]}")


def test_every_visit_sends_its_own_photons(page: Page, address: str) -> None:
    runs = {open_widget(page, address, **PLACE).locator(".ql-summary").inner_text() for _ in range(3)}
    assert len(runs) > 1


def test_photons_are_sent_one_by_one_and_by_the_hundred_at_the_chosen_phase(widget: Locator) -> None:
    control(widget, "one").click()
    shows(widget, [*OPENING, 0])
    set_slider(widget, "phase", 90)
    control(widget, "hundred").click()
    counts = shows(widget, [*OPENING, 0, *[6] * 100])
    note = widget.locator("[data-value=fringe] + .ql-note")
    expect(note).to_have_text(f"phase now 90°: {counts[6, 0]} clicks at D₀, {counts[6, 1]} at D₁")


def test_a_story_tells_the_last_photon_and_its_detector_is_lit(widget: Locator) -> None:
    set_slider(widget, "phase", 75)
    control(widget, "one").click()
    record = draw_clicks(seed_of_run(SEED, 0), [*OPENING, 5], marker_deg=0)
    name = "D₁" if record.detectors[-1] else "D₀"
    expect(widget.locator(".ql-story")).to_have_text(f"Photon 1\u202f001, phase 75°: one click, at {name}.")
    expect(widget.locator(".ql-clicked")).to_have_count(1)


def test_one_photon_is_in_both_arms_before_it_clicks(widget: Locator) -> None:
    # an observer in the page sees every mark, however late this test asks
    widget.evaluate(
        "(it) => { window.flown = []; new MutationObserver((changes) => changes.forEach(({ addedNodes }) => {"
        " for (const node of addedNodes) if (node.matches('.ql-flying')) window.flown.push(node.getAttribute('class'));"
        "})).observe(it.querySelector('.ql-bench'), { childList: true, subtree: true }); }"
    )
    control(widget, "one").click()
    shows(widget, [*OPENING, 0])
    assert widget.evaluate("() => window.flown") == ["ql-flying ql-kind-one", "ql-flying ql-kind-two"]
    expect(widget.locator(".ql-flying")).to_have_count(0)


def test_a_scan_sends_photons_at_all_phases(widget: Locator) -> None:
    control(widget, "scan").click()
    shows(widget, [*OPENING, *SCAN])


def test_play_goes_on_until_it_is_paused(widget: Locator) -> None:
    control(widget, "play").click()
    expect(control(widget, "play")).to_have_text("Pause")
    expect(widget.locator(".ql-summary")).to_have_text(re.compile(r"^1\u202f0[1-9]\d "))
    control(widget, "play").click()
    expect(control(widget, "play")).to_have_text("Play")
    settled(widget)
    sent = int(summary(widget)["photons"]) - OPENING.size
    shows(widget, [*OPENING, *[0] * sent])


def test_reduced_motion_sends_a_hundred_at_once(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    fix_seed(page, SEED)
    widget = open_widget(page, address, **PLACE)
    control(widget, "play").click()
    shows(widget, [*OPENING, *[0] * 100])


def test_start_over_leaves_nothing_and_says_so(widget: Locator) -> None:
    control(widget, "again").click()
    expect(widget.locator(".ql-summary")).to_have_text(
        re.compile(r"^0 photons.*visibility \u2013 ± \u2013, expected 1\.00")
    )
    expect(widget.locator(".ql-story")).to_have_text("No photon has been sent yet.")
    expect(widget.locator("[data-chart=fringe] .ql-mark")).to_have_count(0)
    expect(widget.locator(".ql-clicked")).to_have_count(0)
    control(widget, "scan").click()
    shows(widget, SCAN, run=1)


def test_a_phase_that_tells_nothing_gives_no_visibility(widget: Locator) -> None:
    control(widget, "again").click()
    set_slider(widget, "phase", 90)
    control(widget, "hundred").click()
    expect(widget.locator("[data-value=fringe]")).to_have_text("V = \u2013")
    expect(widget.locator("[data-chart=fringe] .ql-mark")).to_have_count(1)


def test_the_marker_moves_by_keys_and_every_angle_gets_fresh_photons(widget: Locator) -> None:
    marker = control(widget, "marker")
    marker.press("ArrowRight")
    expect(marker).to_have_attribute("aria-valuetext", "1°")
    shows(widget, OPENING, run=1, marker=1)
    marker.press("End")
    shows(widget, OPENING, run=2, marker=90)
    expect(widget.locator("[data-value=trade]")).to_have_text("D = 1.00")
    marker.press("Home")
    shows(widget, OPENING, run=3, marker=0)


def test_what_was_sent_by_hand_is_sent_again_with_another_marker(widget: Locator) -> None:
    set_slider(widget, "phase", 180)
    control(widget, "hundred").click()
    set_slider(widget, "marker", 37)
    shows(widget, np.sort([*OPENING, *[12] * 100]), run=1, marker=37)


def test_a_full_marker_flattens_the_fringe(page: Page, widget: Locator) -> None:
    drag_slider(page, widget, "marker", 1.0)
    expect(widget.locator(".ql-summary")).to_contain_text("expected 0.00")
    seen = summary(widget)
    assert seen["right"] == 100
    assert abs(seen["value"]) < 5 * seen["error"]


def test_a_korean_page_gets_korean_labels(page: Page, address: str) -> None:
    set_language(page, "ko")
    fix_seed(page, SEED)
    widget = open_widget(page, address, **PLACE)
    expect(widget).to_have_attribute("lang", "ko")
    expect(widget.get_by_role("slider", name="경로 1의 표시기 각도")).to_have_count(1)
    expect(widget.get_by_role("button", name="광자 하나")).to_have_count(1)
    expect(widget.locator(".ql-summary")).to_contain_text("광자 1\u202f000개")


def test_all_of_it_has_names_words_and_a_place_in_the_tab_order(page: Page, widget: Locator) -> None:
    check_names(widget)
    control(widget, "scan").click()
    settled(widget)
    check_words_are_read_out(widget)
    reached = reached_by_keyboard(page, widget)
    assert set(reached) == {"phase", "marker", "play", "one", "hundred", "scan", "again"}


def test_the_bench_says_in_words_what_it_shows(widget: Locator) -> None:
    words = str(widget.locator(".ql-bench").get_attribute("aria-label"))
    assert "phase shifter at 0° and the marker at 0°" in words
    assert "D₀ has clicked 40 times and D₁ 0 times" in words


def test_nothing_on_the_bench_leaves_it_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    bench = open_widget(page, address, **PLACE).locator(".ql-bench")
    for language in ("en", "ko"):
        outside = bench.evaluate(
            "(it) => [...it.querySelectorAll('text, rect, path, line, circle')].filter((part) => {"
            " const [own, all] = [part.getBoundingClientRect(), it.getBoundingClientRect()];"
            " return own.left < all.left - 1 || own.right > all.right + 1"
            " || own.top < all.top - 1 || own.bottom > all.bottom + 1;"
            "}).map((part) => part.outerHTML)"
        )
        assert outside == [], language
        set_language(page, "ko")
        bench = open_widget(page, address, **PLACE).locator(".ql-bench")


def test_the_scripts_formulas_are_the_physics_over_the_whole_range(page: Page) -> None:
    phase, marker = (one.ravel() for one in np.meshgrid(np.arange(0, 361, 5), np.arange(0, 91, 2.5)))
    places = np.column_stack([phase, marker]).tolist()
    seen = call_script(
        page,
        VIEW,
        "argument.map(([p, m]) => [it.chanceOfFirst(p, m), it.markerVisibility(m), it.markerDistinguishability(m)])",
        places,
    )
    wanted = [
        interference.detection_probabilities(np.deg2rad(phase), marker_deg=marker)[:, 0],
        interference.marker_visibility(marker),
        interference.marker_distinguishability(marker),
    ]
    np.testing.assert_allclose(seen, np.column_stack(wanted), atol=1e-14)


def test_the_scripts_error_bar_is_the_physics(page: Page) -> None:
    pairs = [[counted, total] for total in (0, 1, 2, 40, 1000) for counted in {0, total // 3, total}]
    seen = call_script(page, VIEW, "argument.map(([k, n]) => it.fractionError(k, n))", pairs)
    counted, total = np.array(pairs).T
    np.testing.assert_allclose(seen, interference.fraction_error(counted, total), rtol=1e-12)


RUNS = """argument.map(({ seed, marker, totals, extra }) => {
  const run = new it.ClickRun(seed, marker);
  run.scan(totals);
  run.send(extra, 3);
  return { firsts: run.firsts, totals: run.totals, visibility: run.visibility, last: run.last, phases: it.PHASES };
})"""


def test_the_scripts_clicks_are_pythons_and_obey_the_physics(page: Page) -> None:
    cases = [(0.0, 200), (41.0, 333), (90.0, 57)]
    arguments = [
        {"seed": seed_of_run(SEED, run), "marker": marker, "totals": [photons] * PHASES_DEG.size, "extra": 4}
        for run, (marker, photons) in enumerate(cases)
    ]
    for run, (seen, (marker, photons)) in enumerate(zip(call_script(page, VIEW, RUNS, arguments), cases, strict=True)):
        record = draw_clicks(seed_of_run(SEED, run), [*np.repeat(EVERYWHERE, photons), 4, 4, 4], marker_deg=marker)
        assert seen["phases"] == PHASES_DEG.tolist()
        np.testing.assert_array_equal(seen["totals"], record.counts.sum(axis=1))
        np.testing.assert_array_equal(seen["firsts"], record.counts[:, 0])
        assert seen["last"] == {"setting": 4, "detector": record.detectors[-1]}
        value, error = interference.visibility_of_fringe(np.deg2rad(PHASES_DEG), record.counts)
        assert (seen["visibility"]["value"], seen["visibility"]["error"]) == pytest.approx((value, error))
        assert abs(value - interference.marker_visibility(marker)) < 5 * error
