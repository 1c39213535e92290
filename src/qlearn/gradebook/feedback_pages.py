"""What a feedback page leaves out: hidden tests, marking notes, and the tracebacks that quote them.

Grading puts both back into the notebook, and nbgrader's feedback would show them. The function here is one of the
preprocessors of `GenerateFeedback`, in the form nbconvert asks for.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode

from qlearn.grading.report import explain_error

__all__ = ["FEEDBACK_PREPROCESSORS", "hide_tests"]

HIDDEN_REGIONS = (("BEGIN HIDDEN TESTS", "END HIDDEN TESTS"), ("BEGIN MARK SCHEME", "END MARK SCHEME"))
FEEDBACK_PREPROCESSORS = (
    "nbgrader.preprocessors.GetGrades",
    "qlearn.gradebook.feedback_pages.hide_tests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
)


def hide_tests(notebook: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
    """Take hidden regions out of every cell; of an error in such a cell, keep the message its author wrote."""
    for cell in notebook.cells:
        kept = _without_hidden_regions(cell.source)
        if kept == cell.source:
            continue
        cell.source = kept
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.traceback = [explain_error(output.ename, output.evalue).text]
    return notebook, resources


def _without_hidden_regions(source: str) -> str:
    lines, closing = [], ""
    for line in source.split("\n"):
        closing = closing or next((end for begin, end in HIDDEN_REGIONS if begin in line), "")
        if not closing:
            lines.append(line)
        elif closing in line:
            closing = ""
    return "\n".join(lines)
