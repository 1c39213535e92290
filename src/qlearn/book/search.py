"""Search that needs no server: each page's first words travel in a script that the search page loads.

Sphinx's own search page fetches every page it has found, to show some words of it; browsers refuse that to a page
opened from disk. Here a page's and its sections' titles and first sentences are gathered as the page is read, and
`site/qlearn/search.js` shows them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes  # type: ignore[import-untyped]  # its stubs are a package of their own
from sphinx.addnodes import pending_xref

from qlearn.book.korean_search import SearchKorean

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

__all__ = ["connect", "first_words", "gather"]

PAGES_SCRIPT = "qlearn/search-pages.js"
_PAGE_LENGTH = 240
_SECTION_LENGTH = 160
_SPACE_BEFORE_STOP = re.compile(r" ([.,;:?!])")
_SENTENCE_ENDS = (". ", "? ", "! ", "다. ", "요. ")


def connect(app: Sphinx) -> None:
    """Register the Korean search and what the search page shows of each page."""
    app.add_search_language(SearchKorean)
    app.connect("config-inited", _fetch_nothing)
    app.connect("doctree-read", _gather_page)
    app.connect("env-purge-doc", _forget_page)
    app.connect("env-merge-info", _merge)
    app.connect("html-page-context", _add_scripts)
    app.connect("build-finished", _write_pages)


def first_words(text: str, most: int) -> str:
    """Beginning of a text, to the end of a sentence where there is one.

    Parameters
    ----------
    text : str
        Plain text.
    most : int
        Number of characters that the result may have.

    Returns
    -------
    str
        The text itself when it is short; else its first whole sentences, or its first words and an ellipsis.

    Examples
    --------
    >>> first_words("Light is odd. Very odd indeed.", 20)
    'Light is odd.'
    >>> first_words("Photons are indivisible", 15)
    'Photons are…'
    """
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    end = max(text.rfind(mark, 0, most) + len(mark) - 1 if mark in text[:most] else 0 for mark in _SENTENCE_ENDS)
    return text[:end].rstrip() if end > most // 3 else text[: most - 1].rsplit(None, 1)[0] + "…"


def gather(document: nodes.document) -> dict[str, Any]:
    """What the search page shows of a page.

    Parameters
    ----------
    document : docutils.nodes.document
        The page as it was read.

    Returns
    -------
    dict
        `title`, `words`, and `sections`: a list of anchor, title and first words, without the page's own.
    """
    found = [_section(section) for section in document.findall(nodes.section)]
    if not found:
        return {"title": "", "words": "", "sections": []}
    (_, title, words), *sections = found
    return {
        "title": title,
        "words": first_words(words, _PAGE_LENGTH),
        "sections": [[anchor, name, first_words(text, _SECTION_LENGTH)] for anchor, name, text in sections],
    }


def _section(section: nodes.section) -> tuple[str, str, str]:
    title = next(iter(section.findall(nodes.title)), None)
    paragraphs = [child for child in section.children if isinstance(child, nodes.paragraph)]
    return (
        section["ids"][0] if section["ids"] else "",
        _plain([title]) if title is not None else "",
        _plain(paragraphs),
    )


def _plain(parts: Iterable[nodes.Element]) -> str:
    """Words of some elements; a formula that has no plain form is an ellipsis, a citation or a number is left out."""
    words: list[str] = []

    def walk(node: nodes.Node) -> None:
        if isinstance(node, nodes.Text):
            words.append(node.astext())
        elif isinstance(node, nodes.math | nodes.math_block):
            formula = node.astext()
            words.append("…" if "\\" in formula else formula)
        elif not isinstance(node, pending_xref) or node.get("reftype") in ("myst", "doc", "ref", "any"):
            for child in node.children:
                walk(child)

    for part in parts:
        walk(part)
        words.append(" ")
    # what was left out leaves its space before the full stop
    return _SPACE_BEFORE_STOP.sub(r"\1", " ".join("".join(words).split()))


def _pages(environment: BuildEnvironment) -> dict[str, dict[str, Any]]:
    if not hasattr(environment, "qlearn_search_pages"):
        environment.qlearn_search_pages = {}  # type: ignore[attr-defined]
    pages: dict[str, dict[str, Any]] = environment.qlearn_search_pages  # type: ignore[attr-defined]
    return pages


def _fetch_nothing(app: Sphinx, config: Config) -> None:
    del app
    config.html_show_search_summary = False


def _gather_page(app: Sphinx, document: nodes.document) -> None:
    _pages(app.env)[app.env.docname] = gather(document)


def _forget_page(app: Sphinx, environment: BuildEnvironment, page: str) -> None:
    del app
    _pages(environment).pop(page, None)


def _merge(app: Sphinx, environment: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    del app
    _pages(environment).update({page: words for page, words in _pages(other).items() if page in pages})


def _add_scripts(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    del template, context, doctree
    if page == "search":
        app.add_js_file(PAGES_SCRIPT, loading_method="defer")
        app.add_js_file("qlearn/search.js", loading_method="defer")


def _write_pages(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.name != "html":
        return
    pages = {page: words for page, words in sorted(_pages(app.env).items()) if page in app.env.found_docs}
    script = Path(app.outdir, "_static", PAGES_SCRIPT)
    script.parent.mkdir(parents=True, exist_ok=True)
    text = f"window.qlearnSearchPages = {json.dumps(pages, ensure_ascii=False, separators=(',', ':'))};\n"
    script.write_text(text, encoding="utf-8")
