"""The clock loop in the built page, handled as a reader would, and its formulas, noise and loop against Python's."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import qlearn.widgets
from e2e.book_pages import (
    LOOKS,
    call_script,
    control,
    drag_slider,
    fix_seed,
    open_widget,
    set_language,
    set_slider,
)
from e2e.widget_promises import (
    check_names,
    check_words_are_read_out,
    reached_by_keyboard,
    settled,
)
from qlearn.physics.sensors import (
    allan,
    clock_servo,
    oscillator_noise,
    ramsey_clock,
)
from qlearn.widgets.clock_loop import RANGES, transitions
from qlearn.widgets.random_stream import seed_of_run

SEED = 20260
VIEWS = Path(qlearn.widgets.__file__).parent / "views"
PLACE = {"chapter": "sensors/clock", "widget": ".qlearn-clock-loop"}
OPENING: dict[str, float] = {"atoms": 100, "ramsey": 0.5, "gain": 0.6, "floor": 0.02, "drift": 0.0002}
RUN = """argument.map(({ noise, atoms, looks, settings }) => {
  const run = new it.ClockRun(new it.FlickerNoise(noise), atoms, settings);
  run.advance(looks);
  return { free: run.free, locked: run.locked, shares: run.shares, pair: run.pair, mean: run.meanOffset };
})"""
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?: \N{MULTIPLICATION SIGN} 10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)?(?: mHz)?")


@pytest.fixture
def address(built_book: Path) -> str:
    return built_book.as_uri() + "/"


@pytest.fixture
def widget(page: Page, address: str) -> Locator:
    fix_seed(page, SEED)
    return open_widget(page, address, **PLACE)


@pytest.fixture
def script_page(page: Page) -> Page:
    """Another tab of the same browser, in which modules run beside the widget."""
    return page.context.new_page()


def seeds(run: int, *, widget_seed: int = SEED) -> dict[str, int]:
    own = seed_of_run(widget_seed, run)
    return {"noise": seed_of_run(own, 0), "atoms": seed_of_run(own, 1)}


def run_script(page: Page, looks: int, *, run: int = 0, **changed: float) -> dict[str, Any]:
    """Run the widget's clock in a tab of its own, with the seeds that the widget has."""
    argument = [{**seeds(run), "looks": looks, "settings": {**OPENING, **changed}}]
    (found,) = call_script(page, VIEWS / "clock_run.js", RUN, argument)
    return dict(found)


def read_number(words: str) -> float:
    plain = re.sub(
        " \N{MULTIPLICATION SIGN} 10" + r"([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)", lambda found: "e" + found[1].translate(RAISED), words
    )
    return float(plain.removesuffix(" mHz")) / (1000 if plain.endswith("mHz") else 1)


def summary_numbers(widget: Locator) -> list[float]:
    text = (
        widget.locator(".ql-summary").inner_text().replace("\u202f", "").replace("\u00a0", " ").replace("\u2212", "-")
    )
    return [read_number(words) for words in NUMBER.findall(text)]


def wait_until(widget: Locator, holds: Callable[[], bool], words: str) -> None:
    for _ in range(LOOKS):
        if holds():
            return
        widget.page.wait_for_timeout(30)
    raise AssertionError(f"{words}: {widget.locator('.ql-summary').inner_text()}")


