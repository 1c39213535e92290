"""The exporter that nbgrader's `GenerateFeedback` uses in our courses: one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from qlearn.errors import ExerciseError
from qlearn.gradebook.feedback_html import scrub
from qlearn.gradebook.feedback_marks import NotebookMarks, read_notebook_marks
from qlearn.gradebook.feedback_next import advise
from qlearn.gradebook.feedback_page import Names, make_page
from qlearn.gradebook.feedback_pages import configured_markers, hide_tests
from qlearn.gradebook.feedback_words import page_language
from qlearn.gradebook.policy import read_book
from qlearn.grading.notebooks import read_notebook

__all__ = ["FeedbackExporter"]

TEMPLATES = Path(__file__).with_name("templates")

POLICY = "default-src 'none'; img-src data:; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
"""The page has one style sheet and no script, so the browser is told to take nothing else."""


class FeedbackExporter(TemplateExporter):
    """Reads the marks, hides the tests, sanitises and renders.

    It is no `HTMLExporter`: that one writes scripts into the page and, last of all, parses and rewrites the whole of
    it, which would undo a sanitiser's care for how a browser reads it.
    """

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "feedback"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    @default("default_preprocessors")
    def _default_preprocessors_default(self) -> list[str]:
        return []

    output_mimetype = "text/html"

    def from_notebook_node(  # type: ignore[override]  # as nbconvert's own exporters do
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Make the page of an autograded notebook.

        Raises
        ------
        SubmissionError
            If the gradebook has no marks for it.
        """
        nbgrader = (resources or {}).get("nbgrader") or {}
        names = Names(*(str(scrub(nbgrader.get(key, ""))) for key in ("assignment", "notebook", "student")))
        marks = NotebookMarks()
        if nbgrader:
            marks = read_notebook_marks(
                nbgrader["db_url"], *(nbgrader[key] for key in ("assignment", "notebook", "student"))
            )
        readable = _readable(nb)
        released = _released(names)
        advice = advise(readable, released) if released else {}
        shown, _ = hide_tests(readable, {}, configured_markers(self.config))
        style = (TEMPLATES / "feedback" / "feedback.css").read_text(encoding="utf-8")
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        given = {
            **(resources or {}),
            "feedback_page": make_page(shown, marks, names, advice, read_book(Path(), page_language(nb.metadata))),
            "feedback_style": Markup(style),  # noqa: S704  our own file
            "feedback_policy": POLICY.format(style=digest),
        }
        page: tuple[str, dict[str, Any]] = super().from_notebook_node(shown, given, **kw)
        return page

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        environment.trim_blocks = True
        environment.lstrip_blocks = True
        return environment


def _released(names: Names) -> NotebookNode | None:
    """Read the notebook that the class got, or else the teacher's; nbgrader is in the course's folder now."""
    for folder in ("release", "source"):
        with suppress(ExerciseError):  # no such file, or a damaged one: the page does without
            return read_notebook(Path(folder, names.assignment, f"{names.notebook}.ipynb"))
    return None


def _readable(notebook: NotebookNode) -> NotebookNode:
    """Copy a notebook without what nobody can read: texts that are no Unicode, metadata that are no mapping."""
    copied: NotebookNode = scrub(notebook)
    for cell in copied.cells:
        for key in ("nbgrader", "qlearn"):
            if not isinstance(cell.metadata.get(key, {}), Mapping):
                del cell.metadata[key]
    return copied
