"""The printed book, read as a file and looked at as Chromium lays it out: tagged, whole, with nothing cut off."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Page

from book.small_book import make_book, qlearn_book_build
from qlearn.book.folder import chapter_files, find_book

CODE = re.compile(r"```\{code-cell\}[^\n]*\n(.*?)```", re.DOTALL)
A4_POINTS = (595, 842)
# what fits between the margins of print.css, in pixels of CSS
PAPER_WIDTH = round((210 - 2 * 20) / 25.4 * 96)


@pytest.fixture(scope="module")
def folder(built_book: Path) -> Path:
    command = [sys.executable, "-m", "qlearn", "book", "build", "--strict", "--pdf", "--out", str(built_book.parent)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == f"The book is printed: {built_book.parent / 'pdf' / 'book.pdf'}\n"
    return built_book.parent


@pytest.fixture(scope="module")
def pdf(folder: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(folder / "pdf" / "book.pdf")


@pytest.fixture(scope="module")
def words(pdf: pypdf.PdfReader) -> list[str]:
    return [page.extract_text() for page in pdf.pages]


@pytest.fixture
def paper(page: Page, folder: Path) -> Page:
    """The page that was printed, as wide as the paper."""
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 960})
    page.emulate_media(media="print")
    page.goto((folder / ".print" / "index.html").as_uri())
    page.wait_for_function("document.title === 'qlearn'")
    return page


def outline(entries: list[Any], depth: int = 0) -> Iterator[tuple[int, str]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from outline(entry, depth + 1)
        else:
            yield depth, " ".join(entry.title.split())


def elements(node: Any) -> Iterator[Any]:
    """Walk the tree of tags."""
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for part in node:
            yield from elements(part)
    elif isinstance(node, pypdf.generic.DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def test_the_outline_has_every_chapter_and_its_sections_once(pdf: pypdf.PdfReader) -> None:
    found = [title for _, title in outline(pdf.outline)]
    numberless = [re.sub(r"^[\d.]+ ", "", title) for title in found]
    for chapter in chapter_files(find_book()):
        heading = re.search(r"^# (.+)$", chapter.read_text("utf-8"), re.MULTILINE)
        assert heading is not None
        assert numberless.count(heading.group(1).strip()) == 1, heading.group(1)
    assert "The protocol" in numberless
    assert not [title for title in found if re.search(r"(.{6,})\1", title)]


def test_it_is_tagged_with_its_language_and_title(pdf: pypdf.PdfReader) -> None:
    root = pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert pdf.metadata is not None
    assert pdf.metadata.title == "qlearn"
    kinds = [element["/S"] for element in elements(root["/StructTreeRoot"])]
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/Figure", "/Caption", "/Link", "/L", "/LI"} <= set(kinds)


def test_every_figure_has_words(pdf: pypdf.PdfReader) -> None:
    tags = [element for element in elements(pdf.root_object["/StructTreeRoot"]) if element["/S"] == "/Figure"]
    # around a drawing with a caption there is a second tag, which has the caption for its words
    figures = [tag for tag in tags if "/Caption" not in [part["/S"] for part in elements(tag["/K"])]]
    assert len(figures) >= 5
    assert [figure for figure in figures if not str(figure.get("/Alt", "")).strip()] == []


def test_pages_are_a4_and_numbered_but_for_the_title(pdf: pypdf.PdfReader, words: list[str]) -> None:
    for number, (page, text) in enumerate(zip(pdf.pages, words, strict=True), start=1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4_POINTS
        lines = text.splitlines()
        # the margin comes before or after the page, as the reader of the file likes
        assert (str(number) in (lines[0].strip(), lines[-1].strip())) == (number > 1), f"page {number}"
    assert words[0].split() == ["qlearn", "The", "qlearn", "authors", "©", "2026,", "text", "CC", "BY", "4.0"]
    assert "Contents" in words[1].splitlines()[:2]


def test_the_longest_lines_of_code_are_there_whole(words: list[str]) -> None:
    cells = [cell for file in chapter_files(find_book()) for cell in CODE.findall(file.read_text("utf-8"))]
    cells = [cell for cell in cells if not re.search(r"remove-(input|cell)", cell)]
    cells = [re.sub(r"(?s)\A\s*---\n.*?\n---\n", "", cell) for cell in cells]  # a caption is no code
    lines = sorted({line for cell in cells for line in cell.splitlines() if not line.startswith(":")}, key=len)[-20:]
    assert len(lines[-1]) > 90
    whole = "".join("".join(words).split())
    assert [line for line in lines if "".join(line.split()) not in whole] == []


def test_a_search_finds_words_letter_by_letter(words: list[str]) -> None:
    assert "fibre" in "".join(words)
    assert not [letter for letter in "".join(words) if "\ufb00" <= letter <= "\ufb06"]


def test_formulas_are_set_and_none_is_left_as_it_was_written(paper: Page, words: list[str]) -> None:
    assert paper.locator("mjx-container").count() > 20
    assert paper.locator("mjx-merror").count() == 0
    assert [word for word in (r"\frac", r"\rangle", r"\tfrac") if word in "".join(words)] == []


def test_every_widget_is_its_picture(paper: Page, folder: Path, pdf: pypdf.PdfReader) -> None:
    widgets = paper.locator(".qlearn-widget")
    assert widgets.count() >= 1
    for widget in widgets.all():
        assert widget.locator("> img").is_visible()
        assert widget.locator("> img").evaluate("(picture) => picture.naturalWidth") > 100
    assert sum(len(page.images) for page in pdf.pages) >= widgets.count()
    assert "widget-host" not in (folder / ".print" / "index.html").read_text("utf-8")


def test_nothing_sticks_out_of_the_paper_or_is_folded(paper: Page) -> None:
    sticking_out = paper.evaluate(
        "() => [...document.querySelectorAll('article :is(pre, table, img, svg, p, li, mjx-container)')]"
        ".filter((it) => it.getBoundingClientRect().right > innerWidth + 1"
        "  || (it.matches('pre, table, p') && it.scrollWidth > it.clientWidth + 1))"
        ".map((it) => it.outerHTML.slice(0, 120))"
    )
    assert sticking_out == []
    folded = paper.evaluate(
        "() => [...document.querySelectorAll('article pre, article .admonition p')]"
        ".filter((it) => !it.closest('summary') && !it.getBoundingClientRect().height)"
        ".map((it) => it.outerHTML.slice(0, 120))"
    )
    assert folded == []


def test_no_picture_is_higher_than_a_page(paper: Page) -> None:
    highest = paper.evaluate(
        "Math.max(...[...document.querySelectorAll('article img, .qlearn-figure svg')]"
        ".map((it) => it.getBoundingClientRect().height))"
    )
    assert 50 < highest < (297 - 22 - 24) / 25.4 * 96


def test_links_lead_into_the_document_or_to_the_web(pdf: pypdf.PdfReader) -> None:
    places = set(pdf.named_destinations)
    inside = outside = 0
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            link = annotation.get_object()
            if "/Dest" in link:
                inside += 1
                assert str(link["/Dest"]) in places
            else:
                outside += 1
                assert re.match(r"https?://", link["/A"]["/URI"]), link["/A"]["/URI"]
    assert inside > 10
    assert outside > 5


def test_paper_is_light_whatever_the_reader_has_chosen(paper: Page) -> None:
    paper.emulate_media(media="print", color_scheme="dark")
    for selector in ("body", "article", "main"):
        colour = paper.locator(selector).first.evaluate("(it) => getComputedStyle(it).backgroundColor")
        assert colour == "rgb(255, 255, 255)"
    ink = paper.locator("article p").first.evaluate("(it) => getComputedStyle(it).color")
    assert max(int(part) for part in re.findall(r"\d+", ink)) < 100


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<img src="nowhere.png" alt="">', "1 pictures, 0 formulas"),
        (r"{math}`\notamacro{2}`, and {math}`\frac{1}`", "0 pictures, 1 formulas"),
    ],
)
def test_a_page_that_cannot_be_printed_as_it_is_meant_is_refused(tmp_path: Path, text: str, said: str) -> None:
    book = make_book(tmp_path / "book", f"{text}\n")
    done = qlearn_book_build(book, "--pdf")
    assert done.returncode == 2
    assert done.stderr == f"qlearn: the book cannot be printed: the page was not ready ({said})\n"
    assert not (book / "_build" / "pdf" / "book.pdf").exists()


def test_an_unchanged_book_is_not_printed_again(folder: Path) -> None:
    command = [sys.executable, "-m", "qlearn", "book", "build", "--pdf", "--out", str(folder)]
    before = (folder / "pdf" / "book.pdf").stat().st_mtime_ns
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert (folder / "pdf" / "book.pdf").stat().st_mtime_ns == before
