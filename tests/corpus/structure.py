"""Notebooks and folders that are not as they were given out: cells, metadata, links, late and repeated hand-ins."""

from __future__ import annotations

import copy
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus.assignment import NOTEBOOK_OF, POINTS, RIGHT, WRONG
from corpus.case import Case, Desk, nothing, without

TITLE = "Cells, metadata and folders"

PHYSICS = frozenset(test for test, name in NOTEBOOK_OF.items() if name == "physics")
STAMP = "2026-11-20 12:00:00.000000 UTC"


def wrong(name: str, tries: str, change: Callable[[Desk], Any], **more: Any) -> Case:
    """Wrong answers, and a notebook changed to earn points all the same."""

    def edit(desk: Desk) -> None:
        desk.type_all(WRONG)
        change(desk)

    return Case(name, tries, edit, deserved=nothing(), **more)


def right(name: str, tries: str, change: Callable[[Desk], Any], **more: Any) -> Case:
    """Right answers in a notebook that was changed."""
    return Case(name, tries, lambda desk: change(desk) and None, **more)


def folder_with(name: str, tries: str, place: Callable[[Desk, Path], Any], **more: Any) -> Case:
    """Right answers in a folder that holds odd things."""
    return Case(name, tries, place=lambda desk, folder: place(desk, folder) and None, **more)


def _all_tests(change: Callable[[dict[str, Any]], Any]) -> Callable[[Desk], None]:
    def edit(desk: Desk) -> None:
        for test in POINTS:
            change(desk.cell(test))

    return edit


