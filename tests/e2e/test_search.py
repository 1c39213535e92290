"""Search in the browser, over http and from disk, in English and in Korean: right results and no complaint."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from e2e.book_pages import PageLog, served, watch
from e2e.small_book import build, write_book

# the noun is 얽힘 (entanglement) on one page with each particle, 양자키분배 (quantum key distribution) on another
KOREAN = {
    "index": "# 양자 교과서\n\n빛으로 배우는 교과서입니다.\n",
    "bell": "# 두 광자\n\n얽힘이 무엇인지 묻습니다.\n\n## 측정\n\n얽힘을 측정합니다. 얽힘에서 배웁니다.\n",
    "qkd": "# 열쇠 나누기\n\n양자키분배를 배웁니다.\n\n## BB84 절차\n\nAlice가 photons를 보냅니다. 얽혀 있지 않아요.\n",
    "optics": "# 빛\n\n빛이 휩니다. 얽힘과 양자키분배는 <다음> 장에 있습니다.\n",
}


ENGLISH = {
    "index": "# Light\n\nWhat is light? Photons answer.\n\n## Sifting\n\nKeep what agrees.\n",
    "qkd": "# Keys\n\nA beam splitter asks a photon. Eavesdroppers listen.\n\n## Spies\n\nThey intercept and resend.\n",
    "end": "# The end\n\nA list: intercept, resend.\n",
}


@pytest.fixture(scope="module")
def english_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(write_book(tmp_path_factory.mktemp("english"), ENGLISH), "--strict")


@pytest.fixture(scope="module")
def korean_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(write_book(tmp_path_factory.mktemp("korean"), KOREAN, language="ko"), "--strict")


@pytest.fixture(params=["http", "disk"])
def korean(request: pytest.FixtureRequest, korean_book: Path) -> Iterator[str]:
    yield from _address(request.param, korean_book)


@pytest.fixture(params=["http", "disk"])
def english(request: pytest.FixtureRequest, english_book: Path) -> Iterator[str]:
    yield from _address(request.param, english_book)


def _address(way: str, html: Path) -> Iterator[str]:
    if way == "disk":
        yield html.as_uri() + "/"
    else:
        with served(html) as address:
            yield address


def search(page: Page, address: str, query: str) -> tuple[list[str], PageLog]:
    """Search and give the pages found, best first, and what the browser asked and said."""
    log = watch(page)
    page.goto(f"{address}search.html?q={quote(query)}")
    expect(page.locator("#search-results h2")).not_to_have_text("Searching")
    expect(page.locator(".search-summary")).not_to_be_empty()
    links = page.locator("#search-results ul.search > li > a")
    return [str(link.get_attribute("href")).removeprefix("./").removesuffix(".html") for link in links.all()], log


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("얽힘", ["bell", "optics"]),
        ("얽힘을", ["bell"]),  # who writes a particle asks for it
        ("얽힘에서만", ["bell"]),  # stands nowhere: found without its last syllable
        ("양자키분배", ["optics", "qkd"]),
        ("빛", ["index", "optics"]),
        ("photon", ["qkd"]),
        ("photons BB84", ["qkd"]),
        ("양자키분배 photon", ["qkd"]),
        ("양자키분배 얽힘", ["optics"]),
        ("중력", []),
    ],
)
def test_a_korean_noun_is_found_whatever_particle_follows(
    page: Page, korean: str, query: str, pages: list[str]
) -> None:
    found, log = search(page, korean, query)
    assert sorted(found) == pages
    assert log.outside(korean) == []
    assert log.complaints == []


def test_a_result_shows_first_words_and_the_sections_that_match(page: Page, korean: str) -> None:
    search(page, korean, "얽힘")
    result = page.locator("#search-results ul.search > li", has=page.locator("a[href$='bell.html']"))
    expect(result.locator("> p.context")).to_have_text("얽힘이 무엇인지 묻습니다.")
    expect(result.locator("mark").first).to_have_text("얽힘")
    section = result.locator("ul a")
    expect(section).to_have_text("측정")
    section.click()
    expect(page).to_have_url(re.compile("bell.html#"))
    expect(page.get_by_role("heading", name="측정")).to_be_in_viewport()


def test_what_a_chapter_says_is_shown_as_text(page: Page, korean: str) -> None:
    search(page, korean, "빛")
    words = page.locator("#search-results ul.search > li", has=page.locator("a[href$='optics.html']")).locator("p")
    expect(words.first).to_have_text("빛이 휩니다. 얽힘과 양자키분배는 <다음> 장에 있습니다.")


def test_the_search_page_speaks_korean(page: Page, korean: str) -> None:
    search(page, korean, "얽힘")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator("#search-results h2")).to_have_text("검색 결과")


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("beam splitters", ["qkd"]),
        ("sifted", ["index"]),
        ("photon", ["index", "qkd"]),
        ("photons listening", ["qkd"]),
        ("KEYS", ["qkd"]),
        ("nosuchword", []),
        ("the", []),
        ("<img src=x onerror=alert(1)>", []),
    ],
)
def test_an_english_search_gives_the_right_pages(page: Page, english: str, query: str, pages: list[str]) -> None:
    found, log = search(page, english, query)
    assert sorted(found) == pages
    assert log.outside(english) == []
    assert log.complaints == []


def test_a_word_that_shares_the_stem_is_marked_whole(page: Page, english: str) -> None:
    search(page, english, "sifted")
    expect(page.locator("#search-results mark").first).to_have_text("Sifting")


def test_a_page_with_a_section_about_it_comes_first(page: Page, english: str) -> None:
    assert search(page, english, "intercept resend")[0] == ["qkd", "end"]


def test_in_the_book_the_search_button_leads_to_results_by_keyboard(page: Page, built_book: Path) -> None:
    log = watch(page)
    page.goto((built_book / "index.html").as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("beam splitter")
    page.keyboard.press("Enter")
    link = page.locator("#search-results ul.search > li > a[href$='qkd/bb84.html']")
    expect(link).to_have_text("BB84: a key that shows who touched it")
    link.click()
    expect(page.locator("article h1")).to_be_visible()
    assert log.outside(built_book.as_uri()) == []
    assert log.complaints == []


def test_the_korean_index_stays_small(korean_book: Path) -> None:
    """An entry is 20 bytes and more, so small pages cannot show it: take the entries themselves."""
    index = (korean_book / "searchindex.js").read_text("utf-8")
    terms = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))["terms"]
    words = {word for text in KOREAN.values() for word in re.findall(r"\w+", text)}
    assert len(words) < len(terms) < 3 * len(words)
