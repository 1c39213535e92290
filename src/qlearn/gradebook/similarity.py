"""Which answers of a class are alike beyond names and formatting: a list for the teacher to look at, never a mark."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from qlearn.errors import SubmissionError
from qlearn.gradebook.course import Course
from qlearn.gradebook.grade import collected_submissions
from qlearn.gradebook.planning import make_plan
from qlearn.grading.hand_in import match_notebooks, read_files
from qlearn.grading.likeness import LikePair, Runs, code_runs, find_alike, text_runs
from qlearn.grading.plan import AssignmentPlan, Role
from qlearn.grading.stranger import grade_id_of

__all__ = ["compare_class"]


def compare_class(course: Course, assignment: str, *, least_share: float = 0.8) -> list[LikePair]:
    """Compare what was collected, question by question; reads files, runs nothing, writes nothing.

    Parameters
    ----------
    course, assignment
        What to compare.
    least_share
        Pairs less alike than this, 0 to 1, are left out.

    Raises
    ------
    CourseError
        As `collected_submissions` and `make_plan`.
    """
    plan = make_plan(course, assignment)
    kinds = {
        (notebook.name, cell.grade_id): cell.cell_type
        for notebook in plan.notebooks
        for cell in notebook.cells
        if cell.role is Role.ANSWER
    }
    answers: dict[str, dict[str, Runs]] = {}
    for submission in collected_submissions(course, assignment):
        for place, source in _answers(plan, submission.folder, submission.student).items():
            if place in kinds:
                runs = _runs(kinds[place], source)
                answers.setdefault(_name(plan, place), {})[submission.student] = runs
    released = {_name(plan, place): _released(course, assignment, place[0], kind) for place, kind in kinds.items()}
    return find_alike(answers, released, least_share=least_share)


def _answers(plan: AssignmentPlan, folder: Path, student: str) -> dict[tuple[str, str], str]:
    """Give the sources of a hand-in's cells by notebook and grade_id; one that cannot be read has none."""
    try:
        hand_in = read_files(folder, student=student, assignment=plan.assignment)
        matched = match_notebooks(plan, hand_in)
    except SubmissionError:
        return {}
    return {
        (name, grade_id_of(cell)): str(cell.source)
        for name, notebook in matched.notebooks.items()
        for cell in notebook.cells
        if grade_id_of(cell)
    }


def _released(course: Course, assignment: str, notebook: str, kind: str) -> Runs:
    """Give the runs of everything the student was handed: what stands in a hint is nobody's own."""
    path = course.released(assignment) / f"{notebook}.ipynb"
    if not path.is_file():
        return frozenset()
    cells: Iterable[dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found: set[tuple[str, ...]] = set()
    for cell in cells:
        source = cell["source"]
        text = "".join(source) if isinstance(source, list) else str(source)
        found |= _runs(kind, text)
    return frozenset(found)


def _runs(kind: str, source: str) -> Runs:
    return code_runs(source) if kind == "code" else text_runs(source)


def _name(plan: AssignmentPlan, place: tuple[str, str]) -> str:
    notebook, grade_id = place
    return grade_id if len(plan.notebooks) == 1 else f"{notebook}/{grade_id}"
