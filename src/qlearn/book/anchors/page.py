"""The directive `{anchor-ledger}`: the ledger as a table that a screen reader and a phone can read.

The page is read anew only when a declaration, an entry or the code that computes them has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]  # its stubs are a package of their own
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from qlearn.book.anchors import words as say
from qlearn.book.anchors.declarations import Declaration, read_declarations
from qlearn.book.anchors.entries import ANCHORS_FILE, read_anchors
from qlearn.book.anchors.ledger import Ledger, Row, compare
from qlearn.book.execution import code_digest

__all__ = ["AnchorLedger", "HtmlNode", "connect"]

_COLUMNS = ("entry", "kind", "reference", "tolerance", "computed", "published", "agreement", "source")
# where Sphinx keeps which page shows the ledger of which digest
_PAGES = "qlearn_ledger_pages"

logger = logging.getLogger(__name__)


class HtmlNode(nodes.General, nodes.TextElement):  # type: ignore[misc]  # docutils has no types
    """An HTML element: docutils' own tables know neither `scope` nor `role`."""


def connect(app: Sphinx) -> None:
    """Register the directive, its node and the events that keep its page up to date."""
    app.add_node(HtmlNode, html=(_open, _close))
    app.add_directive("anchor-ledger", AnchorLedger)
    app.connect("html-page-context", _add_style)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)


class AnchorLedger(SphinxDirective):
    """Show every declared entry, what its chapter computes, and whether both agree."""

    def run(self) -> list[nodes.Node]:
        """Compute the ledger and give its table."""
        declarations = _declarations(self.env)
        ledger = compare(declarations, tuple(read_anchors().values()))
        _pages(self.env)[self.env.docname] = _digest(declarations)
        for row in ledger.disagreeing:
            chapter = row.declaration.chapter
            logger.warning("chapter %s: anchor %s disagrees", chapter, row.anchor.id, location=self.env.docname)
        return [_table(ledger, say.words_for(self.config.language), self.env.docname)]


def _table(ledger: Ledger, words: Mapping[str, str], page: str) -> HtmlNode:
    # phones show each row as a card, for which a browser forgets that it is a row; the roles say it again
    headings = [_html("th", words[name], scope="col", role="columnheader") for name in _COLUMNS]
    head = _html("thead", _html("tr", *headings, role="row"), role="rowgroup")
    body = _html("tbody", *[_row(row, words, page) for row in ledger.rows], role="rowgroup")
    caption = _html("caption", words["caption"])
    table = _html("table", caption, head, body, role="table", classes=["ql-ledger"])
    return _html("div", table, classes=["ql-ledger-place"])


def _row(row: Row, words: Mapping[str, str], page: str) -> HtmlNode:
    texts: dict[str, Sequence[str]] = {
        "kind": [words[f"{row.anchor.kind.value}-kind"]],
        "reference": say.references(row.anchor),
        "tolerance": [say.tolerance(row.anchor, words)],
        "computed": say.computed(row),
        "published": say.published(row, words),
        "agreement": say.agreements(row, words),
    }
    cells = [_cell(name, _lines(text), words=words) for name, text in texts.items()]
    source = _html("span", row.anchor.source), _html("small", row.anchor.provenance)
    cells.append(_cell("source", *source, words=words))
    state = "ql-agrees" if row.agrees else "ql-disagrees"
    return _html("tr", _entry(row, words, page), *cells, role="row", classes=[state])


def _cell(name: str, *children: nodes.Node, words: Mapping[str, str]) -> HtmlNode:
    return _html("td", *children, role="cell", data_label=words[name], classes=[f"ql-{name}"])


def _entry(row: Row, words: Mapping[str, str], page: str) -> HtmlNode:
    anchor, chapter = row.anchor, row.declaration.chapter
    link = addnodes.pending_xref(
        "", nodes.inline(), refdomain="std", reftype="doc", reftarget=f"/{chapter}", refexplicit=False, refdoc=page
    )
    unit = say.units(anchor)
    lines = [anchor.quantity, anchor.formula, *([words["unit"].format(unit=unit)] if unit else [])]
    parts = [_html("strong", anchor.id), *[_html("span", line) for line in lines], link]
    return _html("th", *parts, scope="row", role="rowheader")


def _lines(texts: Sequence[str]) -> HtmlNode:
    """One text as it is, several as a list: each line stands beside the same value's in the other columns."""
    if len(texts) == 1:
        return _html("span", texts[0])
    return _html("ol", *[_html("li", text) for text in texts])


def _html(tag: str, *children: nodes.Node | str, classes: Sequence[str] = (), **attributes: str) -> HtmlNode:
    node = HtmlNode(tag=tag, classes=list(classes), html={key.replace("_", "-"): it for key, it in attributes.items()})
    node.extend(nodes.Text(child) if isinstance(child, str) else child for child in children)
    return node


def _open(translator: HTML5Translator, node: HtmlNode) -> None:
    translator.body.append(translator.starttag(node, node["tag"], "", **node["html"]))


def _close(translator: HTML5Translator, node: HtmlNode) -> None:
    translator.body.append(f"</{node['tag']}>\n")


def _add_style(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    del template, context
    if doctree is not None and page in _pages(app.env):
        app.add_css_file("qlearn/ledger.css")


def _declarations(environment: BuildEnvironment) -> tuple[Declaration, ...]:
    files = [Path(environment.doc2path(page)) for page in sorted(environment.found_docs)]
    return read_declarations(Path(environment.srcdir), [file for file in files if file.suffix == ".md"])


def _digest(declarations: tuple[Declaration, ...]) -> str:
    # the entries, and the directive itself: a change there has to show, too
    own = [ANCHORS_FILE, *sorted(Path(__file__).parent.glob("*.py"))]
    parts = [repr(declarations), code_digest(), *(file.read_text(encoding="utf-8") for file in own)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _pages(environment: BuildEnvironment) -> dict[str, str]:
    if not hasattr(environment, _PAGES):
        setattr(environment, _PAGES, {})
    pages: dict[str, str] = getattr(environment, _PAGES)
    return pages


def _outdated(
    app: Sphinx, environment: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    del app, added, changed, removed
    pages = _pages(environment)
    if not pages:
        return []
    now = _digest(_declarations(environment))
    return [page for page, then in pages.items() if then != now and page in environment.found_docs]


def _forget(app: Sphinx, environment: BuildEnvironment, page: str) -> None:
    del app
    _pages(environment).pop(page, None)


def _merge(app: Sphinx, environment: BuildEnvironment, pages: Sequence[str], other: Any) -> None:
    del app
    _pages(environment).update({page: digest for page, digest in _pages(other).items() if page in pages})
