"""Graded notebooks as an engine leaves them, and a gradebook with their marks, without grading anything."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from qlearn.gradebook.session import nbgrader_environment

ASSIGNMENT, NOTEBOOK, STUDENT = "school-coin", "coin", "ada"

PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
"""One pixel, as base64 of a PNG file."""


def notebook_of(*cells: NotebookNode, **metadata: Any) -> NotebookNode:
    """Put cells together to a notebook."""
    notebook = nbformat.v4.new_notebook(metadata=metadata)
    notebook.cells = list(cells)  # afterwards, since some tests' cells are damaged on purpose
    return notebook


def markdown(source: str, **more: Any) -> NotebookNode:
    """Make a Markdown cell."""
    return nbformat.v4.new_markdown_cell(source, **more)


def code(source: str, *outputs: NotebookNode) -> NotebookNode:
    """Make a code cell that is nobody's question."""
    return nbformat.v4.new_code_cell(source, outputs=list(outputs))


def graded(grade_id: str, source: str, *outputs: NotebookNode, raised_in: str = "", **roles: Any) -> NotebookNode:
    """Make a test cell; `raised_in` is what the engine says of its error."""
    cell = code(source, *outputs)
    cell.metadata.nbgrader = {"grade": True, "solution": False, "locked": True, "grade_id": grade_id, **roles}
    if raised_in:
        cell.metadata.qlearn = {"raised_in": raised_in, "verified": True}
    return cell


def answer(grade_id: str, source: str, *, grade: bool = False, kind: str = "code") -> NotebookNode:
    """Make a cell the student wrote."""
    cell = code(source) if kind == "code" else markdown(source)
    cell.metadata.nbgrader = {"grade": grade, "solution": True, "locked": False, "grade_id": grade_id}
    return cell


def error(name: str, value: str, *traceback: str) -> NotebookNode:
    """Make an error output; without a traceback it has one that quotes nothing."""
    lines = list(traceback) or [f"{name}: {value}"]
    return nbformat.v4.new_output("error", ename=name, evalue=value, traceback=lines)


def stream(text: str, name: str = "stdout") -> NotebookNode:
    """Make a printed output."""
    return nbformat.v4.new_output("stream", name=name, text=text)


def shown(**data: Any) -> NotebookNode:
    """Make a displayed output; `text_html` stands for `text/html`."""
    named = {key.replace("_", "/", 1).replace("__", "+").replace("_", "-"): value for key, value in data.items()}
    return nbformat.v4.new_output("display_data", data=named)


def make_gradebook(
    folder: Path, marks: dict[str, tuple[float | None, float]], comments: dict[str, str] | None = None
) -> str:
    """Write a gradebook in which `STUDENT` has these points of these; None waits for a person. Gives its address."""
    from nbgrader.api import Gradebook

    address = f"sqlite:///{folder / 'gradebook.db'}"
    with nbgrader_environment(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Gradebook(address, folder.name) as gradebook:
            gradebook.add_student(STUDENT)
            gradebook.add_assignment(ASSIGNMENT)
            gradebook.add_notebook(NOTEBOOK, ASSIGNMENT)
            for name, (_, maximum) in marks.items():
                gradebook.add_grade_cell(name, NOTEBOOK, ASSIGNMENT, max_score=maximum, cell_type="code")
            for name in comments or {}:
                gradebook.add_solution_cell(name, NOTEBOOK, ASSIGNMENT)
            gradebook.add_submission(ASSIGNMENT, STUDENT)
            for name, (points, _) in marks.items():
                grade = gradebook.find_grade(name, NOTEBOOK, ASSIGNMENT, STUDENT)
                grade.auto_score, grade.needs_manual_grade = points, points is None
            for name, text in (comments or {}).items():
                gradebook.find_comment(name, NOTEBOOK, ASSIGNMENT, STUDENT).manual_comment = text
            gradebook.db.commit()
    return address


def export(notebook: NotebookNode, address: str, **config: Any) -> str:
    """Make the page of a notebook as nbgrader would have it made."""
    from traitlets.config import Config

    from qlearn.gradebook.feedback_exporter import FeedbackExporter

    names = {"assignment": ASSIGNMENT, "notebook": NOTEBOOK, "student": STUDENT, "db_url": address}
    page, _ = FeedbackExporter(config=Config(config)).from_notebook_node(notebook, {"nbgrader": names})
    return page


def put_course(root: Path, notebook: NotebookNode, marks: dict[str, tuple[float | None, float]]) -> Path:
    """Make the folder of a course with the kit's settings in which `notebook` was graded; give the folder."""
    kit = Path(__file__).parents[2]
    for folder in (root / "autograded" / STUDENT / ASSIGNMENT, root / "source" / ASSIGNMENT, root / "exchange"):
        folder.mkdir(parents=True)
    shutil.copyfile(kit / "exercises" / "nbgrader_config.py", root / "nbgrader_config.py")
    text = nbformat.writes(notebook)
    (root / "autograded" / STUDENT / ASSIGNMENT / f"{NOTEBOOK}.ipynb").write_text(text, encoding="utf-8")
    (root / "source" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").write_text(text, encoding="utf-8")
    make_gradebook(root, marks)
    return root
