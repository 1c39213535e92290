import unicodedata

import pytest
import sphinx.search

from qlearn.book.korean_search import LONGEST_BEGINNING, SearchKorean, beginnings


@pytest.fixture
def language() -> SearchKorean:
    return SearchKorean({})


@pytest.mark.parametrize("word", ["얽힘", "얽힘이", "얽힘을", "얽힘에서", "얽힘으로부터"])
def test_a_noun_is_indexed_whatever_particle_follows(language: SearchKorean, word: str) -> None:
    assert "얽힘" in language.split(f"두 광자의 {word} 보입니다.")


def test_the_index_holds_beginnings_and_no_endings(language: SearchKorean) -> None:
    assert language.split("양자키를") == ["양", "양자", "양자키", "양자키를"]


def test_english_among_korean_is_a_word_of_its_own(language: SearchKorean) -> None:
    assert language.split("BB84에서 photons를") == ["BB84", "에", "에서", "photons", "를"]
    assert language.stem("photons") == "photon"
    assert language.stem("얽힘을") == "얽힘을"


def test_syllables_that_come_taken_apart_are_put_together(language: SearchKorean) -> None:
    assert language.split(unicodedata.normalize("NFD", "얽힘")) == ["얽", "얽힘"]


def test_a_word_of_any_length_adds_a_bounded_number_of_entries() -> None:
    assert len(beginnings("가나다라마바사아자차" * 20)) == LONGEST_BEGINNING


def test_words_of_one_letter_and_empty_text_are_no_trouble(language: SearchKorean) -> None:
    assert language.split("") == []
    assert language.split("빛, 0!") == ["빛", "0"]


def test_english_stop_words_stay_out(language: SearchKorean) -> None:
    assert not language.word_filter("the")
    assert language.word_filter("이")


def test_sphinx_knows_no_korean_of_its_own_yet() -> None:
    """When it does, look at its way before keeping ours."""
    assert sphinx.search.languages.get("ko") in (None, SearchKorean)
