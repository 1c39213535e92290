"""The pair beside its coin copy in the built page, handled as a reader would, without kernel and network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import qlearn.widgets
from e2e.book_pages import call_script, control, drag_slider, open_widget, set_language, set_slider, wait_for_numbers
from e2e.widget_promises import (
    PHONE,
    check_names,
    check_words_are_read_out,
    reached_by_keyboard,
    settled,
)
from qlearn.physics import entanglement
from qlearn.widgets.two_qubits import RANGES, TwoQubits

VIEW = Path(qlearn.widgets.__file__).parent / "views" / "qubit_pairs.js"
PLACE = {"chapter": "entanglement/two-qubits", "widget": ".qlearn-two-qubits"}
OF_STATE = {"blurred": "coherence", "noisy": "visibility", "partly": "angle_deg", "separate": "polarisation_deg"}


@pytest.fixture
def address(built_book: Path) -> str:
    return built_book.as_uri() + "/"


@pytest.fixture
def widget(page: Page, address: str) -> Locator:
    return open_widget(page, address, **PLACE)


def choose(widget: Locator, state: str) -> None:
    widget.locator(".ql-option", has=widget.page.locator(f"[data-option={state}]")).click()


def shows(widget: Locator, **settings: object) -> None:
    """Wait until every number of the summary is the physics'."""
    twin = TwoQubits(**settings)
    pair, axes = twin.pair(), [entanglement.linear_axis(angle) for angle in (twin.alice_deg, twin.bob_deg)]
    joint = entanglement.joint_probabilities(pair, *axes)
    name = OF_STATE.get(twin.state)
    parameter = [] if name is None else [getattr(twin, name) * (1 if name.endswith("_deg") else 100)]
    wanted = [
        *parameter,
        twin.alice_deg,
        twin.bob_deg,
        twin.correlation(),
        twin.correlation(twin.coin_copy()),
        entanglement.covariance(pair, *axes),
        100 * joint.sum(axis=1)[0],
        100 * joint.sum(axis=0)[0],
        entanglement.correlation_sum(pair),
        entanglement.concurrence(pair),
    ]
    rounding = [*[0.01] * (len(parameter) + 2), *[0.0051] * 3, 0.051, 0.051, 0.0051, 0.0051]
    wait_for_numbers(widget, wanted, absolute=rounding)


def verdict(widget: Locator) -> Locator:
    return widget.locator(".ql-verdict")


def test_it_opens_with_the_point_already_to_be_seen(widget: Locator) -> None:
    shows(widget)
    expect(widget.locator("[data-value=map-pair]")).to_have_text("E = 1.00")
    expect(widget.locator("[data-value=map-copy]")).to_have_text("E = 0.00")
    expect(verdict(widget)).to_contain_text("these angles tell the two apart")


def test_h_or_v_cannot_tell_them_apart_and_a_crossed_question_shows_nothing(widget: Locator) -> None:
    control(widget, "both_hv").click()
    shows(widget, alice_deg=0.0, bob_deg=0.0)
    expect(verdict(widget)).to_have_text(
        "Here the two answers know of each other: the chances of each side alone do not explain the four numbers. "
        "Coins tossed beforehand give the same numbers, so these angles cannot tell the pair from its copy."
    )
    control(widget, "crossed").click()
    shows(widget, alice_deg=0.0, bob_deg=45.0)
    expect(verdict(widget)).to_contain_text("know nothing of each other")
    control(widget, "both_da").click()
    shows(widget)


@pytest.mark.parametrize(("state", "value"), [("blurred", 0.15), ("noisy", 0.34), ("partly", 15.0), ("separate", 67.5)])
def test_each_state_has_its_own_slider_and_the_numbers_of_the_physics(
    widget: Locator, state: str, value: float
) -> None:
    choose(widget, state)
    shows(widget, state=state)
    expect(widget.locator(".ql-range:visible")).to_have_count(3)
    set_slider(widget, OF_STATE[state], value)
    shows(widget, **{"state": state, OF_STATE[state]: value})
    set_slider(widget, "alice_deg", -30)
    set_slider(widget, "bob_deg", 12.5)
    shows(widget, **{"state": state, OF_STATE[state]: value, "alice_deg": -30.0, "bob_deg": 12.5})
    choose(widget, "bell")
    expect(widget.locator(".ql-range:visible")).to_have_count(2)


def test_separate_photons_agree_and_yet_know_nothing(widget: Locator) -> None:
    choose(widget, "separate")
    shows(widget, state="separate")
    expect(widget.locator("[data-value=map-pair]")).to_have_text("E = 1.00")
    expect(verdict(widget)).to_contain_text("know nothing of each other")
    expect(widget.locator("[data-step=row_beyond] td")).to_have_text("0.00")
    expect(widget.locator("[data-step=row_sum] td")).to_have_text("1.00")


def test_a_blurred_pair_without_coherence_is_its_copy(page: Page, widget: Locator) -> None:
    choose(widget, "blurred")
    drag_slider(page, widget, "coherence", 0.0)
    shows(widget, state="blurred", coherence=0.0)
    for place in ("both_hv", "both_da"):
        control(widget, place).click()
        expect(verdict(widget)).to_contain_text("Coins tossed beforehand give the same numbers")


def test_angles_turn_by_keys(widget: Locator) -> None:
    control(widget, "alice_deg").press("ArrowRight")
    shows(widget, alice_deg=47.5)
    control(widget, "bob_deg").press("Home")
    shows(widget, alice_deg=47.5, bob_deg=-90.0)


