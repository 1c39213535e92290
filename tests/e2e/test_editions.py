"""Two editions of a book beside each other: each in its language, a page one step from the same page of the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.book_pages import served, watch
from e2e.small_book import build, write_book

ENGLISH = {
    "index": "# Light\n\nA photon *clicks* once. See [the protocol](qkd/bb84.md).\n",
    "qkd/bb84": "# The protocol\n\nWords.\n\n## Sifting\n\nMore words.\n",
}
TOC = "format: jb-book\nroot: index\nparts:\n- caption: Keys\n  chapters:\n  - file: qkd/bb84\n"
INDEX = """
msgid "Light"
msgstr "빛"

msgid "Keys"
msgstr "열쇠"

msgid "A photon *clicks* once. See [the protocol](qkd/bb84.md)."
msgstr "광자는 한 번만 *반응합니다*. [절차](qkd/bb84.md)를 보세요."
"""
SWITCH = ".ql-editions a"


@pytest.fixture(scope="module")
def english_alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = write_book(tmp_path_factory.mktemp("book"), ENGLISH)
    (book / "_toc.yml").write_text(TOC)
    catalogues = book / "locale" / "ko" / "LC_MESSAGES"
    catalogues.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    (catalogues / "index.po").write_text(head + INDEX, "utf-8")
    return build(book, "--strict")


@pytest.fixture(scope="module")
def both(english_alone: Path) -> Path:
    build(english_alone.parents[1], "--strict", "--language", "ko")
    return english_alone


@pytest.fixture(params=["http", "disk"])
def address(request: pytest.FixtureRequest, both: Path) -> Iterator[str]:
    if request.param == "disk":
        yield both.as_uri() + "/"
    else:
        with served(both) as origin:
            yield origin


# the first test of this file: the fixture of the others builds the second edition
def test_a_book_in_one_language_shows_no_switch(page: Page, english_alone: Path) -> None:
    log = watch(page)
    page.goto((english_alone / "index.html").as_uri())
    page.wait_for_load_state("networkidle")
    expect(page.locator(SWITCH)).to_have_count(0)
    expect(page.locator(".ql-editions")).to_be_hidden()
    assert log.complaints == []


def test_the_switch_leads_to_the_same_page_and_back(page: Page, address: str) -> None:
    log = watch(page)
    page.goto(address + "qkd/bb84.html?from=elsewhere#sifting")
    switch = page.locator(SWITCH)
    expect(switch).to_have_text("한국어")
    expect(switch).to_have_attribute("lang", "ko")
    switch.click()
    expect(page).to_have_url(address + "ko/qkd/bb84.html#sifting")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(switch).to_have_text("English")
    switch.click()
    expect(page).to_have_url(address + "qkd/bb84.html#sifting")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert log.outside(address) == []
    assert log.complaints == []


@pytest.mark.parametrize("name", ["index.html", "search.html", "genindex.html"])
def test_every_page_has_the_switch(page: Page, address: str, name: str) -> None:
    page.goto(address + "ko/" + name)
    expect(page.locator(SWITCH)).to_have_attribute("href", address + name)


def test_the_address_of_a_folder_is_its_first_page(page: Page, both: Path) -> None:
    with served(both) as address:
        page.goto(address + "ko/")
        expect(page.locator(SWITCH)).to_have_attribute("href", address + "index.html")


def test_the_korean_edition_is_in_korean_where_it_is_translated(page: Page, address: str) -> None:
    page.goto(address + "ko/index.html")
    expect(page.locator("article h1")).to_contain_text("빛")
    expect(page.locator("article em")).to_have_text("반응합니다")
    expect(page.locator("nav.bd-links")).to_contain_text("열쇠")
    page.get_by_role("link", name="절차").click()
    expect(page.locator("article h1")).to_contain_text("The protocol")


def test_a_page_that_the_other_edition_lacks_leads_to_its_first(page: Page, both: Path, tmp_path: Path) -> None:
    shutil.copytree(both, tmp_path / "html")
    script = tmp_path / "html/_static/qlearn/editions.js"
    known = script.read_text("utf-8")
    pages = '"back": "../", "pages": ["index", '
    script.write_text(known.replace(f'{pages}"qkd/bb84", ', pages), "utf-8")
    assert script.read_text("utf-8") != known
    page.goto((tmp_path / "html/qkd/bb84.html").as_uri())
    expect(page.locator(SWITCH)).to_have_attribute("href", (tmp_path / "html/ko/index.html").as_uri())


def test_a_second_build_of_either_has_nothing_to_do(both: Path) -> None:
    pages = [both / "index.html", both / "ko" / "index.html"]
    before = [page.stat().st_mtime_ns for page in pages]
    book = both.parents[1]
    build(book, "--strict")
    build(book, "--strict", "--language", "ko")
    assert [page.stat().st_mtime_ns for page in pages] == before
    assert not (both / "jupyter_execute").exists()
    assert not (both / ".ipython").exists()
