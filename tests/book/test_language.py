from pathlib import Path

import pytest

from qlearn.book.editions import Edition
from qlearn.book.finished import Traces, read_record, write_record
from qlearn.book.language import EDITIONS_SCRIPT, language_settings, other_editions
from qlearn.errors import BookError

CATALOGUE = 'msgid "photon"\nmsgstr "광자"\n'
MADE_FROM = Traces("sources", "code")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    catalogue = tmp_path / "book" / "locale" / "ko" / "LC_MESSAGES" / "qkd" / "bb84.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(CATALOGUE, "utf-8")
    (tmp_path / "book" / "index.md").write_text("# Book\n")
    return tmp_path / "book"


def test_an_edition_in_another_language_lies_in_the_site_and_is_built_beside_it(book: Path, tmp_path: Path) -> None:
    english, korean = Edition(book, tmp_path / "out"), Edition(book, tmp_path / "out", language="ko")
    assert english.site == tmp_path / "out" / "html"
    assert korean.site == english.site / "ko"
    assert korean.folder != english.folder
    assert not korean.folder.is_relative_to(english.site)


def test_a_translation_is_a_source_of_its_own_edition_alone(book: Path, tmp_path: Path) -> None:
    english, korean = (Edition(book, tmp_path / "out", language=language).sources() for language in (None, "ko"))
    assert [file.name for file in english] == ["index.md"]
    assert {file.name for file in korean} == {"index.md", "bb84.po"}


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("fr", "there is no translation into 'fr'; this book has ko; .* qlearn book messages --language fr"),
        ("Korean", "'Korean' is no language code; give two or three small letters, such as ko"),
        ("../ko", "is no language code"),
    ],
)
def test_a_language_nobody_has_translated_into_is_refused(
    book: Path, tmp_path: Path, language: str, message: str
) -> None:
    with pytest.raises(BookError, match=message):
        Edition(book, tmp_path, language=language)


def test_catalogues_are_copied_and_the_sources_stay_as_they_are(book: Path, tmp_path: Path) -> None:
    settings = language_settings(book, tmp_path / "out", "ko")
    copy = tmp_path / "out" / "locale" / "ko" / "LC_MESSAGES" / "qkd" / "bb84.po"
    assert settings["locale_dirs"] == [str(tmp_path / "out" / "locale")]
    assert copy.read_text("utf-8") == CATALOGUE

    (copy.parent / "bb84.mo").touch()
    source = book / "locale" / "ko" / "LC_MESSAGES" / "qkd" / "bb84.po"
    source.rename(source.with_name("e91.po"))
    language_settings(book, tmp_path / "out", "ko")
    assert [file.name for file in copy.parent.iterdir()] == ["e91.po"]
    assert [file.name for file in source.parent.iterdir()] == ["e91.po"]


def write_edition(site: Path) -> None:
    for name in ("index.html", "_static/qlearn/edition.json", EDITIONS_SCRIPT):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)


def test_a_site_holds_with_whatever_another_edition_writes_into_it(tmp_path: Path) -> None:
    site = tmp_path / "html"
    write_edition(site)
    write_record(tmp_path, site, MADE_FROM, outside=[], pages=["index"], complaints=[])
    write_edition(site / "ko")
    (site / EDITIONS_SCRIPT).write_text("two editions")
    assert list(other_editions(site)) == ["ko"]
    record = read_record(tmp_path)
    assert record is not None
    assert record.holds(MADE_FROM, site)

    record.clear_damage(site, pages=[])
    assert not (site / "index.html").exists()
    assert (site / "ko" / "index.html").exists()
    assert not record.holds(MADE_FROM, site)
