"""Open pages of the built book as a reader does, and keep what the browser asked for and said."""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from e2e.widget_promises import settled
from qlearn.book.serve import book_server
from qlearn.widgets.bundle import bundle_script

WIDGET = ".qlearn-photon-timeline"
LOOKS = 600  # 30 ms apart: how often a state that is waited for is looked at


@dataclass
class PageLog:
    """What a tab has asked for and complained of since it is watched."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    stop: Callable[[], object] = list

    def outside(self, origin: str) -> list[str]:
        """Addresses beyond the book's own; blobs and data are made by the page itself."""
        return [url for url in self.requests if not url.startswith((origin, "blob:", "data:"))]


def watch(page: Page) -> PageLog:
    """Note every request, console error and failure of a tab from now on."""
    log = PageLog()

    def say(complaint: str) -> None:
        log.complaints.append(complaint)

    listeners = {
        "request": lambda request: log.requests.append(request.url),
        # a tab that is led on drops what it was still loading, which is no fault of the page
        "requestfailed": lambda request: (
            say(f"failed: {request.url}") if request.failure != "net::ERR_ABORTED" else None
        ),
        "pageerror": lambda error: say(f"error: {error}"),
        "response": lambda answer: say(f"{answer.status}: {answer.url}") if answer.status >= 400 else None,
        "console": lambda said: say(f"{said.type}: {said.text}") if said.type in ("error", "warning") else None,
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    log.stop = lambda: [page.remove_listener(event, listener) for event, listener in listeners.items()]
    return log


@contextmanager
def served(html: Path) -> Iterator[str]:
    """Serve the built book as `qlearn book serve` does; gives its address."""
    with book_server(html, port=0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://localhost:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


def book_pages(html: Path) -> list[str]:
    """Every page of the built book, found by folder; what lies under _static is parts and no pages."""
    pages = (file.relative_to(html) for file in html.rglob("*.html"))
    return sorted(page.as_posix() for page in pages if page.parts[0] != "_static")


def open_page(page: Page, address: str) -> None:
    """Open a page and wait until its widgets stand and the theme has wrapped, numbered and set what it will."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.qlearn-widget')].every((place) => "
        "place.matches('.qlearn-widget-started, .qlearn-widget-failed'))"
    )
    settled(page.locator("body"))  # a widget that has started draws in the frame that follows


def set_theme(page: Page, theme: str) -> None:
    """Choose light or dark as the button of the page would have stored it."""
    page.add_init_script(f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}');")


def set_language(page: Page, language: str) -> None:
    """Give pages another language before their scripts run, as an edition in that language has it."""
    page.add_init_script(
        f"new MutationObserver(() => {{ if (document.documentElement) document.documentElement.lang = '{language}'; }})"
        ".observe(document, {childList: true});"
    )


def fix_seed(page: Page, seed: int) -> None:
    """Let the page's widgets open with this seed, by editing the state it carries before the host reads it."""
    page.add_init_script(
        "document.addEventListener('readystatechange', () => {"
        "  const state = document.querySelector('script[type=\"application/vnd.jupyter.widget-state+json\"]');"
        "  if (document.readyState !== 'interactive' || !state) return;"
        f"  state.textContent = state.textContent.replaceAll('\"seed\": null', '\"seed\": {seed}');"
        "});"
    )


def open_widget(page: Page, address: str, *, chapter: str = "qkd/bb84", widget: str = WIDGET) -> Locator:
    """Open a chapter and wait until its widget is there and drawn."""
    page.goto(f"{address}{chapter}.html")
    place = page.locator(widget)
    place.wait_for()
    place.scroll_into_view_if_needed()
    settled(place)
    return place


def note_texts(part: Locator) -> Callable[[], list[str]]:
    """From now on note every text that a part of the page has, however shortly; give what tells them."""
    part.evaluate(
        "(it) => { it.texts = []; new MutationObserver(() => it.texts.push(it.textContent))"
        ".observe(it, { childList: true, characterData: true, subtree: true }); }"
    )
    return lambda: list(part.evaluate("(it) => it.texts"))


def control(widget: Locator, name: str) -> Locator:
    """Find a control of a widget by the name its script gave it."""
    return widget.locator(f"[data-control={name}]")


def set_slider(widget: Locator, name: str, value: float) -> None:
    """Move a slider to a value as a hand does at once, and let go; keys and drags are tested apart."""
    control(widget, name).evaluate(
        "(it, value) => { it.value = value;"
        " for (const name of ['input', 'change']) it.dispatchEvent(new Event(name)); }",
        value,
    )


def drag_slider(page: Page, widget: Locator, name: str, part: float) -> None:
    """Drag a slider's knob with the mouse to a part, 0 to 1, of its range."""
    slider = control(widget, name)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    now = slider.evaluate("(it) => (it.value - it.min) / (it.max - it.min)")
    knob = 24  # pixels
    height, left, room = box["y"] + box["height"] / 2, box["x"] + knob / 2, box["width"] - knob
    page.mouse.move(left + now * room, height)
    page.mouse.down()
    page.mouse.move(left + part * room, height, steps=6)
    page.mouse.up()


def numbers_in(text: str) -> list[float]:
    """Read the numbers of a text of ours: narrow spaces between thousands, a typographic minus."""
    plain = text.replace("\u202f", "").replace("\u2212", "-")
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?", plain)]


def wait_for_numbers(widget: Locator, wanted: Sequence[float], *, absolute: Sequence[float]) -> None:
    """Wait until a widget's summary line holds these numbers, each within its tolerance."""
    line = widget.locator(".ql-summary")
    line.wait_for()
    for _ in range(LOOKS):
        seen = numbers_in(line.inner_text())
        if len(seen) == len(wanted) and all(
            abs(one - other) <= off for one, other, off in zip(seen, wanted, absolute, strict=True)
        ):
            return
        widget.page.wait_for_timeout(30)
    raise AssertionError(f"the summary shows {seen}, not {list(wanted)}: {line.inner_text()}")


def call_script(page: Page, script: Path, expression: str, argument: object = None) -> Any:
    """Evaluate JavaScript in which `it` is the module of a widget or view, and `argument` what is given."""
    source = base64.b64encode(bundle_script(script).encode()).decode()
    page.goto("about:blank")
    return page.evaluate(
        "async ([source, argument]) => {"
        " const text = new TextDecoder().decode(Uint8Array.from(atob(source), (c) => c.charCodeAt(0)));"
        " const it = await import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));"
        f" return ({expression}); }}",
        [source, argument],
    )


def counts(widget: Locator) -> dict[str, int]:
    """Read the numbers of the summary line, in whatever language it is."""
    text = widget.locator(".ql-summary").inner_text().replace("\u202f", "")
    numbers = [int(number) for number in re.findall(r"(?<![\d.])\d+(?![\d.]|\s%)", text)]
    return dict(zip(("sent", "intercepted", "arrived", "kept", "errors"), numbers, strict=False))


def wait_for_counts(widget: Locator, wanted: dict[str, int]) -> None:
    """Wait until the summary line of the photons holds these counts; it changes in the frame after the hand."""
    widget.locator(".ql-summary").wait_for()
    for _ in range(LOOKS):
        seen = counts(widget)
        if seen == wanted:
            return
        widget.page.wait_for_timeout(30)
    raise AssertionError(f"the summary shows {seen}, not {wanted}")


_CONTRASTS = """(widget) => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const shade = (c) => { const v = c / 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * shade(r) + 0.7152 * shade(g) + 0.0722 * shade(b);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor);
      if (a === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of widget.querySelectorAll("*")) {
    if (element.closest(".ql-stage, .ql-segment-name, .ql-unseen, [hidden]")) continue;
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
    const style = getComputedStyle(element);
    const ink = light(parse(element.closest("svg") ? style.fill : style.color));
    const paper = light(ground(element));
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    found.push([ratio, element.className.baseVal ?? element.className, element.textContent.slice(0, 20)]);
  }
  return found.sort((one, other) => one[0] - other[0]);
}"""


def text_contrasts(widget: Locator) -> list[tuple[float, str, str]]:
    """Contrast of every text of a widget with its ground, least first: ratio, class, beginning."""
    return [tuple(found) for found in widget.evaluate(_CONTRASTS)]
