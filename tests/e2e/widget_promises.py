"""What every widget promises its reader, checked in the built page: names, words read out, the way of the tab key."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
LEAST_CONTRAST = 4.5  # WCAG AA for text of ordinary size
LEAST_TARGET = 44  # pixels a finger needs


def check_names(place: Locator) -> None:
    """Look for a control without a name, a drawing without words and a slider that does not say its value."""
    nameless = place.evaluate(
        "(it) => [...it.querySelectorAll('button, input, [role=img]')].filter((one) =>"
        " !(one.getAttribute('aria-label') || one.textContent.trim() || one.labels?.[0]?.textContent.trim()))"
        ".map((one) => one.outerHTML.slice(0, 80))"
    )
    assert nameless == []
    assert place.locator("[role=img]").count() > 1
    for slider in place.locator("input[type=range]:visible").all():
        assert slider.get_attribute("aria-valuetext")


def check_words_are_read_out(place: Locator) -> None:
    """Wait until the polite region holds what the summary line shows."""
    settled(place)  # the line itself changes in the frame after the reader's hand
    expect(place.locator("[aria-live=polite]")).to_have_text(place.locator(".ql-summary").inner_text())


def settled(place: Locator) -> None:
    """Wait until what was last done has been drawn: a widget draws in the frame that follows."""
    place.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def reached_by_keyboard(page: Page, place: Locator) -> list[str]:
    """Walk with the tab key from the widget's first control to the end of it; name what was reached, in order."""
    # of a group of radio buttons the tab key reaches the chosen one
    place.locator("button:visible, input:not([type=radio]):visible, :checked, [tabindex='0']").first.focus()
    reached = []
    inside = "document.activeElement.closest('.ql-widget') !== null"
    name = (
        "(document.activeElement.dataset.control ?? document.activeElement.dataset.chart"
        " ?? document.activeElement.closest('[data-control]')?.dataset.control)"
    )
    while page.evaluate(inside) and len(reached) < 60:
        reached.append(page.evaluate(name))
        page.keyboard.press("Tab")
    return reached
