"""The ledger in a built book: its table, its link to the chapter, and that it is computed when it has to be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import defusedxml.ElementTree
import pytest

from qlearn.book.anchors.words import _WORDS, words_for

CONFIG = """
title: small
author: us
only_build_toc_files: true
execute: {execute_notebooks: cache}
sphinx: {extra_extensions: [qlearn.book]}
"""
TOC = "format: jb-book\nroot: index\nchapters: [{file: part/keys}, {file: ledger}]\n"
KEYS = """---
file_format: mystnb
kernelspec: {{name: python3, display_name: Python 3}}
anchors:
  K01: qkd.bb84.error_rate_threshold({})
  K05: qkd.bb84.detection_probability([10, 72])
---
# Keys & photons

Words.
"""


def build(book: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qlearn", "book", "build", "--source", str(book), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "80"})


def declare(book: Path, argument: str) -> None:
    (book / "part" / "keys.md").write_text(KEYS.format(argument), encoding="utf-8")


def table(book: Path):
    page = (book / "_build" / "html" / "ledger.html").read_text("utf-8")
    start, end = page.index("<table"), page.index("</table>") + len("</table>")
    return defusedxml.ElementTree.fromstring(page[start:end])


def text(element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    (folder / "part").mkdir()
    (folder / "_config.yml").write_text(CONFIG)
    (folder / "_toc.yml").write_text(TOC)
    (folder / "index.md").write_text("# Small\n")
    (folder / "ledger.md").write_text("# Ledger\n\n```{anchor-ledger}\n```\n")
    declare(folder, "")
    done = build(folder, "--strict")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return folder


def test_the_table_has_a_caption_headings_with_scope_and_a_row_for_each_declaration(book: Path) -> None:
    shown = table(book)
    words = words_for("en")
    assert text(shown.find("caption")) == words["caption"]
    assert [(text(head), head.get("scope")) for head in shown.findall("thead/tr/th")] == [
        (words[name], "col")
        for name in ("entry", "kind", "reference", "tolerance", "computed", "published", "agreement", "source")
    ]
    rows = shown.findall("tbody/tr")
    assert [text(row.find("th/strong")) for row in rows] == ["K01", "K05"]
    assert {row.find("th").get("scope") for row in rows} == {"row"}
    cells = {cell.get("data-label"): text(cell) for cell in rows[0].findall("td")}
    assert cells["Kind"] == "published"
    assert cells["Reference"] == cells["Computed"] == "0.1100278644"
    assert cells["Published"] == "0.11 ± 0.0005"
    assert cells["Agreement"] == "agrees with both"
    assert [text(line) for line in rows[1].findall("td/ol/li")][:2] == ["0.9436864853", "0.999999999"]


def test_each_entry_leads_to_its_chapter(book: Path) -> None:
    links = table(book).findall("tbody/tr/th/a")
    assert [link.get("href") for link in links] == ["part/keys.html"] * 2
    assert text(links[0]) == "Keys & photons"


def test_nothing_of_the_declaration_shows_on_the_chapters_page(book: Path) -> None:
    page = (book / "_build" / "html" / "part" / "keys.html").read_text("utf-8")
    assert "Words." in page
    for trace in ("K01", "K05", "error_rate_threshold", "detection_probability"):
        assert trace not in page


def test_only_the_ledgers_page_loads_its_style(book: Path) -> None:
    pages = {
        page.name for page in (book / "_build" / "html").rglob("*.html") if "ledger.css" in page.read_text("utf-8")
    }
    assert pages == {"ledger.html"}


def test_a_changed_declaration_is_computed_anew_and_nothing_else_is(book: Path) -> None:
    page = book / "_build" / "html" / "ledger.html"
    before = page.stat().st_mtime_ns
    (book / "index.md").write_text("# Small\n\nMore words.\n")
    assert build(book).returncode == 0
    assert page.stat().st_mtime_ns == before

    declare(book, "1.05")
    done = build(book, "--strict")
    assert done.returncode == 2
    assert "chapter part/keys: anchor K01 disagrees" in done.stderr
    row = table(book).find("tbody/tr")
    assert row.get("class") == "ql-disagrees"
    assert "DISAGREES" in text(row)


def test_a_typo_stops_the_build_with_chapter_and_id(book: Path) -> None:
    declare(book, "1.05, 2")
    done = build(book)
    assert done.returncode == 2
    assert done.stderr.startswith("qlearn: chapter part/keys, anchor K01 (`qkd.bb84.error_rate_threshold(1.05, 2)`): ")
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_words_of_the_table_are_there_in_both_languages() -> None:
    assert set(_WORDS["en"]) == set(_WORDS["ko"])
    assert words_for("ko-KR")["kind"] == "종류"
    assert words_for("fr") is words_for(None) is words_for("en")