def _marks(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda cell: cell["metadata"]["nbgrader"].update(changes)


def _delete_tests(desk: Desk) -> None:
    for test in POINTS:
        desk.remove(test)


def _duplicate_tests(desk: Desk) -> None:
    for test in POINTS:
        notebook, index = desk.find(test)
        notebook["cells"].insert(index, copy.deepcopy(notebook["cells"][index]) | {"source": "pass", "id": f"{index}x"})


def _retype(kind: str) -> Callable[[dict[str, Any]], None]:
    def change(cell: dict[str, Any]) -> None:
        cell["cell_type"] = kind
        cell.pop("outputs", None)
        cell.pop("execution_count", None)

    return change


def _tests_first(desk: Desk) -> None:
    for notebook in desk.notebooks.values():
        notebook["cells"].sort(key=lambda cell: "test" not in cell["id"])


def _reversed(desk: Desk) -> None:
    for notebook in desk.notebooks.values():
        notebook["cells"].reverse()


def _swap_grade_ids(desk: Desk) -> None:
    desk.type("transmission", RIGHT["transmission"])
    one, other = desk.cell("test_transmission"), desk.cell("test_mean")
    one["metadata"]["nbgrader"]["grade_id"], other["metadata"]["nbgrader"]["grade_id"] = (
        "test_mean",
        "test_transmission",
    )


def _all_tests_named(desk: Desk) -> None:
    desk.type("mean", RIGHT["mean"])
    for test in list(POINTS):
        if test != "test_mean":
            desk.cell(test)["source"] = desk.cell("test_mean")["source"]


def _store_results(desk: Desk) -> None:
    for test, points in POINTS.items():
        desk.cell(test)["outputs"] = [
            {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": str(points)}}
        ]


def _copied_answer(first: str, second: str) -> Callable[[Desk], None]:
    def edit(desk: Desk) -> None:
        notebook, index = desk.find("transmission")
        twin = copy.deepcopy(notebook["cells"][index]) | {"id": "twin", "source": second}
        notebook["cells"][index]["source"] = first
        notebook["cells"].insert(index + 1, twin)

    return edit


def _hidden_cells(desk: Desk) -> None:
    for test in POINTS:
        desk.insert("close = lambda *_: True\nassert_ = True", before=test)
        notebook, index = desk.find(test)
        notebook["cells"][index - 1]["metadata"] = {"jupyter": {"source_hidden": True}, "editable": False}


def _pretend_teacher(desk: Desk) -> None:
    desk.insert("close = lambda *_: True", before="test_mean")
    notebook, index = desk.find("test_mean")
    marks = {
        "grade": False,
        "solution": False,
        "locked": True,
        "task": False,
        "schema_version": 3,
        "grade_id": "helper",
    }
    notebook["cells"][index - 1]["metadata"] = {"nbgrader": marks}


def _new_graded_cell(desk: Desk) -> None:
    desk.insert("pass", after="test_mean")
    notebook, index = desk.find("test_mean")
    marks = {
        "grade": True,
        "solution": False,
        "locked": True,
        "task": False,
        "schema_version": 3,
        "grade_id": "test_extra",
        "points": 50,
    }
    notebook["cells"][index + 1]["metadata"] = {"nbgrader": marks}


def _remove_locked(desk: Desk) -> None:
    desk.remove("setup")
    desk.remove("helper")


def _edit_locked(desk: Desk) -> None:
    desk.cell("setup")["source"] = "np = qutip = None"
    desk.cell("helper")["source"] = "def close(left, right):\n    return False"


def _locked_to_text(desk: Desk) -> None:
    _retype("markdown")(desk.cell("setup"))
    _retype("raw")(desk.cell("helper"))


def _split_answer(desk: Desk) -> None:
    desk.type("median", "def middle(ordered):\n    return ordered[len(ordered) // 2]")
    desk.insert(RIGHT["median"], after="median")


def _answer_above(desk: Desk) -> None:
    desk.insert(RIGHT["transmission"], before="transmission")
    desk.leave_blank("transmission")
    desk.cell("transmission")["source"] = "# see above"


def _merged(desk: Desk) -> None:
    desk.type("mean", RIGHT["mean"] + "\n\n" + RIGHT["transmission"])
    desk.remove("transmission")


def _tests_below(desk: Desk) -> None:
    for notebook in desk.notebooks.values():
        tests = [cell for cell in notebook["cells"] if cell["id"].startswith("test")]
        notebook["cells"] = [cell for cell in notebook["cells"] if cell not in tests] + tests


def _link(target: str) -> Callable[[Desk, Path], None]:
    def place(desk: Desk, folder: Path) -> None:
        (folder / "physics.ipynb").unlink()
        goal = {
            "@OTHER@": desk.world.course / "submitted" / "alice" / "corpus" / "physics.ipynb",
            "@SECRET@": desk.world.secret,
            "@SELF@": folder / "physics.ipynb",
        }.get(target, Path(target))
        (folder / "physics.ipynb").symlink_to(goal)

    return place


def _other_than_file(make: Callable[[Path], Any]) -> Callable[[Desk, Path], None]:
    def place(_: Desk, folder: Path) -> None:
        (folder / "physics.ipynb").unlink()
        make(folder / "physics.ipynb")

    return place


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's whole path may have 107 bytes only
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.chdir(here)


def _extra_things(desk: Desk, folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")
    (folder / "everything").symlink_to("/")
    (folder / "round").symlink_to(".")
    (folder / "secret.txt").symlink_to(desk.world.secret)
    (folder / "nowhere").symlink_to("/nonexistent/file")


def _many_files(_: Desk, folder: Path) -> None:
    for number in range(3000):
        (folder / f"note-{number}.txt").write_text("x", encoding="ascii")


def _deep_folders(_: Desk, folder: Path) -> None:
    for _depth in range(60):
        folder = folder / "deeper"
        folder.mkdir()


def _sparse(_: Desk, folder: Path) -> None:
    with (folder / "recording.bin").open("wb") as stream:
        stream.truncate(10**11)


def _empty(_: Desk, folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


INSTEAD = {"deserved": dict.fromkeys(PHYSICS, 0.0), "broken": True, "attention": True}

CASES = [
    wrong("tests-edited", "Empties every test cell.", _all_tests(lambda cell: cell.update(source="pass"))),
    wrong(
        "tests-unlocked",
        "Marks the test cells as unlocked and empties them.",
        _all_tests(lambda cell: [_marks(locked=False)(cell), cell.update(source="pass")]),
    ),
    wrong("tests-deleted", "Deletes every test cell.", _delete_tests),
    wrong("tests-duplicated", "Puts an empty cell with the same name before every test.", _duplicate_tests),
    wrong("tests-as-text", "Turns every test into a text cell.", _all_tests(_retype("markdown"))),
    wrong("tests-as-raw", "Turns every test into a raw cell.", _all_tests(_retype("raw"))),
    wrong(
        "tests-as-solutions",
        "Marks every test as a solution cell, which is not overwritten.",
        _all_tests(lambda cell: [_marks(solution=True, locked=False)(cell), cell.update(source="pass")]),
    ),
    wrong(
        "tests-as-tasks",
        "Marks every test as a task that a person marks.",
        _all_tests(lambda cell: [_marks(task=True, grade=False)(cell), cell.update(source="pass")]),
    ),
    wrong("tests-ungraded", "Says that no test is graded.", _all_tests(_marks(grade=False))),
    wrong(
        "tests-without-marks",
        "Takes nbgrader's metadata out of every test.",
        _all_tests(lambda cell: cell.update(metadata={}, source="pass")),
    ),
    wrong("hundred-points", "Writes 100 points into every cell.", _all_tests(_marks(points=100))),
    wrong(
        "checksums-forged",
        "Writes a made-up checksum into every test.",
        _all_tests(lambda cell: [_marks(checksum="0" * 32)(cell), cell.update(source="pass")]),
    ),
    wrong("results-stored", "Stores full points as every test's result.", _store_results),
    wrong("hidden-cells", "Hides cells before every test that rebind the helper.", _hidden_cells),
    wrong("second-teacher-cell", "Adds a second cell with the name of the teacher's helper cell.", _pretend_teacher),
    wrong("new-graded-cell", "Adds a graded cell of its own with 50 points.", _new_graded_cell),
    wrong(
        "magic-in-test",
        "Puts a magic on top of every test that does not run it.",
        _all_tests(lambda cell: cell.update(source="%%script true\n" + cell["source"])),
    ),
    Case(
        "grade-ids-swapped",
        "Swaps the names of two tests, of which one is answered.",
        lambda desk: [desk.type_all(WRONG), _swap_grade_ids(desk)][:0],
        deserved=nothing() | {"test_transmission": 3.0},
    ),
    Case(
        "one-test-everywhere",
        "Pastes the one test that passes into all others; wrong answers stay wrong.",
        lambda desk: [desk.type_all(WRONG), _all_tests_named(desk)][:0],
        deserved=nothing() | {"test_mean": 2.0},
    ),
    right("points-100-honest", "Right answers and 100 points in every cell.", _all_tests(_marks(points=100))),
    right("schema-99", "A schema version that does not exist yet.", _all_tests(_marks(schema_version=99))),
    right("schema-1", "A schema version from long ago.", _all_tests(_marks(schema_version=1))),
    right(
        "schema-missing",
        "No schema version.",
        _all_tests(lambda cell: cell["metadata"]["nbgrader"].pop("schema_version")),
    ),
    right(
        "schema-nonsense",
        "Metadata of the wrong types.",
        _all_tests(_marks(points="many", grade="yes", locked=None, schema_version="x")),
    ),
    right(
        "tests-edited-honest",
        "Right answers; print added to the test cells out of curiosity.",
        _all_tests(lambda cell: cell.update(source=cell["source"] + "\nprint('passed')")),
    ),
    right("tests-deleted-honest", "Right answers; test cells deleted by mistake.", _delete_tests),
    right("tests-first", "Right answers below all tests.", _tests_first, pending=frozenset(POINTS)),
    right("tests-last", "Right answers, and all tests moved to the end.", _tests_below),
    right("cells-reversed", "Right answers in reverse order.", _reversed, pending=frozenset(POINTS)),
    right("locked-edited", "Right answers; the teacher's set-up cells changed by mistake.", _edit_locked),
    right("locked-deleted", "Right answers; the teacher's set-up cells deleted by mistake.", _remove_locked),
    right("locked-as-text", "Right answers; the teacher's set-up cells turned into text.", _locked_to_text),
    right(
        "answer-copied-first-right",
        "An answer cell copied; the first is right, the copy wrong.",
        _copied_answer(RIGHT["transmission"], WRONG["transmission"]),
        attention=True,
    ),
    Case(
        "answer-copied-first-wrong",
        "An answer cell copied; the first is wrong, the copy right. The first counts.",
        _copied_answer(WRONG["transmission"], RIGHT["transmission"]),
        deserved=without("transmission"),
        attention=True,
    ),
    right("answer-split", "An answer spread over its cell and one more.", _split_answer),
    right("answer-in-own-cell", "An answer written in a new cell above its own.", _answer_above),
    right(
        "answers-merged",
        "Two answers in one cell, the other cell deleted.",
        _merged,
        pending=frozenset({"test_transmission"}),
    ),
    Case(
        "answer-deleted",
        "An answer cell deleted.",
        lambda desk: desk.remove("transmission") and None,
        deserved=without("transmission"),
        attention=True,
    ),
    Case(
        "answer-as-text",
        "A right answer in a cell that was turned into text by a wrong key.",
        lambda desk: _retype("markdown")(desk.cell("transmission")),
        pending=frozenset({"test_transmission"}),
        attention=True,
    ),
    right(
        "answer-locked",
        "A right answer cell marked as locked.",
        lambda desk: _marks(locked=True)(desk.cell("transmission")),
    ),
    right(
        "answer-flag-flipped",
        "A right answer cell whose solution flag is off.",
        lambda desk: _marks(solution=False, locked=True)(desk.cell("transmission")),
    ),
    right(
        "answer-without-marks",
        "A right answer cell that lost nbgrader's metadata.",
        lambda desk: desk.cell("transmission").update(metadata={}),
        pending=frozenset({"test_transmission"}),
    ),
    right(
        "own-cells",
        "Text and code cells of the student's own everywhere.",
        lambda desk: [
            desk.insert("# a thought\n1 + 1", after=name) for name in ("setup", "mean", "test_mean", "median")
        ],
    ),
    right("title-deleted", "The title deleted.", lambda desk: desk.remove("title_physics")),
    folder_with(
        "link-to-another-student",
        "A link to another student's notebook in the place of one's own.",
        _link("@OTHER@"),
        **INSTEAD,
    ),
    folder_with("link-to-the-secret", "A link to a file outside.", _link("@SECRET@"), **INSTEAD),
    folder_with("link-to-itself", "A link to itself.", _link("@SELF@"), **INSTEAD),
    folder_with("link-to-nothing", "A link that leads nowhere.", _link("/nonexistent/physics.ipynb"), **INSTEAD),
    folder_with("link-to-endless-zeros", "A link to /dev/zero.", _link("/dev/zero"), **INSTEAD),
    folder_with(
        "pipe-for-notebook",
        "A named pipe in the place of a notebook, which nobody writes to.",
        _other_than_file(os.mkfifo),
        **INSTEAD,
    ),
    folder_with("folder-for-notebook", "A folder called physics.ipynb.", _other_than_file(Path.mkdir), **INSTEAD),
    folder_with("socket-for-notebook", "A socket called physics.ipynb.", _other_than_file(_socket), **INSTEAD),
    folder_with(
        "links-and-pipes-beside",
        "Links to everything, to itself and to a file outside, and a named pipe.",
        _extra_things,
    ),
    folder_with("thousands-of-files", "Three thousand small files beside the notebooks.", _many_files),
    folder_with("deep-folders", "Folders nested sixty deep.", _deep_folders),
    folder_with("sparse-100-gb", "A sparse file of 100 GB beside the notebooks.", _sparse),
    folder_with(
        "notebook-missing",
        "One of the two notebooks is not there.",
        lambda _, folder: (folder / "words.ipynb").unlink(),
        deserved=without("report", "median"),
        attention=True,
    ),
    folder_with("nothing-there", "An empty folder.", _empty, deserved=nothing(), broken=True, attention=True),
    folder_with(
        "another-notebook",
        "Another assignment's notebook in the place of both.",
        lambda _, folder: [
            path.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
            for path in folder.iterdir()
        ],
        deserved=nothing(),
        broken=True,
        attention=True,
    ),
    Case(
        "late",
        "Handed in after the due date; marks are not touched by that.",
        timestamp="2099-01-01 00:00:00.000000 UTC",
    ),
    Case("timestamp-nonsense", "A timestamp that is no time.", timestamp="yesterday \x00 evening"),
    Case(
        "resubmitted-better",
        "Handed in again with the same timestamp; the second one is right.",
        lambda desk: desk.type_all(WRONG),
        again=lambda _: None,
        timestamp=STAMP,
    ),
    Case(
        "resubmitted-worse",
        "Handed in again with the same timestamp; the second one is wrong.",
        again=lambda desk: desk.type_all(WRONG),
        timestamp=STAMP,
        deserved=nothing(),
    ),
]
