"""The book's own words on a page, in the page's language; what the theme and Sphinx say they translate themselves."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

__all__ = ["LANGUAGES", "words_for"]

LANGUAGES = ("en", "ko")


def words_for(language: str) -> dict[str, str]:
    """Words of the interface.

    Parameters
    ----------
    language : str
        Code of a language such as "ko" or "ko_KR".

    Returns
    -------
    dict
        From a word's name to its text; English where the language is not there.
    """
    return {**_words()["en"], **_words().get(language[:2].lower(), {})}


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return words
