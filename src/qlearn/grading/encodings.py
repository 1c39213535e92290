"""From a file's bytes to text, whichever editor saved it last."""

from __future__ import annotations

import json
import re

__all__ = ["decode", "without_surrogates"]

_SURROGATES = re.compile("[\ud800-\udfff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
# Hangul with the punctuation Korean texts use: CP949 read from other bytes would show Greek, Cyrillic or Chinese too.
_KOREAN = re.compile(
    "[\uac00-\ud7a3\u3131-\u318e\u3000-\u303f\uff01-\uffe6\u2018-\u201d\u2026\u2190-\u2193\u2264\u2265\xb0\xb1\xb7\xd7]"
)


def decode(data: bytes) -> tuple[str, str]:
    """Read a JSON file's bytes as text.

    UTF-8, UTF-16 and UTF-32 are told apart as `json` does, with and without a byte order mark. What is none of them is
    tried as CP949, in which Korean Windows editors save, then as UTF-8 with a few broken characters, and at last as
    Latin-1, which accepts anything.

    Returns
    -------
    text : str
        May hold lone surrogates if the file does.
    doubt : str
        Empty if the text is certain, else what a teacher should know, to be read after the file's name.
    """
    try:
        return data.decode(json.detect_encoding(data), "surrogatepass"), ""
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        return _decode_broken(data)
    if _is_korean(text):
        return text, ""
    return text, "is not in UTF-8 and was read as CP949 (Korean Windows): look whether its special characters are right"


def without_surrogates(text: str) -> str:
    """Replace halves of surrogate pairs, which JSON may escape but no file can hold, by the replacement character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


def _is_korean(text: str) -> bool:
    """Whether bytes that CP949 can read make Korean sense; two Latin letters may pass for a syllable."""
    characters = _NOT_ASCII.findall(text)
    if not all(map(_KOREAN.match, set(characters))):
        return False
    # CP949 adds 8822 syllables to those of EUC-KR, many with an ASCII letter in their code; Korean hardly needs them.
    common = sum(len(character.encode("euc_kr", "replace")) == 2 for character in characters)
    return 10 * common >= 9 * len(characters)


def _decode_broken(data: bytes) -> tuple[str, str]:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if 4 * broken < len(_NOT_ASCII.findall(text)):
        return (
            text,
            f"is UTF-8 with {broken} broken characters, which were replaced: look at it before you trust its marks",
        )
    return data.decode("latin-1"), (
        "is in none of the usual encodings and was read as Latin-1: look whether its special characters are right"
    )
