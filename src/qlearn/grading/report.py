"""What became of a submission: one outcome, points and messages by question, as JSON.

The messages are read out of an autograded notebook. A test cell that fails raises `AssertionError` with a text
for the student; one that recognised a misconception raises `Misconception`, whose text ends in a slug in square
brackets. Nothing here knows which misconceptions exist: a slug is counted under the name its test gave it.
"""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import nbformat

from qlearn.grading.parts import FailedPart, read_parts

__all__ = [
    "AssignmentReport",
    "CellMessage",
    "Outcome",
    "QuestionReport",
    "SubmissionReport",
    "explain_error",
    "explain_part",
    "read_cell_messages",
    "read_timeouts",
]

_ANSI_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_SLUG = re.compile(r"\s*\[([a-z0-9]+(?:-[a-z0-9]+)*)\]\s*$")


class Outcome(enum.StrEnum):
    """How grading a submission ended; a batch keeps the three apart."""

    GRADED = "graded"
    NEEDS_ATTENTION = "needs attention"
    BROKEN = "broken"


@dataclass(frozen=True)
class QuestionReport:
    """One graded cell: `points` is None while nobody and nothing has marked it."""

    notebook: str
    grade_id: str
    points: float | None
    max_points: float
    message: str = ""
    misconception: str = ""


@dataclass(frozen=True)
class SubmissionReport:
    """What became of one student's hand-in; a broken one has a reason and no questions.

    `timestamp` is the hand-in's own, so that a newer one is not taken for graded; `seconds` is how long grading took.
    """

    student: str
    assignment: str
    outcome: Outcome
    reason: str = ""
    questions: tuple[QuestionReport, ...] = ()
    seconds: float = 0.0
    timestamp: str = ""

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> SubmissionReport:
        """Read back what `dataclasses.asdict` and JSON made of a report.

        Raises
        ------
        KeyError, TypeError, ValueError
            If the record was not written by this class.
        """
        questions = tuple(QuestionReport(**question) for question in record["questions"])
        return cls(**{**record, "outcome": Outcome(record["outcome"]), "questions": questions})


@dataclass(frozen=True)
class AssignmentReport:
    """The reports of one run over an assignment, in the order of the students' ids."""

    assignment: str
    submissions: tuple[SubmissionReport, ...]

    def count(self, outcome: Outcome) -> int:
        """Count the submissions that ended this way."""
        return sum(submission.outcome is outcome for submission in self.submissions)

    def to_json(self) -> str:
        """Write the report as indented JSON with Korean names left readable."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> AssignmentReport:
        """Read back what `to_json` wrote.

        Raises
        ------
        KeyError, TypeError, ValueError
            If the text is not JSON or not of this form.
        """
        record = json.loads(text)
        submissions = tuple(SubmissionReport.from_json(entry) for entry in record["submissions"])
        return cls(assignment=record["assignment"], submissions=submissions)


@dataclass(frozen=True)
class CellMessage:
    """What a failed cell said: the text for the student, and the misconception it names, if any."""

    text: str
    misconception: str = ""
    only_stderr: bool = False


def explain_error(name: str, value: str) -> CellMessage:
    """Turn an error's name and text into what a reader needs: a test's own words alone, else name and text."""
    text = " ".join(_ANSI_COLOUR.sub("", value).split())
    if name == "Misconception":
        slug = _SLUG.search(text)
        if slug is not None:
            return CellMessage(text=text[: slug.start()], misconception=slug.group(1))
    if name in ("AssertionError", "Misconception") and text:
        return CellMessage(text=text)
    return CellMessage(text=f"{name}: {text}" if text else name)


def explain_part(part: FailedPart) -> CellMessage:
    """Turn a failed part of a test into its name and what it said."""
    said = explain_error(part.ename, part.evalue)
    bare = said.text == part.ename == "AssertionError"
    name = " ".join(part.name.split())
    parts = [piece for piece in (name, "" if bare else said.text) if piece]
    return CellMessage(text=": ".join(parts), misconception=said.misconception)


def read_cell_messages(notebook: nbformat.NotebookNode) -> dict[str, CellMessage]:
    """Collect what the graded code cells of an executed notebook said when they failed, by grade_id.

    Parameters
    ----------
    notebook
        An autograded notebook, outputs included.

    Returns
    -------
    dict
        One entry a graded cell with an error, with text on stderr, which nbgrader counts as a failure, or with parts
        that failed: of these the first one that names a misconception speaks, or else the first.
    """
    messages: dict[str, CellMessage] = {}
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and marks.get("grade") and marks.get("grade_id"):
            message = _read_message(cell.get("outputs", []))
            if message is not None:
                messages.setdefault(marks["grade_id"], message)
    return messages


def read_timeouts(notebook: nbformat.NotebookNode) -> list[str]:
    """Name the cells that ran out of time: by grade_id, or as `cell 7` counted from 1."""
    names = []
    for number, cell in enumerate(notebook.cells, start=1):
        outputs = cell.get("outputs", [])
        if any(output.get("ename") == "CellTimeoutError" for output in outputs):
            names.append(cell.metadata.get("nbgrader", {}).get("grade_id") or f"cell {number}")
    return names


def _read_message(outputs: list[nbformat.NotebookNode]) -> CellMessage | None:
    for output in outputs:
        if output.output_type == "error":
            return explain_error(output.get("ename", "Error"), output.get("evalue", ""))
    result = read_parts(outputs)
    said = [explain_part(part) for part in result.failed] if result else []
    if said:
        return next((message for message in said if message.misconception), said[0])
    for output in outputs:
        if output.output_type == "stream" and output.name == "stderr":
            lines = _ANSI_COLOUR.sub("", output.text).strip().splitlines()
            return CellMessage(text=lines[0] if lines else "", only_stderr=True)
    return None
