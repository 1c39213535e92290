"""A widget that throws, whenever it does, leaves its picture and a sentence, and the rest of the page goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.book_pages import served, set_language, watch
from e2e.small_book import NOTEBOOK, build, cell, write_book

SETUP = """
import traitlets
from matplotlib.figure import Figure
from qlearn.widgets.base import BookWidget

class Small(BookWidget):
    name = traitlets.Unicode().tag(sync=True)

    def summary(self):
        return f"the picture of {self.name}"

    def picture(self):
        return Figure(figsize=(1, 1))

def show(name, script):
    return type(name, (Small,), {"_esm": script, "labels": {}})(name=name)
"""

BUTTON = 'const button = document.createElement("button"); button.textContent = model.get("name"); el.append(button);'


def script(rest: str) -> str:
    """Give a widget's module that shows a button and then does `rest`."""
    return f"export default {{ render({{ model, el }}) {{ {BUTTON} {rest} }} }};"


IN_HANDLER = script(
    "button.onclick = () => { throw new Error('in a handler'); }; return () => { document.body.dataset.ended = 1; };"
)
SCRIPTS = {
    "at_import": "throw new Error('at import'); export default {};",
    "at_parsing": "export default {",
    "at_render": script("throw new Error('at render');"),
    "without_render": "export default {};",
    "in_handler": IN_HANDLER,
    "in_frame": script("requestAnimationFrame(() => requestAnimationFrame(() => { throw new Error('in a frame'); }));"),
    "in_promise": script("button.onclick = async () => { await null; throw new Error('in a promise'); };"),
    "in_listener": script(
        "model.on('change:name', () => { throw new Error('heard'); }); button.onclick = () => model.set('name', 'new');"
    ),
    "works": script("button.onclick = () => button.append('!');"),
}
AT_ONCE = ("at_import", "at_parsing", "at_render", "without_render", "in_frame")
WHEN_PRESSED = ("in_handler", "in_promise", "in_listener")
SORRY = "This interactive figure could not start in this browser. The picture shows one state of it."
STOPPED = "This interactive figure has stopped because of an error."


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cells = [cell(f"show({name!r}, {text!r})") for name, text in SCRIPTS.items()]
    # the same widget twice: only the one that fails may go
    cells.append(cell(f"show('twin', {IN_HANDLER!r})"))
    page = f"{NOTEBOOK}# Widgets\n\n{cell(SETUP)}{''.join(cells)}The last line.\n"
    return build(write_book(tmp_path_factory.mktemp("book"), {"index": "# Start\n", "page": page}))


@pytest.fixture(params=["http", "disk"])
def address(request: pytest.FixtureRequest, html: Path) -> Iterator[str]:
    if request.param == "disk":
        yield html.as_uri() + "/page.html"
    else:
        with served(html) as origin:
            yield origin + "page.html"


def place(page: Page, name: str) -> Locator:
    return page.locator(".qlearn-widget", has=page.locator(f'img[alt="the picture of {name}"]'))


def shows_its_picture(page: Page, name: str, words: str) -> None:
    failed = place(page, name)
    expect(failed.locator("img")).to_be_visible()
    expect(failed.get_by_role("status")).to_contain_text(words)
    expect(failed.locator("button")).to_have_count(0)


def works(page: Page) -> None:
    button = place(page, "works").get_by_role("button")
    button.click()
    expect(button).to_have_text("works!")
    expect(place(page, "works").locator("img")).to_be_hidden()
    expect(page.get_by_text("The last line.")).to_be_visible()


def test_a_widget_that_fails_by_itself_shows_its_picture(page: Page, address: str) -> None:
    page.goto(address)
    for name in AT_ONCE:
        shows_its_picture(page, name, STOPPED if name == "in_frame" else SORRY)
    works(page)


@pytest.mark.parametrize("name", WHEN_PRESSED)
def test_a_widget_that_fails_when_it_is_pressed_shows_its_picture(page: Page, address: str, name: str) -> None:
    page.goto(address)
    expect(place(page, name).locator("img")).to_be_hidden()
    place(page, name).get_by_role("button").click()
    shows_its_picture(page, name, STOPPED)
    works(page)


def test_of_two_of_a_kind_only_the_one_that_failed_goes_and_it_is_ended(page: Page, address: str) -> None:
    page.goto(address)
    place(page, "twin").get_by_role("button").click()
    shows_its_picture(page, "twin", STOPPED)
    expect(place(page, "in_handler").get_by_role("button")).to_be_visible()
    assert page.evaluate("document.body.dataset.ended") == "1"


def test_an_error_of_the_page_itself_stops_no_widget(page: Page, address: str) -> None:
    log = watch(page)
    page.goto(address)
    works(page)
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('of the page'); })")
    expect(place(page, "in_handler").get_by_role("button")).to_be_visible()
    assert "error: of the page" in log.complaints


def test_a_korean_page_says_it_in_korean(page: Page, html: Path) -> None:
    set_language(page, "ko")
    page.goto(html.as_uri() + "/page.html")
    shows_its_picture(page, "at_render", "이 브라우저에서는 상호작용 그림을 시작할 수 없습니다.")
    place(page, "in_handler").get_by_role("button").click()
    shows_its_picture(page, "in_handler", "오류가 나서 상호작용 그림이 멈췄습니다.")
