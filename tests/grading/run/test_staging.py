"""Everybody gets the assignment's data to read, a folder to write in, and nothing of anyone else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grading.judge.small import handed_in, message, points, run, shared_grader, shown, small_plan
from qlearn.grading.engine import Grader
from qlearn.grading.plan import NotebookPlan
from qlearn.grading.run.orders import StartStudent
from qlearn.grading.run.staging import Stage
from qlearn.grading.run.supervisor import supervise
from qlearn.grading.sandbox import Layer
from qlearn.grading.schedule import make_schedule

DATA = (("numbers.csv", b"1,2\n3,4\n"), ("deep/er/notes.txt", b"noted"))
READ = "text = open('numbers.csv').read()\ndeep = open('deep/er/notes.txt').read()"
PLAN = small_plan(
    ("answer", READ), ("test", "assert text == open('numbers.csv').read() and deep == 'noted'"), data=DATA
)


def test_data_files_are_there_to_read(grader: Grader) -> None:
    assert points(run(grader, PLAN)) == [2]


@pytest.mark.parametrize(
    "write",
    [
        "open('numbers.csv', 'w').write('9')",
        "open('numbers.csv', 'a').write('9')",
        "open('deep/er/notes.txt', 'w').write('9')",
        "open('deep/new.txt', 'w').write('9')",
        "import os\nos.chmod('numbers.csv', 0o777)\nopen('numbers.csv', 'w')",
        "import os\nos.remove(os.path.realpath('numbers.csv'))",
        "import os\nos.truncate('numbers.csv', 0)",
    ],
)
def test_data_files_cannot_be_changed(grader: Grader, write: str) -> None:
    plan = small_plan(("answer", READ), ("answer", READ), ("test", "assert text == '1,2\\n3,4\\n'"), data=DATA)
    outcome = run(grader, plan, write, READ)
    assert "Error" in shown(outcome.cells[0])
    assert points(outcome) == [2]


def test_a_name_taken_away_from_a_data_file_stays_the_teachers_for_the_test(grader: Grader) -> None:
    swap = "import os\nos.remove('numbers.csv')\nopen('numbers.csv', 'w').write('9')\ntext = '9'\ndeep = 'noted'"
    outcome = run(grader, PLAN, swap)
    assert points(outcome) == [0]


def test_what_an_answer_writes_is_there_for_its_test_and_its_later_cells(grader: Grader) -> None:
    plan = small_plan(
        ("answer", "open('out.txt', 'w').write('5')"),
        ("answer", "again = open('out.txt').read()"),
        ("test", "assert open('out.txt').read() == again == '5'"),
        data=DATA,
    )
    assert points(run(grader, plan)) == [2]
    assert points(run(grader, plan, "0")) == [0]


def test_a_file_of_the_teachers_own_cell_is_not_replaced(grader: Grader) -> None:
    plan = small_plan(
        ("given", "open('made.txt', 'w').write('1 2 3')"),
        ("answer", "total = sum(map(int, open('made.txt').read().split()))"),
        ("test", "assert total == sum(map(int, open('made.txt').read().split()))"),
    )
    assert points(run(grader, plan)) == [2]
    assert points(run(grader, plan, "open('made.txt', 'w').write('0')\ntotal = 0")) == [0]


def test_links_and_hidden_files_are_not_fetched(grader: Grader) -> None:
    plan = small_plan(
        ("answer", "x = 1"),
        ("test", "import os\nprint(sorted(os.listdir()))\nassert not os.path.exists('link') and open"),
    )
    outcome = run(
        grader, plan, "import os\nos.symlink('/etc/passwd', 'link')\nopen('.hidden', 'w')\nos.mkdir('folder')"
    )
    assert "['" not in message(outcome.tests["test1"]), message(outcome.tests["test1"])


def staged(extras: tuple[tuple[str, bytes], ...], answer: str) -> str:
    plan = small_plan(("answer", "x = 1"), ("test", "assert x"), data=DATA)
    steps = make_schedule(plan.notebooks[0], handed_in(plan, answer)).steps
    with Stage(plan, extras) as stage:
        outcome = supervise(shared_grader()._parent, plan, plan.notebooks[0], steps, stage)
    return shown(outcome.cells.get(0, ()))


def test_a_students_own_files_are_beside_the_notebook_and_can_be_imported() -> None:
    extras = (("mine.py", b"def f():\n    return 'mine'\n"), ("folder/more.txt", b"more"))
    assert staged(extras, "import mine\nprint(mine.f(), open('folder/more.txt').read())") == "mine more\n"


def test_a_students_file_with_the_name_of_a_data_file_is_left_out() -> None:
    extras = (("numbers.csv", b"9,9\n"), ("other.csv", b"8\n"))
    assert staged(extras, "print(open('numbers.csv').read(), open('other.csv').read())") == "1,2\n3,4\n 8\n\n"


def test_the_judge_has_the_data_and_nothing_of_the_students(tmp_path: Path) -> None:
    del tmp_path
    with Stage(small_plan(("answer", "x = 1"), data=DATA), (("mine.py", b"1"),)) as stage:
        folder = stage.judge_order().folder
        found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        assert found == {"numbers.csv", "deep/er/notes.txt"}
        first = stage.student_order(small_plan().notebooks[0])
        second = stage.student_order(small_plan().notebooks[0])
        assert first.policy.scratch != second.policy.scratch
        assert not list(second.policy.scratch.iterdir())
        root = stage.root
    assert not root.exists()


def test_one_students_scratch_is_not_the_next_ones(grader: Grader) -> None:
    leave = "open('left.txt', 'w').write('x')\nopen('/tmp/left_by_one.txt', 'w').write('x')"
    run(grader, PLAN, leave)
    outcome = run(grader, PLAN, "import os\nprint(os.path.exists('left.txt'), os.path.exists('/tmp/left_by_one.txt'))")
    assert shown(outcome.cells[0]) == "False False\n"


def test_a_forbidden_module_gets_its_message_and_no_marks(grader: Grader) -> None:
    plan = small_plan(
        ("answer", "value = 0.5"), ("test", "assert value == 0.5"), ("answer", "y = 1"), ("test", "assert y == 1"),
        forbidden=("qlearn.physics", "sqlite3"),
    )  # fmt: skip
    assert points(run(grader, plan)) == [2, 2]
    outcome = run(grader, plan, "import sqlite3\nvalue = 0.5")
    assert points(outcome) == [0, 2]
    assert "this assignment does not let an answer use sqlite3: write that part yourself" in shown(outcome.cells[0])
    past = "import sys\nsys.meta_path[:] = sys.meta_path[1:]\nfrom qlearn.physics import states\nvalue = 0.5"
    assert points(run(grader, plan, past)) == [0, 2]


def test_a_class_that_is_trusted_runs_without_a_sandbox(grader: Grader, tmp_path: Path) -> None:
    told = tmp_path / "told.txt"
    write = f"open({str(told)!r}, 'w').write('x')\nx = 1"
    cells = (("answer", "x = 1"), ("test", "assert x == 1"))
    confined = run(grader, small_plan(*cells), write)
    assert points(confined) == [0]
    assert not told.exists()
    free = run(grader, small_plan(*cells, trusted=True), write)
    assert points(free) == [2]
    assert told.read_text() == "x"
    assert free.tests["test1"].verified


def test_a_hand_in_with_many_files_of_long_names_does_not_end_the_batch(grader: Grader) -> None:
    many = tuple((f"{number:03}{'y' * 240}.txt", b"1") for number in range(500))
    plan = small_plan(("answer", "import os\nx = len(os.listdir('.'))"), ("test", "assert x == 501"), data=DATA[:1])
    with Stage(plan, many) as stage:
        outcome = grader._run(plan, plan.notebooks[0], handed_in(plan), stage)
    assert points(outcome) == [2], message(outcome.tests["test1"])


ONLY_NUMBERS = """
import os, json
path = os.environ["QLEARN_STORED_NUMBERS"]
folder, name = os.path.split(path)
def refused(act, *arguments):
    try:
        act(*arguments)
    except OSError:
        return True
    return False
