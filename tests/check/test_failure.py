"""A failed check is one short sentence in a notebook, and an ordinary failed assertion everywhere else."""

from __future__ import annotations

import pickle
import traceback

import nbformat
import pytest
from nbclient import NotebookClient

from qlearn import check

LONG = "You kept every photon. Where Bob used the other basis his bit is pure chance: leave it out of the key."
FAULT = f"check.close(1, 2, faults=[check.Fault('kept-mismatched-bases', 1, {LONG!r})])"


def output_of(source: str) -> nbformat.NotebookNode:
    """Run one cell in a kernel of its own, and give the error below it."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(f"from qlearn import check\n{source}")])
    NotebookClient(notebook, timeout=120, allow_errors=True, kernel_name="python3").execute()
    (error,) = notebook.cells[0].outputs
    return error


def test_a_notebook_shows_the_message_and_stores_the_slug() -> None:
    error = output_of(FAULT)
    assert (error.ename, error.evalue) == ("Misconception", f"{LONG} [kept-mismatched-bases]")
    assert " ".join(error.traceback) == LONG
    assert max(map(len, error.traceback)) < 88, "nbgrader validate cuts longer lines"


def test_a_notebook_shows_a_plain_failure_as_its_sentence_and_stores_an_assertion_error() -> None:
    error = output_of("check.close(1, 2)")
    assert (error.ename, error.evalue) == ("AssertionError", "Your answer: your answer is 1, and it should be 2.")
    assert error.traceback == [error.evalue]


def test_outside_a_notebook_there_is_a_traceback() -> None:
    with pytest.raises(AssertionError) as caught:
        check.close(1, 2)
    assert "comparisons.py" in "".join(traceback.format_exception(caught.value))


def test_a_failure_survives_a_journey_to_another_process() -> None:
    with pytest.raises(AssertionError) as caught:
        check.close(1, 2)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301  our own bytes
