"""The book where a server's policy refuses scripts from a blob, and what a page weighs on the way to a reader."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.book_pages import WIDGET, counts, open_widget, served, watch
from qlearn.book.serve import BookHandler, book_server

POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "script-src 'self' 'unsafe-inline'"
)
MOST_BYTES = 900_000
PAGES = ("index.html", "qkd/bb84.html", "search.html?q=photon", "genindex.html")


@pytest.fixture
def strict(built_book: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve the book with a policy that a careful school's server might set."""
    plain = BookHandler.end_headers

    def end_headers(handler: BookHandler) -> None:
        handler.send_header("Content-Security-Policy", POLICY)
        plain(handler)

    monkeypatch.setattr(BookHandler, "end_headers", end_headers)
    with served(built_book) as address:
        yield address


@pytest.mark.parametrize("name", PAGES)
def test_a_page_under_a_strict_policy_logs_no_error(page: Page, strict: str, name: str) -> None:
    log = watch(page)
    page.goto(strict + name)
    page.wait_for_load_state("networkidle")
    assert log.outside(strict) == []
    assert log.complaints == []


def test_the_policy_does_refuse_a_blob(page: Page, strict: str) -> None:
    page.goto(strict + "index.html")
    with pytest.raises(Exception, match="Failed to fetch dynamically imported module"):
        page.evaluate("import(URL.createObjectURL(new Blob(['1'], {type: 'text/javascript'})))")


def test_the_widget_moves_under_a_strict_policy(page: Page, strict: str) -> None:
    widget = open_widget(page, strict)
    widget.locator("[data-control=send]").click()
    expect(widget.locator(".ql-summary")).to_contain_text("160 photons sent")
    assert counts(widget)["sent"] == 160


def test_over_http_the_script_is_a_file_and_from_disk_a_blob(page: Page, built_book: Path) -> None:
    (module,) = (built_book / "_static/qlearn/modules").glob("photon_timeline-*.js")
    with served(built_book) as address:
        log = watch(page)
        open_widget(page, address)
        assert [url for url in log.requests if "modules/" in url] == [f"{address}_static/qlearn/modules/{module.name}"]
        assert not [url for url in log.requests if url.startswith("blob:")]
    log = watch(page)
    open_widget(page, built_book.as_uri() + "/")
    assert [url for url in log.requests if url.startswith("blob:")]
    assert log.complaints == []


def test_without_the_file_the_blob_takes_over(page: Page, built_book: Path) -> None:
    with served(built_book) as address:
        page.route("**/modules/**", lambda route: route.abort())
        open_widget(page, address)
        expect(page.locator(WIDGET)).to_be_visible()


def test_an_interactive_page_weighs_less_than_900_kb(page: Page, built_book: Path) -> None:
    """Add up the bytes that arrive, headers included, in a browser that has nothing of the book yet."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    arrived: list[float] = []
    session.on("Network.loadingFinished", lambda event: arrived.append(event["encodedDataLength"]))
    with book_server(built_book, port=0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        open_widget(page, f"http://localhost:{server.server_address[1]}/")
        page.wait_for_load_state("networkidle")
        server.shutdown()
        thread.join()
    assert len(arrived) > 20
    assert 100_000 < sum(arrived) < MOST_BYTES


def test_only_the_search_page_loads_the_index(page: Page, built_book: Path) -> None:
    log = watch(page)
    page.goto((built_book / "qkd/bb84.html").as_uri())
    page.wait_for_load_state("networkidle")
    assert not [url for url in log.requests if "searchindex" in url or "searchtools" in url]
    page.goto((built_book / "search.html").as_uri())
    assert [url for url in log.requests if "searchindex" in url]
