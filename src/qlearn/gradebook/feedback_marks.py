"""The marks and comments of one notebook, as the gradebook has them; reading changes nothing there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qlearn.errors import SubmissionError

__all__ = ["Mark", "NotebookMarks", "read_notebook_marks"]


@dataclass(frozen=True)
class Mark:
    """One graded cell; `points` is None while it waits for a person."""

    points: float | None
    maximum: float


@dataclass(frozen=True)
class NotebookMarks:
    """What a notebook got, by grade_id; `late_penalty` is taken off the sum."""

    marks: Mapping[str, Mark] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    late_penalty: float = 0.0

    @property
    def points(self) -> float:
        """The sum of what is marked so far, less the penalty."""
        return sum(mark.points or 0.0 for mark in self.marks.values()) - self.late_penalty

    @property
    def maximum(self) -> float:
        """What a notebook without a fault gets."""
        return sum(mark.maximum for mark in self.marks.values())

    @property
    def waiting(self) -> float:
        """The points that nobody has given or refused yet."""
        return sum(mark.maximum for mark in self.marks.values() if mark.points is None)


def read_notebook_marks(database_url: str, assignment: str, notebook: str, student: str) -> NotebookMarks:
    """Read one notebook's marks in two queries.

    nbgrader's own step for this asks four times a cell and adds a course to the database if its name is not
    `default_course`.

    Raises
    ------
    SubmissionError
        If the gradebook has no such submission.
    """
    from nbgrader.api import Assignment, BaseCell, Comment, Grade, Notebook, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import create_engine, select
    from sqlalchemy.orm import Session
    from sqlalchemy.pool import NullPool

    engine = create_engine(database_url, poolclass=NullPool)
    with Session(engine) as session:
        found = session.execute(
            select(SubmittedNotebook.id, SubmittedNotebook.late_submission_penalty)
            .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .where(Notebook.name == notebook, Assignment.name == assignment, SubmittedAssignment.student_id == student)
        ).first()
        if found is None:
            raise SubmissionError(
                f"the gradebook has no {notebook} of {student} for {assignment}; grade the hand-in before its feedback"
            )
        notebook_id, penalty = found
        grades = session.execute(
            select(BaseCell.name, Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade,
                   Grade.max_score)
            .join(BaseCell, Grade.cell_id == BaseCell.id)
            .where(Grade.notebook_id == notebook_id)
        ).all()  # fmt: skip
        comments = session.execute(
            select(BaseCell.name, Comment.comment)
            .join(BaseCell, Comment.cell_id == BaseCell.id)
            .where(Comment.notebook_id == notebook_id)
        ).all()
    return NotebookMarks(
        marks={name: _mark(*rest) for name, *rest in grades},
        comments={name: comment for name, comment in comments if comment},
        late_penalty=float(penalty or 0.0),
    )


def _mark(
    automatic: float | None, by_hand: float | None, extra: float | None, needs_hand: bool, maximum: float | None
) -> Mark:
    # a mark given by hand that needs another look is about an earlier hand-in, so it waits as well
    given = by_hand if by_hand is not None else automatic
    points = None if needs_hand or given is None else float(given) + float(extra or 0.0)
    return Mark(points=points, maximum=float(maximum or 0.0))
