"""The Bell test in the built page, handled as a reader would, without kernel and network."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

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
    PHONE,
    check_names,
    check_words_are_read_out,
    reached_by_keyboard,
    settled,
)
from qlearn.physics import bell
from qlearn.widgets.chsh import Chsh
from qlearn.widgets.chsh_rounds import draw_rounds
from qlearn.widgets.random_stream import seed_of_run

SEED = 20260
VIEW = Path(qlearn.widgets.__file__).parent / "views" / "chsh_rounds.js"
RANDOM = VIEW.with_name("random.js")
PLACE = {"chapter": "entanglement/bell", "widget": ".qlearn-chsh"}
BEST = {"alice_deg": (0.0, 45.0), "bob_deg": (22.5, -22.5), "visibility": 1.0}


@pytest.fixture
def address(built_book: Path) -> str:
    return built_book.as_uri() + "/"


@pytest.fixture
def widget(page: Page, address: str) -> Locator:
    fix_seed(page, SEED)
    return open_widget(page, address, **PLACE)


def summary(widget: Locator) -> dict[str, float]:
    """Read the numbers of the summary line."""
    names = ("rounds", "value", "error", "expected", "local", "quantum", "photons", "plan")
    numbers = numbers_in(widget.locator(".ql-summary").inner_text())
    assert len(numbers) == len(names)
    return dict(zip(names, numbers, strict=True))


def plan_wins(counts: np.ndarray, plan: str) -> int:
    asked = counts.sum(axis=(2, 3))
    sign = [one == "+" for one in plan]
    return int(sum(asked[x, y] for x in (0, 1) for y in (0, 1) if (sign[x] == sign[2 + y]) != (x == y == 1)))


def shows(widget: Locator, rounds: int, *, run: int = 0, plan: str = "++++", **settings: object) -> None:
    """Wait until every number of the summary is that of Python's rounds and of the physics."""
    link = BEST | settings
    counts = draw_rounds(seed_of_run(SEED, run), rounds, **link).counts
    found = bell.estimate(counts)
    expected = bell.chsh_value(link["alice_deg"], link["bob_deg"], visibility=link["visibility"])
    scores = [100 * found.wins / rounds, 100 * plan_wins(counts, plan) / rounds]
    bounds = [bell.best_local_value(), bell.tsirelson_bound()]
    wait_for_numbers(
        widget,
        [rounds, found.value, found.standard_error, expected, *bounds, *scores],
        absolute=[0, 0.0051, 0.0051, 0.0051, 0, 0.0051, 0.051, 0.051],
    )


def test_it_opens_with_rounds_that_are_pythons(widget: Locator) -> None:
    shows(widget, 400)
    assert Chsh(seed=SEED).estimate().value == pytest.approx(summary(widget)["value"], abs=0.0051)


def test_every_visit_plays_its_own_rounds(page: Page, address: str) -> None:
    runs = {open_widget(page, address, **PLACE).locator(".ql-summary").inner_text() for _ in range(3)}
    assert len(runs) > 1


def test_rounds_are_added_one_by_one_and_by_the_hundred(widget: Locator) -> None:
    control(widget, "one").click()
    shows(widget, 401)
    expect(widget.locator(".ql-story")).to_have_text(re.compile("^Round 401: Alice is asked"))
    control(widget, "hundred").click()
    shows(widget, 501)
    control(widget, "thousand").click()
    shows(widget, 1501)


def test_a_story_tells_the_last_round(widget: Locator) -> None:
    record = draw_rounds(seed_of_run(SEED, 0), 400, **BEST)
    (x, y), answers = record.questions[-1], 1 - 2 * record.answers[-1]
    won = (answers[0] == answers[1]) != (x == y == 1)
    expected = f"Round 400: Alice is asked {x}, Bob {y}. The photons answer {answers[0]:+d} and {answers[1]:+d}: "
    expected += "won" if won else "lost"
    assert expected.replace("-", "\u2212") in widget.locator(".ql-story").inner_text()


def test_play_goes_on_until_it_is_paused(widget: Locator) -> None:
    control(widget, "play").click()
    expect(control(widget, "play")).to_have_text("Pause")
    expect(widget.locator(".ql-summary")).to_have_text(re.compile(r"^4[1-9]\d "))
    control(widget, "play").click()
    expect(control(widget, "play")).to_have_text("Play")
    settled(widget)
    shows(widget, int(summary(widget)["rounds"]))


