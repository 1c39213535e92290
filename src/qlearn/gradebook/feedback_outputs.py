"""What a cell showed when it ran, as harmless HTML."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from qlearn.gradebook.feedback_html import Cleaner, mapping_or_none, picture_address, plain_text
from qlearn.grading.parts import PARTS_TYPE
from qlearn.grading.report import explain_error

__all__ = ["highlighted", "show_outputs"]

LONGEST_TEXT = 20_000
"""Characters of one output of text that a page shows; nobody reads on, and browsers slow down."""
LONGEST_HTML = 300_000
LARGEST_PICTURE = 6_000_000
"""Characters of base64: 4.5 MB."""
LONGEST_CODE = 60_000

_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")


@functools.lru_cache(maxsize=512)  # a class shares its test cells
def highlighted(source: str) -> Markup:
    """Colour Python code; its text is escaped."""
    source = plain_text(source)
    if len(source) > LONGEST_CODE:
        return Markup("{}").format(source)
    highlight, lexer, formatter = _highlighter()
    return Markup(highlight(source, lexer, formatter).rstrip("\n"))  # noqa: S704  Pygments escapes the text


@functools.cache
def _highlighter() -> tuple[Any, Any, Any]:
    from ipython_pygments_lexers import IPython3Lexer  # type: ignore[import-untyped]
    from pygments import highlight  # type: ignore[import-untyped]
    from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]

    return highlight, IPython3Lexer(stripnl=True, ensurenl=False), HtmlFormatter(nowrap=True)


def show_outputs(
    outputs: list[NotebookNode], cleaner: Cleaner, words: Mapping[str, str], *, told: bool = False
) -> Iterator[Markup]:
    """Show each output in the richest form that is safe; scripts and live widgets have none and are left out.

    Texts that follow each other on one stream become one. With `told`, the message of an error stands elsewhere.
    """
    stream = ""
    for output in outputs:
        if output.output_type == "stream":
            stream += str(output.get("text", ""))
            continue
        if stream:
            yield _text(stream, words)
            stream = ""
        shown = (
            _error(output, words, told=told)
            if output.output_type == "error"
            else _data(mapping_or_none(output.get("data")), mapping_or_none(output.get("metadata")), cleaner, words)
        )
        if shown:
            yield shown
    if stream:
        yield _text(stream, words)


def _text(text: str, words: Mapping[str, str], kind: str = "") -> Markup:
    text = plain_text(text[: 2 * LONGEST_TEXT]) + text[2 * LONGEST_TEXT :]
    shown = Markup('<pre class="{}">{}</pre>').format(kind, text[:LONGEST_TEXT].rstrip("\n"))
    if len(text) > LONGEST_TEXT:
        shown += _note(words["cut"].format(count=f"{len(text) - LONGEST_TEXT:,}"))
    return shown


def _note(text: str) -> Markup:
    return Markup('<p class="note">{}</p>').format(text)


def _error(output: NotebookNode, words: Mapping[str, str], *, told: bool) -> Markup:
    name, value = str(output.get("ename", "")), str(output.get("evalue", ""))
    message = explain_error(plain_text(name), plain_text(value[:LONGEST_TEXT])).text
    shown = Markup() if told else Markup('<p class="error">{}</p>').format(message)
    traceback = plain_text("\n".join(str(line) for line in output.get("traceback", []))).strip()
    if traceback and "".join(traceback.split()) not in "".join(f"{name}:{message}".split()):
        inside = _text(traceback, words)
        shown += Markup("<details><summary>{}</summary>{}</details>").format(words["traceback"], inside)
    return shown


def _data(data: Mapping[str, Any], metadata: Mapping[str, Any], cleaner: Cleaner, words: Mapping[str, str]) -> Markup:
    if PARTS_TYPE in data:
        return Markup()  # the points, which stand beside the question
    for mime in _PICTURES:
        content = data.get(mime)
        if isinstance(content, str) and content:
            if len(content) > LARGEST_PICTURE:
                return _note(words["too_large"].format(count=f"{len(content):,}"))
            address = picture_address(mime, content)
            if address:
                return _picture(address, metadata, words)
    for mime, make in (("text/html", cleaner.html), ("text/markdown", cleaner.markdown), ("text/latex", cleaner.latex)):
        content = data.get(mime)
        if not isinstance(content, str):
            continue
        if len(content) > LONGEST_HTML:
            return _note(words["too_large"].format(count=f"{len(content):,}"))
        shown = make(content)
        if shown.striptags().strip() or "<img" in shown:
            return Markup('<div class="prose">{}</div>').format(shown)
    if "application/json" in data and "text/plain" not in data:
        return _text(json.dumps(data["application/json"], ensure_ascii=False, indent=1), words)
    plain = data.get("text/plain", "")
    return _text(plain, words) if isinstance(plain, str) and plain.strip() else Markup()


def _picture(address: str, metadata: Mapping[str, Any], words: Mapping[str, str]) -> Markup:
    described = metadata.get("alt")
    alternative = described if isinstance(described, str) and described else words["picture"]
    return Markup('<img src="{}" alt="{}">').format(address, alternative)
