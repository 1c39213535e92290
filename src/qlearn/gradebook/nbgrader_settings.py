"""How nbgrader is told to make our pages: what a course's `nbgrader_config.py` calls.

Every command reads the settings, so what they need stands here as names, and nothing is imported for them.
"""

from __future__ import annotations

from typing import Any

__all__ = ["configure_collection", "configure_feedback", "configure_formgrader"]

COLLECTS = "qlearn.gradebook.counting_attempt.CollectWhatCounts"
EXPORTER = "qlearn.gradebook.feedback_exporter.FeedbackExporter"
KEEP_ONLY_PAGES = "qlearn.gradebook.feedback_pages.keep_only_pages"
FORMGRADERS_FILTERS = {
    "markdown2html": "qlearn.gradebook.marking_html.shown_markdown",
    "clean_html": "qlearn.gradebook.marking_html.shown_html",
}


def configure_collection(config: Any) -> None:
    """Let nbgrader collect the attempt that counts by the course's `policy.toml`, from Formgrader too.

    Parameters
    ----------
    config
        nbgrader's, such as `get_config()` gives in `nbgrader_config.py`.
    """
    config.ExchangeFactory.collect = COLLECTS


def configure_feedback(config: Any) -> None:
    """Let nbgrader's `GenerateFeedback`, from wherever it is called, make our pages.

    Parameters
    ----------
    config
        nbgrader's, such as `get_config()` gives in `nbgrader_config.py`.
    """
    config.GenerateFeedback.exporter_class = EXPORTER
    config.GenerateFeedback.preprocessors = []  # the exporter reads the marks and hides the tests itself
    config.GenerateFeedback.post_convert_hook = KEEP_ONLY_PAGES


def configure_formgrader(config: Any) -> None:
    """Let Formgrader show what students wrote without running it.

    nbgrader's template cleans nothing, and a script in an answer would act with the teacher's rights: on marks, on
    files, in terminals. Its own scripts are no part of what is cleaned.

    Parameters
    ----------
    config
        nbgrader's, such as `get_config()` gives in `nbgrader_config.py`.
    """
    config.HTMLExporter.sanitize_html = True  # of outputs alone, where the template asks
    config.HTMLExporter.filters = dict(FORMGRADERS_FILTERS)
