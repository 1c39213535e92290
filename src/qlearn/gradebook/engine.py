"""Grading with nbgrader's own autograder, one submission at a time, where no process can be forked: on Windows.

It executes a student's cells and the hidden tests in one kernel, without a sandbox: for a class that is trusted.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qlearn.errors import SubmissionError
from qlearn.gradebook.course import Course
from qlearn.gradebook.reports import read_report, write_report
from qlearn.gradebook.session import Session, last_error, worker_session
from qlearn.grading.batch import grade_batch
from qlearn.grading.graded import GradedSubmission
from qlearn.grading.report import (
    AssignmentReport,
    CellMessage,
    Outcome,
    QuestionReport,
    SubmissionReport,
    read_cell_messages,
    read_timeouts,
)
from qlearn.grading.submission import Submission, check_readable, read_handed_in

__all__ = ["NbgraderEngine", "run_with_nbgrader"]


@dataclass(frozen=True)
class NbgraderEngine:
    """Grades submissions of the course in `course_root`; picklable, nbgrader is loaded once a process."""

    course_root: Path

    def __call__(self, submission: Submission) -> GradedSubmission:
        """Grade one submission, write its marks to the gradebook and the executed notebook to `autograded`.

        Raises
        ------
        SubmissionError
            If it cannot be read (the gradebook is not touched) or nbgrader gave up on it (its marks are pending).
        HostError
            If the disk is full or the gradebook stays locked.
        """
        missing = check_readable(submission)
        session = worker_session(self.course_root)
        with _empty_ipython_folder():
            result = session.run(
                lambda api: api.autograde(submission.assignment, submission.student, force=True, create=True),
                log_name=f"grade-{submission.assignment}",
                student=submission.student,
            )
        if not result["success"]:
            raise SubmissionError(f"nbgrader gave up on it: {last_error(result)}")
        notebooks = {
            name: read_handed_in(session.course.autograded(submission.student, submission.assignment) / f"{name}.ipynb")
            for name in submission.notebooks
            if name not in missing
        }
        questions = _read_questions(session, submission, notebooks, missing)
        concerns = _find_concerns(notebooks, questions, missing)
        report = SubmissionReport(
            student=submission.student,
            assignment=submission.assignment,
            outcome=Outcome.NEEDS_ATTENTION if concerns else Outcome.GRADED,
            reason="; ".join(concerns),
            questions=questions,
        )
        return GradedSubmission(report)


def run_with_nbgrader(
    course: Course,
    submissions: Sequence[Submission],
    *,
    open_executor: Callable[[], Executor],
    on_report: Callable[[SubmissionReport], None],
) -> AssignmentReport:
    """Grade submissions of one assignment and keep the report in the course.

    Raises
    ------
    HostError
        If the machine cannot go on; what was finished is in the report and in the gradebook.
    """
    assignment = submissions[0].assignment
    earlier = read_report(course, assignment)
    reports = {report.student: report for report in earlier.submissions} if earlier else {}

    def keep(_: Submission | None, graded: GradedSubmission) -> None:
        reports[graded.report.student] = graded.report
        on_report(graded.report)

    try:
        grade_batch(
            submissions,
            NbgraderEngine(course.root),
            load=lambda submission: submission,
            on_graded=keep,
            open_executor=open_executor,
            window=len(submissions),
        )
    finally:
        finished = AssignmentReport(assignment, tuple(reports[student] for student in sorted(reports)))
        write_report(course, finished)
    return finished


@contextmanager
def _empty_ipython_folder() -> Iterator[None]:
    # A start-up file in the teacher's profile, or one an earlier answer left there, would run in every kernel.
    before = os.environ.get("IPYTHONDIR")
    with tempfile.TemporaryDirectory(prefix="qlearn-ipython-") as folder:
        os.environ["IPYTHONDIR"] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ["IPYTHONDIR"]
            else:
                os.environ["IPYTHONDIR"] = before


def _read_questions(
    session: Session, submission: Submission, notebooks: dict[str, Any], missing: list[str]
) -> tuple[QuestionReport, ...]:
    """Join the points in the gradebook with the messages in the executed notebooks."""
    messages = {name: read_cell_messages(notebook) for name, notebook in notebooks.items()}
    questions = []
    with session.gradebook() as gradebook:
        graded = gradebook.find_submission(submission.assignment, submission.student)
        for notebook in graded.notebooks:
            for grade in notebook.grades:
                if notebook.name in missing:
                    # nbgrader writes zero for a notebook that was not handed in; a teacher decides that, not a file.
                    grade.auto_score, grade.needs_manual_grade = None, True
                said = messages.get(notebook.name, {}).get(grade.name, CellMessage(""))
                points = grade.auto_score
                questions.append(
                    QuestionReport(
                        notebook=notebook.name,
                        grade_id=grade.name,
                        points=None if points is None else float(points),
                        max_points=float(grade.max_score),
                        message=said.text,
                        misconception=said.misconception,
                    )
                )
        gradebook.db.commit()
    return tuple(sorted(questions, key=lambda question: (question.notebook, question.grade_id)))


def _find_concerns(notebooks: dict[str, Any], questions: tuple[QuestionReport, ...], missing: list[str]) -> list[str]:
    """Say what a teacher should look at although marks were given."""
    concerns = [f"{name}.ipynb was not handed in; its questions wait for a mark" for name in missing]
    for name, notebook in notebooks.items():
        concerns += [f"{cell} ran out of time and was stopped" for cell in read_timeouts(notebook)]
        concerns += [
            f"{grade_id} failed only because text was written to stderr"
            for grade_id, said in read_cell_messages(notebook).items()
            if said.only_stderr
        ]
        present = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells}
        concerns += [
            f"the cell {question.grade_id} is gone from the notebook; it waits for a mark"
            for question in questions
            if question.notebook == name and question.grade_id not in present
        ]
    return concerns
