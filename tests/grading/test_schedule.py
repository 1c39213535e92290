from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.coin import HIDDEN, PLAN, cell, honest_cells, submitted
from qlearn.grading.checksums import checksum
from qlearn.grading.plan import NotebookPlan, PlannedCell, Role
from qlearn.grading.schedule import Schedule, StudentCell, TestCell, make_schedule

OWN = cell("mine = 1")


def schedule(cells: list[Any]) -> Schedule:
    return make_schedule(PLAN, submitted(cells))


def order(cells: list[Any]) -> list[str]:
    """The steps' grade_ids, for the student's own cells their text."""
    return [step.grade_id or step.source for step in schedule(cells).steps]


def changed(**at: Any) -> list[dict[str, Any]]:
    """The honest notebook with some cells changed, by grade_id."""
    cells = honest_cells()
    for one in cells:
        grade_id = one["metadata"].get("nbgrader", {}).get("grade_id")
        one |= at.get(grade_id, {})
    return cells


HONEST = ["setup", "toss", "test_toss", "coins", "heads", "test_heads"]


def test_an_honest_notebook_runs_from_top_to_bottom_without_a_word() -> None:
    result = schedule(honest_cells())
    assert [step.grade_id for step in result.steps] == HONEST
    assert result.steps[1] == StudentCell(2, "def toss(n):\n    return n - 2 * (n // 2)", "toss")
    assert result.steps[2] == TestCell("test_toss")
    assert result.concerns == ()


def test_the_students_own_cells_run_where_they_stand_and_text_never() -> None:
    cells = [OWN, *honest_cells(), cell("import os", cell_type="markdown"), cell("x", cell_type="raw"), cell("  \n")]
    assert order(cells) == ["mine = 1", *HONEST]


def test_a_locked_cell_runs_as_the_teacher_wrote_it() -> None:
    result = schedule(changed(coins={"source": "coins = [1]"}))
    assert result.steps[3] == StudentCell(6, "coins = [toss(n) for n in range(9)]", "coins")
    assert result.concerns == ("coin: the locked cell coins was changed; the teacher's was used",)


@pytest.mark.parametrize("source", ["import os; os._exit(0)", "assert True", HIDDEN + "\nassert toss(2) == 1", ""])
@pytest.mark.parametrize("cell_type", ["code", "markdown", "raw"])
def test_a_tests_cell_never_runs_in_the_students_process(source: str, cell_type: str) -> None:
    result = schedule(changed(test_toss={"source": source, "cell_type": cell_type}))
    assert [step.grade_id for step in result.steps] == HONEST
    assert "coin: the test test_toss was changed; the teacher's was used" in result.concerns
    turned = f"coin: the cell test_toss was turned from code into {cell_type}; it was put right"
    assert (turned in result.concerns) == (cell_type != "code")


@pytest.mark.parametrize(
    "source",
    [
        "assert toss(2) == 0\n\n",
        "assert toss(2) == 0   ",
        "\r\nassert toss(2) == 0\r\n",
        f"{HIDDEN}\nassert toss(2) == 0",
    ],
)
def test_blanks_and_what_students_never_see_are_no_change(source: str) -> None:
    assert schedule(changed(test_toss={"source": source})).concerns == ()


def test_a_course_may_have_its_own_words_for_what_is_hidden() -> None:
    test = PlannedCell(Role.TEST, "# SECRET\nassert a\n# END\nassert b", "toss", locked=True, points=1)
    plan = NotebookPlan("coin", (replace(test, checksum=checksum(test, "assert b")),))
    assert make_schedule(plan, submitted([cell("assert b", "toss")])).concerns == ()
    assert len(make_schedule(plan, submitted([cell("assert c", "toss")])).concerns) == 1


def test_a_marking_scheme_is_not_missed_in_a_locked_text() -> None:
    assert schedule(changed(explain_question={"source": "Explain.\n"})).concerns == ()
    assert schedule(changed(explain_question={"source": "Do not explain."})).concerns == (
        "coin: the locked cell explain_question was changed; the teacher's was used",
    )


