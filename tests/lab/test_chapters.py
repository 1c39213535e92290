"""A chapter is copied for its reader once, and only chapters are."""

from pathlib import Path

import pytest

from qlearn.errors import ExerciseError
from qlearn.lab.chapters import copy_chapter
from qlearn.lab.settings import reader_settings


@pytest.fixture
def book(tmp_path: Path) -> Path:
    html = tmp_path / "html"
    for name in ("_notebooks/qkd/bb84.ipynb", "ko/_notebooks/qkd/bb84.ipynb", "qkd/bb84.html"):
        (html / name).parent.mkdir(parents=True, exist_ok=True)
        (html / name).write_text(name)
    (tmp_path / "secret.ipynb").write_text("secret")
    (html / "_notebooks" / "link.ipynb").symlink_to(tmp_path / "secret.ipynb")
    return html


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("_notebooks/qkd/bb84.ipynb", "chapters/qkd/bb84.ipynb"),
        ("ko/_notebooks/qkd/bb84.ipynb", "chapters/ko/qkd/bb84.ipynb"),
    ],
)
def test_a_chapter_is_copied_to_where_jupyterlab_opens_it(book: Path, root: Path, name: str, copy: str) -> None:
    assert copy_chapter(book, root, name) == copy
    assert (root / copy).read_text() == name


def test_what_a_reader_wrote_is_not_overwritten(book: Path, root: Path) -> None:
    copy = root / copy_chapter(book, root, "_notebooks/qkd/bb84.ipynb")
    copy.write_text("my own answer")
    assert root / copy_chapter(book, root, "_notebooks/qkd/bb84.ipynb") == copy
    assert copy.read_text() == "my own answer"


@pytest.mark.parametrize(
    "name",
    [
        "_notebooks/qkd/nothing.ipynb",
        "../secret.ipynb",
        "_notebooks/../../secret.ipynb",
        "_notebooks/link.ipynb",
        "/etc/passwd",
        "qkd/bb84.html",
        "",
    ],
)
def test_what_is_no_chapter_is_not_copied(book: Path, root: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError, match="the book has no notebook"):
        copy_chapter(book, root, name)
    assert list(root.iterdir()) == []


def test_a_readers_lab_has_the_book_and_no_teachers_tools(book: Path, tmp_path: Path) -> None:
    settings = reader_settings(tmp_path / "new" / "notebooks", book, tmp_path / "home")
    assert settings.root.is_dir()
    assert "qlearn.lab.pages" in settings.server_extensions
    assert not [name for name in settings.server_extensions if "formgrader" in name]


def test_a_file_is_no_folder_of_notebooks(book: Path, tmp_path: Path) -> None:
    with pytest.raises(ExerciseError, match="cannot be a folder of notebooks; give --lab another one"):
        reader_settings(tmp_path / "secret.ipynb", book)
