"""A feedback page as plain data: a line for each question, then the notebook's cells, ready for the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape
from nbformat import NotebookNode

from qlearn.gradebook.feedback_html import Cleaner, mapping_or_none, plain_text
from qlearn.gradebook.feedback_marks import Mark, NotebookMarks
from qlearn.gradebook.feedback_next import Advice, next_step
from qlearn.gradebook.feedback_outputs import highlighted, show_outputs
from qlearn.gradebook.feedback_views import CellView, FeedbackPage, Names, Question
from qlearn.gradebook.feedback_words import WORDS, page_language
from qlearn.grading.parts import read_parts
from qlearn.grading.report import CellMessage, explain_part, read_cell_messages

__all__ = ["CellView", "FeedbackPage", "Names", "Question", "make_page"]

LONGEST_MESSAGE = 1500


def make_page(
    notebook: NotebookNode,
    marks: NotebookMarks,
    names: Names,
    advice: Mapping[str, Advice] | None = None,
    book: str = "",
) -> FeedbackPage:
    """Make the page of a notebook that `hide_tests` went over.

    Parameters
    ----------
    notebook
        Its cells' sources and outputs may hold anything.
    marks
        From the gradebook; nothing in the notebook counts for them.
    names
        For the heading.
    advice
        By grade_id, from `feedback_next.advise`.
    book
        Where the book stands; without it a place in the book is named and not linked.
    """
    language = page_language(notebook.metadata)
    words = WORDS[language]
    builder = _Builder(words, marks, read_cell_messages(notebook), advice or {}, book)
    cells = tuple(builder.add(number, cell) for number, cell in enumerate(notebook.cells, start=1))
    total = words["total_waiting" if marks.waiting else "total"].format(
        points=_number(marks.points), maximum=_number(marks.maximum), waiting=_number(marks.waiting)
    )
    return FeedbackPage(
        language=language,
        words=words,
        names=names,
        total=total,
        late=words["late"].format(points=_number(marks.late_penalty)) if marks.late_penalty else "",
        questions=(*builder.questions.values(), *builder.missing()),
        cells=cells,
    )


class _Builder:
    """Goes through the cells once, in order, and remembers the heading it is under."""

    def __init__(
        self,
        words: Mapping[str, str],
        marks: NotebookMarks,
        messages: Mapping[str, CellMessage],
        advice: Mapping[str, Advice],
        book: str,
    ) -> None:
        self.questions: dict[str, Question] = {}
        self._words = words
        self._marks = marks
        self._messages = messages
        self._advice = advice
        self._book = book
        self._cleaner = Cleaner(words)
        self._heading = Markup()
        self._used_headings: set[Markup] = set()

    def add(self, number: int, cell: NotebookNode) -> CellView:
        """Make one cell's view, and its question if it is graded."""
        roles = mapping_or_none(cell.metadata.get("nbgrader"))
        grade_id = str(roles.get("grade_id", ""))
        anchor = f"cell-{number}"
        question = None
        if cell.cell_type == "markdown":
            self._note_heading(cell.source)
        # a second cell with the same grade_id is a copy; marks are the first's
        if grade_id in self._marks.marks and grade_id not in self.questions:
            question = self._question(grade_id, anchor, cell)
            self.questions[grade_id] = question
        if roles.get("solution"):
            kind = "answer"
        elif roles.get("task"):
            kind = "task"
        else:
            kind = "test" if question is not None else "plain"
        comment = self._marks.comments.get(grade_id, "") if kind in ("answer", "task") else ""
        return CellView(
            anchor=anchor,
            kind=kind,
            question=question,
            comment=self._comment(comment) if comment else Markup(),
            **self._content(cell, question),
        )

    def missing(self) -> list[Question]:
        """Give the graded cells that the notebook does not have."""
        return [
            Question(
                title=Markup(),
                grade_id=grade_id,
                anchor="",
                result=_result(mark),
                points=self._points(mark),
                message=self._words["missing_cell"],
                next_step=self._words["next_waits" if mark.points is None else "next_missing"],
            )
            for grade_id, mark in sorted(self._marks.marks.items())
            if grade_id not in self.questions
        ]

    def _content(self, cell: NotebookNode, question: Question | None) -> dict[str, Any]:
        if cell.cell_type == "markdown":
            return {"text": self._cleaner.markdown(cell.source, cell.get("attachments"))}
        if cell.cell_type != "code":
            return {"code": Markup("{}").format(plain_text(cell.source))}
        told = question is not None and bool(question.message)
        outputs = show_outputs(cell.get("outputs", []), self._cleaner, self._words, told=told)
        return {"code": highlighted(cell.source.strip("\n")), "outputs": tuple(outputs)}

    def _question(self, grade_id: str, anchor: str, cell: NotebookNode) -> Question:
        mark = self._marks.marks[grade_id]
        result = _result(mark)
        message = "" if result == "right" else _short(self._messages.get(grade_id, CellMessage("")).text)
        title = self._heading if self._heading not in self._used_headings else Markup()
        self._used_headings.add(title)
        advice = self._advice.get(grade_id, Advice(""))
        if advice.state == "comment" and not self._marks.comments.get(grade_id):
            advice = replace(advice, state="")
        sentence, place = next_step(advice, result, self._words, self._book)
        return Question(
            title=title,
            grade_id=grade_id,
            anchor=anchor,
            result=result,
            points=self._points(mark),
            message=message,
            messages=_each_part(cell) if message else (),
            next_step=sentence,
            place=place,
        )

    def _points(self, mark: Mark) -> str:
        if mark.points is None:
            return self._words["waits_of"].format(maximum=_number(mark.maximum))
        return self._words["of"].format(points=_number(mark.points), maximum=_number(mark.maximum))

    def _comment(self, text: str) -> Markup:
        if text == "No response.":  # nbgrader's own words, not a person's
            text = self._words["auto_comment_no_response"]
        return self._cleaner.markdown(text)

    def _note_heading(self, source: str) -> None:
        fenced = False
        for line in source.split("\n"):
            fenced ^= line.lstrip().startswith(("```", "~~~"))
            if not fenced and line.startswith("#") and line.lstrip("#").startswith(" ") and len(line) < 300:
                # as a heading, so that its number does not begin a list
                heading = str(self._cleaner.markdown(f"# {line.lstrip('#').strip()}")).strip()
                text = heading.removeprefix("<h3>").removesuffix("</h3>")
                # it goes into a link, which may hold formulas, but no other link
                holds_formula = "<math" in text and "<a" not in text
                self._heading = Markup(text) if holds_formula else escape(_words_of(text))  # noqa: S704  cleaned


def _words_of(html: str) -> str:
    return str(Markup(html).striptags())  # noqa: S704  it was cleaned, and only its text is taken


def _each_part(cell: NotebookNode) -> tuple[str, ...]:
    """Give what each failed part of a test said, if there is more than one."""
    parts = read_parts(cell.get("outputs", [])) if cell.cell_type == "code" else None
    said = tuple(_short(explain_part(part).text) for part in parts.failed) if parts else ()
    return said if len(said) > 1 else ()


def _result(mark: Mark) -> str:
    if mark.points is None:
        return "waits"
    if mark.points >= mark.maximum:
        return "right"
    return "partly" if mark.points > 0 else "not_yet"


def _short(text: str) -> str:
    text = plain_text(text)
    return text if len(text) <= LONGEST_MESSAGE else f"{text[:LONGEST_MESSAGE]} …"


def _number(value: float) -> str:
    return f"{round(value, 2):g}"
