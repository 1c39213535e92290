from pathlib import Path

import pytest

from e2e.small_book import write_book
from qlearn.book.messages import update_catalogues
from qlearn.errors import BookError

INDEX = "# Light\n\nA photon *clicks* once.\n\nIt is here.\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_book(tmp_path_factory.mktemp("book"), {"index": INDEX, "part/next": "# Next\n"})


def catalogue(book: Path) -> Path:
    return book / "locale" / "ko" / "LC_MESSAGES" / "index.po"


def test_catalogues_are_begun_kept_and_brought_up_to_date(book: Path) -> None:
    begun = update_catalogues(book, None, "ko")
    assert [(chapter.catalogue, chapter.translated, chapter.messages) for chapter in begun] == [
        ("index", 0, 3),
        ("part/next", 0, 1),
    ]
    assert (book / "locale" / "pot" / "part" / "next.pot").is_file()
    text = catalogue(book).read_text("utf-8")
    assert 'msgid "A photon *clicks* once."\nmsgstr ""\n' in text
    assert not [line for line in text.splitlines() if "Date" in line or line.startswith("#")]

    text = text.replace('once."\nmsgstr ""', 'once."\nmsgstr "광자는 한 번 *반응합니다*."')
    text = text.replace('here."\nmsgstr ""', 'here."\nmsgstr "여기 있습니다."')
    catalogue(book).write_text(text, "utf-8")
    assert update_catalogues(book, None, "ko")[0].translated == 2
    assert catalogue(book).read_text("utf-8") == text

    (book / "index.md").write_text(INDEX.replace("here", "there"), "utf-8")
    assert update_catalogues(book, None, "ko")[0].translated == 1
    text = catalogue(book).read_text("utf-8")
    assert '#, fuzzy\nmsgid "It is there."\nmsgstr "여기 있습니다."' in text
    assert "한 번 *반응합니다*" in text


def test_a_broken_catalogue_is_named(book: Path) -> None:
    catalogue(book).parent.mkdir(parents=True, exist_ok=True)
    catalogue(book).write_text('msgid "unfinished\n', "utf-8")
    with pytest.raises(BookError, match=r"index\.po is no catalogue: .* correct it, or delete it to begin again"):
        update_catalogues(book, None, "ko")


def test_a_word_that_is_no_code_is_refused(book: Path) -> None:
    with pytest.raises(BookError, match="'Korean' is no language code"):
        update_catalogues(book, None, "Korean")
