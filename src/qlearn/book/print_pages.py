"""Put the whole book on one page that is made to be printed, when the setting `qlearn_print` is on.

Sphinx's `singlehtml` joins the chapters; the page around them is ours: a title page, a contents list and styles for
paper in place of the theme's bars and scripts. MathJax is its only script.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]  # its stubs are a package of their own
from sphinx.application import Sphinx
from sphinx.config import Config

__all__ = ["NOT_READY", "connect"]

NOT_READY = "qlearn-page-not-ready"
_FILES = Path(__file__).with_name("print")
_FOLDED = re.compile(r"<details(?![^>]*\bopen\b)")
_LAZY = re.compile(r'\sloading="lazy"')
# a part's name in the contents list would stand in the outline before the book's first page
_HEADING = re.compile(r'\s(?:role="heading"|aria-level="\d")')


def connect(app: Sphinx) -> None:
    """Register the setting and the page."""
    app.add_config_value("qlearn_print", default=False, rebuild="", types=[bool])
    app.add_config_value("qlearn_print_audience", default="", rebuild="", types=[str])
    app.connect("config-inited", _add_templates)
    app.connect("html-page-context", _use_print_page)


def _add_templates(app: Sphinx, config: Config) -> None:
    del app
    if config.qlearn_print:
        config.templates_path = [*config.templates_path, str(_FILES)]


def _use_print_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> str | None:
    del page, template
    config = app.config
    if not config.qlearn_print or doctree is None:
        return None
    contents = context["toctree"](maxdepth=1, collapse=False, includehidden=True, titles_only=True)
    body = _LAZY.sub("", _FOLDED.sub("<details open", context["body"]))
    context.update(
        body=body,
        print_not_ready=NOT_READY,
        print_style=(_FILES / "print.css").read_text(encoding="utf-8"),
        print_title=config.html_title or config.project,
        print_author=config.author,
        print_copyright=config.copyright,
        print_audience=config.qlearn_print_audience,
        print_mathjax=config.mathjax3_config or {},
        print_mathjax_path=config.mathjax_path,
        print_contents=_HEADING.sub("", contents),
    )
    return "print.html"
