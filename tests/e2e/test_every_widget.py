"""What every widget promises alike: text that can be read in light and dark, and all of it on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import qlearn.widgets
from e2e.book_pages import open_widget, set_theme, text_contrasts
from e2e.widget_promises import LEAST_CONTRAST, LEAST_TARGET, PHONE

PRESSED = {
    "bloch": ("superposition/qubit", "[data-control=gate-H]"),
    "chsh": ("entanglement/bell", "[data-control=hundred]"),
    "clock_loop": ("sensors/clock", "[data-control=two]"),
    "key_rate": ("qkd/decoy", "[data-control=sejong_daejeon]"),
    "mach_zehnder": ("superposition/single-photon", "[data-control=hundred]"),
    "nv_spectrum": ("sensors/magnetometer", "[data-control=all_orientations]"),
    "parity_bisection": ("qkd/post-processing", "[data-control=step]"),
    "phase_estimation": ("sensors/limits", ".ql-option:first-of-type"),
    "photon_timeline": ("qkd/bb84", "[data-control=send]"),
    "pulses": ("superposition/pulses", ".ql-option:has([data-option=ramsey])"),
    "teleportation": ("entanglement/teleportation", "[data-control=next]"),
    "two_qubits": ("entanglement/two-qubits", "[data-control=both_hv]"),
}
"""Where each widget stands, and a control whose pressing its words tell of."""
SHOWN = pytest.mark.parametrize(("name", "chapter", "press"), [(name, *place) for name, place in PRESSED.items()])


def selector(name: str) -> str:
    return f".qlearn-{name.replace('_', '-')}"


def test_no_widget_is_left_out() -> None:
    assert {path.stem for path in Path(qlearn.widgets.__file__).parent.glob("*.js")} == set(PRESSED)


@SHOWN
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_is_readable_in_light_and_dark(
    page: Page, built_book: Path, theme: str, name: str, chapter: str, press: str
) -> None:
    set_theme(page, theme)
    place = open_widget(page, built_book.as_uri() + "/", chapter=chapter, widget=selector(name))
    assert place.locator(press).count() == 1
    found = text_contrasts(place)
    assert len(found) > 20
    assert found[0][0] >= LEAST_CONTRAST, found[0]
    ground = place.evaluate("(it) => getComputedStyle(it).backgroundColor")
    assert (ground == "rgb(23, 28, 40)") == (theme == "dark")


@SHOWN
def test_a_phone_shows_all_of_it_and_touch_works(
    browser: Browser, built_book: Path, name: str, chapter: str, press: str
) -> None:
    context = browser.new_context(**PHONE)
    try:
        page = context.new_page()
        place = open_widget(page, built_book.as_uri() + "/", chapter=chapter, widget=selector(name))
        words = place.locator(".ql-summary")
        before = words.inner_text()
        place.locator(press).tap()
        expect(words).not_to_have_text(before)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        parts = place.locator(
            "button:visible, input:visible, table:visible, .ql-chart:visible, canvas:visible, p:visible"
        )
        assert parts.count() > 10
        for part in parts.all():
            box = part.bounding_box()
            assert box is not None
            assert box["x"] >= 0, part
            assert box["x"] + box["width"] <= 360, part
        for target in place.locator("button:visible, .ql-option:visible, .ql-range:visible").all():
            box = target.bounding_box()
            assert box is not None
            assert box["height"] >= LEAST_TARGET - 0.5, target
    finally:
        context.close()
