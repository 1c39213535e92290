"""What lies in the memory of a student's process, forked as it is from ours: no secret of the teacher's."""

from __future__ import annotations

from collections.abc import Iterator
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pytest

from grading.judge.small import message, run, shown, small_plan
from qlearn.grading.engine import Grader
from qlearn.grading.processes import open_process_pool

LOOK = r"""
import ctypes, re
for line in open("/proc/self/maps"):
    place, rights, *_, name = line.split()
    if rights.startswith("rw") and name != "[vvar]":
        start, end = (int(number, 16) for number in place.split("-"))
        memory = ctypes.string_at(start, end - start)
        for found in re.finditer(rb"(?:Zq){300,}|A_[S]HORT_SECRET=|hunter[t]wo-\d{8}|[\0]HOME=/", memory):
            if not found[0].startswith(b"\0HOME=") or name == "[stack]":
                print("found", name, found[0][:40])
print("looked")
"""
"""Patterns that do not match themselves. A home folder of its own lies on the heap, the teacher's on the stack."""


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("A_LONG_SECRET", "Zq" * 2000)
    monkeypatch.setenv("A_SHORT_SECRET", f"huntertwo-{12345678}")
    private: Any = forkserver
    private._forkserver._stop()  # one that was started before would not know them
    yield
    private._forkserver._stop()


def look_here() -> str:
    plan = small_plan(("answer", LOOK), ("test", "assert True"))
    with Grader() as grader:
        return shown(run(grader, plan).cells[0])


@pytest.mark.usefixtures("secrets")
def test_the_environment_of_a_fresh_warm_parent_is_not_found() -> None:
    assert look_here().strip() == "looked"


@pytest.mark.usefixtures("secrets")
def test_the_environment_of_the_fork_server_is_not_found(tmp_path: Path) -> None:
    with open_process_pool(1, tmp_path / "log", graders=True) as pool:
        assert pool.submit(look_here).result(timeout=120).strip() == "looked"


def test_a_test_and_an_answer_draw_different_numbers_and_so_do_two_answers(grader: Grader) -> None:
    draws = "import numpy as np, random\n{} = [np.random.rand(), random.random()]"
    test = draws.format("ours") + "\nprint(theirs)\nassert not set(ours) & set(theirs), 'drawn from one state'"
    plan = small_plan(("answer", draws.format("theirs")), ("test", test))
    tests = [run(grader, plan).tests["test1"] for _ in range(2)]
    assert [test.points for test in tests] == [2, 2], [message(test) for test in tests]
    assert message(tests[0]) != message(tests[1])
