"""Memory of `qlearn grade` over a long batch, all its processes together: does it stay flat?

Run it in `tests` with `python -m bench.batch_memory`. It prints the proportional set size, in which memory that
several processes share is counted once, at each tenth of the batch.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.grade import ASSIGNMENT, make_class

MIB = 2**20


def family(process: int) -> list[int]:
    """List a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue  # it ended while we looked
            children.setdefault(parent, []).append(int(folder.name))
    found, waiting = [], [process]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def memory_of(process: int) -> int:
    """Give the proportional set size of a process in bytes; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def main() -> None:
    """Grade a large class once and print the curve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=2500)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qlearn-memory-") as holder:
        course = make_class(Path(holder) / "course", options.students)
        command = [sys.executable, "-m", "qlearn", "grade", str(course.root), ASSIGNMENT, "--jobs", str(options.jobs)]
        started = time.perf_counter()
        grading = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        samples: list[tuple[float, int, int, int]] = []
        watcher = threading.Thread(target=watch, args=(grading, course.root, started, samples))
        watcher.start()
        status = grading.wait()
        watcher.join()
        seconds = time.perf_counter() - started
    report(samples, options.students, seconds, status)


def watch(
    grading: subprocess.Popen[bytes], root: Path, started: float, samples: list[tuple[float, int, int, int]]
) -> None:
    """Take a sample every two seconds: time, submissions written, memory of all, memory of the one that writes."""
    while grading.poll() is None:
        total = sum(map(memory_of, family(grading.pid)))
        done = sum(1 for _ in (root / "autograded").iterdir())
        samples.append((time.perf_counter() - started, done, total, memory_of(grading.pid)))
        time.sleep(2)  # between samples: looking costs time, too


def report(samples: list[tuple[float, int, int, int]], students: int, seconds: float, status: int) -> None:
    """Print one line for each tenth of the batch."""
    table = Table("submissions", "seconds", "all processes, MiB", "the writer, MiB", title=f"{students} submissions")
    for tenth in range(1, 11):
        around = [sample for sample in samples if (tenth - 1) * students / 10 < sample[1] <= tenth * students / 10]
        if around:
            peak = max(around, key=lambda sample: sample[2])
            table.add_row(str(around[-1][1]), f"{around[-1][0]:.0f}", f"{peak[2] / MIB:.0f}", f"{peak[3] / MIB:.0f}")
    Console().print(table)
    Console().print(f"exit status {status}, {seconds:.0f} s, {seconds / students:.3f} s a submission")


if __name__ == "__main__":
    main()
