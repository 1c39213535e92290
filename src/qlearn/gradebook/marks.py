"""The marks of a class as data: student x question, with what has no mark yet shown as such, never as zero."""

from __future__ import annotations

import enum
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.policy import Policy, read_policy
from qlearn.gradebook.reports import read_report
from qlearn.gradebook.roster import Student, read_roster
from qlearn.gradebook.session import Session
from qlearn.grading.report import Outcome, SubmissionReport

if TYPE_CHECKING:
    from nbgrader.api import Assignment, Gradebook, SubmittedAssignment

__all__ = [
    "Mark",
    "MarkState",
    "MarksRow",
    "MarksTable",
    "Question",
    "Standing",
    "count_pending",
    "read_all_marks",
    "read_marks",
]


class MarkState(enum.StrEnum):
    """What a number in the table means, or why there is none."""

    MARKED = "marked"
    PENDING = "pending"  # waits for a person
    REVIEW = "review"  # marked by hand before the last grading, which may have been of another answer
    NONE = "none"  # the submission has no marks at all


class Standing(enum.StrEnum):
    """Where a student stands with an assignment."""

    GRADED = "graded"
    NEEDS_ATTENTION = "needs attention"
    BROKEN = "broken"
    NOT_GRADED = "not graded yet"
    MISSING = "nothing handed in"


@dataclass(frozen=True)
class Question:
    """A column: one graded cell."""

    notebook: str
    grade_id: str
    max_points: float
    by_hand: bool

    @property
    def label(self) -> str:
        """The cell's name in words, without nbgrader's customary `test_`."""
        return self.grade_id.removeprefix("test_").replace("_", " ").replace("-", " ")


@dataclass(frozen=True)
class Mark:
    """A field of the table."""

    state: MarkState
    points: float | None = None


@dataclass(frozen=True)
class MarksRow:
    """One student's line; `reason` says what is wrong where something is."""

    student: Student
    standing: Standing
    marks: tuple[Mark, ...]
    reason: str = ""
    late_seconds: float = 0.0
    penalty: float = 0.0
    misconceptions: tuple[str, ...] = ()

    @property
    def total(self) -> float | None:
        """Points so far less what lateness takes off, pending ones left out; None without any mark."""
        points = [mark.points for mark in self.marks if mark.points is not None]
        return sum(points) - self.penalty if points else None

    @property
    def is_complete(self) -> bool:
        """Whether no mark is outstanding."""
        return all(mark.state is MarkState.MARKED for mark in self.marks)


@dataclass(frozen=True)
class MarksTable:
    """One assignment: its questions in the notebook's order, its students by id."""

    assignment: str
    due: str  # ISO 8601 in UTC, or empty
    questions: tuple[Question, ...]
    rows: tuple[MarksRow, ...]

    @property
    def automatic_points(self) -> float:
        """The most that tests can give."""
        return sum(question.max_points for question in self.questions if not question.by_hand)

    @property
    def max_points(self) -> float:
        """The most that tests and hand marks can give."""
        return sum(question.max_points for question in self.questions)

    @property
    def automatic_mean(self) -> float | None:
        """Mean of the points from tests over the students who have them all; None if nobody does."""
        columns = [number for number, question in enumerate(self.questions) if not question.by_hand]
        totals = []
        for row in self.rows:
            points = [row.marks[number].points for number in columns]
            known = [value for value in points if value is not None]
            if len(known) == len(points):
                totals.append(sum(known))
        return sum(totals) / len(totals) if totals else None

    def question_mean(self, number: int) -> float | None:
        """Mean of a column over the students who have a mark in it; None if nobody has or one is pending."""
        if any(row.marks[number].state is MarkState.PENDING for row in self.rows):
            return None  # the few who were marked, the blank answers first, do not speak for the class
        points = [row.marks[number].points for row in self.rows]
        known = [value for value in points if value is not None]
        return sum(known) / len(known) if known else None

    def count(self, standing: Standing) -> int:
        """Count the students who stand like this."""
        return sum(row.standing is standing for row in self.rows)

    def misconceptions(self) -> list[tuple[str, int]]:
        """Count the students who met each misconception, most frequent first."""
        counts = Counter(slug for row in self.rows for slug in set(row.misconceptions))
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def read_all_marks(course: Course) -> list[MarksTable]:
    """Read the marks of every assignment that was released.

    Raises
    ------
    CourseError
        If none was.
    """
    with Session(course).gradebook() as gradebook:
        released = {entry.name for entry in gradebook.assignments}
    names = [name for name in course.assignments() if name in released]
    if not names:
        raise CourseError(f"no assignment of {course.root} was released yet; run: qlearn course release COURSE NAME")
    return [read_marks(course, name) for name in names]


def count_pending(table: MarksTable) -> int:
    """How many answers of an assignment wait for a hand mark."""
    return sum(mark.state is MarkState.PENDING for row in table.rows for mark in row.marks)


