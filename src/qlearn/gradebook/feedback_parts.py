"""What a student may read of a hidden test that counts by named parts: which parts failed, in their author's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nbformat import NotebookNode

from qlearn.gradebook.feedback_hidden import Template, hidden_message
from qlearn.grading.parts import PARTS_TYPE, FailedPart, read_parts

__all__ = ["readable_parts"]


def readable_parts(
    outputs: Iterable[NotebookNode],
    *,
    ours: Mapping[str, Any],
    source: str,
    templates: Sequence[Template],
    words: Mapping[str, str],
) -> NotebookNode | None:
    """Give the failed parts as an output of its own, without anything that a student may not read.

    Parameters
    ----------
    outputs
        The test cell's.
    ours
        What our engine says of the cell; a test that ran in the student's process only claims to have failed so.
    source
        The whole cell's, hidden regions included.
    templates
        What authors of test cells wrote, from `author_templates`; a part's name is among them.
    words
        The page's own, from `feedback_words.WORDS`.

    Returns
    -------
    NotebookNode or None
        None if the cell has no parts, or none that failed.
    """
    result = read_parts(outputs)
    if result is None or not result.failed:
        return None
    parts = [_readable(part, ours, source, templates, words) for part in result.failed]
    bundle = {PARTS_TYPE: {"of": result.of, "parts": parts}}
    output = {"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": bundle}
    return NotebookNode(output)  # type: ignore[no-untyped-call]


def _readable(
    part: FailedPart, ours: Mapping[str, Any], source: str, templates: Sequence[Template], words: Mapping[str, str]
) -> dict[str, Any]:
    said = ""
    # a bare assert says nothing, and its part's name says what it checks
    if part.evalue or part.ename != "AssertionError":
        said = hidden_message(
            part.ename,
            part.evalue,
            raised_in=_raised_in(part, ours),
            source=source,
            templates=templates,
            words=words,
        )
    named = any(template.fits(" ".join(part.name.split())) for template in templates)
    name = part.name if named else ""
    if not name and not said:
        said = words["hidden_not_passed"]
    return {"name": name, "passed": False, "ename": "AssertionError", "evalue": said}


def _raised_in(part: FailedPart, ours: Mapping[str, Any]) -> str:
    if "verified" not in ours:
        return part.raised_in  # nbgrader's own grader has one process, and cannot tell
    return "student" if ours["verified"] is not True or part.raised_in == "student" else "test"