def test_reduced_motion_plays_a_thousand_at_once(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    fix_seed(page, SEED)
    widget = open_widget(page, address, **PLACE)
    control(widget, "play").click()
    shows(widget, 1400)


def test_start_over_leaves_nothing_and_says_so(widget: Locator) -> None:
    control(widget, "again").click()
    expect(widget.locator(".ql-summary")).to_have_text(re.compile(r"^0 rounds: S = \W ± \W, expected 2\.83"))
    expect(widget.locator(".ql-story")).to_have_text("No round has been played yet.")
    control(widget, "thousand").click()
    shows(widget, 1000, run=1)


def test_a_dial_turns_by_keys_and_the_rounds_are_played_afresh(widget: Locator) -> None:
    dial = control(widget, "bob_0")
    assert dial.get_attribute("aria-valuenow") == "22.5"
    dial.press("ArrowRight")
    expect(dial).to_have_attribute("aria-valuetext", "25.0°")
    shows(widget, 400, run=1, bob_deg=(25.0, -22.5))
    dial.press("Shift+ArrowLeft")
    shows(widget, 400, run=2, bob_deg=(24.5, -22.5))
    dial.press("PageUp")
    shows(widget, 400, run=3, bob_deg=(47.0, -22.5))
    dial.press("End")
    shows(widget, 400, run=4, bob_deg=(90.0, -22.5))
    dial.press("ArrowUp")  # an analyser at 92.5 degrees is one at -87.5 degrees
    expect(dial).to_have_attribute("aria-valuetext", "\u221287.5°")
    shows(widget, 400, run=5, bob_deg=(-87.5, -22.5))
    dial.press("Home")
    shows(widget, 400, run=6, bob_deg=(-90.0, -22.5))


def test_a_dial_is_dragged_to_where_the_hand_points(page: Page, widget: Locator) -> None:
    dial = control(widget, "alice_1")
    dial.scroll_into_view_if_needed()
    box = dial.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    reach = 0.35 * box["width"]
    page.mouse.move(middle[0] + reach * np.cos(np.pi / 4), middle[1] - reach * np.sin(np.pi / 4))
    page.mouse.down()
    for angle in (60, 80, 100, 120):
        turn = np.deg2rad(angle)
        page.mouse.move(middle[0] + reach * np.cos(turn), middle[1] - reach * np.sin(turn))
    page.mouse.up()
    now = float(str(dial.get_attribute("aria-valuenow")))
    assert now == pytest.approx(-60, abs=1)
    expected = bell.chsh_value((0.0, now), (22.5, -22.5))
    expect(widget.locator(".ql-summary")).to_contain_text(f"expected {expected:.2f}".replace("-", "\u2212"))
    assert summary(widget)["rounds"] == 400


def test_best_angles_come_back_with_a_press(widget: Locator) -> None:
    control(widget, "alice_0").press("PageUp")
    shows(widget, 400, run=1, alice_deg=(22.5, 45.0))
    control(widget, "best").click()
    expect(control(widget, "alice_0")).to_have_attribute("aria-valuenow", "0")
    shows(widget, 400, run=2)


def test_visibility_lowers_what_is_expected(page: Page, widget: Locator) -> None:
    set_slider(widget, "visibility", 60)
    shows(widget, 400, run=1, visibility=0.6)
    expect(widget.locator("[data-value=chsh] + .ql-note")).to_have_text("no further than a plan can go")
    drag_slider(page, widget, "visibility", 0.0)
    expect(widget.locator(".ql-summary")).to_contain_text("expected 0.00")


def test_a_plan_is_changed_and_scored_on_the_same_questions(widget: Locator) -> None:
    control(widget, "plan-bob-1").locator(".ql-option").last.click()
    shows(widget, 400, plan="+++-")
    control(widget, "plan-alice-1").locator("[data-option='+']").press("ArrowRight")
    shows(widget, 400, plan="+-+-")


def test_the_score_of_photons_and_plan_has_its_standard_error(widget: Locator) -> None:
    opening = draw_rounds(seed_of_run(SEED, 0), 400, **BEST).counts
    wins = [bell.estimate(opening).wins, plan_wins(opening, "++++")]
    errors = [f"± {100 * np.sqrt(won * (400 - won) / 400**3):.1f} %" for won in wins]
    note = widget.locator("[data-value=score] + .ql-note")
    expect(note).to_have_text(f"{errors[0]} : {errors[1]}; {wins[0]} : {wins[1]} of 400 rounds")
    control(widget, "again").click()
    expect(note).to_have_text("± \u2013 : ± \u2013; 0 : 0 of 0 rounds")


def test_a_plan_shows_which_pair_of_questions_it_loses(widget: Locator) -> None:
    chart = widget.locator("[data-chart=correlators]")
    before = r"Your plan: a₀b₀: \+1; a₀b₁: \+1; a₁b₀: \+1; a₁b₁: \+1"
    expect(chart).to_have_attribute("aria-label", re.compile(before))
    control(widget, "plan-bob-1").locator(".ql-option").last.click()
    now = r"Your plan: a₀b₀: \+1; a₀b₁: \u22121; a₁b₀: \+1; a₁b₁: \u22121"
    expect(chart).to_have_attribute("aria-label", re.compile(now))


def test_a_korean_page_gets_korean_labels(page: Page, address: str) -> None:
    set_language(page, "ko")
    fix_seed(page, SEED)
    widget = open_widget(page, address, **PLACE)
    expect(widget).to_have_attribute("lang", "ko")
    expect(widget.get_by_role("slider", name="앨리스, 질문 0")).to_have_count(1)
    expect(widget.get_by_role("button", name="가장 좋은 각도")).to_have_count(1)
    expect(widget.locator(".ql-summary")).to_contain_text("400판")


def test_all_of_it_has_names_words_and_a_place_in_the_tab_order(page: Page, widget: Locator) -> None:
    check_names(widget)
    control(widget, "one").click()
    expect(widget.locator(".ql-summary")).to_have_text(re.compile("^401 "))
    check_words_are_read_out(widget)
    dials = ["alice_0", "alice_1", "bob_0", "bob_1"]
    plan = [f"plan-{name.replace('_', '-')}" for name in dials]
    control(widget, "alice_0").focus()
    reached = reached_by_keyboard(page, widget)
    assert set(reached) == {*dials, "visibility", "best", "play", "one", "hundred", "thousand", "again", *plan}


def test_a_finger_turns_a_dial(built_book: Path, browser: Browser) -> None:
    context = browser.new_context(**PHONE)
    try:
        dial = control(open_widget(context.new_page(), built_book.as_uri() + "/", **PLACE), "bob_1")
        box = dial.bounding_box()
        assert box is not None
        assert 44 <= box["width"] <= 360 / 2
        dial.tap(position={"x": box["width"] / 2, "y": 0.2 * box["height"]})  # straight up: vertical
        expect(dial).to_have_attribute("aria-valuetext", "90.0°")
    finally:
        context.close()


def test_the_scripts_correlation_is_the_physics_over_all_angles(page: Page) -> None:
    alice, bob = np.meshgrid(np.arange(-90, 90.5, 7.5), np.arange(-90, 90.5, 7.5))
    places = [[a, b, v] for a, b in zip(alice.ravel(), bob.ravel(), strict=True) for v in (0.0, 0.37, 1.0)]
    seen = call_script(page, VIEW, "argument.map(([a, b, v]) => it.correlator(a, b, v))", places)
    a, b, v = np.array(places).T
    np.testing.assert_allclose(seen, bell.correlation(a, b, visibility=v), atol=1e-14)


def test_the_scripts_seeds_of_runs_are_pythons(page: Page) -> None:
    cases = [[seed, run] for seed in (0, SEED, 2**32 - 1) for run in (0, 1, 999)]
    seen = call_script(page, RANDOM, "argument.map(([seed, run]) => it.seedOfRun(seed, run))", cases)
    assert seen == [seed_of_run(seed, run) for seed, run in cases]


ROUNDS = """argument.map(({ own, settings, rounds, plan }) => {
  const drawn = Array.from({ length: 300 }, (_, i) => it.roundAt(i, own, settings));
  const first = drawn.map(({ x, y, a, b }) => [x, y, a, b]);
  const all = new it.ChshRun(own, settings);
  all.add(rounds);
  return {
    first, value: all.value, error: all.standardError, wins: all.wins, plan: all.planWins(plan),
    correlators: all.correlators, asked: all.asked, expected: it.chshOf(it.expectedCorrelators(settings)),
  };
})"""


def test_the_scripts_rounds_are_pythons_and_obey_the_physics(page: Page) -> None:
    cases = [((0.0, 45.0), (22.5, -22.5), 1.0), ((12.0, -80.5), (90.0, 3.5), 0.55)]
    rounds = 20_000
    arguments = [
        {
            "own": seed_of_run(SEED, run),
            "settings": {"alice": a, "bob": b, "visibility": v},
            "rounds": rounds,
            "plan": [1, -1, 1, 1],
        }
        for run, (a, b, v) in enumerate(cases)
    ]
    for run, (seen, (a, b, v)) in enumerate(zip(call_script(page, VIEW, ROUNDS, arguments), cases, strict=True)):
        record = draw_rounds(seed_of_run(SEED, run), rounds, alice_deg=a, bob_deg=b, visibility=v)
        np.testing.assert_array_equal(seen["first"], np.column_stack([record.questions, record.answers])[:300])
        found = bell.estimate(record.counts)
        assert (seen["value"], seen["error"], seen["wins"]) == pytest.approx(
            (found.value, found.standard_error, found.wins)
        )
        np.testing.assert_allclose(seen["correlators"], found.correlators.ravel())
        assert seen["plan"] == plan_wins(record.counts, "+-++")
        assert seen["expected"] == pytest.approx(bell.chsh_value(a, b, visibility=v))
        assert abs(seen["value"] - seen["expected"]) < 5 * seen["error"]
        np.testing.assert_array_less(np.abs(np.array(seen["asked"]) - rounds / 4), 5 * np.sqrt(rounds * 3 / 16))
