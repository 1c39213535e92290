import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.exporters import HTMLExporter
from nbgrader import utils
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions

from grading.coin import HIDDEN, PLAN, cell, hand_in, honest_cells, submitted
from qlearn.grading import clean_outputs
from qlearn.grading.autograded import UNVERIFIED, assemble, unanswered
from qlearn.grading.checksums import checksum
from qlearn.grading.hand_in import match_notebooks
from qlearn.grading.notebooks import read_notebook
from qlearn.grading.outcome import NotebookOutcome, TestOutcome
from qlearn.grading.plan import AssignmentPlan, NotebookPlan, PlannedCell, Role
from qlearn.grading.schedule import make_schedule

EXERCISES = sorted((Path(__file__).parents[2] / "exercises" / "source").glob("*/*.ipynb"))


def printed(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


FAILED = {"output_type": "error", "ename": "AssertionError", "evalue": "no", "traceback": ["no"]}
NAN = float("nan")
RESULT = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
OUTCOME = NotebookOutcome(
    cells={1: (), 2: (printed("two"),), 6: (), 7: ()},
    tests={
        "test_toss": TestOutcome("test_toss", 2, (printed("well done"),), verified=False),
        "test_heads": TestOutcome("test_heads", 0, (FAILED,)),
    },
)


def graded(cells: list[Any] | None = None, outcome: NotebookOutcome = OUTCOME) -> nbformat.NotebookNode:
    notebook = assemble(PLAN, submitted(cells), outcome)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    json.dumps(notebook, ensure_ascii=False).encode()
    return notebook


def test_tests_and_locked_cells_are_the_teachers_and_answers_the_students() -> None:
    cells = honest_cells()
    cells[3]["source"] = cells[6]["source"] = "import os"
    assert [one.source for one in graded(cells).cells] == [
        "# Coins",
        "import math",
        "def toss(n):\n    return n - 2 * (n // 2)",
        f"{HIDDEN}\nassert toss(2) == 0",
        "Explain.\n### BEGIN MARK SCHEME\none point\n### END MARK SCHEME",
        "I think so.",
        "coins = [toss(n) for n in range(9)]",
        "heads = coins.count(1)",
        "assert heads == 4",
    ]


def test_cells_show_what_they_printed_in_the_order_they_ran() -> None:
    notebook = graded()
    assert notebook.cells[2].outputs == [printed("two")]
    assert notebook.cells[3].outputs == [printed(UNVERIFIED), printed("well done")]
    assert notebook.cells[8].outputs == [FAILED]
    assert [one.get("execution_count") for one in notebook.cells] == [None, 1, 2, 3, None, None, 4, 5, 6]


def test_nbgraders_metadata_is_the_plans() -> None:
    notebook = graded()
    assert notebook.cells[0].metadata == {}
    assert notebook.cells[3].metadata == {
        "deletable": False,
        "editable": False,
        "qlearn": {"raised_in": "", "verified": False},
        "nbgrader": {
            "cell_type": "code",
            "checksum": utils.compute_checksum(notebook.cells[3]),
            "grade": True,
            "grade_id": "test_toss",
            "locked": True,
            "points": 2,
            "schema_version": 3,
            "solution": False,
            "task": False,
        },
    }
    assert notebook.cells[2].metadata.nbgrader.checksum == PLAN.cells[2].checksum
    assert notebook.cells[5].metadata.nbgrader.points == 3
    assert notebook.cells[8].metadata.nbgrader.points == 1.5
    roles = [
        [one.metadata.nbgrader[key] for key in ("grade", "solution", "locked")]
        for one in notebook.cells
        if "nbgrader" in one.metadata
    ]
    lock, answer, test = [False, False, True], [False, True, False], [True, False, True]
    assert roles == [lock, answer, test, lock, [True, True, False], lock, answer, test]


def test_nbgrader_reads_the_same_points_from_the_outputs() -> None:
    notebook = graded()
    assert utils.determine_grade(notebook.cells[3]) == (2, 2)
    assert utils.determine_grade(notebook.cells[8]) == (0, 1.5)


@pytest.mark.parametrize("index", range(9))
def test_a_cell_of_the_plan_that_is_gone_comes_back_in_its_place(index: int) -> None:
    cells = honest_cells()
    del cells[index]
    grade_id = PLAN.cells[index].grade_id
    notebook = graded(cells, NotebookOutcome())
    found = [one.metadata.nbgrader.grade_id for one in notebook.cells if "nbgrader" in one.metadata]
    gone = {grade_id} if grade_id in ("toss", "heads") else set()
    assert found == [one.grade_id for one in PLAN.cells if one.grade_id and one.grade_id not in gone]
    if grade_id in found:
        added = notebook.cells[
            [one.metadata.get("nbgrader", {}).get("grade_id") for one in notebook.cells].index(grade_id)
        ]
        comment = "# " if added.cell_type == "code" else ""
        assert added.source.startswith(f"{comment}This cell (id:{grade_id}) was missing from the submission.")


def test_a_test_that_came_back_has_the_teachers_text_and_its_outputs() -> None:
    cells = honest_cells()
    del cells[3]
    added = graded(cells).cells[3]
    assert added.source.splitlines()[1:] == [*HIDDEN.splitlines(), "assert toss(2) == 0"]
    assert added.outputs == [printed(UNVERIFIED), printed("well done")]


def test_an_answer_that_came_back_does_not_tell_the_solution() -> None:
    cells = honest_cells()
    del cells[5]
    assert "Because" not in graded(cells).cells[5].source


def test_a_deleted_locked_cell_shows_what_it_printed() -> None:
    cells = honest_cells()
    del cells[1]
    (step, *_) = make_schedule(PLAN, submitted(cells)).steps
    notebook = graded(cells, NotebookOutcome(cells={step.index: (printed("hello"),)}))
    assert notebook.cells[0].metadata.nbgrader.grade_id == "setup"
    assert notebook.cells[0].outputs == [printed("hello")]


def test_copies_keep_their_text_and_lose_their_grade_id() -> None:
    cells = honest_cells()
    cells[3:3] = [cell("copy", "toss"), cell("text", "test_toss", "markdown"), cell("stolen", "test_toss")]
    notebook = graded(cells)
    assert [one.source for one in notebook.cells[3:6]] == ["copy", f"{HIDDEN}\nassert toss(2) == 0", "stolen"]
    assert notebook.cells[3].metadata == notebook.cells[5].metadata == {}
    assert notebook.cells[3].outputs[0].text.startswith("This is a copy of the cell toss: it was neither run")


def test_cells_that_were_turned_into_another_type_are_turned_back() -> None:
    cells = honest_cells()
    for index, one in enumerate(cells):
        one["cell_type"] = "raw" if index % 2 else "code"
    notebook = graded(cells)
    types = ["code", *(planned.cell_type for planned in PLAN.cells[1:])]
    assert [one.cell_type for one in notebook.cells] == types


def test_ids_never_occur_twice() -> None:
    cells = [one | {"id": f"added-back-{number}"} for number, one in enumerate(honest_cells()[:3])]
    notebook = graded(cells)
    assert len({one.id for one in notebook.cells}) == len(notebook.cells)


TASK = NotebookPlan(
    "coin",
    (
        PlannedCell(Role.ANSWER, "Do.", "task", "markdown", locked=True, points=2, hand_marked=True, task=True),
        PlannedCell(Role.TEACHER, "a = 1", "toss"),
    ),
)


@pytest.mark.parametrize("cells", [[], [cell("Do.", "task", "markdown")]])
def test_a_task_is_nbgraders_task(cells: list[Any]) -> None:
    notebook = assemble(TASK, submitted([*cells, cell("a = 2", "toss")]), NotebookOutcome())
    MetadataValidator().validate_nb(notebook)
    task = notebook.cells[0]
    assert (utils.is_task(task), utils.is_grade(task), utils.is_solution(task)) == (True, False, False)
    assert task.source.endswith("Do.")
    assert notebook.cells[1].source == "a = 2"


@pytest.mark.parametrize(
    ("output", "cleaned"),
    [
        ({"output_type": "stream", "name": "stdin", "text": ["a", 5, "b"]}, [printed("ab")]),
        (printed("\ud800"), [printed("\ufffd")]),
        ({"output_type": "stream"}, [printed("")]),
        ({"output_type": "error", "traceback": "a"}, [FAILED | {"ename": "", "evalue": "", "traceback": ["a"]}]),
        ({"output_type": "display_data", "data": {"application/javascript": "alert(1)"}}, []),
        ({"output_type": "display_data", "data": 5}, []),
        ({"output_type": "update_display_data", "data": {"text/plain": "a"}}, []),
        ("text", []),
        (
            {
                "output_type": "display_data",
                "data": {"image/png": "AA\ud800", 5: "x", "text/plain": 7, "a/b": ["c", "d"]},
                "metadata": {"image/png": {"width": 5, "height": "x"}, "x": 1, "image/gif": {}},
            },
            [
                {
                    "output_type": "display_data",
                    "data": {"image/png": "AA\ufffd", "a/b": "cd"},
                    "metadata": {"image/png": {"width": 5}},
                }
            ],
        ),
        (
            RESULT
            | {
                "execution_count": 99,
                "data": {"application/json": {"a": [1]}, "application/x+json": {1j}, "application/y+json": NAN},
            },
            [RESULT | {"data": {"application/json": {"a": [1]}}}],
        ),
    ],
)  # fmt: skip
def test_outputs_of_strangers_code_become_valid_ones(output: Any, cleaned: list[Any]) -> None:
    assert graded([cell("a = 1", "toss")], NotebookOutcome(cells={0: (output,)})).cells[1].outputs == cleaned


@given(
    st.lists(
        st.recursive(
            st.none() | st.integers() | st.floats() | st.text(max_size=3) | st.sampled_from(["stream", "error"]),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["output_type", "data", "text", "metadata", "image/png", "application/json"])
                    | st.text(max_size=3),
                    inner,
                    max_size=3,
                )
            ),
        ),
        max_size=3,
    ),
    st.sampled_from(["stream", "error", "display_data", "execute_result"]),
)
def test_whatever_comes_as_outputs_the_notebook_is_valid(outputs: list[Any], kind: str) -> None:
    typed = [output | {"output_type": kind} for output in outputs if isinstance(output, dict)]
    graded([cell("a = 1", "toss")], NotebookOutcome(cells={0: (*outputs, *typed)}))


