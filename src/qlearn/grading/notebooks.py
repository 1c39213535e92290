"""Read exercise notebooks, find the cells that matter, and keep the files in one normal form.

The normal form leaves nothing in a committed notebook that changes from one machine to the next: no outputs, no
execution counts, no interpreter version, nbgrader's metadata in one schema, and cell ids that are the grade ids where
there is one. `python -m qlearn.grading.notebooks FILE...` rewrites files into it.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from qlearn.errors import ExerciseError

_nbformat: Any = nbformat  # its functions carry no types
NORMALISE_COMMAND = "python -m qlearn.grading.notebooks"

_NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_KEPT_METADATA = ("lang", "qlearn")  # the page's language, and what its answers may not use
UNVERIFIED_TAG = "unverified"
"""On a test cell: it may run in the student's process if no safe mode can judge it."""
_NBGRADER_SCHEMA = 3
_SOLUTION_MARKERS = ("### BEGIN SOLUTION", "### END SOLUTION")


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook file as nbformat 4.

    Raises
    ------
    ExerciseError
        If the file is missing or is no notebook.
    """
    try:
        notebook: NotebookNode = _nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    except OSError as error:
        raise ExerciseError(f"{path} cannot be read ({error.strerror}): check the path of the notebook") from error
    except Exception as error:  # nbformat raises several kinds for JSON and for schema faults
        raise ExerciseError(f"{path} is not a notebook: open it in JupyterLab and save it again") from error
    return notebook


def graded_cells(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """Give every cell that nbgrader knows with its grade id, in the order of the notebook."""
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id:
            yield grade_id, cell


def solution_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """Give the cells a student writes in, hand-marked ones included, by grade id."""
    return {grade_id: cell for grade_id, cell in graded_cells(notebook) if cell.metadata.nbgrader.get("solution")}


def automatic_points(notebook: NotebookNode) -> dict[str, float]:
    """Give the points of every autograded cell by grade id."""
    return {
        grade_id: float(cell.metadata.nbgrader.points)
        for grade_id, cell in graded_cells(notebook)
        if cell.metadata.nbgrader.get("grade") and not cell.metadata.nbgrader.get("solution")
    }


def hand_marked_points(notebook: NotebookNode) -> dict[str, float]:
    """Give the points of every cell marked by hand by grade id."""
    return {
        grade_id: float(cell.metadata.nbgrader.points)
        for grade_id, cell in graded_cells(notebook)
        if cell.metadata.nbgrader.get("grade") and cell.metadata.nbgrader.get("solution")
    }


def without_solution_markers(source: str) -> str:
    """Take out the lines that mark a solution, which a student's notebook does not have."""
    return "\n".join(line for line in source.split("\n") if line.strip() not in _SOLUTION_MARKERS)


def normal_form(notebook: NotebookNode) -> NotebookNode:
    """Give a copy of an exercise notebook in the normal form.

    Raises
    ------
    ExerciseError
        If two cells would have the same id.
    """
    kept = {key: notebook.metadata[key] for key in _KEPT_METADATA if key in notebook.metadata}
    metadata = copy.deepcopy({**_NOTEBOOK_METADATA, **kept})
    result: NotebookNode = _nbformat.v4.new_notebook(metadata=metadata)
    result.nbformat_minor = 5
    result.cells = [_normal_cell(cell) for cell in notebook.cells]
    ids = [cell.id for cell in result.cells]
    twice = sorted({cell_id for cell_id in ids if ids.count(cell_id) > 1})
    if twice:
        raise ExerciseError(f"two cells share the id {twice[0]!r}: give one of them another grade_id or cell id")
    return result


def normal_text(notebook: NotebookNode) -> str:
    """Give the exact text of the file that holds this notebook in the normal form."""
    text: str = _nbformat.writes(normal_form(notebook), version=nbformat.NO_CONVERT)
    return text.rstrip("\n") + "\n"


def _normal_cell(cell: NotebookNode) -> NotebookNode:
    """Keep a cell's type, text, id, nbgrader metadata and the tag that grading knows, and nothing else."""
    nbgrader = cell.metadata.get("nbgrader")
    metadata: dict[str, Any] = {"nbgrader": _normal_nbgrader(nbgrader)} if nbgrader else {}
    if UNVERIFIED_TAG in cell.metadata.get("tags", []):
        metadata["tags"] = [UNVERIFIED_TAG]
    make = {"code": _nbformat.v4.new_code_cell, "markdown": _nbformat.v4.new_markdown_cell}
    if cell.cell_type not in make:
        raise ExerciseError(f"a cell of type {cell.cell_type}: use code or markdown cells only")
    normal: NotebookNode = make[cell.cell_type](source=cell.source.replace("\r\n", "\n").strip("\n"), metadata=metadata)
    normal.id = metadata["nbgrader"]["grade_id"] if nbgrader else cell.get("id", normal.id)
    return normal


def _normal_nbgrader(nbgrader: dict[str, Any]) -> dict[str, Any]:
    """Write nbgrader's metadata with every key of schema 3; points only where they count."""
    graded = bool(nbgrader.get("grade", False))
    normal: dict[str, Any] = {
        "grade": graded,
        "grade_id": nbgrader["grade_id"],
        "locked": bool(nbgrader.get("locked", False)),
        "schema_version": _NBGRADER_SCHEMA,
        "solution": bool(nbgrader.get("solution", False)),
        "task": bool(nbgrader.get("task", False)),
    }
    if graded or normal["task"]:
        points = float(nbgrader.get("points", 0))
        normal["points"] = int(points) if points.is_integer() else points
    return normal


def main(paths: list[str]) -> None:
    """Rewrite the notebooks at these paths into the normal form."""
    for path in map(Path, paths):
        path.write_text(normal_text(read_notebook(path)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
