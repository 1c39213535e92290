"""Search in Korean: a noun is found whatever particle is written behind it.

Korean writes particles onto the noun, so that 얽힘 (entanglement) stands in a text as 얽힘이, 얽힘을 or 얽힘에서.
Sphinx looks words up whole. Here the index also holds the beginnings of each Korean word, and a noun is a beginning
of all of these. No dictionary is needed, and new words of physics are found like old ones.
"""

from __future__ import annotations

import re
import unicodedata

from sphinx.search.en import SearchEnglish

__all__ = ["LONGEST_BEGINNING", "SearchKorean", "beginnings"]

# in syllables; a longer word is looked up by its first eight, so the index grows by at most eight entries a word
LONGEST_BEGINNING = 8

# a run of Hangul, or a run of other letters and digits: in "BB84에서" both parts are words
_WORD = re.compile(r"[가-힣]+|[^\W가-힣]+")

_SPLITTER = """
var splitQuery = (query) =>
  query.normalize("NFC").match(/[가-힣]+|(?:(?![가-힣])[\\p{Letter}\\p{Number}_])+/gu) ?? [];
"""
_STEMMER = """
var Stemmer = (function (EnglishStemmer) {
  return function () {
    const english = new EnglishStemmer();
    this.stemWord = (word) => /^[가-힣]/.test(word) ? word.slice(0, %d) : english.stemWord(word);
  };
})(Stemmer);
"""


def beginnings(word: str) -> list[str]:
    """Beginnings of a Korean word, from its first syllable to its first eight.

    Parameters
    ----------
    word : str
        A run of Hangul syllables.

    Returns
    -------
    list of str
        From short to long.

    Examples
    --------
    >>> beginnings("얽힘을")
    ['얽', '얽힘', '얽힘을']
    """
    return [word[:length] for length in range(1, min(len(word), LONGEST_BEGINNING) + 1)]


class SearchKorean(SearchEnglish):
    """Korean words by their beginnings, English words among them by their stems."""

    lang = "ko"
    language_name = "Korean"
    js_splitter_code = _SPLITTER
    js_stemmer_code = SearchEnglish.js_stemmer_code + _STEMMER % LONGEST_BEGINNING

    def split(self, input: str) -> list[str]:
        """Split a text into what the index is to hold."""
        found: list[str] = []
        # text typed on some systems comes with its syllables taken apart
        for word in _WORD.findall(unicodedata.normalize("NFC", input)):
            found.extend(beginnings(word) if "가" <= word[0] <= "힣" else [word])
        return found