def test_outputs_beyond_the_limit_are_left_out_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clean_outputs, "MOST_OUTPUT_CHARACTERS", 100)
    notebook = graded(outcome=NotebookOutcome(cells={1: (printed("x" * 200),), 2: (printed("y" * 200),)}))
    assert notebook.cells[1].outputs == [
        printed("Outputs were left out here: the notebook shows more than can be kept.\n")
    ]
    assert notebook.cells[2].outputs == []


def test_formgraders_exporter_can_show_it() -> None:
    html, _ = HTMLExporter().from_notebook_node(graded([*honest_cells()[:3], *honest_cells()[4:]]))
    assert "was missing from the submission" in re.sub(r"<[^>]*>", "", html)


def _exercise(path: Path) -> tuple[NotebookPlan, nbformat.NotebookNode]:
    """An exercise as released, and its plan with nbgrader's own checksums."""
    source = read_notebook(path)
    cells = []
    for one in source.cells:
        meta = one.metadata.get("nbgrader", {})
        role = Role.TEST if meta.get("grade") and not meta.get("solution") else Role.TEACHER
        role = Role.ANSWER if meta.get("solution") else role
        checksum = utils.compute_checksum(one) if meta else ""
        cells.append(
            PlannedCell(
                role,
                one.source,
                meta.get("grade_id", ""),
                one.cell_type,
                locked=utils.is_locked(one),
                points=meta.get("points", 0),
                hand_marked=bool(meta.get("grade") and meta.get("solution")),
                checksum=checksum,
            )
        )
    return NotebookPlan(path.stem, tuple(cells)), source


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.parent.name)
def test_a_real_exercise_comes_through_unharmed(path: Path) -> None:
    plan, source = _exercise(path)
    matched = match_notebooks(AssignmentPlan("real", (plan,)), hand_in((f"{plan.name}.ipynb", nbformat.writes(source))))
    notebook = matched.notebooks[plan.name]
    schedule = make_schedule(plan, notebook)
    assert matched.concerns == schedule.concerns == ()
    code = [one for one in source.cells if one.cell_type == "code"]
    assert [getattr(step, "source", None) or plan.cell(step.grade_id).source for step in schedule.steps] == [
        one.source for one in code
    ]
    assembled = assemble(plan, notebook, NotebookOutcome())
    MetadataValidator().validate_nb(assembled)
    assert [one.source for one in assembled.cells] == [one.source for one in source.cells]
    known = [one for one in assembled.cells if "nbgrader" in one.metadata]
    assert [utils.compute_checksum(one) for one in known] == [one.metadata.nbgrader.checksum for one in known]


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.parent.name)
def test_a_real_exercise_as_nbgrader_releases_it_has_no_changed_cell(path: Path) -> None:
    plan, released = _exercise(path)
    for step in (ClearSolutions, ClearHiddenTests, ClearMarkScheme):
        released, _ = step(enforce_metadata=False).preprocess(released, {})
    assert "HIDDEN" not in nbformat.writes(released)
    matched = match_notebooks(
        AssignmentPlan("real", (plan,)), hand_in((f"{plan.name}.ipynb", nbformat.writes(released)))
    )
    assert matched.concerns == make_schedule(plan, matched.notebooks[plan.name]).concerns == ()


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.parent.name)
def test_untouched_answers_are_those_nbgrader_finds_untouched(path: Path) -> None:
    plan, source = _exercise(path)
    answers = [planned.grade_id for planned in plan.cells if planned.role is Role.ANSWER]
    for one in source.cells:
        if one.metadata.get("nbgrader", {}).get("grade_id") == answers[0]:
            one.source += "\n# mine"
    del source.cells[[one.metadata.get("nbgrader", {}).get("grade_id") for one in source.cells].index(answers[1])]
    matched = match_notebooks(AssignmentPlan("real", (plan,)), hand_in(("x.ipynb", nbformat.writes(source))))
    assert unanswered(plan, matched.notebooks[plan.name]) == frozenset(answers[2:])


