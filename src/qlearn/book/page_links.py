"""Links at the head of a page: its notebook, JupyterLab where a server offers it, the edition in another language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qlearn.book.words import words_for

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = ["connect"]

_TEMPLATES = str(Path(__file__).with_name("templates"))
_SCRIPTS = ("qlearn/lab.js", "qlearn/editions.js", "qlearn/page-links.js")


def connect(app: Sphinx) -> None:
    """Register the template, its words and its scripts."""
    app.connect("config-inited", _place)
    app.connect("html-page-context", _give_words, priority=400)
    for script in _SCRIPTS:
        app.add_js_file(script, loading_method="defer")


def _place(app: Sphinx, config: Config) -> None:
    del app
    if _TEMPLATES not in config.templates_path:
        config.templates_path.insert(0, _TEMPLATES)
    links = ["qlearn-page-links.html", "article-header-buttons.html"]
    config.html_theme_options.setdefault("article_header_end", links)


def _give_words(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    del page, template, doctree
    context["qlearn_words"] = words_for(app.config.language)
