"""A course with one short assignment, three students and their marks, made through nbgrader's own API."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config

ASSIGNMENT = "malus"
NOTEBOOK = "malus"
RIGHT_ANSWER = "    return np.cos(np.radians(angle_deg)) ** 2"
ANSWERS = {
    "ada": RIGHT_ANSWER,
    "bo": "    return np.cos(np.radians(angle_deg))",
    "cleo": RIGHT_ANSWER.replace("** 2", "* np.cos(np.radians(angle_deg))"),
}
NAMES = {"ada": ("Ada", "Byron"), "bo": ("Bo", "Li"), "cleo": ("Cleo", "Roy")}
EXPLANATION_POINTS = 3

CONFIG = """
from pathlib import Path
c = get_config()
c.CourseDirectory.course_id = "optics"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.Exchange.root = str(Path(__file__).resolve().parent / "exchange")
"""

INTRODUCTION = """# How much light passes a second polariser?

A photon that passed a polariser at $0^\\circ$ meets a second one at an angle $\\theta$.
It passes with probability $\\cos^2\\theta$."""

SOLUTION = f'''import numpy as np


def pass_probability(angle_deg):
    """Probability that a photon passes the second polariser, with its angle in degrees."""
    ### BEGIN SOLUTION
{RIGHT_ANSWER}
    ### END SOLUTION'''

TESTS = """assert abs(pass_probability(0.0) - 1.0) < 1e-12, "with both polarisers alike every photon passes"
assert abs(pass_probability(90.0)) < 1e-12, "crossed polarisers pass nothing"
### BEGIN HIDDEN TESTS
assert abs(pass_probability(60.0) - 0.25) < 1e-12, "did you square the cosine?"
### END HIDDEN TESTS"""

QUESTION = "Why does a third polariser between two crossed ones let light through? Two sentences will do."


def make_source(folder: Path) -> Path:
    """Write the teacher's notebook into a source folder; give its path."""
    cells = [
        _markdown("introduction", INTRODUCTION),
        _code("transmit", SOLUTION, solution=True),
        _code("test_transmit", TESTS, grade=True, locked=True, points=2),
        _markdown("question", QUESTION),
        _markdown("explain_third", "YOUR ANSWER HERE", grade=True, solution=True, points=EXPLANATION_POINTS),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    return path


def make_course(root: Path) -> Path:
    """Make a course whose assignment is released, without submissions; give its folder."""
    make_source(root / "source")
    (root / "exchange").mkdir()
    (root / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    with _nbgrader_surroundings():
        with open_gradebook(root) as gradebook:
            for student, (first_name, last_name) in NAMES.items():
                gradebook.add_student(student, first_name=first_name, last_name=last_name)
        _succeed(_api(root).generate_assignment(ASSIGNMENT))
    return root


def hand_in_and_grade(root: Path) -> None:
    """Hand in the work of `ANSWERS` and grade it; each explanation waits for a person."""
    for student, answer in ANSWERS.items():
        hand_in(root, student, answer)
        with _nbgrader_surroundings():
            _succeed(_api(root).autograde(ASSIGNMENT, student))


def hand_in(root: Path, student: str, answer: str) -> None:
    """Put a student's work where nbgrader collects it."""
    folder = root / "submitted" / student / ASSIGNMENT
    shutil.copytree(root / "release" / ASSIGNMENT, folder)
    path = folder / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    fill_in(notebook, answer, "It turns the polarisation, so a part passes each step.")
    nbformat.write(notebook, path)


def fill_in(notebook: NotebookNode, answer: str, explanation: str) -> None:
    """Type an answer and an explanation into a released notebook."""
    for cell in notebook.cells:
        if cell.metadata.nbgrader.grade_id == "transmit":
            start = cell.source.index("    # YOUR CODE HERE")
            cell.source = cell.source[:start] + answer
        if cell.metadata.nbgrader.grade_id == "explain_third":
            cell.source = explanation


def open_gradebook(root: Path) -> Gradebook:
    """Open the course's database."""
    return Gradebook(f"sqlite:///{root / 'gradebook.db'}", "optics")


def _api(root: Path) -> NbGraderAPI:
    config = Config({"CourseDirectory": {"root": str(root), "course_id": "optics"}})
    config.Exchange.root = str(root / "exchange")
    config.CourseDirectory.db_url = f"sqlite:///{root / 'gradebook.db'}"
    return NbGraderAPI(config=config)


@contextmanager
def _nbgrader_surroundings() -> Iterator[None]:
    # nbgrader starts alembic by name, and its own code warns; neither is what these tests are about
    path = os.environ["PATH"]
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), path])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        os.environ["PATH"] = path


def _succeed(result: dict[str, Any]) -> None:
    if not result["success"]:
        raise AssertionError(f"nbgrader failed: {result.get('log') or result.get('error')}")


def _code(grade_id: str, source: str, **metadata: Any) -> NotebookNode:
    return nbformat.v4.new_code_cell(source, metadata=_nbgrader(grade_id, metadata), id=grade_id.replace("_", "-"))


def _markdown(grade_id: str, source: str, **metadata: Any) -> NotebookNode:
    return nbformat.v4.new_markdown_cell(source, metadata=_nbgrader(grade_id, metadata), id=grade_id.replace("_", "-"))


def _nbgrader(grade_id: str, given: dict[str, Any]) -> dict[str, Any]:
    flags = {"grade": False, "solution": False, "task": False, "locked": not given.get("solution", False)} | given
    return {"nbgrader": {"grade_id": grade_id, "schema_version": 3} | flags}
