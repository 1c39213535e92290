"""The plan comes from the teacher's side alone: the database, the source notebook, the course's settings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gradebook.small_kit import ASSIGNMENT, NOTEBOOK, SIDES, TEST_SIDES, source_notebook
from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import release
from qlearn.gradebook.planning import make_plan
from qlearn.grading.plan import PlannedCell, Role


def source(course: Course) -> Path:
    return course.source / ASSIGNMENT / f"{NOTEBOOK}.ipynb"


def change(course: Course, edit: Callable[[dict[str, Any]], None]) -> None:
    """Edit the source notebook after the release."""
    notebook = json.loads(source(course).read_text())
    edit(notebook)
    source(course).write_text(json.dumps(notebook))


def cell_of(notebook: dict[str, Any], grade_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )
    return found


def plan_cells(course: Course, warnings: list[str] | None = None) -> dict[str, PlannedCell]:
    plan = make_plan(course, ASSIGNMENT, warn=([] if warnings is None else warnings).append)
    return {cell.grade_id: cell for cell in plan.notebooks[0].cells}


def test_each_cell_has_its_role_points_and_trusted_source(course: Course) -> None:
    warnings: list[str] = []
    cells = plan_cells(course, warnings)
    assert [(cell.grade_id, cell.role.value, cell.points, cell.locked) for cell in cells.values()] == [
        ("setup", "teacher", 0.0, True),
        ("sides", "answer", 0.0, False),
        ("test_sides", "test", 2.0, True),
        ("parity", "answer", 0.0, False),
        ("test_parity", "test", 3.0, True),
        ("explain_parity", "answer", 4.0, False),
    ]
    assert cells["test_sides"].source == TEST_SIDES
    assert cells["sides"].source == SIDES
    assert [name for name, cell in cells.items() if cell.hand_marked] == ["explain_parity"]
    assert warnings == []


def test_checksums_are_those_of_the_released_notebook(course: Course) -> None:
    released = json.loads((course.released(ASSIGNMENT) / f"{NOTEBOOK}.ipynb").read_text())
    expected = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["metadata"]["nbgrader"]["checksum"] for cell in released["cells"]
    }
    assert {name: cell.checksum for name, cell in plan_cells(course).items()} == expected


def test_a_test_that_was_changed_after_the_release_counts_as_released_and_the_teacher_is_told(course: Course) -> None:
    def edit(notebook: dict[str, Any]) -> None:
        test = cell_of(notebook, "test_sides")
        test["source"] = "assert True"
        test["metadata"]["nbgrader"] |= {"points": 100, "grade": False, "solution": True}

    change(course, edit)
    warnings: list[str] = []
    cell = plan_cells(course, warnings)["test_sides"]
    assert (cell.role, cell.points, cell.source) == (Role.TEST, 2.0, TEST_SIDES)
    assert warnings == ["test_sides was changed after the release; release again to use the new text"]


def test_cells_added_and_deleted_after_the_release_are_named(course: Course) -> None:
    def edit(notebook: dict[str, Any]) -> None:
        cell_of(notebook, "test_parity")["metadata"]["nbgrader"]["grade_id"] = "test_new"

    change(course, edit)
    warnings: list[str] = []
    assert plan_cells(course, warnings)["test_parity"].points == 3.0
    assert warnings == [
        "test_new was added after the release, so nobody has it; release again to use it",
        "test_parity was deleted from the source after the release; it counts as it was released",
    ]


def test_plain_cells_keep_their_place(course: Course) -> None:
    def edit(notebook: dict[str, Any]) -> None:
        plain = {
            "cell_type": "code",
            "id": "p",
            "metadata": {},
            "source": "import math",
            "outputs": [],
            "execution_count": None,
        }
        notebook["cells"].insert(2, plain)

    change(course, edit)
    plan = make_plan(course, ASSIGNMENT)
    assert [cell.source for cell in plan.notebooks[0].cells][2] == "import math"
    assert plan.notebooks[0].cells[2] == PlannedCell(Role.TEACHER, "import math")


def test_a_task_is_a_persons_to_mark(course: Course) -> None:
    def edit(notebook: dict[str, Any]) -> None:
        marks = {"grade": False, "solution": False, "task": True, "locked": True}
        cell_of(notebook, "explain_parity")["metadata"]["nbgrader"] |= marks

    change(course, edit)
    release(course, ASSIGNMENT)
    task = plan_cells(course)["explain_parity"]
    assert (task.role, task.task, task.hand_marked, task.points) == (Role.TEACHER, True, True, 4.0)


def test_the_notebook_says_what_its_answers_may_not_import_and_which_tests_may_be_unverified(course: Course) -> None:
    def edit(notebook: dict[str, Any]) -> None:
        notebook["metadata"]["qlearn"] = {"forbidden_modules": ["qlearn.physics", "sympy"]}
        cell_of(notebook, "test_sides")["metadata"]["tags"] = ["unverified"]
        cell_of(notebook, "sides")["metadata"]["tags"] = ["unverified"]

    change(course, edit)
    assert make_plan(course, ASSIGNMENT).notebooks[0].forbidden_modules == ("qlearn.physics", "sympy")
    assert [name for name, cell in plan_cells(course).items() if cell.unverified_allowed] == ["test_sides"]


@pytest.mark.parametrize(
    ("metadata", "language"), [({}, "en"), ({"lang": "ko-KR"}, "ko"), ({"language": "ko"}, "ko"), ({"lang": 3}, "en")]
)
def test_the_notebook_says_in_which_language_its_feedback_speaks(
    course: Course, metadata: dict[str, Any], language: str
) -> None:
    change(course, lambda notebook: notebook["metadata"].update(metadata))
    assert make_plan(course, ASSIGNMENT).notebooks[0].language == language


@pytest.mark.parametrize("modules", ["numpy", ["numpy linalg"], [3], {"numpy": True}])
def test_forbidden_modules_that_are_no_names_are_one_clear_error(course: Course, modules: Any) -> None:
    change(course, lambda notebook: notebook["metadata"].update(qlearn={"forbidden_modules": modules}))
    with pytest.raises(
        CourseError, match=r"the metadata of coin\.ipynb has forbidden_modules .*; write a list of module"
    ):
        make_plan(course, ASSIGNMENT)


def test_data_files_are_in_the_plan_and_a_plan_is_the_same_each_time(course: Course) -> None:
    plan = make_plan(course, ASSIGNMENT)
    assert plan.data == (("tosses.csv", b"toss\n0\n1\n"),)
    assert plan.digest() == make_plan(course, ASSIGNMENT).digest()
    assert plan.digest() != make_plan(course, ASSIGNMENT, trusted=True).digest()


def test_a_header_notebook_stands_before_every_notebook(course: Course) -> None:
    header = source_notebook()
    header["cells"] = [cell for cell in header["cells"] if cell["id"] == "setup"]
    header["cells"][0]["metadata"] = {}
    (course.root / "header.ipynb").write_text(json.dumps(header))
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.IncludeHeaderFooter.header = 'header.ipynb'\n")
    assert [cell.grade_id for cell in make_plan(course, ASSIGNMENT).notebooks[0].cells][:2] == ["", "setup"]


def test_a_source_notebook_that_is_gone_or_damaged_is_one_clear_error(course: Course) -> None:
    source(course).write_text("{")
    with pytest.raises(CourseError, match=r"coin\.ipynb is not a notebook: .* was released and is needed"):
        make_plan(course, ASSIGNMENT)
    source(course).rename(source(course).with_name("other.ipynb"))
    with pytest.raises(CourseError, match=r"coin\.ipynb cannot be read .* was released and is needed"):
        make_plan(course, ASSIGNMENT)
