"""A course folder made, released and graded by nbgrader alone, with nothing of ours but the configuration."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from qlearn.gradebook.converter import use_nbgraders_grader
from qlearn.grading.parts import read_parts
from qlearn.grading.planted import PlantedAnswer

KIT = Path(__file__).resolve().parents[2]
SOURCE = KIT / "exercises" / "source"
ANSWERS = KIT / "tests" / "answers"
ASSIGNMENTS = sorted(folder.name for folder in SOURCE.iterdir() if folder.is_dir())

REFERENCE = "reference"
BLANK = "blank"


@dataclass(frozen=True)
class GradedClass:
    """An assignment after nbgrader has released it, and graded everyone."""

    assignment: str
    notebook_name: str
    course: Path
    source: Any
    released: Any
    answers: dict[str, PlantedAnswer]

    def autograded(self, student: str) -> Any:
        """The student's notebook as nbgrader left it."""
        path = self.course / "autograded" / student / self.assignment / f"{self.notebook_name}.ipynb"
        return nbformat.read(path, as_version=4)

    def grades(self, student: str) -> dict[str, tuple[float | None, float | None, bool]]:
        """For every graded cell: automatic points, points by hand, whether it waits for a hand."""
        with Gradebook(f"sqlite:///{self.course / 'gradebook.db'}") as gradebook:
            submission = gradebook.find_submission_notebook(self.notebook_name, self.assignment, student)
            return {
                grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                for grade in submission.grades
            }

    def message(self, student: str, test: str) -> str:
        """What the student reads below a test cell: the error's name and text, or nothing."""
        return message_below(self.autograded(student), test)


def message_below(notebook: Any, grade_id: str) -> str:
    """The errors below one cell of an executed notebook, those of its failed parts included."""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            errors = [output for output in cell.outputs if output.output_type == "error"]
            parts = read_parts(cell.outputs)
            failed = parts.failed if parts else ()
            return "\n".join(f"{error.ename}: {error.evalue}" for error in (*errors, *failed))
    raise LookupError(grade_id)


def nbgrader_config(course: Path) -> Config:
    """The course's own configuration, as nbgrader reads it, but for the grader: here it is nbgrader's own."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    use_nbgraders_grader(config)
    return config


def new_course(folder: Path, assignment: str) -> tuple[NbGraderAPI, Path]:
    """Make a course with one assignment and release that, as a teacher would."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(KIT / "exercises" / "nbgrader_config.py", folder)
    shutil.copytree(SOURCE / assignment, folder / "source" / assignment)
    api = NbGraderAPI(config=nbgrader_config(folder))
    outcome = api.generate_assignment(assignment)
    assert outcome["success"], outcome.get("log")
    return api, folder


def hand_in(course: Path, assignment: str, student: str, name: str, notebook: Any) -> None:
    """Put a student's notebook where nbgrader collects them."""
    folder = course / "submitted" / student / assignment
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{name}.ipynb")
