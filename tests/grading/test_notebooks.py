"""Exercise notebooks have one normal form that no machine and no run leaves a trace in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

from qlearn.errors import ExerciseError
from qlearn.grading.notebooks import automatic_points, hand_marked_points, main, normal_text, read_notebook


def used_notebook() -> Any:
    code = nbformat.v4.new_code_cell("x = 1\n", execution_count=3, metadata={"collapsed": True})
    code.outputs = [nbformat.v4.new_output("stream", text="hello")]
    test = nbformat.v4.new_code_cell("assert x == 1")
    test.metadata["nbgrader"] = {"grade": True, "grade_id": "test_x", "points": 2.0, "solution": False, "checksum": "0"}
    words = nbformat.v4.new_markdown_cell("Why?")
    words.metadata["nbgrader"] = {"grade": True, "grade_id": "explain_x", "points": 1.5, "solution": True}
    return nbformat.v4.new_notebook(
        cells=[code, test, words], metadata={"language_info": {"name": "python", "version": "3.99"}}
    )


def test_the_normal_form_drops_what_a_run_leaves_and_keeps_what_counts(tmp_path: Path) -> None:
    text = normal_text(used_notebook())
    for trace in ("hello", "3.99", "collapsed", "checksum", '"execution_count": 3'):
        assert trace not in text
    path = tmp_path / "x.ipynb"
    path.write_text(text, encoding="utf-8")
    notebook = read_notebook(path)
    nbformat.validate(notebook)
    assert notebook.cells[1].id == "test_x"
    assert notebook.cells[1].metadata.nbgrader.schema_version == 3
    assert automatic_points(notebook) == {"test_x": 2}
    assert hand_marked_points(notebook) == {"explain_x": 1.5}


def test_the_normal_form_of_the_normal_form_is_itself(tmp_path: Path) -> None:
    path = tmp_path / "x.ipynb"
    nbformat.write(used_notebook(), path)
    main([str(path)])
    once = path.read_bytes()
    main([str(path)])
    assert path.read_bytes() == once
    assert b"\r" not in once
    assert once.endswith(b"}\n")


def test_two_cells_with_one_id_are_refused() -> None:
    notebook = used_notebook()
    notebook.cells.append(notebook.cells[1])
    with pytest.raises(ExerciseError, match="two cells share the id 'test_x'"):
        normal_text(notebook)


def test_a_raw_cell_is_refused() -> None:
    with pytest.raises(ExerciseError, match="a cell of type raw: use code or markdown cells only"):
        normal_text(nbformat.v4.new_notebook(cells=[nbformat.v4.new_raw_cell("x")]))


@pytest.mark.parametrize(("text", "message"), [(None, "cannot be read"), ("hello", "is not a notebook")])
def test_a_file_that_is_no_notebook_is_refused_in_one_line(tmp_path: Path, text: str | None, message: str) -> None:
    path = tmp_path / "x.ipynb"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ExerciseError, match=message):
        read_notebook(path)
