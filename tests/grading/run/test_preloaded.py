"""Graders are forked from one process that has the libraries and nothing else."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from grading.judge.small import small_plan
from qlearn.errors import HostError
from qlearn.grading.engine import Grader
from qlearn.grading.plan import AssignmentPlan, RunLimits
from qlearn.grading.processes import open_process_pool
from qlearn.grading.run import preloaded
from qlearn.grading.run.orders import StartJudge, StartStudent
from qlearn.grading.run.parent import WarmParent
from qlearn.grading.sandbox import Policy


def who_warms() -> dict[str, Any]:
    """Tell of a worker and of the warm parent that it has when it begins."""
    process, connection = preloaded.take() or (0, None)
    found = {
        "worker": os.getpid(),
        "parent of the warm process": int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1]),
        "open files": sorted(str(entry.readlink()) for entry in Path(f"/proc/{process}/fd").iterdir()),
        "threads": len(list(Path(f"/proc/{process}/task").iterdir())),
        "libraries": "qutip" in sys.modules and "qlearn.grading.engine" in sys.modules,
        "taken twice": preloaded.take(),
    }
    if connection is not None:
        connection.close()
    return found


def kill_the_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def plans_in_memory() -> int:
    return sum(isinstance(value, AssignmentPlan) for value in gc.get_objects())


def test_a_worker_is_forked_with_libraries_and_a_warm_parent_of_its_own(tmp_path: Path) -> None:
    with open_process_pool(1, tmp_path / "log", graders=True) as pool:
        found = pool.submit(who_warms).result()
        assert found["libraries"]
        assert found["parent of the warm process"] == found["worker"] != os.getpid()
        assert found["threads"] == 1
        assert found["taken twice"] is None
        # standard input, output and error, and the connection to its worker: neither queues nor the fork server's
        assert sum(name.startswith(("socket:", "pipe:")) for name in found["open files"]) <= 1 + 3


def test_a_worker_that_dies_breaks_its_pool_and_the_next_pool_works(tmp_path: Path) -> None:
    for _ in range(2):
        with open_process_pool(1, tmp_path / "log", graders=True) as pool:
            assert pool.submit(os.getpid).result() != os.getpid()
            assert pool.submit(plans_in_memory).result() == 0
            with pytest.raises(Exception, match="terminated abruptly"):
                pool.submit(kill_the_worker).result()


def test_imported_anywhere_else_the_module_does_nothing() -> None:
    assert preloaded.take() is None


def test_each_notebook_has_a_template_of_its_own(grader: Grader) -> None:
    one, other = (small_plan(("test", f"assert {name} == 1")) for name in ("a", "b"))
    parent = grader._parent
    limits = RunLimits()
    first = parent.template(one.notebooks[0], limits)
    assert parent.template(one.notebooks[0], limits) is first
    assert parent.template(other.notebooks[0], limits) is not first


def test_no_students_process_comes_from_a_template_and_no_judge_from_a_warm_parent(tmp_path: Path) -> None:
    plan = small_plan(("test", "assert a == 1"))
    ends = [socket.socketpair() for _ in range(2)]
    with WarmParent() as parent:
        template = parent.template(plan.notebooks[0], RunLimits())
        with pytest.raises(HostError, match="has ended"):
            template.fork(StartStudent(Policy(tmp_path)), [ends[0][0]])
        assert not template.is_there
        assert parent.template(plan.notebooks[0], RunLimits()) is not template
        with pytest.raises(HostError, match="has ended"):
            parent.fork(StartJudge(tmp_path), [ends[1][0], ends[1][1]])
    for pair in ends:
        for end in pair:
            end.close()
