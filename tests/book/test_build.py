import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from book.small_book import HEADER, cell, make_book, qlearn_book_build
from qlearn.book.build import BuildProgress, build_book
from qlearn.errors import BookError

VERSION = re.compile(r"\?v=[0-9a-f]{8}")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_book(tmp_path / "book")


def build(book: Path, chapter: str, *options: str) -> subprocess.CompletedProcess[str]:
    (book / "part" / "chapter.md").write_text(HEADER + chapter)
    return qlearn_book_build(book, *options)


def stages(book: Path, **options: object) -> list[str]:
    """Build here; gives each stage with its pages."""
    seen: list[BuildProgress] = []
    build_book(book, progress=seen.append, **options)
    return [f"{step.stage} {step.page}".strip() for step in seen]


def with_chapters(book: Path, *names: str) -> None:
    (book / "_toc.yml").write_text(
        yaml.safe_dump({"format": "jb-book", "root": "index", "chapters": [{"file": name} for name in names]})
    )


def test_a_failing_cell_is_named_with_its_chapter_in_one_line(book: Path) -> None:
    done = build(book, cell("photons = 3") + cell("# halve them\nphotons / 0"))
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "qlearn: chapter part/chapter, cell 2 (`# halve them`) failed: ZeroDivisionError: division by zero"
    )


def test_a_failing_cell_is_named_when_the_chapter_chooses_another_way_to_run(book: Path) -> None:
    header = HEADER.replace("file_format: mystnb\n", "file_format: mystnb\nmystnb: {execution_mode: force}\n")
    (book / "part" / "chapter.md").write_text(header + cell("photons = 3") + cell("photons / 0"))
    done = qlearn_book_build(book)
    assert done.returncode == 2
    assert "chapter part/chapter, cell 2 (`photons / 0`) failed: ZeroDivisionError" in done.stderr


def test_the_first_of_several_failing_chapters_is_named(book: Path) -> None:
    names = [f"part/c{number}" for number in range(4)]
    (book / "part" / "chapter.md").unlink()
    with_chapters(book, *names)
    for number, name in enumerate(names):
        (book / f"{name}.md").write_text(HEADER + cell("1" if number == 0 else f"c{number}"))
    with pytest.raises(BookError, match=r"chapter part/c1, cell 1 \(`c1`\) failed: NameError"):
        build_book(book)


def test_a_classic_ipywidgets_control_is_refused_with_what_to_use_instead(book: Path) -> None:
    done = build(book, cell("import ipywidgets\nipywidgets.FloatSlider()"))
    assert done.returncode == 2
    assert "chapter part/chapter shows FloatSlider" in done.stderr
    assert "use a widget from qlearn.widgets there" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_broken_reference_stops_a_strict_build_whenever_it_is_asked_for(book: Path) -> None:
    assert build(book, "See {ref}`nowhere`.\n").returncode == 0
    for _ in range(2):
        done = qlearn_book_build(book, "--strict")
        assert done.returncode == 2
        assert "undefined label: 'nowhere'" in done.stderr
    (book / "index.md").write_text("# Small, and changed elsewhere\n")
    done = qlearn_book_build(book, "--strict")
    assert done.returncode == 2
    assert "undefined label: 'nowhere'" in done.stderr


def test_a_page_without_widget_or_formula_loads_neither_host_nor_mathjax(book: Path) -> None:
    done = build(book, cell("print('light')"))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    page = (book / "_build" / "html" / "part" / "chapter.html").read_text()
    assert "light" in page
    assert not list(book.glob("_build/html/_static/*.html"))
    assert "widget-host" not in page
    assert "mathjax" not in page.replace("mathjax_ignore", "")


def test_an_unchanged_book_runs_no_cell_again(book: Path, tmp_path: Path) -> None:
    marks = tmp_path / "runs.txt"
    chapter = cell(f"with open({str(marks)!r}, 'a') as file:\n    _ = file.write('run ')")
    assert "Nothing has changed" not in build(book, chapter).stdout
    assert "Nothing has changed since the last build." in build(book, chapter).stdout
    assert "Nothing has changed" not in build(book, chapter + "More words.\n").stdout
    assert marks.read_text() == "run "


