from pathlib import Path

import pytest

from qlearn.book.folder import chapter_files, find_book
from qlearn.errors import BookError


@pytest.fixture
def small_book(tmp_path: Path) -> Path:
    book = tmp_path / "book"
    (book / "teaching").mkdir(parents=True)
    for name in ("_config.yml", "_toc.yml", "index.md", "teaching/guide.md"):
        (book / name).touch()
    return book


def test_the_folder_that_is_named_is_used(small_book: Path) -> None:
    assert find_book(small_book) == small_book


def test_a_book_under_the_current_folder_comes_before_the_checkout(small_book: Path, monkeypatch) -> None:
    monkeypatch.chdir(small_book.parent)
    assert find_book() == small_book


def test_elsewhere_the_book_of_the_checkout_is_found(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (find_book() / "qkd" / "bb84.md").is_file()


def test_a_folder_that_is_no_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"is no book; a book folder holds _config\.yml and _toc\.yml"):
        find_book(tmp_path)


def test_teacher_guides_are_not_among_the_readers_files(small_book: Path) -> None:
    assert chapter_files(small_book) == [small_book / "index.md"]
