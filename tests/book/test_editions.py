from pathlib import Path

import pytest
import yaml

from book.small_book import make_book
from qlearn.book.editions import Edition
from qlearn.errors import BookError


@pytest.fixture
def book(tmp_path: Path) -> Path:
    book = make_book(tmp_path / "book")
    (book / "teaching").mkdir()
    for name in ("grading", "chapter", "another"):
        (book / "teaching" / f"{name}.md").write_text(f"# {name}\n")
    return book


def edition(book: Path, audience: str = "reader") -> Edition:
    return Edition(book, book / "_build", audience)


def test_each_audience_has_a_folder_of_its_own(book: Path) -> None:
    assert edition(book).folder == book / "_build"
    assert edition(book, "teacher").folder == book / "_build" / "teacher"


def test_an_unknown_audience_is_refused_with_those_there_are(book: Path) -> None:
    with pytest.raises(BookError, match="audience 'parent' is unknown; choose reader or teacher"):
        edition(book, "parent")


def test_readers_get_the_books_own_contents(book: Path) -> None:
    assert edition(book).contents() == book / "_toc.yml"
    assert edition(book).pages() == ["index", "part/chapter"]


@pytest.mark.parametrize(
    "table",
    [
        {"format": "jb-book", "root": "index", "chapters": [{"file": "part/chapter"}]},
        {
            "format": "jb-book",
            "root": "index",
            "parts": [{"caption": "One", "chapters": [{"file": "part/chapter.md"}]}],
        },
        {"format": "jb-article", "root": "index", "sections": [{"file": "part/chapter"}]},
    ],
)
def test_teachers_get_the_guides_in_a_part_at_the_end_in_the_order_of_the_chapters(
    book: Path, table: dict[str, object]
) -> None:
    (book / "_toc.yml").write_text(yaml.safe_dump(table))
    teachers = edition(book, "teacher")
    contents = yaml.safe_load(teachers.contents().read_text())
    assert contents["parts"][-1]["caption"] == "Teaching guides"
    assert teachers.pages() == ["index", "part/chapter", "teaching/chapter", "teaching/another", "teaching/grading"]
    assert (book / "_toc.yml").read_text() == yaml.safe_dump(table)


def test_a_book_without_guides_has_no_teachers_edition(book: Path) -> None:
    for guide in (book / "teaching").iterdir():
        guide.unlink()
    with pytest.raises(BookError, match="has no teacher guides; write one into teaching/"):
        edition(book, "teacher").contents()


def test_guides_and_built_files_are_no_sources_of_the_readers_edition(book: Path) -> None:
    (book / "_build").mkdir()
    (book / "_build" / "built.md").touch()
    names = {file.name for file in edition(book).sources()}
    assert names == {"_config.yml", "_toc.yml", "index.md", "chapter.md"}
    assert {file.name for file in edition(book, "teacher").sources()} == names | {"grading.md", "another.md"}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("root: index\nchapters: []", "chapter part/chapter is not in _toc.yml; add it there"),
        ("root: index\nchapters: [{file: part/chapter}, {file: part/lost}]", "_toc.yml names part/lost, but"),
        ("chapters: [", "is no YAML"),
        ("- index", "is no table of contents; it needs a root"),
    ],
)
def test_a_table_of_contents_that_does_not_fit_the_folder_is_refused(book: Path, table: str, message: str) -> None:
    (book / "_toc.yml").write_text(table)
    with pytest.raises(BookError, match=message):
        edition(book).contents()


def test_a_file_whose_name_starts_with_an_underscore_needs_no_place_in_the_contents(book: Path) -> None:
    (book / "part" / "_draft.md").touch()
    (book / "_parts").mkdir()
    (book / "_parts" / "shared.md").touch()
    assert edition(book).pages() == ["index", "part/chapter"]
