"""What `qlearn book build` says of input that it cannot use: one line, exit 2, and never a traceback."""

from pathlib import Path

import pytest

from book.small_book import make_book, qlearn_book_build


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_book(tmp_path / "book")


def refusal(book: Path, *options: str) -> str:
    done = qlearn_book_build(book, *options)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line.removeprefix("qlearn: ")


def test_an_unknown_audience(book: Path) -> None:
    assert refusal(book, "--audience", "parent") == "audience 'parent' is unknown; choose reader or teacher"


def test_a_chapter_that_is_not_in_the_contents(book: Path) -> None:
    (book / "part" / "lonely.md").write_text("# Lonely\n")
    assert refusal(book).startswith("chapter part/lonely is not in _toc.yml; add it there")


def test_a_line_of_the_contents_without_a_file(book: Path) -> None:
    (book / "part" / "chapter.md").unlink()
    assert refusal(book).startswith("_toc.yml names part/chapter, but ")


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/nowhere"])
def test_an_output_folder_that_cannot_be_written(book: Path, place: str) -> None:
    # root may write wherever the system can, so these are places where it cannot either
    (book.parent / "file").touch()
    out = book.parent / place
    assert refusal(book, "--out", str(out)).startswith(f"cannot write to {out}: ")


def test_a_source_folder_without_settings(book: Path) -> None:
    (book / "_config.yml").unlink()
    assert refusal(book) == f"{book} is no book; a book folder holds _config.yml and _toc.yml"


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    assert "is no book" in refusal(tmp_path / "nowhere")


def test_a_teachers_edition_of_a_book_without_guides(book: Path) -> None:
    assert "has no teacher guides" in refusal(book, "--audience", "teacher")


def test_a_print_without_chromium(book: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(book))
    assert refusal(book, "--pdf").startswith("no Chromium here to print the book with; install it")
