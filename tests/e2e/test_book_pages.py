"""The built book as a whole: it asks nobody for anything, complains of nothing and keeps the teachers' guides back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from e2e.book_pages import WIDGET, served, set_theme, watch

PAGES = ("index.html", "qkd/bb84.html", "genindex.html", "search.html")


@pytest.mark.parametrize("name", PAGES)
def test_a_served_page_asks_only_its_own_server_and_logs_no_error(page: Page, built_book: Path, name: str) -> None:
    log = watch(page)
    with served(built_book) as address:
        page.goto(address + name)
        page.wait_for_load_state("networkidle")
        assert log.requests
        assert log.outside(address) == []
        assert log.complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opened_from_the_disk_asks_only_for_files_beside_it(page: Page, built_book: Path, name: str) -> None:
    log = watch(page)
    page.goto((built_book / name).as_uri())
    page.wait_for_load_state("networkidle")
    assert log.outside(built_book.as_uri()) == []
    assert log.complaints == []


def test_formulas_and_widget_are_there_from_the_disk(page: Page, built_book: Path) -> None:
    page.goto((built_book / "qkd" / "bb84.html").as_uri())
    page.locator(WIDGET).wait_for()
    page.locator("mjx-container").first.wait_for(state="attached")
    assert page.locator("mjx-container").count() > 20
    assert page.locator("mjx-merror").count() == 0


def test_only_the_page_with_a_widget_loads_the_host(built_book: Path) -> None:
    assert "widget-host.js" in (built_book / "qkd" / "bb84.html").read_text("utf-8")
    assert "widget-host.js" not in (built_book / "index.html").read_text("utf-8")


def test_nothing_of_the_teacher_guides_is_in_the_readers_edition(built_book: Path) -> None:
    guides = list((Path(__file__).parents[2] / "book" / "teaching").glob("*.md"))
    assert guides
    assert not (built_book / "teaching").exists()
    texts = {
        file: file.read_text("utf-8", errors="ignore")
        for file in built_book.rglob("*")
        if file.suffix in (".html", ".js", ".md", ".inv")
    }
    for phrase in ("Answer key", "A seminar of 90 minutes", "kept-mismatched-bases", "teaching/bb84"):
        assert any(phrase in guide.read_text("utf-8") for guide in guides) or phrase == "teaching/bb84"
        assert [file.name for file, text in texts.items() if phrase.lower() in text.lower()] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_drawings_take_the_colour_of_the_page(page: Page, built_book: Path, theme: str) -> None:
    set_theme(page, theme)
    page.goto((built_book / "qkd" / "bb84.html").as_uri())
    figure = page.locator(".qlearn-figure").first
    figure.wait_for()
    same = figure.evaluate("(it) => getComputedStyle(it).color === getComputedStyle(it.closest('article')).color")
    ground = figure.evaluate("(it) => getComputedStyle(it.parentElement).backgroundColor")
    assert same
    assert ground == "rgba(0, 0, 0, 0)"


def test_every_picture_and_drawing_has_words(page: Page, built_book: Path) -> None:
    page.goto((built_book / "qkd" / "bb84.html").as_uri())
    page.locator(WIDGET).wait_for()
    wordless = page.evaluate(
        "() => [...document.querySelectorAll('article img, article svg[role=img]')]"
        ".filter((it) => !(it.getAttribute('alt') || it.getAttribute('aria-label')))"
        ".map((it) => it.outerHTML.slice(0, 80))"
    )
    assert wordless == []
    assert page.locator("article .qlearn-figure svg[role=img]").count() == 4


def test_a_phone_reads_the_chapter_without_scrolling_sideways(page: Page, built_book: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto((built_book / "qkd" / "bb84.html").as_uri())
    page.locator(WIDGET).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
