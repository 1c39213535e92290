"""The readers' edition holds no word of the teacher guides; the teachers' edition holds all of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from e2e.book_pages import served, watch
from e2e.guide_words import BOOK, GUIDES, dense, own_words, sentences, texts
from qlearn.book.folder import chapter_files

INDEX = "html/searchindex.js"


def build(output: Path, *options: str) -> None:
    command = [sys.executable, "-m", "qlearn", "book", "build", "--strict", "--out", str(output), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def told(edition: Path) -> dict[str, str]:
    """Every text of an edition: of its site, and of its PDF."""
    return {f"{part}/{name}": text for part in ("html", "pdf") for name, text in texts(edition / part)}


@pytest.fixture(scope="module")
def readers(built_book: Path) -> Path:
    """Everything that readers get: the site, and the PDF beside it."""
    build(built_book.parent, "--pdf")
    return built_book.parent


@pytest.fixture(scope="module")
def teachers(readers: Path) -> Path:
    """Everything that teachers get."""
    build(readers, "--audience", "teacher")
    build(readers, "--audience", "teacher", "--pdf")
    return readers / "teacher"


@pytest.fixture(scope="module")
def told_readers(readers: Path) -> dict[str, str]:
    return told(readers)


@pytest.fixture(scope="module")
def told_teachers(teachers: Path) -> dict[str, str]:
    return told(teachers)


def beginnings(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z]+", text.lower())}


def guide_words(guide: Path, told_readers: dict[str, str]) -> set[str]:
    """Beginnings of words that stand in this guide alone, of all that readers and authors see."""
    others = [file for file in BOOK.rglob("*.*") if file.suffix in (".md", ".bib", ".yml") and file != guide]
    said = [text for name, text in told_readers.items() if name != INDEX]
    return own_words(guide, " ".join([*said, *(file.read_text("utf-8") for file in others)]))


def test_there_are_guides_to_hold_back() -> None:
    assert {"bb84", "grading"} <= {guide.stem for guide in GUIDES}
    assert all(len(sentences(guide)) > 2 for guide in GUIDES)


def test_the_files_that_would_betray_a_guide_are_looked_into(told_readers: dict[str, str]) -> None:
    for name, words in {
        "html/qkd/bb84.html": "Two friends, Alice and Bob, own a glass fibre",
        "pdf/book.pdf": "Two friends, Alice and Bob, own a glass fibre",
        "html/objects.inv": "qkd/bb84",
        INDEX: "qkd/bb84",
    }.items():
        assert dense(words) in dense(told_readers[name]), name


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_no_sentence_of_a_guide_is_anywhere_in_the_readers_edition(guide: Path, told_readers: dict[str, str]) -> None:
    chapters = dense("\n".join(file.read_text("utf-8") for file in chapter_files(BOOK)))
    own = [line for line in sentences(guide) if line not in chapters]
    assert len(own) > 2
    told_densely = {name: dense(text) for name, text in told_readers.items()}
    assert [(name, line) for name, text in told_densely.items() for line in own if line in text] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_neither_name_nor_words_of_a_guide_are_in_indexes_and_downloads(
    guide: Path, told_readers: dict[str, str], readers: Path
) -> None:
    assert [name for name, text in told_readers.items() if f"teaching/{guide.stem}" in text] == []
    assert not list((readers / "html").rglob("teaching*"))
    assert guide_words(guide, told_readers) & beginnings(told_readers[INDEX]) == set()


def test_the_teachers_index_has_most_of_the_words_that_only_guides_use(
    told_readers: dict[str, str], told_teachers: dict[str, str]
) -> None:
    words = set().union(*(guide_words(guide, told_readers) for guide in GUIDES))
    assert len(words & beginnings(told_teachers[INDEX])) > len(words) / 2 > 5


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_teachers_get_every_sentence_on_a_page_and_in_print(guide: Path, told_teachers: dict[str, str]) -> None:
    lines = sentences(guide)
    page = dense(told_teachers[f"html/teaching/{guide.stem}.html"])
    assert [line for line in lines if line not in page] == []
    printed = dense(told_teachers["pdf/book.pdf"])
    # some sentences go on behind a page's number
    assert len([line for line in lines if line not in printed]) <= max(1, len(lines) / 8)


def test_the_teachers_pages_keep_to_themselves_too(page: Page, teachers: Path) -> None:
    log = watch(page)
    with served(teachers / "html") as address:
        page.goto(address + "teaching/bb84.html")
        page.wait_for_load_state("networkidle")
        assert log.outside(address) == []
        assert log.complaints == []
        assert page.get_by_role("navigation").get_by_text("Teaching guides").count() > 0
