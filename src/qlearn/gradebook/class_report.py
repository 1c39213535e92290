"""What a class shows, as data: how each question went, which misconceptions were met, what to talk about next.

The numbers are the usual ones of item analysis. *Right* is the share with full marks among those whose mark is there;
*discrimination* is the correlation of a question's points with the points of all the others, so that a question on
which the strong and the weak do alike stands out. A class under five shows counts: a share of three students says
nothing, and would name them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from qlearn.gradebook.course import Course
from qlearn.gradebook.history import History, read_history
from qlearn.gradebook.marks import MarksTable, MarkState, Question, Standing, read_marks
from qlearn.gradebook.reports import read_report
from qlearn.grading.report import QuestionReport

__all__ = ["SMALL_CLASS", "AssignmentSummary", "MetMisconception", "QuestionSummary", "summarise"]

SMALL_CLASS = 5  # students with marks
TALK_ABOUT = 3


@dataclass(frozen=True)
class MetMisconception:
    """A fault that tests recognised: its name, how many students met it, and what they were told."""

    slug: str
    students: int
    message: str


@dataclass(frozen=True)
class QuestionSummary:
    """How one question went.

    Attributes
    ----------
    marked, right, pending : int
        Students with a mark, with full marks, and still waiting for a hand mark.
    mean : float or None
        Mean of the points over the maximum, 0 to 1; None without marks.
    discrimination : float or None
        Correlation with the rest, -1 to 1; None for a small class or where one of the two never varies.
    hours_to_right : float or None
        Mean time from release to a student's first right attempt, in hours; None where no times are known.
    misconceptions : tuple of MetMisconception
        Most frequent first.
    """

    question: Question
    marked: int
    right: int
    pending: int
    mean: float | None
    discrimination: float | None
    hours_to_right: float | None
    misconceptions: tuple[MetMisconception, ...]


@dataclass(frozen=True)
class AssignmentSummary:
    """One assignment of a class: its table, its questions, and what a teacher should look at."""

    table: MarksTable
    questions: tuple[QuestionSummary, ...]
    talk_about: tuple[QuestionSummary, ...]
    not_as_planned: tuple[tuple[str, str], ...]

    @property
    def is_small(self) -> bool:
        """Whether the class is too small for shares and correlations."""
        return len([row for row in self.table.rows if row.total is not None]) < SMALL_CLASS


def summarise(course: Course, assignment: str) -> AssignmentSummary:
    """Summarise an assignment that was released.

    Raises
    ------
    CourseError
        As `read_marks`.
    """
    table = read_marks(course, assignment)
    report = read_report(course, assignment)
    found = {entry.student: entry.questions for entry in report.submissions} if report else {}
    history = read_history(course, assignment)
    # a report may be older than the marks; only who has marks now counts
    with_marks = [row.student.id for row in table.rows if row.total is not None]
    said = {student: found.get(student, ()) for student in with_marks}
    points = _points(table)
    questions = tuple(_question(table, number, points, said, history) for number in range(len(table.questions)))
    planned = tuple(
        (row.student.id, row.reason) for row in table.rows if row.standing is Standing.NEEDS_ATTENTION and row.reason
    )
    return AssignmentSummary(table, questions, _talk_about(questions), planned)


def _points(table: MarksTable) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Give points by student and question, NaN where there is no mark, of students with any."""
    rows = [
        [np.nan if mark.points is None else mark.points for mark in row.marks]
        for row in table.rows
        if row.total is not None
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(table.questions))


def _question(
    table: MarksTable,
    number: int,
    points: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    said: dict[str, tuple[QuestionReport, ...]],
    history: History,
) -> QuestionSummary:
    question = table.questions[number]
    column = points[:, number]
    known = column[~np.isnan(column)]
    hours = history.hours_to_right(question.notebook, question.grade_id, question.max_points)
    return QuestionSummary(
        question=question,
        marked=known.size,
        right=int(np.sum(known >= question.max_points)),
        pending=sum(row.marks[number].state is MarkState.PENDING for row in table.rows),
        mean=float(known.mean() / question.max_points) if known.size and question.max_points else None,
        discrimination=_discrimination(points, number),
        hours_to_right=float(np.mean(hours)) if hours else None,
        misconceptions=_misconceptions(question, said),
    )


def _discrimination(points: np.ndarray[tuple[int, int], np.dtype[np.float64]], number: int) -> float | None:
    """Correlate a question with the sum of the others, over students who have every automatic mark."""
    others = [place for place in range(points.shape[1]) if place != number and not np.isnan(points[:, place]).all()]
    if not others:
        return None
    whole = points[~np.isnan(points[:, [number, *others]]).any(axis=1)]
    if len(whole) < SMALL_CLASS:
        return None
    item, rest = whole[:, number], whole[:, others].sum(axis=1)
    if np.ptp(item) == 0 or np.ptp(rest) == 0:
        return None
    return float(np.corrcoef(item, rest)[0, 1])


def _misconceptions(question: Question, said: dict[str, tuple[QuestionReport, ...]]) -> tuple[MetMisconception, ...]:
    counts: Counter[str] = Counter()
    messages: dict[str, str] = {}
    for questions in said.values():
        for one in questions:
            if one.misconception and (one.notebook, one.grade_id) == (question.notebook, question.grade_id):
                counts[one.misconception] += 1
                messages.setdefault(one.misconception, one.message)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(MetMisconception(slug, students, messages[slug]) for slug, students in ordered)


def _talk_about(questions: tuple[QuestionSummary, ...]) -> tuple[QuestionSummary, ...]:
    """Choose the questions that most students missed; of two alike, the one whose fault has a name goes first."""
    missed = [one for one in questions if one.mean is not None and one.mean < 1.0 and one.marked > 0]

    def weight(one: QuestionSummary) -> tuple[float, int]:
        named = max((fault.students for fault in one.misconceptions), default=0)
        return round((1.0 - (one.mean or 0.0)) * one.marked, 9), named

    return tuple(sorted(missed, key=weight, reverse=True)[:TALK_ABOUT])
