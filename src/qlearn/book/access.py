"""Mend what the theme and its companions leave unreadable to a screen reader or unreachable by keyboard.

Templates with right names and landmarks, HTML with right roles, and one script and style for what can only be done in
the browser.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes  # type: ignore[import-untyped]  # its stubs are a package of their own
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

__all__ = ["connect"]

_TEMPLATES = Path(__file__).with_name("templates")


def connect(app: Sphinx) -> None:
    """Register templates, HTML writers, style and script."""
    # not add_node: it would take docutils' own visitors away at the end of the build, and from the next one
    app.registry.add_translation_handlers(nodes.citation, html=(_open_citation, HTML5Translator.depart_citation))
    app.registry.add_translation_handlers(HideCodeCellNode, html=(_open_hidden_cell, _close_hidden_cell))
    app.connect("config-inited", _choose_templates)
    app.add_css_file("qlearn/access.css")
    app.add_js_file("qlearn/access.js", loading_method="defer")


def _choose_templates(app: Sphinx, config: Config) -> None:
    del app
    # in front of the themes' folders, which are in this list too
    config.templates_path.insert(0, str(_TEMPLATES))
    # the top bar would hold nothing but a second search button and two toggles, which the theme's script takes for
    # the ones it is to work, so that the visible ones do nothing on a phone
    config.html_theme_options.setdefault("navbar_persistent", [])
    config.html_theme_options.setdefault("primary_sidebar_end", [])


def _open_citation(translator: HTML5Translator, node: nodes.citation) -> None:
    HTML5Translator.visit_citation(translator, node)
    # the role that docutils writes is deprecated, and its list holds no items to a browser
    translator.body[-1] = translator.body[-1].replace('role="doc-biblioentry"', 'role="listitem"')


def _open_hidden_cell(translator: HTML5Translator, node: HideCodeCellNode) -> None:
    # as myst-nb writes it, but without the label that hides from a screen reader what the line says
    translator.body.append(f'<details class="admonition hide {" ".join(node["classes"])}">\n<summary>\n')
    for state in ("collapsed", "expanded"):
        prompt = escape(node["prompt_show" if state == "collapsed" else "prompt_hide"])
        translator.body.append(f'<p class="{state} admonition-title">{prompt}</p>\n')
    translator.body.append("</summary>\n")


def _close_hidden_cell(translator: HTML5Translator, node: HideCodeCellNode) -> None:
    del node
    translator.body.append("</details>\n")
