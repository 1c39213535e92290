"""The built book as a whole: it asks nobody for anything, complains of nothing and keeps the teachers' guides back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page

import qlearn.widgets
from e2e.book_pages import WIDGET, book_pages, open_page, served, set_theme, watch


def complaints(page: Page, origin: str, names: list[str]) -> dict[str, list[str]]:
    """Open pages to their ends; for each, what was asked of others and what the browser complained of."""
    found = {}
    for name in names:
        log = watch(page)
        open_page(page, origin + name)
        # pictures wait until they come into sight
        page.keyboard.press("End")
        page.wait_for_load_state("networkidle")
        assert log.requests, name
        found[name] = log.outside(origin) + log.complaints
        log.stop()
    return {name: some for name, some in found.items() if some}


def test_there_are_pages_to_look_at(built_book: Path) -> None:
    assert {"index.html", "anchors.html", "qkd/bb84.html", "genindex.html", "search.html"} <= set(
        book_pages(built_book)
    )


def test_no_served_page_asks_another_server_or_logs_a_complaint(page: Page, built_book: Path) -> None:
    with served(built_book) as address:
        assert complaints(page, address, book_pages(built_book)) == {}


def test_no_page_opened_from_the_disk_asks_for_more_than_files_beside_it(page: Page, built_book: Path) -> None:
    assert complaints(page, built_book.as_uri() + "/", book_pages(built_book)) == {}


def test_a_page_that_asks_elsewhere_or_complains_is_found(page: Page, built_book: Path, tmp_path: Path) -> None:
    shutil.copytree(built_book, tmp_path / "html", ignore=shutil.ignore_patterns("mathjax", "_images"))
    for name, script in (
        ("index.html", "fetch('https://example.org/photon').catch(() => 0)"),
        ("search.html", "console.warn('dim')"),
    ):
        file = tmp_path / "html" / name
        file.write_text(file.read_text("utf-8").replace("</head>", f"<script>{script}</script></head>"), "utf-8")
    found = complaints(page, (tmp_path / "html").as_uri() + "/", ["index.html", "genindex.html", "search.html"])
    assert set(found) == {"index.html", "search.html"}
    assert "https://example.org/photon" in found["index.html"]
    assert found["search.html"] == ["warning: dim"]


def test_formulas_and_widget_are_there_from_the_disk(page: Page, built_book: Path) -> None:
    page.goto((built_book / "qkd" / "bb84.html").as_uri())
    page.locator(WIDGET).wait_for()
    page.locator("mjx-container").nth(20).wait_for(state="attached")
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
    open_page(page, (built_book / "qkd" / "bb84.html").as_uri())
    wordless = page.evaluate(
        "() => [...document.querySelectorAll('article img, article svg[role=img]')]"
        ".filter((it) => !(it.getAttribute('alt') || it.getAttribute('aria-label')))"
        ".map((it) => it.outerHTML.slice(0, 80))"
    )
    assert wordless == []
    assert page.locator("article .qlearn-figure svg[role=img]").count() == 5


def test_a_phone_reads_the_chapter_without_scrolling_sideways(page: Page, built_book: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_page(page, (built_book / "qkd" / "bb84.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_each_widget_stands_in_a_built_page_and_no_page_carries_300_kb_for_them(built_book: Path) -> None:
    opening = '<script type="application/vnd.jupyter.widget-state+json">'
    kilobytes, shown = {}, set()
    for name in book_pages(built_book):
        _, found, rest = (built_book / name).read_text("utf-8").partition(opening)
        if found:
            state = rest[: rest.index("</script>")]
            kilobytes[name] = len(state.encode()) / 1000
            shown |= set(re.findall(r'"_anywidget_id": ?"qlearn\.widgets\.(\w+)\.', state))
    assert shown == {path.stem for path in Path(qlearn.widgets.__file__).parent.glob("*.js")}
    assert {name: size for name, size in kilobytes.items() if size >= 300} == {}