def test_the_checksum_is_had_without_loading_all_of_nbgrader() -> None:
    code = """
import sys
from qlearn.grading.autograded import unanswered
from qlearn.grading.plan import NotebookPlan, PlannedCell, Role
import nbformat
plan = NotebookPlan("a", (PlannedCell(Role.ANSWER, "", "b", checksum="c"),))
cell = {"cell_type": "code", "source": "", "metadata": {"nbgrader": {"grade_id": "b"}}}
assert unanswered(plan, nbformat.from_dict({"cells": [cell]})) == frozenset()
print([name for name in ("nbgrader", "sqlalchemy", "jupyter_server", "nbconvert") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_runs_after_a_hidden_test_is_marked_for_feedback() -> None:
    cells = honest_cells()
    cells[4:4] = [cell("print(kept)"), cell("kept", cell_type="markdown"), cell("a copy", "toss")]
    outcome = NotebookOutcome(
        cells={1: (), 2: (printed("x"),), 4: (printed("x"),), 9: (), 10: ()},
        tests={name: TestOutcome(name, 0, (FAILED,), raised_in="test") for name in ("test_toss", "test_heads")},
    )
    marks = {
        one.metadata.get("nbgrader", {}).get("grade_id", one.source): one.metadata.qlearn
        for one in graded(cells, outcome).cells
        if "qlearn" in one.metadata
    }
    after = {"after_hidden_test": True}
    test = {"raised_in": "test", "verified": True}
    assert marks == {
        "test_toss": test,
        "print(kept)": after,
        "coins": after,
        "heads": after,
        "test_heads": test | after,
    }


def test_hidden_regions_in_a_courses_own_words_are_known_by_the_released_checksum() -> None:
    test = PlannedCell(Role.TEST, "# GEHEIM\nassert x\n# OFFEN", "test", locked=True, points=1)
    plain = replace(test, checksum=checksum(test, test.source))
    hiding = replace(test, checksum=checksum(test, ""))
    marked = []
    for one in (test, plain, hiding):
        notebook = submitted([cell("", "test"), cell("print(x)")])
        outcome = NotebookOutcome({1: (printed("x"),)}, {"test": TestOutcome("test", 1)})
        marked.append("qlearn" in assemble(NotebookPlan("coin", (one,)), notebook, outcome).cells[1].metadata)
    assert marked == [False, False, True]


def test_nothing_a_student_wrote_under_our_name_survives() -> None:
    cells = honest_cells()
    for one in cells:
        one["metadata"]["qlearn"] = {"raised_in": "host", "after_hidden_test": False, "verified": True}
    notebook = graded(cells, NotebookOutcome(cells={1: (FAILED,), 2: (FAILED,), 6: (FAILED,), 7: (FAILED,)}))
    assert [one.metadata for one in notebook.cells if "qlearn" in one.metadata] == []
    tests = {name: TestOutcome(name, 0, (FAILED,), raised_in="host") for name in ("test_toss", "test_heads")}
    told = [
        one.metadata.nbgrader.grade_id
        for one in graded(cells, NotebookOutcome(tests=tests)).cells
        if one.metadata.get("qlearn", {}).get("raised_in")
    ]
    assert told == ["test_toss", "test_heads"]


def test_the_notebook_names_the_language_its_feedback_speaks() -> None:
    plan = replace(PLAN, language="ko")
    assert assemble(plan, submitted(), OUTCOME).metadata.lang == "ko"
    assert graded().metadata.lang == "en"
