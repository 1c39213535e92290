"""Strangers' Markdown and HTML as Formgrader shows them: cleaned as on a feedback page.

These are filters of nbconvert's `HTMLExporter`; its own `clean_html` knows no table headings and no pictures, and
lets a student's text name the ids and classes that Formgrader's scripts go by.
"""

from __future__ import annotations

from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from qlearn.gradebook.feedback_html import Cleaner, mapping_or_none, scrub
from qlearn.gradebook.feedback_words import WORDS, page_language

__all__ = ["shown_html", "shown_markdown"]


@pass_context
def shown_markdown(context: Context, source: str) -> Markup:
    """Turn Markdown with HTML and TeX in it into what may stand in the page, with the formulas as MathML."""
    attachments = mapping_or_none(context.get("cell")).get("attachments")
    return _cleaner(context).markdown(scrub(source), attachments)


@pass_context
def shown_html(context: Context, source: Any) -> Markup:
    """Clean HTML; what `shown_markdown` made is clean, and a second time would lose its formulas."""
    if isinstance(source, Markup):
        return source
    return _cleaner(context).html(scrub(source.decode() if isinstance(source, bytes) else str(source)))


def _cleaner(context: Context) -> Cleaner:
    metadata = mapping_or_none(mapping_or_none(context.get("nb")).get("metadata"))
    return Cleaner(WORDS[page_language(metadata)])
