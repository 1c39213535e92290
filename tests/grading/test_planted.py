"""Planted answers are read from plain files and typed into a released notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

from qlearn.errors import ExerciseError
from qlearn.grading.planted import PlantedAnswer, fill_in, read_planted_answers

ANSWER = '''"""Keeps every photon,
which is wrong.

test_sift: 0 points, Did you keep the mismatched bases? [kept-mismatched-bases]
test_compare: 1.5 points
"""

# --- sift
def sift(bits):
    return bits  # --- not a section


# --- explain_copying
"""Two lines
of words."""
'''


def planted(folder: Path, text: str) -> PlantedAnswer:
    folder = folder / "school-bb84"
    folder.mkdir()
    (folder / "keeps_all.py").write_text(text, encoding="utf-8")
    (answer,) = read_planted_answers(folder)
    return answer


def notebook(*cells: tuple[str, str, str]) -> Any:
    result = nbformat.v4.new_notebook()
    for grade_id, kind, source in cells:
        make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
        cell = make(source=source)
        cell.metadata["nbgrader"] = {"grade_id": grade_id, "solution": not grade_id.startswith("test_"), "grade": False}
        result.cells.append(cell)
    return result


SOURCE = notebook(
    ("sift", "code", "def sift(bits):\n    ### BEGIN SOLUTION\n    return bits[::2]\n    ### END SOLUTION"),
    ("test_sift", "code", "secret"),
    ("catch", "code", "### BEGIN SOLUTION\nx = 1\n### END SOLUTION"),
    ("explain_copying", "markdown", "### BEGIN SOLUTION\nRight.\n### END SOLUTION"),
)
RELEASED = notebook(
    ("sift", "code", "def sift(bits):\n    ..."),
    ("test_sift", "code", "visible"),
    ("catch", "code", "..."),
    ("explain_copying", "markdown", "Write here."),
)


def test_a_planted_answer_says_what_is_wrong_and_what_it_must_get(tmp_path: Path) -> None:
    answer = planted(tmp_path, ANSWER)
    assert (answer.name, answer.assignment) == ("keeps_all", "school-bb84")
    assert answer.summary == "Keeps every photon, which is wrong."
    assert answer.points == {"test_sift": 0, "test_compare": 1.5}
    assert answer.messages == {"test_sift": "Did you keep the mismatched bases? [kept-mismatched-bases]"}
    assert answer.replacements == {
        "sift": "def sift(bits):\n    return bits  # --- not a section",
        "explain_copying": '"""Two lines\nof words."""',
    }
    assert not answer.is_right


def test_an_answer_without_listed_tests_is_right_in_another_style(tmp_path: Path) -> None:
    assert planted(tmp_path, '"""With a loop."""\n# --- sift\nx = 1\n').is_right


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("def broken(:", "line 1 is not Python"),
        ("x = 1", "has no docstring: begin it with what is wrong"),
        ('"""Wrong."""\nx = 1', "replaces no cell: add a section"),
        ('"""Wrong.\n\ntest_sift 0\n"""\n# --- sift\nx = 1', "cannot read 'test_sift 0': write it as"),
    ],
)
def test_a_file_that_does_not_follow_the_form_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ExerciseError, match=message):
        planted(tmp_path, text)


def test_a_folder_without_answers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExerciseError, match="holds no planted answer"):
        read_planted_answers(tmp_path / "nowhere")


def test_the_reference_is_typed_in_without_its_markers() -> None:
    filled = fill_in(RELEASED, SOURCE, None)
    assert [cell.source for cell in filled.cells] == [
        "def sift(bits):\n    return bits[::2]",
        "visible",
        "x = 1",
        "Right.",
    ]
    assert RELEASED.cells[0].source == "def sift(bits):\n    ...", "the released notebook stays as it was"


def test_a_planted_answer_replaces_its_cells_and_keeps_the_reference_elsewhere(tmp_path: Path) -> None:
    filled = fill_in(RELEASED, SOURCE, planted(tmp_path, ANSWER))
    assert [cell.source for cell in filled.cells] == [
        "def sift(bits):\n    return bits  # --- not a section",
        "visible",
        "x = 1",
        "Two lines\nof words.",
    ]


@pytest.mark.parametrize("cell", ["test_sift", "nowhere"])
def test_only_a_students_own_cells_can_be_replaced(tmp_path: Path, cell: str) -> None:
    answer = planted(tmp_path, f'"""Wrong."""\n# --- {cell}\nx = 1\n')
    with pytest.raises(ExerciseError, match="no solution cell: use one of sift, catch, explain_copying"):
        fill_in(RELEASED, SOURCE, answer)


def test_words_that_are_no_string_are_refused(tmp_path: Path) -> None:
    answer = planted(tmp_path, '"""Wrong."""\n# --- explain_copying\nx = 1\n')
    with pytest.raises(ExerciseError, match="one string in three quotation marks"):
        fill_in(RELEASED, SOURCE, answer)
