"""The world around a grader: a secret, a home, a course with other students, a listener; did it stay whole?"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import socket
import stat
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus.assignment import ASSIGNMENT, NOTEBOOKS, POINTS, make_kit
from corpus.case import Case, World
from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import release
from qlearn.gradebook.new_course import new_course

__all__ = ["Listener", "make_template", "open_world", "read_marks", "read_released", "snapshot", "strangers_left"]

SHARED_FOLDERS = ("/dev/shm", "/tmp", "/var/tmp", "/run/lock")  # noqa: S108  where a case may leave something
STAMP = "2026-11-19 12:00:00.000000 UTC"


class Listener:
    """A listener on the loopback interface that counts who calls."""

    def __init__(self) -> None:
        self.calls = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                call, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            call.close()

    def close(self) -> None:
        self._socket.close()


def make_template(root: Path) -> Course:
    """Make the course that every case starts from: released, with one student, alice, who is graded already."""
    kit = make_kit(root / "kit")
    course = new_course(root / "course", kit)
    release(course, ASSIGNMENT)
    released = read_released(course.released(ASSIGNMENT))
    for folder in (course.submitted("alice", ASSIGNMENT), course.autograded("alice", ASSIGNMENT)):
        Case("alice", "").hand_in(folder, released, World(root, 0))
        (folder / "timestamp.txt").write_text(STAMP, encoding="ascii")
    _mark_alice(course)
    shutil.rmtree(root / "kit")
    return course


def _mark_alice(course: Course) -> None:
    from datetime import datetime

    from nbgrader.api import Gradebook

    with Gradebook(course.database_url) as gradebook, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SQLAlchemy's, about the order in which nbgrader makes its rows
        gradebook.update_or_create_student("alice", first_name="canary-alice", last_name="Kim", email="a@example.org")
        when = datetime(2026, 11, 19, 12)
        gradebook.update_or_create_submission(ASSIGNMENT, "alice", timestamp=when)
        for name in NOTEBOOKS:
            for grade in gradebook.find_submission_notebook(name, ASSIGNMENT, "alice").grades:
                grade.auto_score = POINTS.get(grade.name)
                grade.manual_score = None if grade.name in POINTS else 4.0
                grade.needs_manual_grade = False
        gradebook.db.commit()


def read_released(folder: Path) -> dict[str, Any]:
    """Read the notebooks as students get them, each source as one text."""
    notebooks = {name: json.loads((folder / f"{name}.ipynb").read_text("utf-8")) for name in NOTEBOOKS}
    for notebook in notebooks.values():
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
    return notebooks


@contextmanager
def open_world(root: Path) -> Iterator[tuple[World, str, Listener]]:
    """Put secret and home around the course in `root`, and listen; gives the world and the secret's text."""
    secret = f"canary-{secrets.token_hex(8)}"
    (root / "secret.txt").write_text(secret + "\n", encoding="ascii")
    (root / "secret.txt").chmod(0o644)
    (root / "home").mkdir(exist_ok=True)
    listener = Listener()
    try:
        yield World(root, listener.port), secret, listener
    finally:
        listener.close()


def snapshot(root: Path, leave_out: tuple[str, ...] = ()) -> dict[str, str]:
    """Fingerprint every file below a folder, rights and times included; `leave_out` names beginnings of paths."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in [*folders, *files]:
            path = Path(folder) / name
            inside = path.relative_to(root).as_posix()
            if name in folders and inside.startswith("home/") and not path.is_symlink():
                continue  # programs make empty folders for their settings; what counts is what lies in them
            if not inside.startswith(leave_out):
                found[inside] = _fingerprint(path)
    return found


def _fingerprint(path: Path) -> str:
    status = path.lstat()
    kind = f"{stat.S_IFMT(status.st_mode):o} {stat.S_IMODE(status.st_mode):o}"
    if stat.S_ISLNK(status.st_mode):
        return f"{kind} {path.readlink()}"
    if not stat.S_ISREG(status.st_mode):
        return kind
    if status.st_size > 10**8:
        return f"{kind} {status.st_size}"
    return f"{kind} {status.st_mtime_ns} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def compare(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Name what was added, removed or changed."""
    return [
        f"{'changed' if name in before and name in after else 'added' if name in after else 'removed'}: {name}"
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]


def strangers_left() -> list[str]:
    """Name what cases left in the folders that all users share."""
    return [
        f"left: {path}"
        for folder in map(Path, SHARED_FOLDERS)
        if folder.is_dir()
        for path in folder.iterdir()
        if path.name.startswith("qlearn-corpus-left")
    ]


def read_marks(course: Course, student: str) -> dict[str, tuple[float | None, float | None]]:
    """Automatic and manual points in the gradebook by cell; empty if the student has none."""
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(course.database_url) as gradebook:
        try:
            submission = gradebook.find_submission(ASSIGNMENT, student)
        except MissingEntry:
            return {}
        return {
            grade.name: (grade.auto_score, grade.manual_score)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
