"""Every page of the built book for all: axe-core has no complaint, a keyboard reaches everything; phone and paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.axe import Finding, axe_findings
from e2e.book_pages import book_pages, open_page, set_theme
from e2e.widget_promises import settled

PHONE, LAPTOP = 360, 1280

# What the theme does that we can neither mend nor leave out: rule and element, and why it stays. The test fails as
# much when something here is no longer found as when something else is.
THE_THEMES_OWN: dict[Finding, str] = {}


@pytest.fixture(params=[LAPTOP, PHONE], ids=["laptop", "phone"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def reader(browser: Browser, width: int) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def address(built_book: Path) -> str:
    return built_book.as_uri() + "/"


def test_axe_finds_nothing_on_any_page_in_light_and_dark(reader: Page, built_book: Path) -> None:
    found: dict[str, set[Finding]] = {}
    set_theme(reader, "light")
    for name in book_pages(built_book):
        open_page(reader, built_book.as_uri() + "/" + name)
        found[name] = axe_findings(reader)
        # a theme is colours and nothing else
        reader.evaluate("document.documentElement.dataset.theme = 'dark'")
        found[name] |= axe_findings(reader, "color-contrast")
    assert {finding for some in found.values() for finding in some} == set(THE_THEMES_OWN), found


def test_axe_finds_nothing_in_the_menus_either(reader: Page, address: str, width: int) -> None:
    open_page(reader, address + "qkd/bb84.html")
    openers = [".search-button__button:visible", ".bd-header-article .dropdown-toggle"]
    if width == PHONE:
        openers += [".primary-toggle", ".secondary-toggle"]
    found = {}
    for opener in openers:
        reader.locator(opener).first.click()
        found[opener] = axe_findings(reader)
        reader.keyboard.press("Escape")
    assert {opener: some for opener, some in found.items() if some} == {}


def test_axe_does_find_what_is_wrong(page: Page, address: str) -> None:
    page.goto(address + "index.html")
    page.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend',"
        '\'<img id=wordless src="data:,"><button id=misnamed aria-label="Sing">Dance</button>'
        '<p id=faint style="color: #bbb; background: #fff">pale</p>\')'
    )
    wanted = {("image-alt", "#wordless"), ("label-content-name-mismatch", "#misnamed"), ("color-contrast", "#faint")}
    assert wanted <= {(finding.rule, finding.element) for finding in axe_findings(page)}
    assert {finding.element for finding in axe_findings(page, "color-contrast")} == {"#faint"}


def test_every_page_says_its_language_and_fits_the_window(reader: Page, built_book: Path, width: int) -> None:
    too_wide = {}
    for name in book_pages(built_book):
        open_page(reader, built_book.as_uri() + "/" + name)
        assert re.fullmatch(r"en|ko", reader.locator("html").get_attribute("lang") or ""), name
        room = reader.evaluate("document.documentElement.scrollWidth")
        if room > width:
            too_wide[name] = room
    assert too_wide == {}


def test_the_first_tab_stop_leads_past_the_menus(page: Page, address: str) -> None:
    page.goto(address + "qkd/bb84.html")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main-content$"))
    settled(page.locator("body"))  # the place that the next Tab starts from moves with the frame
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


FOCUS_RING = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const shadow = /px/.test(style.boxShadow) && / [23]px( inset)?$/.test(style.boxShadow.split(", rgb").at(-1));
  return at === document.body ? null : [at.outerHTML.slice(0, 120), ring || shadow];
}"""


def test_focus_is_seen_on_everything_that_takes_it(reader: Page, built_book: Path) -> None:
    unseen: dict[str, list[object]] = {}
    for name in book_pages(built_book):
        open_page(reader, built_book.as_uri() + "/" + name)
        stops = list(iter(partial(_next_stop, reader), None))
        assert len(stops) >= 3, name  # the way past the menus, the menu, the colours
        unseen[name] = [element for element, seen in stops if not seen]
    assert {name: some for name, some in unseen.items() if some} == {}


def _next_stop(page: Page) -> tuple[str, bool] | None:
    """Press Tab; None behind the last stop, where the browser's own buttons begin."""
    page.keyboard.press("Tab")
    return page.evaluate(FOCUS_RING)


def test_the_contents_open_and_close_by_keyboard(reader: Page, address: str, width: int) -> None:
    open_page(reader, address + "qkd/bb84.html")
    toggle = reader.locator(".primary-toggle")
    contents = reader.get_by_role("navigation", name="Main")
    opened = width == LAPTOP
    for state in (opened, not opened):
        expect(toggle).to_have_attribute("aria-expanded", str(state).lower())
        expect(contents).to_be_visible(visible=state)
        toggle.focus()
        reader.keyboard.press("Enter")
    if width == PHONE:
        # the last press went into the open dialog, where the first link is the book's own name
        reader.wait_for_url("**/index.html")
        return
    expect(contents).to_be_visible()
    expect(toggle).to_be_focused()


def test_escape_closes_a_phones_menus_and_gives_the_focus_back(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 740})
    try:
        phone = context.new_page()
        open_page(phone, address + "qkd/bb84.html")
        for which in ("primary", "secondary"):
            toggle = phone.locator(f".{which}-toggle")
            dialog = phone.locator(f"#pst-{which}-sidebar-modal")
            toggle.focus()
            phone.keyboard.press("Enter")
            expect(dialog).to_be_visible()
            assert phone.evaluate("document.activeElement.closest('dialog') !== null")
            phone.keyboard.press("Escape")
            expect(dialog).to_be_hidden()
            expect(toggle).to_be_focused()
    finally:
        context.close()


def test_the_colour_button_goes_round_by_keyboard_and_says_its_mode(reader: Page, address: str) -> None:
    open_page(reader, address + "index.html")
    button = reader.locator(".theme-switch-button")
    seen = []
    button.focus()
    for _ in range(3):
        reader.keyboard.press("Enter")
        expect(button).to_be_focused()
        mode = reader.evaluate("document.documentElement.dataset.mode")
        label = {"light": "Light", "dark": "Dark", "auto": "System Settings"}[mode]
        expect(button).to_have_accessible_name(f"Color mode: {label}")
        seen.append(mode)
    assert sorted(seen) == ["auto", "dark", "light"]


def test_folded_boxes_are_named_and_say_whether_they_are_open(reader: Page, address: str) -> None:
    open_page(reader, address + "qkd/bb84.html")
    button = reader.get_by_role("button", name="Click to show: Going further: where the numbers come from")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.press("Enter")
    opened = reader.get_by_role("button", name="Click to hide: Going further: where the numbers come from")
    expect(opened).to_have_attribute("aria-expanded", "true")
    names = [one.get_attribute("aria-label") for one in reader.locator("button.toggle-button").all()]
    assert len(set(names)) == len(names) > 3


def test_a_page_read_in_the_dark_prints_in_dark_ink(page: Page, address: str) -> None:
    set_theme(page, "dark")
    open_page(page, address + "qkd/bb84.html")
    page.evaluate(
        "window.addEventListener('beforeprint', () => {"
        "  window.ink = getComputedStyle(document.querySelector('article p')).color; })"
    )
    page.pdf()
    red, green, blue = (int(part) for part in re.findall(r"\d+", page.evaluate("window.ink"))[:3])
    assert max(red, green, blue) < 100
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")  # told to the page once paper is done
