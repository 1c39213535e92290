import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFIG = """
title: small
author: us
only_build_toc_files: true
execute: {execute_notebooks: cache}
sphinx: {extra_extensions: [qlearn.book]}
"""
TOC = "format: jb-book\nroot: index\nchapters: [{file: part/chapter}]\n"
HEADER = "---\nfile_format: mystnb\nkernelspec: {name: python3, display_name: Python 3}\n---\n# Chapter\n\n"


def cell(code: str) -> str:
    return f"```{{code-cell}} ipython3\n{code}\n```\n\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "book" / "part").mkdir(parents=True)
    (tmp_path / "book" / "_config.yml").write_text(CONFIG)
    (tmp_path / "book" / "_toc.yml").write_text(TOC)
    (tmp_path / "book" / "index.md").write_text("# Small\n")
    return tmp_path / "book"


def build(book: Path, chapter: str, *options: str) -> subprocess.CompletedProcess[str]:
    (book / "part" / "chapter.md").write_text(HEADER + chapter)
    command = [sys.executable, "-m", "qlearn", "book", "build", "--source", str(book), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "80"})


def test_a_failing_cell_is_named_with_its_chapter_in_one_line(book: Path) -> None:
    done = build(book, cell("photons = 3") + cell("# halve them\nphotons / 0"))
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "qlearn: chapter part/chapter, cell 2 (`# halve them`) failed: ZeroDivisionError: division by zero"
    )


def test_a_classic_ipywidgets_control_is_refused_with_what_to_use_instead(book: Path) -> None:
    done = build(book, cell("import ipywidgets\nipywidgets.FloatSlider()"))
    assert done.returncode == 2
    assert "chapter part/chapter shows FloatSlider" in done.stderr
    assert "use a widget from qlearn.widgets there" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_broken_reference_stops_a_strict_build_only(book: Path) -> None:
    assert build(book, "See {ref}`nowhere`.\n").returncode == 0
    done = build(book, "See {ref}`nowhere`, again.\n", "--strict")
    assert done.returncode == 2
    assert "undefined label: 'nowhere'" in done.stderr


def test_a_page_without_widget_or_formula_loads_neither_host_nor_mathjax(book: Path) -> None:
    done = build(book, cell("print('light')"))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    page = (book / "_build" / "html" / "part" / "chapter.html").read_text()
    assert "light" in page
    assert "widget-host" not in page
    assert "mathjax" not in page.replace("mathjax_ignore", "")


def test_an_unchanged_book_runs_no_cell_again(book: Path, tmp_path: Path) -> None:
    marks = tmp_path / "runs.txt"
    chapter = cell(f"with open({str(marks)!r}, 'a') as file:\n    _ = file.write('run ')")
    for _ in range(2):
        assert build(book, chapter).returncode == 0
    assert build(book, chapter + "More words.\n").returncode == 0
    assert marks.read_text() == "run "
