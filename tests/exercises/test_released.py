"""What students get holds no answer and no hidden test, and runs to its end with friendly messages."""

from __future__ import annotations

import ast
import re
import textwrap
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from exercises.stock_nbgrader import ASSIGNMENTS, BLANK, SOURCE, GradedClass
from qlearn.grading.notebooks import (
    NORMALISE_COMMAND,
    automatic_points,
    graded_cells,
    hand_marked_points,
    normal_text,
    read_notebook,
    solution_cells,
)

REGION = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS|MARK SCHEME)\n(.*?)### END \1", re.DOTALL)


@pytest.mark.parametrize("path", sorted(SOURCE.glob("*/*.ipynb")), ids=lambda path: path.parent.name)
def test_every_exercise_is_in_normal_form(path: Path) -> None:
    same = path.read_bytes().decode("utf-8") == normal_text(read_notebook(path))
    assert same, f"{path} is not in the normal form: run {NORMALISE_COMMAND} {path}"


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_exercise_is_one_notebook_of_five_to_eight_tests_and_one_explanation(assignment: str) -> None:
    (path,) = (SOURCE / assignment).glob("*.ipynb")
    notebook = read_notebook(path)
    assert assignment.split("-", 1) == [assignment.split("-")[0], path.stem]
    assert 5 <= len(automatic_points(notebook)) <= 8
    assert len(hand_marked_points(notebook)) == 1
    ids = [grade_id for grade_id, _ in graded_cells(notebook)]
    assert len(set(ids)) == len(ids)
    for test in automatic_points(notebook):
        assert test.removeprefix("test_") in solution_cells(notebook), f"{test} tests no solution cell"


def test_the_released_notebook_holds_no_solution_hidden_test_or_marking_note(graded_class: GradedClass) -> None:
    released = {line.strip() for cell in graded_class.released.cells for line in cell.source.splitlines()}
    regions = [match[2] for cell in graded_class.source.cells for match in REGION.finditer(cell.source)]
    secret = {line.strip() for region in regions for line in region.splitlines() if len(line.strip()) > 25}
    given = {line.strip() for cell in graded_class.source.cells for line in REGION.sub("", cell.source).splitlines()}
    assert len(regions) > 10
    assert not (secret - given) & released
    assert not [line for line in released if re.search("(BEGIN|END) (SOLUTION|HIDDEN|MARK)", line)]


def test_the_released_notebook_fails_in_the_tests_alone(graded_class: GradedClass) -> None:
    notebook = nbformat.from_dict(graded_class.released)
    beside_its_data = {"metadata": {"path": str(graded_class.course / "release" / graded_class.assignment)}}
    NotebookClient(notebook, timeout=120, allow_errors=True, kernel_name="python3", resources=beside_its_data).execute()
    tests = set(automatic_points(graded_class.source))
    for cell in notebook.cells:
        errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
        for error in errors:
            assert cell.metadata.nbgrader.grade_id in tests
            assert error.ename == "AssertionError"
            assert "there is no answer yet" in error.evalue


def test_the_blank_is_put_under_the_same_tests_as_everyone(graded_class: GradedClass) -> None:
    tests = dict(graded_cells(graded_class.source))
    for grade_id, cell in graded_cells(graded_class.autograded(BLANK)):
        if cell.metadata.nbgrader.get("grade") and not cell.metadata.nbgrader.get("solution"):
            assert cell.source == tests[grade_id].source


@pytest.mark.parametrize("path", sorted(SOURCE.glob("*/*.ipynb")), ids=lambda path: path.parent.name)
def test_hidden_tests_leave_the_students_names_alone(path: Path) -> None:
    # In nbgrader's one kernel a helper `entropy` of a hidden test would replace the student's own, wrong `entropy`.
    for _, cell in graded_cells(read_notebook(path)):
        for match in REGION.finditer(cell.source):
            if match[1] == "HIDDEN TESTS":
                for statement in ast.parse(textwrap.dedent(match[2])).body:
                    if isinstance(statement, ast.FunctionDef):
                        assert statement.name.startswith("hidden_test_")
                    else:
                        assert isinstance(statement, ast.Expr)