def expected_numbers(found: dict[str, Any], looks: int, *, atom: str = "strontium", **changed: float) -> list[float]:
    """Numbers of the summary as Python's physics has them for a run."""
    settings = {**OPENING, **changed}
    nu = transitions()[atom]
    tau = 2 ** int(np.log2(looks / 4))
    locked, free = (allan.overlapping_allan_deviation(np.array(found[name]) / nu, tau) for name in ("locked", "free"))
    limit = ramsey_clock.look_uncertainty(atoms=settings["atoms"], ramsey_s=settings["ramsey"]) / nu / np.sqrt(tau)
    mean = float(np.mean(found["locked"][looks // 2 :]))
    fringe = int(clock_servo.fringe_number(mean, ramsey_s=settings["ramsey"]))
    begin = [429.0 if atom == "strontium" else 9.19, settings["atoms"], settings["ramsey"], settings["gain"], looks]
    return [*begin, tau, locked, free, float(limit), mean, fringe]


def shows(widget: Locator, found: dict[str, Any], looks: int, *, atom: str = "strontium", **changed: float) -> None:
    """Wait until the summary says what the physics says of this run, to the digits that are shown."""
    wanted = expected_numbers(found, looks, atom=atom, **changed)
    slack = [0.0, 0.0, 0.006, 0.006, 0.0, 0.0, *(0.051 * w for w in wanted[6:9]), 0.0051 * abs(wanted[9]) + 6e-4, 0.0]

    def holds() -> bool:
        seen = summary_numbers(widget)
        return len(seen) == len(wanted) and all(
            abs(one - other) <= off + 1e-9 * abs(other) for one, other, off in zip(seen, wanted, slack, strict=True)
        )

    wait_until(widget, holds, f"not {wanted}")


def test_it_opens_with_a_loop_that_beats_its_oscillator(widget: Locator, script_page: Page) -> None:
    found = run_script(script_page, 512)
    shows(widget, found, 512)
    wanted = expected_numbers(found, 512)
    assert wanted[6] < wanted[7] / 3
    expect(widget.locator("[data-value=offset] + .ql-note")).to_contain_text("on the right fringe")


def test_every_visit_draws_its_own_run(page: Page, address: str) -> None:
    offsets = {open_widget(page, address, **PLACE).locator("[data-value=offset]").inner_text() for _ in range(4)}
    assert len(offsets) > 1


def test_every_slider_plays_the_same_noise_again(widget: Locator, script_page: Page) -> None:
    changed = {"atoms": 1000, "ramsey": 0.3, "gain": 0.9, "floor": 10**-1.5, "drift": 0.003}
    names = {"atoms": 3, "ramsey_s": 0.3, "gain": 0.9, "floor_hz": -1.5, "drift_hz_per_s": 0.003}
    for name, place in names.items():
        set_slider(widget, name, place)
    shows(widget, run_script(script_page, 512, **changed), 512, **changed)
    left_alone = run_script(script_page, 512, floor=changed["floor"], drift=changed["drift"])["free"]
    assert left_alone == run_script(script_page, 512, **changed)["free"]


def test_sliders_follow_keys_and_drags(page: Page, widget: Locator, script_page: Page) -> None:
    control(widget, "gain").press("ArrowRight")
    shows(widget, run_script(script_page, 512, gain=0.65), 512, gain=0.65)
    drag_slider(page, widget, "gain", 0.0)
    shows(widget, run_script(script_page, 512, gain=0.0), 512, gain=0.0)


def test_without_gain_the_steered_oscillator_is_the_free_one(widget: Locator) -> None:
    set_slider(widget, "gain", 0)
    wait_until(widget, lambda: summary_numbers(widget)[3] == 0, "the gain is not 0")
    seen = summary_numbers(widget)
    assert seen[6] == seen[7]


def test_looks_are_made_two_or_a_hundred_at_a_time(widget: Locator, script_page: Page) -> None:
    control(widget, "two").click()
    shows(widget, run_script(script_page, 514), 514)
    control(widget, "hundred").click()
    shows(widget, run_script(script_page, 614), 614)
    control(widget, "again").click()
    expect(widget.locator(".ql-summary")).to_contain_text("0 looks, too few")
    expect(widget.locator("[data-value=fringe] + .ql-note")).to_have_text("no pair of looks yet")
    control(widget, "two").click()
    pair = run_script(script_page, 2)["pair"]
    note = widget.locator("[data-value=fringe] + .ql-note")
    expect(note).to_contain_text(f"excited: {100 * pair['upper']['share']:.0f} % on the upper side")
    expect(note).to_contain_text(f"{100 * pair['lower']['share']:.0f} % on the lower")


def test_another_run_draws_noise_and_atoms_anew(widget: Locator, script_page: Page) -> None:
    control(widget, "another").click()
    shows(widget, run_script(script_page, 512, run=1), 512)


def test_playing_goes_on_looking_until_it_is_paused(widget: Locator) -> None:
    play = control(widget, "play")
    play.click()
    expect(play).to_have_text("Pause")
    wait_until(widget, lambda: summary_numbers(widget)[4] > 520, "it does not play")
    play.click()
    expect(play).to_have_text("Play")
    settled(widget)
    looks = summary_numbers(widget)[4]
    settled(widget)
    assert summary_numbers(widget)[4] == looks


def test_who_wants_less_motion_gets_a_hundred_looks_at_once(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    try:
        widget = open_widget(context.new_page(), address, **PLACE)
        control(widget, "play").click()
        wait_until(widget, lambda: summary_numbers(widget)[4] == 612, "no hundred looks")
    finally:
        context.close()


def test_it_ends_where_no_more_looks_fit(widget: Locator) -> None:
    for _ in range(37):
        control(widget, "hundred").click()
    wait_until(widget, lambda: summary_numbers(widget)[4] == 4096, "it does not stop at 4096")
    control(widget, "two").click()
    settled(widget)
    assert summary_numbers(widget)[4] == 4096


def test_caesium_is_the_same_hertz_and_another_part(widget: Locator, script_page: Page) -> None:
    control(widget, "atom").locator("[data-option=strontium]").press("ArrowRight")
    found = run_script(script_page, 512)
    shows(widget, found, 512, atom="caesium")
    control(widget, "atom").locator(".ql-option").first.click()
    shows(widget, found, 512)


def test_a_wrong_fringe_is_named_and_marked(widget: Locator) -> None:
    set_slider(widget, "floor_hz", -0.7)
    set_slider(widget, "ramsey_s", 0.8)
    note = widget.locator("[data-value=offset] + .ql-note")
    for _ in range(30):
        control(widget, "another").click()
        settled(widget)
        if "a wrong one" in note.inner_text():
            break
    expect(note).to_contain_text("a wrong one")
    number = summary_numbers(widget)[-1]
    assert number != 0
    sign = "+" if number > 0 else "\u2212"
    label = f"fringe {sign}{abs(number):.0f}"
    expect(widget.locator("figure:has([data-value=offset]) .ql-keys-of-lines")).to_contain_text(label)


def test_a_drift_shows_as_an_offset(widget: Locator) -> None:
    set_slider(widget, "drift_hz_per_s", 0.01)
    lag = float(clock_servo.drift_lag(0.01, gain=0.6))
    wait_until(widget, lambda: abs(summary_numbers(widget)[9] - lag) < 0.01, f"not {lag} Hz off")


def test_a_korean_page_gets_korean_labels(page: Page, address: str) -> None:
    set_language(page, "ko")
    widget = open_widget(page, address, **PLACE)
    expect(widget).to_have_attribute("lang", "ko")
    expect(widget.get_by_role("slider", name="루프의 이득")).to_have_count(1)
    expect(widget.locator(".ql-summary")).to_contain_text("원자 100개")


def test_all_of_it_has_names_words_and_a_place_in_the_tab_order(page: Page, widget: Locator) -> None:
    check_names(widget)
    control(widget, "another").click()
    check_words_are_read_out(widget)
    wanted = ["atom", "atoms", "ramsey_s", "gain", "floor_hz", "drift_hz_per_s", "play", "two", "hundred", "again"]
    assert reached_by_keyboard(page, widget) == [*wanted, "another"]


FORMULAS = """argument.map(([offset, ramsey, side, atoms, upper, lower]) => [
  it.lookProbability(offset, ramsey, side), it.lookUncertainty(atoms, ramsey),
  it.estimateOffset(upper, lower, ramsey), it.fringeNumber(offset, ramsey),
])"""


def test_the_scripts_formulas_are_the_physics_over_the_whole_range(page: Page) -> None:
    rng = np.random.default_rng(17)
    low, high, _ = RANGES["ramsey_s"]
    places = [
        [rng.uniform(-30, 30), t, side, int(10 ** rng.uniform(1, 5)), rng.random(), rng.random()]
        for t in (low, *rng.uniform(low, high, 200), high)
        for side in (-1, 0, 1)
    ]
    seen = call_script(page, VIEWS / "clock_run.js", FORMULAS, [[float(x) for x in place] for place in places])
    for (offset, t, side, atoms, upper, lower), found in zip(places, seen, strict=True):
        wanted = [
            float(ramsey_clock.look_probability(offset, ramsey_s=t, side=side)),
            float(ramsey_clock.look_uncertainty(atoms=atoms, ramsey_s=t)),
            float(ramsey_clock.estimate_offset(upper, lower, ramsey_s=t)),
            int(clock_servo.fringe_number(offset, ramsey_s=t)),
        ]
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("gain", [0.2, 1.0, 2.2])
def test_the_scripts_loop_is_pythons_rule_on_its_own_counts(page: Page, gain: float) -> None:
    found = run_script(page, 301, gain=gain, atoms=300, floor=0.1, drift=0.004)
    shares, correction = np.array(found["shares"]), 0.0
    for look in range(0, 300, 2):
        wanted = np.array(found["free"][look : look + 2]) - correction
        np.testing.assert_allclose(found["locked"][look : look + 2], wanted, atol=1e-12)
        correction += gain * float(ramsey_clock.estimate_offset(*shares[look : look + 2], ramsey_s=0.5))
    assert found["locked"][300] == pytest.approx(found["free"][300] - correction, abs=1e-12)
    assert found["mean"] == pytest.approx(np.mean(found["locked"][150:]))


def test_the_scripts_counts_are_binomial_at_the_chance_of_each_look(page: Page) -> None:
    found = run_script(page, 4000, atoms=400, floor=0.15)
    sides = np.where(np.arange(4000) % 2 == 0, 1, -1)
    turns = 2 * np.pi * np.array(found["locked"]) * OPENING["ramsey"]
    chances = (1 + np.cos(turns + sides * np.pi / 2)) / 2
    scaled = (np.array(found["shares"]) - chances) / np.sqrt(np.maximum(chances * (1 - chances), 1e-9) / 400)
    inside = (chances > 0.02) & (chances < 0.98)
    assert inside.sum() > 3000
    assert abs(scaled[inside].mean()) < 5 / np.sqrt(inside.sum())
    assert scaled[inside].var() == pytest.approx(1, abs=5 * np.sqrt(2 / inside.sum()))


def test_the_scripts_oscillator_flickers_and_drifts_as_the_physics_says(page: Page) -> None:
    settings = {**OPENING, "floor": 0.3, "drift": 0.0}
    argument = [{**seeds(run), "looks": 1024, "settings": settings} for run in range(40)]
    runs = call_script(page, VIEWS / "clock_run.js", RUN, argument)
    factors = [1, 4, 16, 64]
    squares = np.array([[allan.overlapping_allan_deviation(run["free"], m) ** 2 for m in factors] for run in runs])
    seen = np.sqrt(squares.mean(axis=0))
    error = squares.std(axis=0, ddof=1) / np.sqrt(len(runs)) / (2 * seen)
    wanted = oscillator_noise.flicker_deviation(factors, floor=0.3)
    np.testing.assert_array_less(np.abs(seen - wanted), 5 * error)
    assert all(run["free"][0] == 0 for run in runs)
    (drifting,) = call_script(
        page, VIEWS / "clock_run.js", RUN, [{**argument[0], "settings": {**settings, "drift": 0.01}}]
    )
    np.testing.assert_allclose(np.subtract(drifting["free"], runs[0]["free"]), 0.01 * np.arange(1024), atol=1e-9)


def test_a_longer_run_goes_on_where_the_shorter_one_ended(page: Page) -> None:
    short, long = run_script(page, 100), run_script(page, 300)
    assert long["locked"][:100] == short["locked"]
    assert run_script(page, 100, run=1)["free"] != short["free"]
    assert run_script(page, 1)["pair"] is None


def test_the_scripts_allan_deviation_is_pythons(page: Page) -> None:
    rng = np.random.default_rng(6)
    rows = [rng.normal(size=size).cumsum() + 1e3 for size in (8, 9, 100, 1024)]
    expression = "argument.map((row) => it.allanCurve(row))"
    for row, points in zip(
        rows, call_script(page, VIEWS / "allan.js", expression, [list(row) for row in rows]), strict=True
    ):
        curve = allan.allan_curve(row)
        factors = [point["factor"] for point in points]
        np.testing.assert_array_equal(factors, curve.averaging_s)
        np.testing.assert_allclose([point["deviation"] for point in points], curve.deviation, rtol=1e-9)
        bars = curve.deviation / np.sqrt(2 * allan.white_degrees_of_freedom(row.size, factors))
        np.testing.assert_allclose([point["error"] for point in points], bars, rtol=1e-9)
