"""What a feedback page is made of, as plain data for its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

__all__ = ["CellView", "FeedbackPage", "Names", "Question"]

NOTHING = Markup()


@dataclass(frozen=True)
class Names:
    """Whose page this is, and of what."""

    assignment: str
    notebook: str
    student: str


@dataclass(frozen=True)
class Question:
    """One line of the summary; `result` is one of right, partly, not_yet and waits.

    A test with named parts has one message for each that failed; `message` is then the one that matters most. What to
    try next is a sentence, and a place in the book.
    """

    title: Markup
    grade_id: str
    anchor: str
    result: str
    points: str
    message: str
    messages: tuple[str, ...] = ()
    next_step: str = ""
    place: Markup = NOTHING


@dataclass(frozen=True)
class CellView:
    """One cell: `text` of a Markdown cell or `code`, what it showed, its mark and the teacher's comment."""

    anchor: str
    kind: str
    text: Markup = NOTHING
    code: Markup = NOTHING
    outputs: tuple[Markup, ...] = ()
    question: Question | None = None
    comment: Markup = NOTHING


@dataclass(frozen=True)
class FeedbackPage:
    """Everything the template needs."""

    language: str
    words: Mapping[str, str]
    names: Names
    total: str
    late: str
    questions: tuple[Question, ...] = ()
    cells: tuple[CellView, ...] = field(default=())
