"""A run that is killed with SIGKILL at any moment is taken up where it stopped, and gives the same marks."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from gradebook.graders import NOTED_IN, grade_by_text
from gradebook.small_kit import ASSIGNMENT, answered, put_submitted
from qlearn.gradebook.course import Course, open_course
from qlearn.gradebook.grade import grade_assignment
from qlearn.gradebook.reports import read_report
from qlearn.gradebook.session import Session

CLASS = tuple(f"s{number:02}" for number in range(30))
THREADS = 2
RUN = """
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from gradebook.graders import grade_by_text
from qlearn.gradebook.course import open_course
from qlearn.gradebook.grade import grade_assignment
grade_assignment(open_course(sys.argv[1]), sys.argv[2], jobs=2, engine=grade_by_text,
                 open_executor=partial(ThreadPoolExecutor, 2))
"""


@pytest.fixture(scope="module")
def handed_in(released_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    root = tmp_path_factory.mktemp("killed") / "optics"
    shutil.copytree(released_course.root, root)
    course = open_course(root)
    for number, student in enumerate(CLASS):
        put_submitted(course, student, b"" if number == 7 else answered(course, ("right", "wrong")[number % 2]))
        put_submitted(course, student, f"2026-03-02 09:00:{number:02}.000000 UTC", name="timestamp.txt")
    return course


def marks(course: Course) -> dict[str, Any]:
    """Read all that a run leaves, but for how long each took."""
    with Session(course).gradebook() as gradebook:
        rows = [
            (submission.student_id, grade.name, grade.auto_score, grade.needs_manual_grade, str(submission.timestamp))
            for submission in gradebook.find_assignment(ASSIGNMENT).submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
        ]
    report = read_report(course, ASSIGNMENT)
    assert report is not None
    return {
        "rows": sorted(rows),
        "report": [(one.student, one.outcome, one.reason, one.questions, one.timestamp) for one in report.submissions],
        "files": {
            path.relative_to(course.root).as_posix(): path.read_bytes()
            for path in course.root.glob("autograded/**/*")
            if path.is_file()
        },
        "reports": [path.name for path in course.reports.iterdir() if path.suffix not in (".calibration", ".history")],
    }


@pytest.fixture(scope="module")
def undisturbed(handed_in: Course, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    root = tmp_path_factory.mktemp("undisturbed") / "optics"
    shutil.copytree(handed_in.root, root)
    course = open_course(root)
    grade_assignment(course, ASSIGNMENT, engine=grade_by_text, open_executor=partial(ThreadPoolExecutor, THREADS))
    found = marks(course)
    assert found["reports"] == [f"{ASSIGNMENT}.json"]
    assert len(found["report"]) == len(CLASS)
    return found


@pytest.fixture
def killable(handed_in: Course, tmp_path: Path) -> Course:
    shutil.copytree(handed_in.root, tmp_path / "optics")
    return open_course(tmp_path / "optics")


def kill_when(command: list[str], ready: Callable[[], bool], noted_in: Path) -> bool:
    """Start a run, kill it and all it started once `ready`; say whether it was still running."""
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = os.environ | {"PYTHONPATH": paths, NOTED_IN: str(noted_in)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as run:
        while not ready() and run.poll() is None:
            time.sleep(0.005)
        still_running = run.poll() is None
        run.send_signal(signal.SIGKILL)
        assert run.stderr is not None
        said = run.stderr.read().decode()
    assert still_running or run.returncode == 0, said
    return still_running


def lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def journal(course: Course) -> Path:
    return course.reports / f".{ASSIGNMENT}.journal"


@pytest.mark.parametrize("moment", ["started", "first", "folder", "temporary", "middle", "late", "last"])
def test_a_killed_run_is_taken_up_where_it_stopped(
    killable: Course, undisturbed: dict[str, Any], tmp_path: Path, moment: str
) -> None:
    moments: dict[str, Callable[[], bool]] = {
        "started": journal(killable).exists,
        "first": lambda: lines(journal(killable)) > 1,
        "folder": lambda: killable.autograded("s04", ASSIGNMENT).exists(),
        "temporary": lambda: any(killable.root.glob(f"autograded/*/.{ASSIGNMENT}-*")),
        "middle": lambda: lines(journal(killable)) > 15,
        "late": lambda: lines(journal(killable)) > 28,
        "last": (killable.reports / f"{ASSIGNMENT}.json").exists,
    }
    noted_in = tmp_path / "noted"
    command = [sys.executable, "-c", RUN, str(killable.root), ASSIGNMENT]
    kill_when(command, moments[moment], noted_in)
    finished = max(lines(journal(killable)) - 1, 0) if journal(killable).exists() else 0
    before = Counter(noted_in.read_text().split()) if noted_in.exists() else Counter()
    noted_in.unlink(missing_ok=True)

    kill_when(command, lambda: False, noted_in)
    after = Counter(noted_in.read_text().split()) if noted_in.exists() else Counter()
    assert marks(killable) == undisturbed
    assert not list(killable.root.glob("autograded/*/.*"))
    if finished:
        assert sum(after.values()) == len(CLASS) - finished
    assert max((before + after).values()) <= 2  # graded again at most once: what was under way


def test_a_run_killed_again_and_again_gives_the_same_marks(
    killable: Course, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    noted_in = tmp_path / "noted"
    command = [sys.executable, "-c", RUN, str(killable.root), ASSIGNMENT]
    kills = 0
    for target in (4, 9, 14, 19, 24):
        kills += kill_when(command, lambda least=target: lines(journal(killable)) > least, noted_in)
    kill_when(command, lambda: False, noted_in)
    assert kills >= 3
    assert marks(killable) == undisturbed
    graded = sum(Counter(noted_in.read_text().split()).values())
    assert graded <= len(CLASS) + kills * 3 * THREADS  # what was under way at each kill, and no more


def test_the_command_itself_goes_on_after_a_kill_and_leaves_no_process(killable: Course, tmp_path: Path) -> None:
    for student in CLASS[8:]:
        shutil.rmtree(killable.submitted(student, ASSIGNMENT))
    command = [sys.executable, "-m", "qlearn", "grade", str(killable.root), ASSIGNMENT, "--jobs", "2"]
    assert kill_when(command, lambda: lines(journal(killable)) > 3, tmp_path / "noted")
    finished = lines(journal(killable)) - 1
    deadline = time.monotonic() + 20
    while running(killable.root) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running(killable.root) == []
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"going on with a run that was stopped after {finished} submissions" in again.stderr
    assert "7 graded" in again.stdout
    found = marks(killable)
    assert {row[0] for row in found["rows"]} == set(CLASS[:7])
    assert [row[2] for row in found["rows"] if row[:2] in (("s00", "test_sides"), ("s01", "test_sides"))] == [2.0, 0.0]


def running(root: Path) -> list[str]:
    """List processes that have a file of the course open: the workers write to its log."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and int(process.name) != os.getpid():
            try:
                targets = [str(link.readlink()) for link in (process / "fd").iterdir()]
            except OSError:
                continue
            if any(target.startswith(str(root)) for target in targets):
                found.append(process.name)
    return found
