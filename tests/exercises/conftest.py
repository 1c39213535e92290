"""One class for each assignment, graded by nbgrader alone: every planted answer is a student."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from exercises.stock_nbgrader import (
    ANSWERS,
    ASSIGNMENTS,
    BLANK,
    REFERENCE,
    SOURCE,
    GradedClass,
    hand_in,
    new_course,
)
from qlearn.grading.notebooks import read_notebook
from qlearn.grading.planted import fill_in, read_planted_answers


@pytest.fixture(scope="session", autouse=True)
def programs_of_this_environment() -> Iterator[None]:
    """Let nbgrader find `alembic`, which it starts by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        yield


@pytest.fixture(scope="session", params=ASSIGNMENTS)
def graded_class(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> GradedClass:
    """Release one assignment, hand in every planted answer, the reference and a blank, and autograde them."""
    assignment: str = request.param
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's own, about its database and its event loop
        return grade_class(tmp_path_factory.mktemp("course") / assignment, assignment)


def grade_class(folder: Path, assignment: str) -> GradedClass:
    """Do in a new folder what a teacher does for one assignment."""
    api, course = new_course(folder, assignment)
    (path,) = (SOURCE / assignment).glob("*.ipynb")
    source = read_notebook(path)
    released = read_notebook(course / "release" / assignment / path.name)
    answers = {answer.name: answer for answer in read_planted_answers(ANSWERS / assignment)}
    notebooks = {name: fill_in(released, source, answer) for name, answer in answers.items()}
    notebooks |= {REFERENCE: fill_in(released, source, None), BLANK: released}
    for student, notebook in notebooks.items():
        hand_in(course, assignment, student, path.stem, notebook)
        outcome = api.autograde(assignment, student)
        assert outcome["success"], f"{student}: {outcome.get('log')}"
    return GradedClass(assignment, path.stem, course, source, released, answers)
