"""A process that dies, hangs or eats the judge's memory costs its own question and nothing else, and nothing stays."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grading.judge.small import message, points, run, shown, small_plan
from qlearn.grading.engine import Grader
from qlearn.grading.plan import Mode, RunLimits
from qlearn.grading.run import supervisor
from qlearn.grading.sandbox import Limits

QUICK = RunLimits(cell_seconds=1.0, notebook_seconds=30.0)
DEATHS = {
    "an exit": "import os\nos._exit(3)",
    "a crash": "import ctypes\nctypes.string_at(0)",
    "a signal": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "an endless loop": "while True: pass",
    "a sleep": "import time\ntime.sleep(100)",
    "a closed line": "import os\nos.closerange(3, 64)",
}


SQUARES = (
    ("answer", "def square(x):\n    return x * x"),
    ("test", "assert square(3) == 9"),
    ("answer", "def cube(x):\n    return x ** 3"),
    ("test", "assert cube(2) == 8"),
    ("answer", "def both(x):\n    return square(x) + cube(x)"),
    ("test", "assert both(2) == 12"),
)


def processes() -> dict[int, str]:
    """Give the numbers of all processes that descend from this one, ended ones not yet waited for included."""
    parents, names = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                text = (entry / "stat").read_text()
            except OSError:
                continue
            names[int(entry.name)] = text.partition("(")[2].rpartition(")")[0]
            parents[int(entry.name)] = int(text.rpartition(")")[2].split()[1])
    ours = {os.getpid()}
    while more := {number for number, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return {number: names[number] for number in ours - {os.getpid()}}


@pytest.fixture(autouse=True)
def nothing_stays(grader: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """See that after each test here the warm process and its templates alone are left, and no folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(processes())
    yield
    deadline = time.monotonic() + 2
    templates = {process for process, _ in grader._parent._templates.values()}
    while (left := set(processes()) - before - templates) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("death", DEATHS)
def test_a_process_that_ends_in_a_call_costs_that_question_alone(grader: Grader, death: str) -> None:
    body = "\n".join("    " + line for line in DEATHS[death].splitlines())
    outcome = run(
        grader, small_plan(*SQUARES, limits=QUICK), "def square(x):\n    return x * x", f"def cube(x):\n{body}"
    )
    assert points(outcome) == [2, 0, 0]
    assert outcome.tests["test2"].raised_in == "host"
    assert message(outcome.tests["test2"])
    right = run(grader, small_plan(*SQUARES, limits=QUICK))
    assert points(right) == [2, 2, 2]


@pytest.mark.parametrize("death", DEATHS)
def test_a_process_that_ends_in_a_cell_keeps_what_the_cells_before_it_earned(grader: Grader, death: str) -> None:
    outcome = run(grader, small_plan(*SQUARES, limits=QUICK), "def square(x):\n    return x * x", DEATHS[death])
    assert points(outcome) == [2, 0, 0]
    assert "NameError" in message(outcome.tests["test2"])
    assert "ProcessEnded" in shown(outcome.cells[2])
    assert any("answer2" in concern for concern in outcome.concerns)


def test_a_cell_that_ends_the_process_once_is_left_out_and_later_ones_count(grader: Grader) -> None:
    outcome = run(
        grader,
        small_plan(*SQUARES, limits=QUICK),
        "def square(x):\n    return x * x",
        "def cube(x):\n    return x ** 3\nimport os\nos._exit(0)",
        "def both(x):\n    return 12",
    )
    assert points(outcome) == [2, 0, 2]


def test_a_cell_that_ends_the_process_only_in_a_replay_is_left_out_from_there_on(grader: Grader) -> None:
    plan = small_plan(
        ("answer", "b = 2"),
        ("answer", "c = 3"),
        ("answer", "def f():\n    return 1"),
        ("test", "assert f() == 1"),
        ("test", "assert b == 2"),
        ("test", "assert c == 3"),
        limits=QUICK,
    )
    only_once = "import os\nc = 3\nif not os.getcwd().endswith('work-1'):\n    os._exit(1)"
    outcome = run(grader, plan, "b = 2", only_once, "def f():\n    os._exit(1)")
    assert points(outcome) == [0, 2, 0]


def test_one_that_ends_its_process_again_and_again_is_given_up(grader: Grader) -> None:
    cells = [("answer", "def f():\n    return 1")]
    cells += [("test", "assert f() == 1")] * 16
    outcome = run(grader, small_plan(*cells, limits=QUICK), "import os\ndef f():\n    os._exit(1)")
    assert points(outcome) == [0] * 16
    assert any("times; the tests after that were not tried" in concern for concern in outcome.concerns)


@pytest.mark.parametrize(
    ("test", "answer"),
    [
        ("assert sum(1 for _ in range(n)) == 4", "n = 10 ** 12"),
        ("assert len([0] * n) == 4", "n = 10 ** 11"),
        ("assert len(str(2 ** n)) == 2", "n = 10 ** 10"),
        ("for _ in iter(lambda: n, 5): pass", "n = 4"),
    ],
)
def test_a_judge_that_an_answer_stops_costs_that_question_alone(
    grader: Grader, test: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "SLACK", 0.5)
    limits = RunLimits(cell_seconds=0.3, notebook_seconds=30.0)
    plan = small_plan(
        ("answer", "m = 1"), ("test", "assert m == 1"), ("answer", "n = 4"), ("test", test), ("test", "assert m == 1"),
        limits=limits,
    )  # fmt: skip
    started = time.monotonic()
    outcome = run(grader, plan, "m = 1", answer)
    first, guilty, last = points(outcome)
    assert (first, last) == (2, 2)
    assert guilty == 0 or (guilty is None and outcome.tests["test2"].concern), "a judge out of memory may ask a person"
    assert time.monotonic() - started < 15


