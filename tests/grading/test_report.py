import nbformat
import pytest

from qlearn.grading.report import (
    AssignmentReport,
    CellMessage,
    Outcome,
    QuestionReport,
    SubmissionReport,
    explain_error,
    read_cell_messages,
    read_timeouts,
)

REPORT = AssignmentReport(
    "school-coin",
    (
        SubmissionReport("김서연", "school-coin", Outcome.BROKEN, "coin.ipynb is empty", timestamp="2026-01-01"),
        SubmissionReport(
            "s02",
            "school-coin",
            Outcome.GRADED,
            questions=(
                QuestionReport("coin", "test_sides", 0.0, 2.0, "one side?", "one-sided-coin"),
                QuestionReport("coin", "explain", None, 4.0),
            ),
            seconds=1.25,
        ),
    ),
)


def cell(grade_id: str, *outputs: dict[str, object], grade: bool = True) -> nbformat.NotebookNode:
    metadata = {"nbgrader": {"grade": grade, "grade_id": grade_id}}
    return nbformat.from_dict(
        {"cell_type": "code", "metadata": metadata, "source": "", "outputs": list(outputs), "execution_count": 1}
    )


def error(name: str, value: str) -> dict[str, object]:
    return {"output_type": "error", "ename": name, "evalue": value, "traceback": []}


def notebook(*cells: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return nbformat.from_dict({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_a_report_survives_json_with_korean_names_readable() -> None:
    text = REPORT.to_json()
    assert "김서연" in text
    assert AssignmentReport.from_json(text) == REPORT


def test_outcomes_are_counted_apart() -> None:
    assert [REPORT.count(outcome) for outcome in Outcome] == [1, 0, 1]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Misconception", "Did you square it? [kept-the-sign]", CellMessage("Did you square it?", "kept-the-sign")),
        ("Misconception", "No slug here", CellMessage("No slug here")),
        ("AssertionError", "near\n 25 %", CellMessage("near 25 %")),
        ("AssertionError", "one of [a-list]", CellMessage("one of [a-list]")),
        ("AssertionError", "", CellMessage("AssertionError")),
        ("NameError", "name 'x' is not defined", CellMessage("NameError: name 'x' is not defined")),
        ("Misconception", "\x1b[31mred\x1b[0m [warm-colour]", CellMessage("red", "warm-colour")),
    ],
)
def test_a_message_is_the_tests_own_words_and_its_slug(name: str, value: str, expected: CellMessage) -> None:
    assert explain_error(name, value) == expected


def test_messages_come_from_graded_cells_alone() -> None:
    found = read_cell_messages(
        notebook(
            cell("test_a", error("AssertionError", "wrong")),
            cell("test_b"),
            cell("scratch", error("NameError", "mine"), grade=False),
        )
    )
    assert found == {"test_a": CellMessage("wrong")}


def test_text_on_stderr_is_told_from_an_error() -> None:
    warning = {"output_type": "stream", "name": "stderr", "text": "UserWarning: slow\n  code\n"}
    found = read_cell_messages(notebook(cell("test_a", warning), cell("test_b", warning, error("KeyError", "'x'"))))
    assert found["test_a"] == CellMessage("UserWarning: slow", only_stderr=True)
    assert not found["test_b"].only_stderr


def test_a_cell_that_ran_out_of_time_is_named() -> None:
    plain = cell("", error("CellTimeoutError", ""), grade=False)
    assert read_timeouts(notebook(cell("sides", error("CellTimeoutError", "")), plain, cell("test_b"))) == [
        "sides",
        "cell 2",
    ]
