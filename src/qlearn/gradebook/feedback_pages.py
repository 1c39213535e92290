"""What a feedback page leaves out.

Grading puts hidden tests and marking notes back into the notebook, and nbgrader's own feedback would show them.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from qlearn.gradebook.feedback_hidden import (
    DEFAULT_MARKERS,
    Markers,
    Template,
    author_templates,
    cut_hidden,
    hidden_lines,
    hidden_message,
    squeeze,
)
from qlearn.gradebook.feedback_html import mapping_or_none, plain_text
from qlearn.gradebook.feedback_parts import readable_parts
from qlearn.gradebook.feedback_words import WORDS, page_language
from qlearn.grading.report import explain_error

__all__ = ["configured_markers", "hide_tests", "keep_only_pages"]

FILES_OF_THE_EXCHANGE = frozenset({"timestamp.txt", "submission_secret.txt"})


def keep_only_pages(assignment: str, student: str, notebooks: Sequence[str]) -> None:
    """Remove from a student's feedback what nbgrader copied of the hand-in, as a hook of `GenerateFeedback`.

    It copies every file beside the notebooks. A page of the student's own among them would be released as feedback,
    and whoever opened it would run it.

    Parameters
    ----------
    assignment, student
        As nbgrader was asked; a pattern for several.
    notebooks
        One student's autograded notebooks. nbgrader is in the course's folder now.
    """
    del assignment, student
    for graded in {Path(notebook).parent for notebook in notebooks}:
        folder = Path("feedback", graded.parent.name, graded.name)
        pages = {f"{notebook.stem}.html" for notebook in graded.glob("*.ipynb")}
        for path in [path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()]:
            if path.parent != folder or path.name not in pages | FILES_OF_THE_EXCHANGE:
                path.unlink()


def configured_markers(config: Any) -> Markers:
    """Give the markers of hidden regions as a course has them, nbgrader's own always among them."""
    tests, notes = config.get("ClearHiddenTests", {}), config.get("ClearMarkScheme", {})
    (test_begin, test_end), (notes_begin, notes_end) = DEFAULT_MARKERS
    own = (
        (tests.get("begin_test_delimeter", test_begin), tests.get("end_test_delimeter", test_end)),
        (notes.get("begin_mark_scheme_delimeter", notes_begin), notes.get("end_mark_scheme_delimeter", notes_end)),
    )
    return tuple(dict.fromkeys((*own, *DEFAULT_MARKERS)))


def hide_tests(notebook: NotebookNode, resources: Any, markers: Markers = DEFAULT_MARKERS) -> tuple[NotebookNode, Any]:
    """Take hidden regions out of every cell, with all that running them showed but one message for the student.

    In other cells an output that quotes a hidden line goes too: a traceback can lead through a hidden helper, and
    code that ran beside the tests can print them. What the student's code showed after a hidden test goes in any case:
    it can have kept what the test called it with. It has the form of a preprocessor that nbconvert asks for.
    """
    words = WORDS[page_language(notebook.metadata)]
    parts = [cut_hidden(cell.source, markers) for cell in notebook.cells]
    telling = hidden_lines((hidden for _, hidden in parts), (kept for kept, _ in parts))
    templates = [
        template
        for cell, (_, hidden) in zip(notebook.cells, parts, strict=True)
        if hidden or mapping_or_none(cell.metadata.get("nbgrader")).get("locked")
        for template in (author_templates(cell.source) if cell.cell_type == "code" else ())
    ]
    for cell, (kept, hidden) in zip(notebook.cells, parts, strict=True):
        outputs = cell.get("outputs", [])
        ours = mapping_or_none(cell.metadata.get("qlearn"))
        failed = readable_parts(outputs, ours=ours, source=cell.source, templates=templates, words=words)
        if hidden:
            message = "" if failed else _message(cell, outputs, templates, words)
            outputs[:] = [failed] if failed else [_said(message)] if message else []
        else:
            if ours.get("after_hidden_test"):
                outputs[:] = _without_students(outputs, str(ours.get("raised_in", "")), words)
                if failed and mapping_or_none(cell.metadata.get("nbgrader")).get("grade"):
                    outputs.append(failed)
            outputs[:] = [_unless_telling(output, telling, words) for output in outputs]
        cell.source = kept
    return notebook, resources


def _message(
    cell: NotebookNode, outputs: list[NotebookNode], templates: list[Template], words: Mapping[str, str]
) -> str:
    for output in outputs:
        if output.output_type == "error":
            return hidden_message(
                str(output.get("ename", "")),
                str(output.get("evalue", "")),
                raised_in=str(mapping_or_none(cell.metadata.get("qlearn")).get("raised_in", "")),
                source=cell.source,
                templates=templates,
                words=words,
            )
    # nbgrader takes text on stderr for a failure
    wrote = any(output.output_type == "stream" and output.get("name") == "stderr" for output in outputs)
    return words["hidden_stderr"] if wrote else ""


def _without_students(outputs: list[NotebookNode], raised_in: str, words: Mapping[str, str]) -> list[NotebookNode]:
    """Keep a test's own error, of all that a cell showed, and say so in one line."""
    kept = [output for output in outputs if output.output_type == "error" and raised_in in ("test", "host")]
    return kept if len(kept) == len(outputs) else [*kept, _note(words["after_hidden"])]


def _said(message: str) -> NotebookNode:
    error = {"output_type": "error", "ename": "AssertionError", "evalue": message, "traceback": [message]}
    return NotebookNode(error)  # type: ignore[no-untyped-call]


def _unless_telling(output: NotebookNode, telling: frozenset[str], words: Mapping[str, str]) -> NotebookNode:
    """Give an output, or a note in its place if a hidden line stands in any text of it."""
    if not telling:
        return output
    text = squeeze(" ".join(_texts(output)))
    if not any(line in text for line in telling):
        return output
    if output.output_type == "error":
        said = explain_error(str(output.get("ename", "")), str(output.get("evalue", ""))).text
        return _said(words["hidden_not_passed"] if any(line in squeeze(said) for line in telling) else said)
    return _note(words["withheld"])


def _note(text: str) -> NotebookNode:
    note = {"output_type": "stream", "name": "stdout", "text": f"{text}\n"}
    return NotebookNode(note)  # type: ignore[no-untyped-call]


def _texts(output: NotebookNode) -> list[str]:
    """Collect the texts in an output, without the colours and HTML entities that break lines up."""
    data = mapping_or_none(output.get("data"))
    found = [output.get("text", ""), output.get("evalue", ""), *output.get("traceback", [])]
    found += [value for mime, value in data.items() if not mime.startswith("image/") or mime == "image/svg+xml"]
    return [html.unescape(plain_text(text if isinstance(text, str) else str(text))) for text in found]
