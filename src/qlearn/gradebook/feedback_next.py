"""What a student may try next in each question, and where in the book it is explained.

Both come from the notebook as it was released: the course's own words, never what a student wrote there. A hint names a
section in a line of its own, and says in a comment, which no notebook shows, where that is::

    In the book: *Bell*, *Was it luck?* <!-- book: entanglement/bell#was-it-luck -->
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from qlearn.gradebook.feedback_html import mapping_or_none
from qlearn.grading.parts import read_parts
from qlearn.grading.report import explain_part, read_cell_messages

__all__ = ["Advice", "Section", "advise", "next_step"]

OWN_ERRORS = ("AssertionError", "Misconception")
"""What a test raises that finds an answer wrong; any other error has stopped it."""

_NAMED = re.compile(
    r"\s*(?:In the book|책에서): \*(?P<chapter>[^*]+)\*(?:, \*(?P<section>[^*]+)\*)?\.?"
    r"(?:\s*<!-- book: (?P<page>[a-z0-9-]+(?:/[a-z0-9-]+)*)(?:#(?P<anchor>[\w-]+))? -->)?\s*"
)


@dataclass(frozen=True)
class Section:
    """A section of the book, or a whole chapter: its names, and its page and anchor if the hint says them."""

    chapter: str
    section: str = ""
    page: str = ""
    anchor: str = ""

    def address(self, book: str) -> str:
        """Give its address in a book that stands at `book`; empty if one of the two is not known."""
        if not book or not self.page:
            return ""
        return f"{book.rstrip('/')}/{self.page}.html" + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True)
class Advice:
    """What is known of one question that is not right yet.

    Attributes
    ----------
    state : str
        `blank`, `misconception`, `raised`, `failed`, `comment` for an answer that a person marks, or empty if nothing
        was said about it.
    section : Section or None
        The section that its hints name, or else the chapter that the notebook's first lines name.
    has_hint : bool
        Whether the question has a hint to start from.
    """

    state: str
    section: Section | None = None
    has_hint: bool = False


@dataclass
class _Asked:
    """A question as it was released: its section, and the cells for the answer with what stood in them."""

    section: Section | None
    has_hint: bool
    answers: Mapping[str, str]
    by_hand: bool


def advise(graded: NotebookNode, released: NotebookNode) -> dict[str, Advice]:
    """Say for each graded cell of a released notebook how it stands with a student's.

    Parameters
    ----------
    graded
        The student's, as it was graded; hidden tests may still be in it.
    released
        The notebook that the class got.
    """
    sources: dict[str, str] = {}
    cells: dict[str, NotebookNode] = {}
    for cell in graded.cells:
        grade_id = str(mapping_or_none(cell.metadata.get("nbgrader")).get("grade_id", ""))
        sources.setdefault(grade_id, cell.source)
        cells.setdefault(grade_id, cell)
    messages = read_cell_messages(graded)
    advice = {}
    for grade_id, asked in _questions(released).items():
        said = messages.get(grade_id)
        if asked.answers and all(_same(sources.get(name), text) for name, text in asked.answers.items()):
            state = "blank"
        elif asked.by_hand:
            state = "comment"
        elif said is None:
            state = ""
        elif said.misconception:
            state = "misconception"
        else:
            state = "raised" if _was_stopped(cells[grade_id], said.text) else "failed"
        advice[grade_id] = Advice(state, asked.section, asked.has_hint)
    return advice


def next_step(advice: Advice, result: str, words: Mapping[str, str], book: str) -> tuple[str, Markup]:
    """Give one sentence for a question, and where the book explains it; both empty if there is nothing to say.

    Parameters
    ----------
    advice
        From `advise`.
    result
        `right`, `partly`, `not_yet` or `waits`, as the marks have it.
    words
        The page's own.
    book
        Where the book stands, or nothing.
    """
    if result == "right":
        return "", Markup()
    if result == "waits":
        return words["next_waits"], Markup()
    state = advice.state
    if state == "misconception" and advice.section is not None:
        # a question without a hint asks for a guess, which is left as it is
        state = "misconception_read" if advice.has_hint else "misconception_plain"
    elif state == "blank" and not advice.has_hint:
        state = "blank_plain"
    sentence = words[f"next_{state}"] if state else ""
    return sentence, _place(advice.section, words, book) if advice.section else Markup()


def _place(section: Section, words: Mapping[str, str], book: str) -> Markup:
    form = words["place"] if section.section else words["place_chapter"]
    named = form.format(chapter=section.chapter, section=section.section)
    address = section.address(book)
    shown = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, named) if address else named
    return Markup("{}").format(Markup(words["in_the_book"]).format(place=shown))  # noqa: S704  our own words


def _questions(released: NotebookNode) -> dict[str, _Asked]:
    """Go through the released cells: a heading begins a question, a graded cell ends it."""
    asked: dict[str, _Asked] = {}
    chapter: Section | None = None
    section: Section | None = None
    has_hint = started = False
    answers: dict[str, str] = {}
    for cell in released.cells:
        roles = mapping_or_none(cell.metadata.get("nbgrader"))
        if cell.cell_type == "markdown" and not roles.get("solution"):
            for line in cell.source.split("\n"):
                if line.startswith("#"):
                    section, has_hint = None, False
                has_hint |= "<summary>" in line
                section = _named(line) or section
            chapter = chapter or (section if not started else None)
        if roles.get("solution") or roles.get("task"):
            started = True
            answers[str(roles.get("grade_id", ""))] = cell.source
        if roles.get("grade") or roles.get("task"):
            by_hand = bool(roles.get("solution") or roles.get("task"))
            asked[str(roles.get("grade_id", ""))] = _Asked(section or chapter, has_hint, answers, by_hand)
            answers = {}
    return asked


def _named(line: str) -> Section | None:
    found = _NAMED.fullmatch(line)
    return Section(**{key: (text or "").strip() for key, text in found.groupdict().items()}) if found else None


def _same(source: Any, released: str) -> bool:
    return isinstance(source, str) and "".join(source.split()) == "".join(released.split())


def _was_stopped(cell: NotebookNode, said: str) -> bool:
    """Whether an error of another kind than a test's own ended the test, or the part that speaks for it."""
    ours = mapping_or_none(cell.metadata.get("qlearn"))
    if ours.get("raised_in") in ("student", "host"):
        return True
    errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
    if errors:
        return str(errors[0].get("ename", "")) not in OWN_ERRORS
    result = read_parts(cell.get("outputs", []))
    speaking = [part for part in result.failed if explain_part(part).text == said] if result else []
    return bool(speaking) and (speaking[0].ename not in OWN_ERRORS or speaking[0].raised_in == "student")
