"""Process 1 of a cage: grade a few cases with stock nbgrader in a fresh copy of the course, and say what came of it.

Reads a job (one line of JSON) and the course as a tar archive from standard input; writes one line of JSON.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path
from typing import Any

from corpus.assignment import ASSIGNMENT, NOTEBOOK_OF, POINTS
from corpus.cage import MARK, limited
from corpus.case import Case
from corpus.cases import CASES
from corpus.surroundings import compare, open_world, read_marks, read_released, snapshot, strangers_left
from corpus.verdict import Observed, find_faults, record
from qlearn.gradebook.course import open_course

ROOT = Path("/tmp/world")  # noqa: S108  the cage's own
LONE = "mallory"
NEXT = "zoe"
SECONDS = 60.0
PATIENCE_SECONDS = 4.0
MORE_SECONDS_A_CASE = 12.0
MOST_READ = 3_000_000
OWN_TRACES = (  # what nbgrader and IPython write themselves
    "course/autograded/", "course/gradebook.db", "course/.nbgrader.log", "course/logs",
    "home/.ipython/profile_default/history", "home/.ipython/profile_default/db", "home/.ipython/profile_default/log",
    "home/.ipython/profile_default/pid", "home/.ipython/profile_default/security", "home/.ipython/extensions",
    "home/.ipython/nbextensions", "home/.ipython/README", "home/.ipython/profile_default/startup/README",
    "home/.local/share/jupyter/runtime", "home/.local/share/jupyter/nbsignatures", "home/.cache", "home/.qutip",
    "home/.local/share/jupyter/nbgrader", "home/.jupyter/migrated",
)  # fmt: skip


def main() -> None:
    """Run the job."""
    if os.getpid() != 1 or not MARK.exists():
        raise SystemExit("this runs hostile code and works inside the cage only")
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    job = json.loads(sys.stdin.buffer.readline())
    ROOT.mkdir()
    with tarfile.open(fileobj=io.BytesIO(sys.stdin.buffer.read())) as archive:
        archive.extractall(ROOT, filter="fully_trusted")  # noqa: S202  made by run_stock a moment ago
    print(json.dumps(_run([CASES[name] for name in job["cases"]])), flush=True)  # noqa: T201


def _run(cases: list[Case]) -> list[Any]:
    course = open_course(ROOT / "course")
    released = read_released(course.released(ASSIGNMENT))
    students = {LONE: cases[0]} if len(cases) == 1 else {case.name: case for case in cases}
    with open_world(ROOT) as (world, secret, listener):
        followed = len(cases) == 1
        if followed:
            Case(NEXT, "").hand_in(course.submitted(NEXT, ASSIGNMENT), released, world)
        for student, case in students.items():
            case.hand_in(course.submitted(student, ASSIGNMENT), released, world)
        alice = read_marks(course, "alice")
        before = snapshot(ROOT, OWN_TRACES)
        began = time.monotonic()
        hung = _nbgrader(SECONDS + MORE_SECONDS_A_CASE * len(cases))
        if cases[0].again is not None:
            before_again = compare(before, snapshot(ROOT, OWN_TRACES))
            cases[0].hand_in_again(course.submitted(LONE, ASSIGNMENT), released, world)
            before = snapshot(ROOT, OWN_TRACES)
            hung = _nbgrader(SECONDS) or hung
        else:
            before_again = []
        time.sleep(max(case.settle_seconds for case in cases))
        seconds = (time.monotonic() - began) / len(cases)
        changed = [*before_again, *compare(before, snapshot(ROOT, OWN_TRACES)), *strangers_left()]
        changed += [] if hung else _still_running()  # what our own stop leaves behind is not held against anybody
        changed += [f"calls: {listener.calls}"] * bool(listener.calls)
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)  # all but this process, which is number 1
        others = _harm(course, alice, followed=followed)
        results: list[Any] = []
        for student, case in students.items():
            seen = Observed(changed=changed, others=others, hung=hung, seconds=seconds)
            _read_result(seen, course, student)
            results.append(record(case, seen, find_faults(case, seen, (secret,))))
        return results


def _nbgrader(seconds: float) -> bool:
    """Run `nbgrader autograde` as a teacher would; whether it had to be stopped."""
    programs = Path(sys.executable).parent
    environment = {
        "HOME": str(ROOT / "home"), "LANG": "C.UTF-8", "PATH": f"{programs}:{os.environ.get('PATH', os.defpath)}",
        "JUPYTER_PREFER_ENV_PATH": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
    }  # fmt: skip
    command = limited([sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT, "--create"])
    with Path("/tmp/said").open("ab") as said:  # noqa: S108
        running = subprocess.Popen(
            command, cwd=ROOT / "course", env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            running.kill()
            return True
    return False


def _still_running() -> list[str]:
    """Processes besides this one that are alive, and stay so: a kernel ends by itself soon after nbgrader has."""
    until = time.monotonic() + PATIENCE_SECONDS
    while (found := _alive()) and time.monotonic() < until:
        time.sleep(0.2)
    return found


def _alive() -> list[str]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and folder.name != "1":
            try:
                state = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0]
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            except OSError:
                continue
            if state != "Z":
                found.append(f"running: {words[-80:]}")
    return found


def _harm(course: Any, alice: dict[str, Any], *, followed: bool) -> list[str]:
    try:
        now, zoe = read_marks(course, "alice"), read_marks(course, NEXT)
    except Exception as error:  # a case may have left anything in the place of the database
        return [f"the gradebook cannot be read: {type(error).__name__}"]
    harm = ["alice's marks changed"] if now != alice else []
    if followed and {test: auto for test, (auto, _) in zoe.items() if test in POINTS} != POINTS:
        harm.append(f"{NEXT}, who handed in right answers, got {sum(auto or 0 for auto, _ in zoe.values()):g} points")
    if any(manual is not None for _, manual in zoe.values()):
        harm.append(f"{NEXT}'s marks by hand changed")
    return harm


def _read_result(seen: Observed, course: Any, student: str) -> None:
    try:
        marks = read_marks(course, student)
    except Exception as error:  # as above
        marks, seen.reason = {}, type(error).__name__
    seen.points = {test: _total(marks[test]) for test in POINTS if test in marks}
    folder = course.autograded(student, ASSIGNMENT)
    if not marks or not folder.is_dir():
        seen.ending, seen.points = "broken", {}
        return
    texts = []
    for name in set(NOTEBOOK_OF.values()):
        path = folder / f"{name}.ipynb"
        if path.is_file():
            texts += _outputs(path)
    seen.messages = tuple(texts)


def _total(mark: tuple[float | None, float | None]) -> float | None:
    auto, manual = mark
    return manual if manual is not None else auto


def _outputs(path: Path) -> list[str]:
    try:
        cells = json.loads(path.read_text("utf-8", "replace")[: MOST_READ * 100])["cells"]
    except (ValueError, KeyError, OSError):
        return []
    return [json.dumps(cell.get("outputs", []), ensure_ascii=False)[:MOST_READ] for cell in cells]


if __name__ == "__main__":
    main()