found = [
    len(json.load(open(path))) > 3, os.listdir(folder) == [name], open("numbers.csv").read() == "1,2\\n3,4\\n",
    refused(open, path, "a"), refused(os.remove, path), refused(open, os.path.join(folder, "new"), "w"),
    refused(os.listdir, os.path.join(os.path.dirname(folder), "judge")),
]
"""
WIDGET = "# opens from qlearn.widgets"


@pytest.mark.parametrize(
    "without", [(), (Layer.USER_NAMESPACE,), (Layer.LANDLOCK,), (Layer.OWN_USER,), (Layer.OWN_USER, Layer.LANDLOCK)]
)
def test_the_numbers_of_widgets_are_read_under_every_layer_and_nothing_beside_them(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, without: tuple[Layer, ...]
) -> None:
    whole = Stage.student_order

    def order_without(stage: Stage, notebook: NotebookPlan) -> StartStudent:
        order = whole(stage, notebook)
        return replace(order, policy=replace(order.policy, without=frozenset(without)))

    monkeypatch.setattr(Stage, "student_order", order_without)
    plan = small_plan(
        ("answer", WIDGET + ONLY_NUMBERS),
        ("test", "assert all(found), found"),
        data=DATA,
        forbidden=("qlearn.physics",),
    )
    outcome = run(grader, plan)
    assert points(outcome) == [2], shown(outcome.cells[0]) + message(outcome.tests["test1"])
