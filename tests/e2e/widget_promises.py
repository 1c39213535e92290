"""What every widget promises its reader, checked in the built page: phone, touch, contrast, names, words read out."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from e2e.book_pages import open_widget, set_theme, text_contrasts

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
LEAST_CONTRAST = 4.5  # WCAG AA for text of ordinary size
LEAST_TARGET = 44  # pixels a finger needs


def check_contrast(page: Page, address: str, theme: str, *, chapter: str, widget: str) -> None:
    """Open the page in a theme and compare every text of the widget with its ground."""
    set_theme(page, theme)
    place = open_widget(page, address, chapter=chapter, widget=widget)
    found = text_contrasts(place)
    assert len(found) > 20
    assert found[0][0] >= LEAST_CONTRAST, found[0]
    ground = place.evaluate("(it) => getComputedStyle(it).backgroundColor")
    assert (ground == "rgb(23, 28, 40)") == (theme == "dark")


def check_phone(browser: Browser, built_book: Path, press: str, *, chapter: str, widget: str) -> None:
    """Tap a control on a phone 360 pixels wide, and look that everything fits and can be hit."""
    context = browser.new_context(**PHONE)
    try:
        page = context.new_page()
        place = open_widget(page, built_book.as_uri() + "/", chapter=chapter, widget=widget)
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
