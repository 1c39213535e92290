"""The only code that writes marks: one process, one database session, one short transaction a submission.

What a teacher has given by hand (marks, extra credit, comments) stays. Everything else is written as nbgrader's own
autograder would have.
"""

from __future__ import annotations

import random
import time
import warnings
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from qlearn.errors import CourseError, HostError
from qlearn.gradebook import session as sessions
from qlearn.gradebook.autograded import READ_ONLY, check_plain_name, replace_folder, student_files
from qlearn.gradebook.course import Course, load_config
from qlearn.gradebook.data_files import ignored_names
from qlearn.gradebook.late import LateRules
from qlearn.grading.graded import GradedNotebook, GradedSubmission
from qlearn.grading.hand_in import HandIn
from qlearn.grading.plan import AssignmentPlan
from qlearn.grading.report import Outcome, SubmissionReport

if TYPE_CHECKING:
    from nbgrader.api import Assignment, BaseCell, Gradebook, Notebook, SubmittedAssignment, SubmittedNotebook

__all__ = ["Writer"]

NO_RESPONSE = "No response."  # nbgrader's words, which Formgrader shows
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0


class Writer:
    """Writes graded submissions of one assignment to folders and gradebook; use it in a `with` statement.

    Parameters
    ----------
    course
        Where to write.
    plan
        The assignment's plan: its data files go beside every autograded notebook.
    """

    def __init__(self, course: Course, plan: AssignmentPlan) -> None:
        self._course = course
        self._plan = plan
        self._config = load_config(course.root)
        self._late = LateRules(course)
        self._ignored = ignored_names(self._config)
        self._open = ExitStack()
        self._gradebook: Gradebook

    def __enter__(self) -> Writer:
        self._gradebook = self._open.enter_context(sessions.Session(self._course).gradebook())
        return self

    def __exit__(self, *error: Any) -> None:
        self._open.__exit__(*error)

    def write(self, graded: GradedSubmission, hand_in: HandIn) -> SubmissionReport:
        """Write one submission: first its folder, then its marks; a broken one leaves both as they were.

        Writing the same again changes nothing, so a run that was killed in between can simply repeat it.

        Returns
        -------
        SubmissionReport
            The submission's own, with a reason added where its time could not be read.

        Raises
        ------
        SubmissionError
            If the student's id is no plain name.
        HostError
            If the disk is full, or another program keeps the gradebook locked for over a minute.
        CourseError
            If the gradebook cannot be used, or the course's own plugin for late penalties fails.
        """
        if graded.report.outcome is Outcome.BROKEN:
            return graded.report
        check_plain_name(hand_in.student)
        handed_in, concern = _read_time(hand_in.timestamp)
        self._write_folder(graded.notebooks, hand_in)
        self._with_patience(lambda: self._write_marks(graded.notebooks, hand_in.student, handed_in))
        return _with_concern(graded.report, concern) if concern else graded.report

    def _write_folder(self, notebooks: Iterable[GradedNotebook], hand_in: HandIn) -> None:
        pages = [(f"{graded.name}.ipynb", _encode(graded.text)) for graded in notebooks if not graded.missing]
        own = student_files(hand_in.files, self._ignored)
        converter = {**self._config.BaseConverter, **self._config.Autograde}
        shared = bool(self._config.CourseDirectory.get("groupshared", False))
        permissions = converter.get("permissions", 664 if shared else 444)
        replace_folder(
            self._course.autograded(hand_in.student, self._plan.assignment),
            [*pages, *self._plan.data, *own],
            permissions=int(str(permissions), 8) if permissions else READ_ONLY,
            shared=shared,
        )

    def _with_patience(self, transaction: Callable[[], None]) -> None:
        """Run a transaction, again and again while another program keeps the database locked."""
        until = time.monotonic() + sessions.LOCK_SECONDS
        pause = FIRST_PAUSE
        while True:
            try:
                with sessions.explained(self._course.root):
                    try:
                        transaction()
                        self._gradebook.db.commit()
                    except BaseException:
                        self._gradebook.db.rollback()
                        raise
                return
            except (HostError, CourseError) as error:
                passing = isinstance(error.__cause__, Exception) and sessions.is_passing(error.__cause__)
                if not passing or time.monotonic() + pause > until:
                    raise
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311  two writers must not meet again at each try
            pause = min(2 * pause, LONGEST_PAUSE)

    def _write_marks(self, notebooks: Iterable[GradedNotebook], student: str, handed_in: datetime | None) -> None:
        from nbgrader.api import Assignment

        db = self._gradebook.db
        if db.get_bind().dialect.name == "postgresql":  # it would wait for ever, SQLite's patience is in its address
            db.execute(text(f"SET LOCAL lock_timeout = '{sessions.LOCK_SECONDS}s'"))
        entry = db.query(Assignment).filter(Assignment.name == self._plan.assignment).one()
        cells = {cell.id: cell for notebook in entry.notebooks for cell in notebook._base_cells}
        submission = _find_or_create(db, entry, student)
        if handed_in is not None:
            submission.timestamp = handed_in
        found = {notebook.name: notebook for notebook in notebooks}
        for submitted in submission.notebooks:
            graded = found.get(submitted.name, GradedNotebook(submitted.name, missing=True))
            _write_notebook(submitted, graded, cells)
        db.flush()
        there = {name for name, notebook in found.items() if not notebook.missing}
        self._late.settle(db, submission, there)


