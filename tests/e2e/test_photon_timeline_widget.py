"""The photon timeline in the built page, handled as a reader would, without kernel and network."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import qlearn.widgets
from e2e.book_pages import (
    WIDGET,
    control,
    counts,
    fix_seed,
    note_texts,
    open_widget,
    set_language,
    wait_for_counts,
    watch,
)
from e2e.widget_promises import settled
from qlearn.physics.qkd import bb84
from qlearn.widgets.bundle import bundle_script
from qlearn.widgets.photon_timeline import PhotonTimeline
from qlearn.widgets.photons import bb84_probabilities, draw_photons

SEED = 20260
VIEWS = Path(qlearn.widgets.__file__).parent / "views"


@pytest.fixture
def address(built_book: Path) -> str:
    return built_book.as_uri() + "/"


@pytest.fixture
def widget(page: Page, address: str) -> Locator:
    fix_seed(page, SEED)
    return open_widget(page, address)


def expected_counts(photons: int, *, fraction: float, transmittance: float = 1.0) -> dict[str, int]:
    record = draw_photons(
        SEED, photons, intercepted_fraction=fraction, transmittance=transmittance, probabilities=bb84_probabilities()
    )
    return {
        "sent": photons,
        "intercepted": int(record.intercepted.sum()),
        "arrived": int(record.arrived.sum()),
        "kept": int(record.kept.sum()),
        "errors": int(record.wrong.sum()),
    }


def test_it_opens_with_photons_and_errors_already_there(widget: Locator) -> None:
    wait_for_counts(widget, expected_counts(60, fraction=1.0))
    assert counts(widget)["errors"] > 0
    assert widget.locator(".ql-key-bit.ql-error").count() > 0


def test_every_visit_draws_its_own_photons(page: Page, address: str) -> None:
    runs = [open_widget(page, address).locator(".ql-table").inner_text() for _ in range(2)]
    assert runs[0] != runs[1]


def test_a_step_sends_one_photon_and_tells_its_story(widget: Locator) -> None:
    told = note_texts(widget.locator(".ql-story"))
    widget.evaluate(
        "(it) => it.addEventListener('click', () => { it.flying = it.querySelectorAll('.ql-photon').length; })"
    )
    control(widget, "step").click()
    wait_for_counts(widget, expected_counts(61, fraction=1.0))
    assert widget.evaluate("(it) => it.flying") == 1
    assert told()[0].startswith("Photon 61 is on its way")
    expect(widget.locator(".ql-story")).to_have_text(re.compile("^Photon 61(:| never)"))
    expect(widget.locator(".ql-table th[scope=col]").last).to_have_text("61")


RESIZE = """async ([widget]) => {
  const frame = () => new Promise(requestAnimationFrame);
  const stage = widget.querySelector(".ql-stage");
  const before = stage.getAttribute("viewBox");
  widget.querySelector("[data-control=step]").click();
  widget.style.width = "420px";
  while (stage.getAttribute("viewBox") === before) await frame();
  await frame();
  await frame();
  const flying = widget.querySelectorAll(".ql-photon").length;
  return [flying, widget.querySelector(".ql-story").textContent, widget.querySelectorAll(".ql-verdict").length];
}"""


def test_a_window_that_changes_does_not_interrupt_the_story_of_a_photon_on_its_way(widget: Locator) -> None:
    flying, story, verdicts = widget.evaluate("(widget) => (" + RESIZE + ")([widget])")
    if flying:  # a machine that needs more than the flight's 1.6 s for three frames sees it landed
        assert story.startswith("Photon 61 is on its way")
        assert verdicts == 0
    wait_for_counts(widget, expected_counts(61, fraction=1.0))


def test_a_hundred_photons_arrive_at_once(widget: Locator) -> None:
    control(widget, "send").click()
    wait_for_counts(widget, expected_counts(160, fraction=1.0))


def test_play_sends_photons_until_it_is_paused(widget: Locator) -> None:
    control(widget, "speed").press("End")
    control(widget, "play").click()
    expect(control(widget, "play")).to_have_text("Pause")
    expect(widget.locator(".ql-table th[scope=col]").last).to_have_text(re.compile(r"^([89]\d|\d{3,})$"))
    control(widget, "play").click()
    expect(control(widget, "play")).to_have_text("Play")
    expect(widget.locator(".ql-photon")).to_have_count(0)
    settled(widget)
    seen = counts(widget)
    assert seen == expected_counts(seen["sent"], fraction=1.0)


def test_dragging_eve_away_clears_the_errors_of_the_same_photons(page: Page, widget: Locator) -> None:
    slider = control(widget, "eve")
    box = slider.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 12, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    expect(widget.locator(".ql-value").first).to_have_text("50 %")
    wait_for_counts(widget, expected_counts(60, fraction=0.5))
    page.mouse.move(box["x"] - 5, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    wait_for_counts(widget, expected_counts(60, fraction=0.0))
    assert counts(widget)["errors"] == 0
    expect(widget.locator(".ql-eve")).to_contain_text("off the line")
    expect(widget).to_contain_text("there is no Eve to catch")


def test_lost_photons_join_no_key(widget: Locator) -> None:
    slider = control(widget, "loss")
    for _ in range(10):
        slider.press("ArrowRight")
    wait_for_counts(widget, expected_counts(60, fraction=1.0, transmittance=0.5))
    assert widget.locator(".ql-result.ql-lost").count() > 0


def test_the_numbers_shown_follow_from_the_counts_and_the_physics(widget: Locator) -> None:
    slider = control(widget, "eve")
    for _ in range(12):
        slider.press("ArrowLeft")
    for _ in range(5):
        control(widget, "send").press("Enter")
    expected = expected_counts(560, fraction=0.4)
    wait_for_counts(widget, expected)
    rate = expected["errors"] / expected["kept"]
    error = np.sqrt(rate * (1 - rate) / expected["kept"])
    expect(widget.locator("[data-value=error-rate]")).to_have_text(f"{100 * rate:.1f} % ± {100 * error:.1f} %")
    theory = 100 * float(bb84.intercept_resend_error_rate(0.4))
    expect(widget.locator(".ql-note").first).to_have_text(f"expected {theory:.1f} %")
    caught = 100 * float(bb84.detection_probability(expected["kept"], intercepted_fraction=0.4))
    shown = widget.locator("[data-value=detection]").inner_text()
    assert float(re.findall(r"[\d.]+", shown)[0]) == pytest.approx(caught, abs=1e-7)


def test_a_new_run_starts_from_nothing(widget: Locator) -> None:
    control(widget, "new-run").click()
    expect(widget.locator(".ql-story")).to_have_text("No photon has been sent yet.")
    assert counts(widget)["sent"] == 0
    expect(widget.locator("[data-value=error-rate]")).to_have_text("\N{EN DASH}")


def test_the_keyboard_alone_reaches_and_works_every_control(page: Page, widget: Locator) -> None:
    control(widget, "play").focus()
    reached = []
    for _ in range(7):
        reached.append(page.evaluate("document.activeElement.dataset.control"))
        page.keyboard.press("Tab")
    assert reached == ["play", "step", "send", "new-run", "eve", "loss", "speed"]
    control(widget, "send").focus()
    page.keyboard.press("Space")
    wait_for_counts(widget, expected_counts(160, fraction=1.0))


def test_every_control_has_a_name_and_sliders_say_their_value(widget: Locator) -> None:
    for name in ("Play", "One photon", "Send 100", "New run"):
        expect(widget.get_by_role("button", name=name, exact=True)).to_have_count(1)
    for name, value in (("Eve measures", "100 %"), ("Lost on the way", "0 %"), ("Speed", "1 a second")):
        expect(widget.get_by_role("slider", name=name)).to_have_attribute("aria-valuetext", value)


def test_a_screen_reader_is_told_the_state_when_the_hand_rests(widget: Locator) -> None:
    control(widget, "send").click()
    live = widget.locator("[aria-live=polite]")
    expect(live).to_contain_text("160 photons sent")
    expect(live).to_contain_text("Photon 160")


def test_without_a_kernel_the_kernel_button_is_not_there(widget: Locator) -> None:
    expect(control(widget, "kernel")).to_be_hidden()


def test_reduced_motion_lands_photons_without_a_flight(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    fix_seed(page, SEED)
    widget = open_widget(page, address)
    control(widget, "step").click()
    wait_for_counts(widget, expected_counts(61, fraction=1.0))
    expect(widget.locator(".ql-photon")).to_have_count(0)


def test_a_korean_page_gets_korean_labels(page: Page, address: str) -> None:
    set_language(page, "ko")
    fix_seed(page, SEED)
    widget = open_widget(page, address)
    expect(widget).to_have_attribute("lang", "ko")
    expect(widget.get_by_role("button", name="광자 하나")).to_have_count(1)
    expect(widget.get_by_role("slider", name="이브가 측정하는 비율")).to_have_count(1)
    expect(widget.locator(".ql-summary")).to_contain_text("보낸 광자 60개")
    assert counts(widget) == expected_counts(60, fraction=1.0)


def test_a_widget_that_throws_leaves_its_picture_a_sentence_and_the_rest_of_the_page(page: Page, address: str) -> None:
    page.add_init_script("window.ResizeObserver = class { constructor() { throw new Error('broken'); } };")
    log = watch(page)
    page.goto(address + "qkd/bb84.html")
    expect(page.locator(".qlearn-widget-failed p")).to_contain_text("could not start in this browser")
    page.locator(".qlearn-widget-failed").scroll_into_view_if_needed()
    picture = page.locator(".qlearn-widget-failed > img")
    expect(picture).to_be_visible()
    assert "BB84 photon by photon: of 60 photons" in str(picture.get_attribute("alt"))
    expect(page.locator(WIDGET)).to_have_count(0)
    page.locator("mjx-container").first.wait_for(state="attached")
    (complaint,) = log.complaints
    assert complaint.startswith("warning: qlearn: a widget failed: Error: broken")


def test_without_scripts_the_picture_stands_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        still = context.new_page()
        still.goto(address + "qkd/bb84.html")
        still.locator(".qlearn-widget").scroll_into_view_if_needed()
        expect(still.locator(".qlearn-widget > img")).to_be_visible()
    finally:
        context.close()


ECHO = """async ([source, state]) => {
  const script = new TextDecoder().decode(Uint8Array.from(atob(source), (c) => c.charCodeAt(0)));
  const { default: widget } = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const listeners = [];
  let saves = 0;
  const model = {
    get: (name) => state[name],
    set: (name, value) => {
      if (state[name] === value) return;
      state[name] = value;
      for (const [names, heard] of [...listeners]) if (names.split(" ").includes(`change:${name}`)) heard();
    },
    on: (names, heard) => listeners.push([names, heard]),
    off: () => {},
    save_changes: () => { saves += 1; },
    send: () => {},
  };
  widget.render({ model, el: document.body });
  const eve = document.querySelector("[data-control=eve]");
  const move = async (value) => {
    const before = saves;
    eve.value = value;
    eve.dispatchEvent(new Event("input"));
    while (saves === before) await new Promise((later) => setTimeout(later, 20));
  };
  const seen = () => [eve.value, state.intercepted_fraction];
  await move(0);
  await move(100);
  model.set("intercepted_fraction", 0);  // the kernel was busy: the echo of the first save comes now
  const afterEcho = seen();
  model.set("intercepted_fraction", 0.4);  // a value that only Python can have set
  return [afterEcho, seen()];
}"""


def test_a_late_echo_from_the_kernel_does_not_undo_the_readers_hand(page: Page) -> None:
    timeline = PhotonTimeline(photons=5, seed=SEED)
    state = {name: getattr(timeline, name) for name in timeline.keys if name[0] != "_" and name != "layout"}
    source = base64.b64encode(timeline._esm.encode()).decode()
    page.goto("about:blank")
    after_echo, after_python = page.evaluate(ECHO, [source, state])
    assert after_echo == ["100", 1]
    assert after_python == ["40", 0.4]


DRAW = """async ([source, photons, settings]) => {
  const script = new TextDecoder().decode(Uint8Array.from(atob(source), (c) => c.charCodeAt(0)));
  const { photonAt, PhotonRun } = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const rows = [];
  const run = new PhotonRun(settings);
  for (let i = 0; i < photons; i += 1) {
    const { alice, eve, bob } = photonAt(i, settings);
    const { bit: eveBit, basis: eveBasis } = eve ?? { bit: -1, basis: -1 };
    if (i < 500) rows.push([alice.bit, alice.basis, eveBit, eveBasis, bob.bit ?? -1, bob.basis]);
    run.add();
  }
  return { rows, counts: run.counts() };
}"""


@pytest.mark.parametrize(("fraction", "transmittance"), [(0.0, 1.0), (0.4, 1.0), (1.0, 0.25)])
def test_the_scripts_photons_are_pythons_and_obey_the_physics(
    page: Page, fraction: float, transmittance: float
) -> None:
    photons = 100_000
    probabilities = bb84_probabilities()
    settings = {"seed": SEED, "intercepted": fraction, "transmittance": transmittance, "probabilities": probabilities}
    source = base64.b64encode(bundle_script(VIEWS / "photons.js").encode()).decode()
    page.goto("about:blank")
    drawn = page.evaluate(DRAW, [source, photons, settings])

    link = {"intercepted_fraction": fraction, "transmittance": transmittance, "probabilities": probabilities}
    record = draw_photons(SEED, 500, **link)
    eve_bit, eve_basis = (
        np.where(record.intercepted, part.astype(int), -1) for part in (record.eve_bit, record.eve_basis)
    )
    bob_bit = np.where(record.arrived, record.bob_bit.astype(int), -1)
    columns = (record.alice_bit, record.alice_basis, eve_bit, eve_basis, bob_bit, record.bob_basis)
    np.testing.assert_array_equal(np.array(drawn["rows"]), np.column_stack(columns))

    seen = drawn["counts"]
    for name, trials, chance in (
        ("intercepted", photons, fraction),
        ("arrived", photons, float(bb84.gain(transmittance))),
        ("kept", seen["arrived"], float(bb84.sifted_fraction())),
        ("errors", seen["kept"], float(bb84.error_rate(intercepted_fraction=fraction))),
    ):
        assert abs(seen[name] - trials * chance) <= 5 * np.sqrt(trials * chance * (1 - chance)), name
