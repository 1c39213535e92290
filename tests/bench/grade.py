"""Seconds a submission for the same class: `nbgrader autograde` beside `qlearn grade`, in turn, sandbox on.

Both grade one assignment of two notebooks, the school's and the graduates' exercise on BB84 with 6 and 7 tests, for a
class of copies of the model solution and planted answers. The stock course is the same folder without qlearn's line in
its settings. Every run begins with nothing graded: start-up and calibration count.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import release
from qlearn.gradebook.new_course import find_kit, new_course
from qlearn.grading.notebooks import read_notebook
from qlearn.grading.planted import fill_in, read_planted_answers

ASSIGNMENT = "both-bb84"
TRACKS = ("school", "graduate")
TARGET = 20
SUBSTITUTES = "use_qlearn_grader"


def make_class(folder: Path, students: int) -> Course:
    """Make a course in which so many students have handed in."""
    import nbformat

    kit = find_kit()
    course = new_course(folder, kit)
    sources = course.root / "source" / ASSIGNMENT
    sources.mkdir()
    for track in TRACKS:
        shutil.copyfile(course.root / "source" / f"{track}-bb84" / "bb84.ipynb", sources / f"{track}.ipynb")
    release(course, ASSIGNMENT)
    for track in TRACKS:
        released = read_notebook(course.released(ASSIGNMENT) / f"{track}.ipynb")
        source = read_notebook(sources / f"{track}.ipynb")
        answers = [None, *read_planted_answers(kit.answers / f"{track}-bb84")]
        for number in range(students):
            place = course.submitted(f"s{number:04}", ASSIGNMENT)
            place.mkdir(parents=True, exist_ok=True)
            nbformat.write(fill_in(released, source, answers[number % len(answers)]), place / f"{track}.ipynb")
    return course


def stock_copy(course: Course, folder: Path) -> Path:
    """Copy a course and take qlearn's grader out of its settings."""
    shutil.copytree(course.root, folder)
    settings = folder / "nbgrader_config.py"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    settings.write_text("".join(line for line in lines if SUBSTITUTES not in line), encoding="utf-8")
    return folder


def forget_marks(root: Path) -> None:
    """Take away what an earlier run has made."""
    for name in ("autograded", "reports"):
        shutil.rmtree(root / name, ignore_errors=True)
        (root / name).mkdir()


def run(command: list[str], folder: Path) -> float:
    """Run a command to its end; give its wall time in seconds."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    started = time.perf_counter()
    finished = subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    if finished.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{finished.stdout[-2000:]}{finished.stderr[-2000:]}")
    return seconds


def contenders(ours: Path, stock: Path) -> dict[str, Callable[[], float]]:
    """Name each way to grade the class."""
    python = sys.executable

    def with_nbgrader() -> float:
        forget_marks(stock)
        return run([python, "-m", "nbgrader", "autograde", ASSIGNMENT], stock)

    def with_qlearn(jobs: int) -> Callable[[], float]:
        def grade() -> float:
            forget_marks(ours)
            return run([python, "-m", "qlearn", "grade", str(ours), ASSIGNMENT, "--jobs", str(jobs)], ours)

        return grade

    return {
        "nbgrader autograde": with_nbgrader,
        "qlearn grade, 1 job": with_qlearn(1),
        "qlearn grade, 2 jobs": with_qlearn(2),
    }


def where_the_time_goes(course: Course, submissions: int = 10) -> dict[str, float]:
    """Grade some submissions in this process with a clock around each stage; give ms a submission."""
    from qlearn.gradebook import run as batch
    from qlearn.gradebook.grade import collected_submissions
    from qlearn.gradebook.planning import make_plan
    from qlearn.gradebook.writer import Writer
    from qlearn.grading import engine
    from qlearn.grading.calibration import calibrate
    from qlearn.grading.run import supervisor

    spent: dict[str, float] = {}

    def clocked(stage: str, owner: object, name: str) -> None:
        function = getattr(owner, name)

        def timed(*arguments: object, **named: object) -> object:
            started = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                spent[stage] = spent.get(stage, 0.0) + time.perf_counter() - started

        setattr(owner, name, timed)

    with engine.Grader() as grader, Writer(course, make_plan(course, ASSIGNMENT)) as writer:
        plan = calibrate(make_plan(course, ASSIGNMENT), grader).plan
        clocked("read the files", batch, "_read")
        clocked("find the notebook", engine, "match_notebooks")
        clocked("order the cells", engine, "make_schedule")
        clocked("fork and confine", supervisor._Run, "start")
        clocked("run the cells and judge the tests", supervisor._Run, "listen")
        clocked("end both processes", supervisor._Run, "end")
        clocked("put the notebook together", engine, "_put_together")
        clocked("write files and gradebook", writer, "write")
        started = time.perf_counter()
        for submission in collected_submissions(course, ASSIGNMENT)[:submissions]:
            hand_in = batch._read(submission)
            writer.write(grader.grade(plan, hand_in), hand_in)
        spent["the rest"] = time.perf_counter() - started - sum(spent.values())
    return {stage: 1000 * seconds / submissions for stage, seconds in spent.items()}


def main() -> None:
    """Time all in turn and print seconds a submission and the ratios to nbgrader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qlearn-bench-") as holder:
        course = make_class(Path(holder) / "ours", options.students)
        ways = contenders(course.root, stock_copy(course, Path(holder) / "stock"))
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(options.rounds):
            for name, grade in ways.items():
                seconds[name].append(grade() / options.students)
        stages = where_the_time_goes(course)
    report(seconds, options.students)
    report_stages(stages)


def report_stages(stages: dict[str, float]) -> None:
    """Print where the time of one submission goes."""
    table = Table("stage", "ms a submission", title="One submission in one process, libraries loaded")
    for stage, milliseconds in stages.items():
        table.add_row(stage, f"{milliseconds:.1f}")
    table.add_row("all", f"{sum(stages.values()):.1f}")
    Console().print(table)


def report(seconds: dict[str, list[float]], students: int) -> None:
    """Print the table."""
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    stock = medians["nbgrader autograde"]
    table = Table(
        "way", "s a submission", "each round", "times nbgrader", title=f"{students} submissions, {ASSIGNMENT}"
    )
    for name, median in medians.items():
        rounds = "  ".join(f"{value:.3f}" for value in seconds[name])
        table.add_row(name, f"{median:.3f}", rounds, f"{stock / median:.1f}")
    Console().print(table)
    ratio = stock / medians["qlearn grade, 2 jobs"]
    Console().print(f"{ratio:.1f} times as fast with two jobs; at least {TARGET} is asked for.")


if __name__ == "__main__":
    main()
