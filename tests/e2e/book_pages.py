"""Open pages of the built book as a reader does, and keep what the browser asked for and said."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page

from qlearn.book.serve import book_server

WIDGET = ".qlearn-photon-timeline"


@dataclass
class PageLog:
    """What a tab has asked for and complained of since it is watched."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def outside(self, origin: str) -> list[str]:
        """Addresses beyond the book's own; blobs and data are made by the page itself."""
        return [url for url in self.requests if not url.startswith((origin, "blob:", "data:"))]


def watch(page: Page) -> PageLog:
    """Note every request, console error and failure of a tab from now on."""
    log = PageLog()
    page.on("request", lambda request: log.requests.append(request.url))
    page.on("requestfailed", lambda request: log.complaints.append(f"failed: {request.url}"))
    page.on("pageerror", lambda error: log.complaints.append(f"error: {error}"))
    page.on(
        "response",
        lambda answer: log.complaints.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None,
    )
    page.on(
        "console",
        lambda said: log.complaints.append(f"{said.type}: {said.text}") if said.type in ("error", "warning") else None,
    )
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


def open_widget(page: Page, address: str) -> Locator:
    """Open the BB84 chapter and wait until its widget is there."""
    page.goto(address + "qkd/bb84.html")
    widget = page.locator(WIDGET)
    widget.wait_for()
    widget.scroll_into_view_if_needed()
    return widget


def counts(widget: Locator) -> dict[str, int]:
    """Read the numbers of the summary line, in whatever language it is."""
    text = widget.locator(".ql-summary").inner_text().replace("\u202f", "")
    numbers = [int(number) for number in re.findall(r"(?<![\d.])\d+(?![\d.]| %)", text)]
    return dict(zip(("sent", "intercepted", "arrived", "kept", "errors"), numbers, strict=False))
