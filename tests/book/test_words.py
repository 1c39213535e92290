from qlearn.book.words import LANGUAGES, words_for


def test_every_language_has_every_word_and_its_own() -> None:
    texts = {language: words_for(language) for language in LANGUAGES}
    assert len({frozenset(words) for words in texts.values()}) == 1
    for name in texts["en"]:
        assert len({words[name] for words in texts.values()}) == len(LANGUAGES), name


def test_a_variant_speaks_its_language_and_an_unknown_one_english() -> None:
    assert words_for("ko_KR") == words_for("ko")
    assert words_for("fr") == words_for("en")
