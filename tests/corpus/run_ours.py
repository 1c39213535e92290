"""Run the corpus through our own engine, in a real course, and see that the host stays whole.

`python -m corpus.run_ours` (with `tests` on the path) runs all cases and writes a dated JSON file for the book's page.
Hostile code runs in the engine's sandbox alone: the bench refuses a machine where that is not in force.
"""

# ruff: noqa: T201  a command that reports to who started it
from __future__ import annotations

import argparse
import ctypes
import json
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any

import nbformat

from corpus import host, limits
from corpus.assignment import ASSIGNMENT, NOTEBOOKS, POINTS
from corpus.case import Case
from corpus.cases import CASES
from corpus.surroundings import compare, make_template, open_world, read_released, snapshot, strangers_left
from corpus.verdict import Observed, find_faults, outcomes, record
from qlearn.errors import SubmissionError
from qlearn.gradebook.feedback_pages import hide_tests
from qlearn.gradebook.planning import make_plan
from qlearn.grading.calibration import calibrate
from qlearn.grading.engine import Grader
from qlearn.grading.graded import GradedSubmission
from qlearn.grading.hand_in import read_files
from qlearn.grading.plan import RunLimits
from qlearn.grading.report import Outcome
from qlearn.grading.sandbox import Limits, layers

__all__ = ["Bench"]

HERE = Path(__file__).resolve().parent
MIB = 1024 * 1024
PR_SET_CHILD_SUBREAPER = 36
LIMITS = RunLimits(
    sandbox=Limits(memory_bytes=700 * MIB, cpu_seconds=4),
    cell_seconds=1.5,
    notebook_seconds=25.0,
    output_bytes=1 * MIB,
)
"""Small ones, so that a case that uses them up ends soon; a right answer takes a tenth of them."""


REACHING = (*host.CASES, *limits.CASES)
"""Cases after which an honest student is graded, as in the cage."""


class Bench:
    """Grades cases one after the other with one grader; a context manager."""

    def __init__(self, root: Path) -> None:
        if not layers().enough:
            raise RuntimeError("no sandbox is in force here, so that nothing hostile may run")
        self.course = make_template(root)
        self.released = read_released(self.course.released(ASSIGNMENT))
        self._open = open_world(root)
        self.world, self.secret, self.listener = self._open.__enter__()
        self._home = os.environ.get("HOME")
        os.environ["HOME"] = str(self.world.home)
        _adopt_orphans()
        self.grader = Grader()
        self.plan = replace(make_plan(self.course, ASSIGNMENT), limits=LIMITS)

    def __enter__(self) -> Bench:
        self.grader.__enter__()
        self.plan = calibrate(self.plan, self.grader).plan
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.grader.__exit__(kind, error, traceback)
        self._open.__exit__(None, None, None)
        if self._home is not None:
            os.environ["HOME"] = self._home

    def run(self, case: Case) -> tuple[Observed, list[tuple[str, str]]]:
        """Grade a case and compare it with what it deserves."""
        folder = self.course.submitted(case.name, ASSIGNMENT)
        case.hand_in(folder, self.released, self.world)
        seen = Observed()
        if case.again is not None:
            self._grade(folder, case, seen)
            case.hand_in_again(folder, self.released, self.world)
        before, calls, children = self._look_around()
        began = time.monotonic()
        self._grade(folder, case, seen)
        seen.seconds = time.monotonic() - began
        seen.hung = seen.seconds > 2 * len(NOTEBOOKS) * LIMITS.notebook_seconds
        time.sleep(case.settle_seconds)
        after, calls_after, children_after = self._look_around()
        seen.changed = [*compare(before, after), *strangers_left()]
        seen.changed += [f"calls: {calls_after - calls}"] * (calls_after != calls)
        left = children_after - children
        seen.changed += [f"running: {_command(process)}" for process in sorted(left)]
        for process in left:
            os.kill(process, signal.SIGKILL)
        shutil.rmtree(folder)  # the next look around is shorter without it
        if case in REACHING:
            seen.others = self.is_unharmed()
        return seen, find_faults(case, seen, (self.secret,))

    def is_unharmed(self) -> list[str]:
        """Grade an honest student's right answers; what is wrong with her marks now."""
        folder, honest = self.course.submitted("zoe", ASSIGNMENT), Observed()
        CASES["reference"].hand_in(folder, self.released, self.world)
        self._grade(folder, CASES["reference"], honest)
        shutil.rmtree(folder)
        return [
            f"zoe, who is graded next: {line}" for _, line in find_faults(CASES["reference"], honest, (self.secret,))
        ]

    def _grade(self, folder: Path, case: Case, seen: Observed) -> None:
        try:
            hand_in = read_files(folder, student=case.name, assignment=ASSIGNMENT)
            graded = self.grader.grade(self.plan, hand_in)
        except SubmissionError as error:
            seen.points, seen.ending, seen.reason = {}, Outcome.BROKEN.value, str(error)
            return
        _take_in(seen, graded)

    def _look_around(self) -> tuple[dict[str, str], int, set[int]]:
        return snapshot(self.world.root), self.listener.calls, _children() - {os.getpid()}


def _take_in(seen: Observed, graded: GradedSubmission) -> None:
    report = graded.report
    seen.ending, seen.reason = report.outcome.value, report.reason
    seen.points = {question.grade_id: question.points for question in report.questions if question.grade_id in POINTS}
    kept, said = [question.message for question in report.questions], []
    for notebook in graded.notebooks:
        if notebook.text:
            executed = nbformat.reads(notebook.text, as_version=4)
            kept += _outputs(executed)
            said += _outputs(hide_tests(executed, {})[0])  # as the feedback page does
    seen.kept = tuple(kept)
    seen.messages = tuple(said)


def _outputs(notebook: Any) -> list[str]:
    return [json.dumps(cell.get("outputs", []), ensure_ascii=False) for cell in notebook.cells]


def _adopt_orphans() -> None:
    """Become the parent of every process that one of ours leaves behind, so that it can be found."""
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise RuntimeError("this system cannot hand orphans to the test's process")


def _children() -> set[int]:
    """All living descendants of this process."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(folder.name)] = int(fields[1])
    found = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")[-80:]
    except OSError:
        return str(process)


def main(arguments: list[str]) -> int:
    """Run all cases or the named ones; the exit code is 1 if a case went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", help="names of cases; all if none is named")
    parser.add_argument("--output", type=Path, help="tests/corpus/ours-DATE.json if not given")
    chosen = parser.parse_args(arguments)
    lines = []
    with tempfile.TemporaryDirectory(prefix="qlearn-corpus-") as folder, Bench(Path(folder)) as bench:
        for name in chosen.cases or CASES:
            seen, faults = bench.run(CASES[name])
            lines.append(record(CASES[name], seen, faults))
            print(f"{name}: {', '.join(outcomes(faults))} ({seen.seconds:.2f} s)", flush=True)
            for kind, line in faults:
                print(f"    {kind}: {line}"[:300])
            if faults:
                print(f"    {seen.ending}: {seen.reason}"[:600], flush=True)
    today = datetime.now(UTC).date().isoformat()
    text = {
        "date": today,
        "grader": "qlearn grade",
        "versions": {name: version(name) for name in ("qlearn", "numpy", "qutip")}
        | {"python": platform.python_version(), "system": platform.system()},
        "cases": lines,
    }
    path = chosen.output or HERE / f"ours-{today}.json"
    path.write_text(json.dumps(text, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    wrong = sum(line["outcome"] != ["right"] for line in lines)
    print(f"{len(lines)} cases in {path}, {wrong} of them not right")
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