def read_marks(course: Course, assignment: str) -> MarksTable:
    """Read the marks of one assignment: points from the gradebook, outcomes and messages from the last report.

    Raises
    ------
    CourseError
        If there is no such assignment, or it was not released yet.
    """
    course.check_assignment(assignment)
    report = read_report(course, assignment)
    reports = {entry.student: entry for entry in report.submissions} if report else {}
    roster, policy = read_roster(course), read_policy(course)
    with Session(course).gradebook() as gradebook:
        entry = _find_assignment(gradebook, course, assignment)
        questions = _order_questions(course, entry)
        marked = {submission.student_id: submission for submission in entry.submissions}
        handed_in = set(course.students_with_work(assignment))
        expected = {student.id for student in roster.values() if student.takes(assignment)}
        rows = tuple(
            _read_row(
                course, entry, policy, questions, roster.get(name) or Student(name), marked.get(name), reports.get(name)
            )
            for name in sorted(expected | handed_in | set(marked))
        )
        due = entry.duedate.replace(tzinfo=UTC).isoformat() if entry.duedate else ""
    return MarksTable(assignment, due, questions, rows)


def _find_assignment(gradebook: Gradebook, course: Course, assignment: str) -> Assignment:
    for entry in gradebook.assignments:
        if entry.name == assignment:
            return entry
    raise CourseError(
        f"{assignment} was not released yet, so it has no marks; "
        f"run: qlearn course release {course.root.name} {assignment}"
    )


def _order_questions(course: Course, entry: Assignment) -> tuple[Question, ...]:
    """List the questions the gradebook knows in the order of the source notebooks."""
    known = {(notebook.name, cell.name): cell for notebook in entry.notebooks for cell in notebook.grade_cells}
    questions = []
    for name in course.notebooks(entry.name):
        for cell in json.loads((course.source / entry.name / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]:
            marks = cell.get("metadata", {}).get("nbgrader", {})
            graded = known.pop((name, marks.get("grade_id")), None)
            if graded is not None:
                questions.append(
                    Question(name, graded.name, float(graded.max_score), by_hand=bool(marks.get("solution")))
                )
    questions += [Question(name, cell.name, float(cell.max_score), by_hand=True) for (name, _), cell in known.items()]
    return tuple(questions)


def _read_row(
    course: Course,
    entry: Assignment,
    policy: Policy,
    questions: Sequence[Question],
    student: Student,
    submission: SubmittedAssignment | None,
    report: SubmissionReport | None,
) -> MarksRow:
    standing = _find_standing(course, entry.name, student.id, report)
    late = _seconds_late(course, entry, policy, student.id, submission)
    if standing not in (Standing.GRADED, Standing.NEEDS_ATTENTION) or submission is None:
        reason = report.reason if report and standing is Standing.BROKEN else ""
        return MarksRow(student, standing, (Mark(MarkState.NONE),) * len(questions), reason, late)
    grades = {(notebook.name, grade.name): grade for notebook in submission.notebooks for grade in notebook.grades}
    found = report.questions if report else ()
    marks = tuple(_read_mark(grades, question) for question in questions)
    return MarksRow(
        student,
        standing,
        marks,
        reason=report.reason if report else "",
        late_seconds=late,
        penalty=_penalty(policy, marks, late, submission),
        misconceptions=tuple(question.misconception for question in found if question.misconception),
    )


def _read_mark(grades: Mapping[tuple[str, str], Any], question: Question) -> Mark:
    grade = grades.get((question.notebook, question.grade_id))
    if grade is None or (grade.manual_score is None and (grade.auto_score is None or grade.needs_manual_grade)):
        return Mark(MarkState.PENDING)
    review = grade.needs_manual_grade and grade.manual_score is not None
    return Mark(MarkState.REVIEW if review else MarkState.MARKED, float(grade.score))


def _find_standing(course: Course, assignment: str, student: str, report: SubmissionReport | None) -> Standing:
    """Decide from the files: what was handed in, what of it was graded, and what the last report says of it."""
    submitted, autograded = course.submitted(student, assignment), course.autograded(student, assignment)
    if not submitted.is_dir():
        return Standing.MISSING
    stamp = course.timestamp(submitted)
    is_reported = report is not None and report.timestamp == stamp
    if report is not None and is_reported and report.outcome is Outcome.BROKEN:
        return Standing.BROKEN
    if not autograded.is_dir() or course.timestamp(autograded) != stamp:
        return Standing.NOT_GRADED
    if report is not None and is_reported:
        return Standing(report.outcome.value)
    return Standing.GRADED  # with Formgrader's button or nbgrader's own command, which leave no report


def _penalty(policy: Policy, marks: Sequence[Mark], late: float, submission: SubmittedAssignment) -> float:
    """What lateness takes off: by the course's rules if they take anything, else what nbgrader's plugin took."""
    reached = sum(mark.points or 0.0 for mark in marks)
    return policy.penalty(reached, late) or float(submission.late_submission_penalty or 0.0)


def _seconds_late(
    course: Course, entry: Assignment, policy: Policy, student: str, submission: SubmittedAssignment | None
) -> float:
    stamp = course.timestamp(course.submitted(student, entry.name))
    if not stamp or entry.duedate is None:
        return 0.0
    from nbgrader.utils import parse_utc

    try:
        handed_in: datetime = parse_utc(stamp)
    except ValueError:
        return 0.0
    due = submission.duedate if submission is not None else entry.duedate
    deadline = policy.deadline(entry.name, student, due.replace(tzinfo=UTC))
    return policy.seconds_late(handed_in.replace(tzinfo=UTC), deadline)
