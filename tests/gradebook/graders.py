"""Stand-ins for the grader that start no process, and hand-ins for the writer."""

from __future__ import annotations

import os
import time

from gradebook.small_kit import ASSIGNMENT, NOTEBOOK
from qlearn.errors import SubmissionError
from qlearn.grading.graded import GradedNotebook, GradedSubmission
from qlearn.grading.hand_in import HandIn
from qlearn.grading.report import Outcome, QuestionReport, SubmissionReport
from qlearn.grading.worker import GradingTask

PAGE = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n'
NOTED_IN = "QLEARN_TEST_NOTED_IN"


def hand_in(student: str, *, timestamp: str = "", files: tuple[tuple[str, bytes], ...] = ()) -> HandIn:
    return HandIn(student, ASSIGNMENT, files, timestamp=timestamp)


def graded_as(
    student: str,
    sides: float | None = 2.0,
    parity: float | None = 3.0,
    *,
    missing: bool = False,
    unanswered: frozenset[str] = frozenset(),
    outcome: Outcome = Outcome.GRADED,
) -> GradedSubmission:
    """Make a result of the small assignment with these points; the explanation waits for a person."""
    points = {"test_sides": sides, "test_parity": parity, "explain_parity": 0.0 if unanswered else None}
    notebook = GradedNotebook(NOTEBOOK, "" if missing else PAGE, points, unanswered, missing)
    questions = tuple(QuestionReport(NOTEBOOK, name, points[name], 3.0) for name in sorted(points))
    return GradedSubmission(SubmissionReport(student, ASSIGNMENT, outcome, questions=questions), (notebook,))


def grade_by_text(task: GradingTask) -> GradedSubmission:
    """Grade by what stands in the files; note the student in the file that the environment names."""
    noted_in = os.environ.get(NOTED_IN)
    if noted_in:
        with open(noted_in, "a", encoding="utf-8") as stream:  # noqa: PTH123
            stream.write(f"{task.hand_in.student}\n")
        time.sleep(0.01)
    content = b"".join(content for _, content in task.hand_in.files)
    if b"cells" not in content:
        raise SubmissionError("coin.ipynb is empty")
    return graded_as(task.hand_in.student, 2.0 * (b"2 ** coins" in content), 3.0 * (b"sum(bits) % 2" in content))