def test_the_time_of_a_cell_a_call_and_the_notebook_is_told(grader: Grader) -> None:
    outcome = run(grader, small_plan(*SQUARES, limits=QUICK), "while True: pass")
    assert "more than 1 seconds" in shown(outcome.cells[0])
    outcome = run(grader, small_plan(*SQUARES, limits=QUICK), "def square(x):\n    while True: pass")
    assert "more than 1 seconds" in message(outcome.tests["test1"])
    short = RunLimits(cell_seconds=20.0, notebook_seconds=1.0)
    outcome = run(grader, small_plan(*SQUARES, limits=short), "def square(x):\n    return x * x", "while True: pass")
    assert points(outcome) == [2, 0, 0]
    assert "The whole notebook ran for more than 1 seconds" in message(outcome.tests["test2"])
    assert any("ran out of time after 1 s" in concern for concern in outcome.concerns)


def test_memory_and_processor_time_are_told_in_words(grader: Grader) -> None:
    small = RunLimits(sandbox=Limits(memory_bytes=300 * 2**20, cpu_seconds=1), cell_seconds=5.0)
    outcome = run(grader, small_plan(*SQUARES, limits=small), "x = bytearray(10 ** 9)")
    assert "MemoryError" in shown(outcome.cells[0])
    outcome = run(grader, small_plan(*SQUARES, limits=small), "while True: pass")
    assert "computing time" in shown(outcome.cells[0])


def test_deep_recursion_is_an_ordinary_error(grader: Grader) -> None:
    outcome = run(grader, small_plan(*SQUARES, limits=QUICK), "def square(x):\n    return square(x)")
    assert points(outcome) == [0, 2, 0]
    assert "RecursionError" in message(outcome.tests["test1"])


def test_threads_and_left_over_work_of_an_answer_end_with_it(grader: Grader) -> None:
    work = (
        "import threading, time\ndef spin():\n    while True: time.sleep(0.01)\nthreading.Thread(target=spin).start()\n"
    )
    outcome = run(grader, small_plan(*SQUARES, limits=QUICK), work + "def square(x):\n    return x * x")
    assert points(outcome) == [2, 2, 2]


def test_a_test_allowed_in_the_students_process_may_end_it(grader: Grader) -> None:
    plan = small_plan(*SQUARES, limits=QUICK, modes={"test2": Mode.STUDENT_PROCESS})
    outcome = run(grader, plan, "def square(x):\n    return x * x", "import os\ndef cube(x):\n    os._exit(0)")
    assert points(outcome) == [2, 0, 0]
    assert [outcome.tests[f"test{number}"].verified for number in (1, 2, 3)] == [True, False, True]


def test_a_student_that_disturbs_its_process_is_told_so(grader: Grader) -> None:
    disturbed = (
        "import gc\nfrom qlearn.grading.run.student import StudentProcess\n"
        "StudentProcess._do = lambda *_: ('returned', 'nonsense')\ndef square(x):\n    return x * x"
    )
    outcome = run(grader, small_plan(*SQUARES, limits=QUICK), disturbed)
    assert points(outcome)[0] == 0
    assert "disturbed the process" in message(outcome.tests["test1"])


def test_outputs_that_only_just_fit_the_line_do_not_end_the_judge(grader: Grader) -> None:
    plan = small_plan(("answer", "x = 1"), ("test", "assert x == 1"), ("answer", "y = 1"), ("test", "assert y == 1"))
    fitting = """
x = 1
from qlearn.grading.run.student import StudentProcess
from qlearn.grading.wire import encode
def reply(count):
    return ("ran", [{"output_type": "display_data", "data": {"application/json": [0] * count}}], "")
count = 999_995
while True:
    try:
        encode(reply(count))
        break
    except Exception:
        count -= 1
StudentProcess._run = lambda self, source: reply(count)
"""
    outcome = run(grader, plan, fitting, "y = 1")
    assert points(outcome) == [2, 0]


def test_callbacks_between_tests_do_not_end_the_judge(grader: Grader) -> None:
    plan = small_plan(
        ("given", "import numpy as np"),
        ("answer", "def draw(rng):\n    return 1"),
        ("test", "assert draw(np.random.default_rng(1)) == 1"),
        ("answer", "x = 1"),
        ("test", "assert x == 1"),
    )
    take = """
import gc
from qlearn.grading.run.student import StudentProcess
ours = next(thing for thing in gc.get_objects() if isinstance(thing, StudentProcess))
numbers = []
def draw(rng):
    numbers.extend(ours._objects._generators)
    return 1
"""
    outcome = run(grader, plan, take, "ours._call_back('getattr', numbers[0], 'bit_generator')\nx = 1")
    assert points(outcome)[0] == 2