def test_one_edit_of_the_prose_reads_and_writes_that_page_alone(book: Path) -> None:
    with_chapters(book, "part/chapter", "part/other")
    (book / "part" / "other.md").write_text("# Other\n")
    assert "read part/other" in stages(book)
    site = book / "_build" / "html"
    before = {file: file.stat().st_mtime_ns for file in site.rglob("*.html")}
    with (book / "part" / "chapter.md").open("a") as file:
        file.write("Some more words.\n")
    assert [stage for stage in stages(book) if stage.startswith(("run", "read"))] == ["read part/chapter"]
    written = {file.relative_to(site).as_posix() for file, when in before.items() if file.stat().st_mtime_ns != when}
    # the page that lists the chapter, and the two that are made of all pages, are always written as well
    assert written == {"part/chapter.html", "index.html", "genindex.html", "search.html"}
    assert "Some more words." in (site / "part" / "chapter.html").read_text()


def test_with_nothing_changed_nothing_is_read_or_written(book: Path) -> None:
    build_book(book)
    site = book / "_build" / "html"
    before = {file: file.stat().st_mtime_ns for file in site.rglob("*")}
    assert stages(book) == ["unchanged"]
    assert {file: file.stat().st_mtime_ns for file in site.rglob("*")} == before


def test_a_page_that_was_damaged_or_removed_comes_back(book: Path) -> None:
    build_book(book)
    site = book / "_build" / "html"
    page = site / "part" / "chapter.html"
    whole = page.read_text()
    page.write_text(whole[:1000])
    (site / "index.html").unlink()
    build_book(book)
    # a style's address ends in a checksum that Sphinx leaves out at first, when the style is not there yet
    assert VERSION.sub("", page.read_text()) == VERSION.sub("", whole)
    assert (site / "index.html").is_file()


def test_the_page_of_a_chapter_that_is_gone_goes_too(book: Path) -> None:
    with_chapters(book, "part/chapter", "part/other")
    (book / "part" / "other.md").write_text("# Other\n\nA word: superposition.\n")
    site = build_book(book)
    with_chapters(book, "part/chapter")
    (book / "part" / "other.md").unlink()
    build_book(book)
    assert not list(site.rglob("other*"))
    assert not [file for file in site.rglob("*.js") if "superposit" in file.read_text("utf-8", "ignore")]


def test_a_changed_file_outside_of_the_book_is_noticed(book: Path) -> None:
    words = book.parent / "words.txt"
    words.write_text("as it was")
    (book / "part" / "chapter.md").write_text("# Chapter\n\n```{include} ../../words.txt\n```\n")
    site = build_book(book)
    assert stages(book) == ["unchanged"]
    words.write_text("as it is")
    build_book(book)
    assert "as it is" in (site / "part" / "chapter.html").read_text()


def test_changed_code_reads_every_chapter_anew(book: Path) -> None:
    build_book(book)
    record = book / "_build" / ".finished.json"
    known = json.loads(record.read_text())
    known["traces"]["code"] = "of yesterday"
    record.write_text(json.dumps(known))
    (book / "_build" / ".doctrees" / "read-with").write_text("of yesterday")
    assert [stage for stage in stages(book) if stage.startswith("read")] == ["read index", "read part/chapter"]


@pytest.mark.parametrize("way", ["jupyter-book build {book}", "sphinx-build -q -j 2 -b html {book} {book}/_build/html"])
def test_other_commands_run_a_cold_book_in_parallel_and_give_a_closed_site(book: Path, way: str) -> None:
    names = [f"part/c{number}" for number in range(6)]
    with_chapters(book, *names)
    (book / "part" / "chapter.md").unlink()
    for name in names:
        (book / f"{name}.md").write_text(HEADER + cell(f"print('cell of {name}')") + "A formula: {math}`x^2`.\n")
    scripts = Path(sys.executable).parent
    if way.startswith("sphinx"):
        config = subprocess.run([scripts / "jupyter-book", "config", "sphinx", book], capture_output=True, text=True)
        assert config.returncode == 0, config.stderr
    program, *rest = way.format(book=book).split()
    done = subprocess.run([scripts / program, *rest], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    site = book / "_build" / "html"
    for name in names:
        page = (site / f"{name}.html").read_text()
        assert f"cell of {name}" in page
        assert "mathjax/tex-chtml.js" in page
        assert not [part for part in ("cdn.", "unpkg", "require.js", "thebe") if part in page]
    assert (site / "_static" / "mathjax" / "tex-chtml.js").is_file()


def test_jupyter_book_names_the_failing_cell_too(book: Path) -> None:
    (book / "part" / "chapter.md").write_text(HEADER + cell("1") + cell("1 / 0"))
    command = [Path(sys.executable).parent / "jupyter-book", "build", book]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "chapter part/chapter, cell 2 (`1 / 0`) failed: ZeroDivisionError" in done.stdout + done.stderr