def _find_or_create(db: Any, entry: Assignment, student: str) -> SubmittedAssignment:
    """Give a student's submission with a row for every notebook, grade and comment."""
    from nbgrader.api import Student, SubmittedAssignment

    if db.get(Student, student) is None:
        db.add(Student(id=student))
        db.flush()
    same = (SubmittedAssignment.assignment_id == entry.id, SubmittedAssignment.student_id == student)
    submission = db.query(SubmittedAssignment).filter(*same).one_or_none()
    if submission is None:
        submission = SubmittedAssignment(assignment_id=entry.id, student_id=student)
        db.add(submission)
        db.flush()
    there = {submitted.notebook_id: submitted for submitted in submission.notebooks}
    added = [_complete(db, notebook, there.get(notebook.id), submission) for notebook in entry.notebooks]
    if any(added):
        db.flush()
        db.expire_all()
    return submission


def _complete(
    db: Any, notebook: Notebook, submitted: SubmittedNotebook | None, submission: SubmittedAssignment
) -> bool:
    """Add the rows that a submission has not got yet; say whether there were any."""
    from nbgrader.api import Comment, Grade, SubmittedNotebook

    if submitted is None:
        submitted = SubmittedNotebook(notebook_id=notebook.id, assignment_id=submission.id)
        db.add(submitted)
        db.flush()
    tasks = notebook.task_cells
    graded = {grade.cell_id for grade in submitted.grades}
    commented = {comment.cell_id for comment in submitted.comments}
    to_grade = [cell.id for cell in [*notebook.grade_cells, *tasks] if cell.id not in graded]
    to_comment = [cell.id for cell in [*notebook.solution_cells, *tasks] if cell.id not in commented]
    db.add_all(Grade(cell_id=cell_id, notebook_id=submitted.id) for cell_id in to_grade)
    db.add_all(Comment(cell_id=cell_id, notebook_id=submitted.id) for cell_id in to_comment)
    return bool(to_grade or to_comment)


def _write_notebook(submitted: SubmittedNotebook, graded: GradedNotebook, cells: Mapping[str, BaseCell]) -> None:
    """Set every automatic mark and comment of a notebook, as nbgrader's SaveAutoGrades does."""
    for grade in submitted.grades:
        cell = cells[grade.cell_id]
        if graded.missing:
            # nbgrader writes zero for a notebook that was not handed in; a teacher decides that, not a file.
            grade.auto_score, grade.needs_manual_grade = None, True
        elif cell.type != "TaskCell":  # a task's mark is a person's alone, and nbgrader leaves it
            grade.auto_score = graded.points.get(cell.name)
            grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
    for comment in submitted.comments:
        cell = cells[comment.cell_id]
        is_empty = cell.name in graded.unanswered and cell.type != "TaskCell"
        comment.auto_comment = NO_RESPONSE if is_empty else None


def _read_time(stamp: str) -> tuple[datetime | None, str]:
    """Read when work was handed in; what is no time gives a concern."""
    from nbgrader.utils import parse_utc

    if not stamp:
        return None, ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a time zone that nobody knows is taken for UTC
            found: datetime = parse_utc(stamp)
    except (ValueError, OverflowError, TypeError):
        return None, "its timestamp.txt holds no time, so nobody can say whether it was late"
    return found, ""


def _with_concern(report: SubmissionReport, concern: str) -> SubmissionReport:
    reason = f"{report.reason}; {concern}" if report.reason else concern
    return replace(report, outcome=Outcome.NEEDS_ATTENTION, reason=reason)


def _encode(page: str) -> bytes:
    # JSON's own escape for half a surrogate pair, which a student's output may hold and UTF-8 cannot
    return page.encode("utf-8", "backslashreplace")
