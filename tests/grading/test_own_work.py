from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from qlearn.errors import SubmissionError
from qlearn.grading.own_work import check_own_work, reset_cell


def cell(kind: str, name: str, source: str, **flags: bool) -> dict[str, Any]:
    metadata = {"nbgrader": {"grade_id": name, "solution": False, "grade": False} | flags} if name else {}
    return {"cell_type": kind, "id": name or "text", "metadata": metadata, "source": source}


GIVEN: dict[str, Any] = {
    "cells": [
        cell("markdown", "", "Count the ways."),
        cell("code", "setup", "import math"),
        cell("code", "sides", "def sides(coins):\n    ...", solution=True),
        cell("code", "test_sides", "assert sides(1) == 2", grade=True),
        cell("markdown", "explain", "Write your answer here.", solution=True, grade=True),
    ],
    "metadata": {"kernelspec": {"name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
RELEASED = json.dumps(GIVEN).encode()
Change = Callable[[list[dict[str, Any]]], object]


def own(change: Change = len) -> bytes:
    """A notebook with both answers given, then changed."""
    notebook = copy.deepcopy(GIVEN)
    notebook["cells"][2]["source"] = "def sides(coins):\n    return 2 ** coins"
    notebook["cells"][4]["source"] = "Each coin doubles the ways."
    change(notebook["cells"])
    return json.dumps(notebook).encode()


def test_a_notebook_that_is_in_order_gets_no_advice() -> None:
    assert check_own_work("coin.ipynb", own(), RELEASED) == []
    assert check_own_work("coin.ipynb", own(lambda cells: cells.append(cell("code", "", "1 + 1"))), RELEASED) == []


@pytest.mark.parametrize(
    ("change", "refused", "text"),
    [
        (lambda cells: cells.pop(2), True, "the cell sides is gone: put it back with  qlearn student reset"),
        (lambda cells: cells.pop(3), True, "the cell test_sides is gone"),
        (lambda cells: cells.insert(3, dict(cells[2])), True, "the cell sides is there 2 times: only the first one"),
        (lambda cells: cells.clear(), True, "this notebook holds no cell of the assignment: is it the right file?"),
        (lambda cells: cells[2].update(source=GIVEN["cells"][2]["source"] + "\n"), False, "have not answered there"),
        (
            lambda cells: cells[3].update(source="assert True"),
            False,
            "you changed the cell test_sides: that is no",
        ),
    ],
)
def test_each_fault_has_a_sentence_for_the_student(change: Change, refused: bool, text: str) -> None:
    (advice,) = check_own_work("coin.ipynb", own(change), RELEASED)
    assert advice.refused is refused
    assert text in advice.text
    assert str(advice).startswith("STOP" if refused else "note")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "coin.ipynb is empty; open it in JupyterLab, save it"),
        (b"{", "cannot be read as a notebook"),
        (b"[]", "it has no list of cells"),
        (b" " * (50 * 1024 * 1024 + 1), "is larger than 50 MB: clear its outputs"),
    ],
)
def test_a_file_that_would_be_refused_says_what_to_do(content: bytes, text: str) -> None:
    (advice,) = check_own_work("coin.ipynb", content, RELEASED)
    assert advice.refused
    assert text in advice.text
    assert "the student" not in advice.text


def test_what_stops_comes_before_what_is_only_to_be_known() -> None:
    def spoil(cells: list[dict[str, Any]]) -> None:
        cells[1]["source"] = "import numpy"
        del cells[4]

    assert [advice.refused for advice in check_own_work("coin.ipynb", own(spoil), RELEASED)] == [True, False]


@pytest.mark.parametrize(
    "change",
    [
        lambda cells: cells[3].update(source="assert True", outputs=[1]),
        lambda cells: cells.pop(3),
        lambda cells: cells.insert(3, dict(cells[3])),
    ],
)
def test_a_cell_goes_back_as_it_was_and_the_rest_stays(change: Change) -> None:
    assert json.loads(reset_cell(own(change), RELEASED, "test_sides")) == json.loads(own())


def test_a_first_cell_goes_back_to_the_front() -> None:
    after = json.loads(reset_cell(own(lambda cells: cells.pop(1)), RELEASED, "setup"))
    assert json.dumps(after["cells"]).index("setup") < json.dumps(after["cells"]).index("Count the ways")


def test_what_cannot_be_reset_is_one_line() -> None:
    with pytest.raises(SubmissionError, match="no cell called side; there are: setup, sides, test_sides, explain"):
        reset_cell(own(), RELEASED, "side")
    with pytest.raises(SubmissionError, match="this notebook cannot be read"):
        reset_cell(b"{", RELEASED, "sides")
    with pytest.raises(SubmissionError, match="is no notebook of today's format"):
        reset_cell(b'{"worksheets": []}', RELEASED, "sides")