def test_of_copied_answers_the_first_counts_and_the_teacher_is_told() -> None:
    cells = honest_cells()
    cells[3:3] = [cell("def toss(n): return 0", "toss"), cell("def toss(n): return 1", "toss")]
    assert order(cells) == HONEST
    assert schedule(cells).concerns == ("coin: the cell toss is there 3 times; the first counts, no other was run",)


@pytest.mark.parametrize("grade_id", ["test_toss", "setup"])
def test_copied_tests_and_locked_cells_run_once(grade_id: str) -> None:
    cells = [*honest_cells(), cell("import os", grade_id)]
    assert order(cells) == HONEST
    assert schedule(cells).concerns == (
        f"coin: the cell {grade_id} is there 2 times; the first counts, no other was run",
    )


@pytest.mark.parametrize("cell_type", ["markdown", "raw"])
def test_an_answer_that_was_turned_into_text_is_run_as_the_code_it_was_to_be(cell_type: str) -> None:
    result = schedule(changed(heads={"cell_type": cell_type}))
    assert [step.grade_id for step in result.steps] == HONEST
    assert result.concerns == (f"coin: the cell heads was turned from code into {cell_type}; it was run as code",)


def test_a_written_answer_that_was_turned_into_code_does_not_run() -> None:
    result = schedule(changed(explain={"cell_type": "code"}))
    assert [step.grade_id for step in result.steps] == HONEST
    assert result.concerns == ("coin: the cell explain was turned from markdown into code; it was put right",)


def _without(*grade_ids: str) -> list[dict[str, Any]]:
    return [one for one in honest_cells() if one["metadata"].get("nbgrader", {}).get("grade_id", "") not in grade_ids]


def test_a_deleted_test_waits_for_the_students_own_cells_that_follow_its_answer() -> None:
    cells = _without("test_toss")
    cells[3:3] = [OWN, cell("Note", cell_type="markdown"), OWN]
    assert order(cells) == ["setup", "toss", "mine = 1", "mine = 1", "test_toss", "coins", "heads", "test_heads"]
    assert schedule(cells).concerns == (
        "coin: the test test_toss was deleted; it was judged in its place all the same",
    )


def test_all_tests_deleted_are_judged_all_the_same() -> None:
    assert order(_without("test_toss", "test_heads")) == HONEST


def test_a_test_that_was_moved_up_waits_for_its_answer() -> None:
    cells = honest_cells()
    cells.insert(0, cells.pop(8))
    cells.append(OWN)
    assert order(cells) == ["setup", "toss", "test_toss", "coins", "heads", "mine = 1", "test_heads"]


def test_a_test_that_was_moved_down_is_judged_there() -> None:
    cells = honest_cells()
    cells.insert(7, cells.pop(3))
    assert order(cells) == ["setup", "toss", "coins", "heads", "test_toss", "test_heads"]


def test_an_answer_that_was_moved_down_delays_the_tests_that_may_need_it() -> None:
    cells = honest_cells()
    cells.append(cells.pop(2))
    assert order(cells) == ["setup", "coins", "heads", "toss", "test_toss", "test_heads"]


def test_a_reversed_notebook_runs_locked_cells_first_and_tests_last() -> None:
    assert order(honest_cells()[::-1]) == ["setup", "coins", "heads", "toss", "test_toss", "test_heads"]


def test_a_deleted_locked_cell_runs_in_its_place() -> None:
    result = schedule(_without("coins", "setup"))
    assert [step.grade_id for step in result.steps] == HONEST
    assert result.steps[0] == StudentCell(-2, "import math", "setup")
    assert result.steps[3] == StudentCell(-7, "coins = [toss(n) for n in range(9)]", "coins")
    assert result.concerns == (
        "coin: the locked cell setup was deleted; the teacher's was used",
        "coin: the locked cell coins was deleted; the teacher's was used",
    )


def test_a_deleted_locked_cell_comes_before_the_answers_that_need_it() -> None:
    cells = _without("coins")
    cells.append(cells.pop(2))  # toss goes to the end, heads stays
    assert order(cells) == ["setup", "coins", "heads", "toss", "test_toss", "test_heads"]


