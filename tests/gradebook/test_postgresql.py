"""A course whose gradebook is a real PostgreSQL server: the same marks as with SQLite."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gradebook.graders import grade_by_text, graded_as, hand_in
from gradebook.postgres_server import running_server
from gradebook.small_kit import ASSIGNMENT, answered, put_submitted
from qlearn.errors import HostError
from qlearn.gradebook import session as sessions
from qlearn.gradebook.course import Course, open_course
from qlearn.gradebook.exchange import release
from qlearn.gradebook.grade import grade_assignment
from qlearn.gradebook.marks import read_marks
from qlearn.gradebook.planning import make_plan
from qlearn.gradebook.session import Session
from qlearn.gradebook.writer import Writer


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_server() as found:
        yield found


@pytest.fixture
def postgres_course(course: Course, tmp_path: Path, address: str) -> Course:
    """Make the small course's twin with its gradebook, emptied, on the server."""
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")
    root = tmp_path / "twin" / "optics"
    shutil.copytree(course.root, root)
    (root / "gradebook.db").unlink()
    config = root / "nbgrader_config.py"
    config.write_text(re.sub(r"db_url = .*", f"db_url = {address!r}", config.read_text()))
    twin = open_course(root)
    assert twin.database_url == address
    release(twin, ASSIGNMENT)
    return twin


def marks(course: Course) -> list[tuple[Any, ...]]:
    with Session(course).gradebook() as gradebook:
        return sorted(
            (submission.student_id, grade.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade)
            for submission in gradebook.find_assignment(ASSIGNMENT).submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
        )


def test_both_databases_hold_the_same_marks(course: Course, postgres_course: Course) -> None:
    for one in (course, postgres_course):
        for student, answer in (("ada", "right"), ("bo", "wrong"), ("김민준", "right")):
            put_submitted(one, student, answered(course, answer))
            put_submitted(one, student, "2026-03-02 09:00:00.000000 UTC", name="timestamp.txt")
        put_submitted(one, "eve", b"")
    reports = [
        grade_assignment(one, ASSIGNMENT, engine=grade_by_text, open_executor=partial(ThreadPoolExecutor, 2))
        for one in (course, postgres_course)
        for _ in range(2)
    ]
    assert marks(postgres_course) == marks(course)
    assert len(marks(course)) == 9
    outcomes = [[(one.student, one.outcome, one.questions) for one in report.submissions] for report in reports]
    assert outcomes[1:] == outcomes[:1] * 3
    tables = [read_marks(one, ASSIGNMENT).rows for one in (course, postgres_course)]
    assert tables[0] == tables[1]


def hold_grades(address: str, seconds: float) -> threading.Thread:
    """Keep everybody else from the grades for so long."""
    held = threading.Event()

    def hold() -> None:
        with psycopg.connect(address.replace("+psycopg", "")) as connection:
            connection.execute("lock table grade in access exclusive mode")
            held.set()
            time.sleep(seconds)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    return thread


def test_a_lock_that_passes_goes_unnoticed_and_one_that_stays_is_the_hosts_fault(
    postgres_course: Course, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Writer(postgres_course, make_plan(postgres_course, ASSIGNMENT)) as writer:
        holding = hold_grades(address, 2)
        writer.write(graded_as("ada"), hand_in("ada"))
        holding.join()
        before = marks(postgres_course)
        assert len(before) == 3

        monkeypatch.setattr(sessions, "LOCK_SECONDS", 1)
        holding = hold_grades(address, 4)
        with pytest.raises(HostError, match="another program keeps the gradebook locked"):
            writer.write(graded_as("ada", 0.0, 0.0), hand_in("ada"))
        holding.join()
        assert marks(postgres_course) == before
        writer.write(graded_as("ada"), hand_in("ada"))
    assert marks(postgres_course) == before