def test_a_ring_is_dragged_over_either_map(page: Page, widget: Locator) -> None:
    for who in ("pair", "copy"):
        chart = widget.locator(f"canvas[data-chart=map-{who}]")
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        assert box is not None
        left, right, top, bottom = 54, box["width"] - 74, 12, box["height"] - 42  # the map's margins
        page.mouse.move(box["x"] + (left + right) / 2, box["y"] + (top + bottom) / 2)
        page.mouse.down()
        shows(widget, alice_deg=0.0, bob_deg=0.0)
        page.mouse.move(box["x"] + left + 0.75 * (right - left), box["y"] + top + 0.75 * (bottom - top), steps=4)
        shows(widget, alice_deg=45.0, bob_deg=-45.0)
        page.mouse.move(box["x"] + 2, box["y"] + top + 0.5 * (bottom - top), steps=4)
        page.mouse.up()
        shows(widget, alice_deg=-90.0, bob_deg=0.0)
        page.mouse.move(box["x"] + (left + right) / 2, box["y"] + (top + bottom) / 2)
        settled(widget)
        shows(widget, alice_deg=-90.0, bob_deg=0.0)
    expect(control(widget, "alice_deg")).to_have_attribute("aria-valuetext", "\u221290.0°")


def test_bars_and_maps_say_in_words_what_they_show(widget: Locator) -> None:
    control(widget, "both_hv").click()
    choose(widget, "partly")
    bars = widget.locator("[data-chart=answers-pair]")
    chances = "Chances of the pair for ++, +-, -+ and --: 75 %, 0 %, 0 %, 25 %.".replace("-", "\u2212").replace(
        " %", "\u00a0%"
    )
    expect(bars).to_have_attribute("aria-label", chances)
    expect(widget.locator("[data-chart=map-copy]")).to_have_attribute(
        "aria-label", "Correlation of the coin copy at all angles; at Alice's 0.0° and Bob's 0.0° it is 1.00."
    )
    expect(widget.get_by_text("each alone: Alice + in 75 %, Bob + in 75 %")).to_have_count(2)


def test_a_korean_page_gets_korean_labels(page: Page, address: str) -> None:
    set_language(page, "ko")
    widget = open_widget(page, address, **PLACE)
    expect(widget).to_have_attribute("lang", "ko")
    expect(widget.get_by_role("slider", name="앨리스의 검광자")).to_have_count(1)
    expect(widget.get_by_role("button", name="둘 다 H/V 질문")).to_have_count(1)
    expect(widget.locator(".ql-summary")).to_contain_text("컨커런스는 1.00입니다.")


def test_all_of_it_has_names_words_and_a_place_in_the_tab_order(page: Page, widget: Locator) -> None:
    check_names(widget)
    control(widget, "both_hv").click()
    check_words_are_read_out(widget)
    reached = reached_by_keyboard(page, widget)
    assert set(reached) == {"state", "alice_deg", "bob_deg", "both_hv", "both_da", "crossed"}


def test_a_finger_sets_the_ring(built_book: Path, browser: Browser) -> None:
    context = browser.new_context(**PHONE)
    try:
        widget = open_widget(context.new_page(), built_book.as_uri() + "/", **PLACE)
        chart = widget.locator("canvas[data-chart=map-pair]")
        box = chart.bounding_box()
        assert box is not None
        chart.tap(position={"x": (54 + box["width"] - 74) / 2, "y": (12 + box["height"] - 42) / 2})
        shows(widget, alice_deg=0.0, bob_deg=0.0)
    finally:
        context.close()


FORMULAS = """argument.map(([kind, parameter, alice, bob]) => {
  const pair = it.pairOf(kind, parameter);
  return [pair, it.coinCopy(pair)].map((one) => [
    ...it.jointOf(one, alice, bob), it.correlationOf(one, alice, bob), it.covarianceOf(one, alice, bob),
    it.correlationSum(one), one.concurrence,
  ]);
})"""


def test_the_scripts_formulas_are_the_physics_over_the_whole_range(page: Page) -> None:
    rng = np.random.default_rng(1935)
    places = []
    for kind, name in [("bell", "coherence"), *OF_STATE.items()]:
        low, high, _ = RANGES[name]
        parameters = [low, high, *rng.uniform(low, high, 20)]
        places += [[kind, value, *rng.uniform(-90, 90, 2)] for value in parameters]
        places += [[kind, (low + high) / 2, a, b] for a in (-90.0, 0.0, 45.0) for b in (0.0, 45.0, 90.0)]
    for (kind, value, a, b), seen in zip(places, call_script(page, VIEW, FORMULAS, places), strict=True):
        twin = TwoQubits(state=kind, alice_deg=a, bob_deg=b, **{OF_STATE.get(kind, "coherence"): value})
        axes = entanglement.linear_axis(a), entanglement.linear_axis(b)
        for found, pair in zip(seen, (twin.pair(), twin.coin_copy()), strict=True):
            expected = [
                *entanglement.joint_probabilities(pair, *axes).ravel(),
                entanglement.correlation(pair, *axes),
                entanglement.covariance(pair, *axes),
                entanglement.correlation_sum(pair),
                entanglement.concurrence(pair),
            ]
            np.testing.assert_allclose(found, expected, atol=2e-7, err_msg=f"{kind} {value} {a} {b}")


def test_the_scripts_map_has_alice_across_and_bob_upwards(page: Page) -> None:
    expression = "it.correlationMap(it.pairOf('partly', 20), argument)"
    angles = [-90.0, -10.0, 35.0]
    pair = entanglement.partly_entangled_state(20.0)
    wanted = [
        entanglement.correlation(pair, entanglement.linear_axis(a), entanglement.linear_axis(b))
        for b in angles
        for a in angles
    ]
    np.testing.assert_allclose(call_script(page, VIEW, expression, angles), wanted, atol=1e-12)