def test_a_deleted_answer_is_told_and_its_test_judged() -> None:
    assert order(_without("heads")) == ["setup", "toss", "test_toss", "coins", "test_heads"]
    assert schedule(_without("heads")).concerns == ("coin: the answer cell heads is not there",)


def test_without_any_grade_id_all_tests_come_last() -> None:
    notebook = submitted()
    del notebook.cells[4:]
    for one in notebook.cells:
        one.update(metadata={}, source=one.source + "  # mine")
    result = make_schedule(PLAN, notebook)
    assert [step.grade_id for step in result.steps] == ["setup", "", "", "", "test_toss", "coins", "test_heads"]


def test_tests_and_locked_cells_without_a_grade_id_are_known_by_their_text() -> None:
    notebook = submitted()
    for one in notebook.cells:
        one.metadata = {}
    result = make_schedule(PLAN, notebook)
    assert [step.grade_id for step in result.steps] == ["setup", "", "test_toss", "coins", "", "test_heads"]
    assert result.concerns == (
        "coin: the answer cell toss is not there",
        "coin: the answer cell explain is not there",
        "coin: the answer cell heads is not there",
    )


def test_an_empty_notebook_gets_every_test_judged() -> None:
    notebook = submitted()
    notebook.cells = []
    result = make_schedule(PLAN, notebook)
    assert [step.grade_id for step in result.steps] == ["setup", "test_toss", "coins", "test_heads"]
    assert result.concerns == ("coin: no cell that nbgrader knows is left; its tests ran after all cells",)


def test_cells_of_another_assignment_run_as_the_students_own() -> None:
    result = schedule([*honest_cells(), cell("a = 1", "question_9")])
    assert result.steps[-1] == StudentCell(9, "a = 1", "")
    assert result.concerns == (
        "coin: 1 cells bear a grade_id that the assignment does not have, such as 'question_9'; "
        "they ran as the student's own",
    )


@given(
    st.permutations([*range(len(PLAN.cells)), *range(len(PLAN.cells), len(PLAN.cells) + 3)]),
    st.sets(st.integers(0, len(PLAN.cells) - 1)),
    st.lists(st.integers(0, len(PLAN.cells) - 1), max_size=3),
)
def test_in_any_order_each_test_is_judged_once_after_all_it_may_need(
    order: list[int], deleted: set[int], copied: list[int]
) -> None:
    available = [*honest_cells(), *(cell(f"own = {number}") for number in range(3))]
    cells = [available[number] for number in [*order, *copied] if number not in deleted]
    notebook = submitted([*cells, OWN])
    steps = make_schedule(PLAN, notebook).steps
    names = [step.grade_id for step in steps]
    assert [name for name in names if names.count(name) > 1 and name] == []
    assert {step.grade_id for step in steps if isinstance(step, TestCell)} == {"test_toss", "test_heads"}
    assert not any("assert" in step.source for step in steps if isinstance(step, StudentCell))
    own = [step for step in steps if isinstance(step, StudentCell) and step.grade_id not in ("setup", "coins")]
    assert [step.index for step in own] == sorted(step.index for step in own), "a locked cell alone may come earlier"
    planned = [one.grade_id for one in PLAN.cells if one.grade_id]
    for test in ("test_toss", "test_heads"):
        needed = [name for name in planned[: planned.index(test)] if name in names]
        assert all(names.index(name) < names.index(test) for name in needed)


def test_points_and_roles_in_the_submission_change_nothing() -> None:
    cells = honest_cells()
    for one in cells:
        if "nbgrader" in one["metadata"]:
            one["metadata"]["nbgrader"] |= {"solution": True, "locked": False, "grade": False, "task": True}
    assert schedule(cells) == schedule(honest_cells())


def test_a_readonly_cell_that_is_not_locked_runs_as_the_student_left_it() -> None:
    plan = NotebookPlan("coin", (PlannedCell(Role.TEACHER, "a = 1", "toss"), PlannedCell(Role.TEACHER, "b", "gone")))
    result = make_schedule(plan, submitted([cell("a = 2", "toss")]))
    assert result == Schedule((StudentCell(0, "a = 2", "toss"),))
