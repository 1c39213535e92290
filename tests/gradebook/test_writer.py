"""Marks in nbgrader's database and folders, as its own autograder would leave them, hand marks untouched."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gradebook.graders import PAGE, graded_as, hand_in
from gradebook.small_kit import ASSIGNMENT, NOTEBOOK
from qlearn.errors import CourseError, HostError, SubmissionError
from qlearn.gradebook import session as sessions
from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import release
from qlearn.gradebook.planning import make_plan
from qlearn.gradebook.session import Session
from qlearn.gradebook.writer import Writer
from qlearn.grading.report import Outcome

STAMP = "2026-03-02 09:00:00.000000 UTC"
DUE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def writer(course: Course) -> Any:
    with Writer(course, make_plan(course, ASSIGNMENT)) as opened:
        yield opened


def grades(course: Course, student: str = "ada") -> dict[str, tuple[float | None, float | None, bool]]:
    """Read auto score, manual score and whether a person is needed, by cell."""
    with Session(course).gradebook() as gradebook:
        found = gradebook.find_submission(ASSIGNMENT, student)
        return {
            grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
            for notebook in found.notebooks
            for grade in notebook.grades
        }


def change(course: Course, edit: Callable[[Any], None]) -> None:
    with Session(course).gradebook() as gradebook:
        edit(gradebook)
        gradebook.db.commit()


def test_a_new_submission_gets_its_student_its_time_and_every_mark(course: Course, writer: Writer) -> None:
    report = writer.write(graded_as("ada"), hand_in("ada", timestamp=STAMP))
    assert report.outcome is Outcome.GRADED
    assert grades(course) == {
        "test_sides": (2.0, None, False),
        "test_parity": (3.0, None, False),
        "explain_parity": (None, None, True),
    }
    with Session(course).gradebook() as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, "ada")
        assert submission.timestamp == datetime(2026, 3, 2, 9, 0)
        assert (submission.score, submission.max_score) == (5.0, 9.0)
        assert submission.needs_manual_grade


def test_marks_comments_and_extra_credit_of_a_person_stay(course: Course, writer: Writer) -> None:
    writer.write(graded_as("ada"), hand_in("ada"))

    def mark_by_hand(gradebook: Any) -> None:
        for name, points in (("test_sides", 1.0), ("explain_parity", 3.5)):
            grade = gradebook.find_grade(name, NOTEBOOK, ASSIGNMENT, "ada")
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = points, 0.5, False
        gradebook.find_comment("sides", NOTEBOOK, ASSIGNMENT, "ada").manual_comment = "Nice."

    change(course, mark_by_hand)
    writer.write(graded_as("ada", sides=0.0, unanswered=frozenset({"sides"})), hand_in("ada"))
    assert grades(course) == {
        "test_sides": (0.0, 1.0, True),  # nbgrader asks to look again at what was marked by hand
        "test_parity": (3.0, None, False),
        "explain_parity": (0.0, 3.5, True),
    }
    with Session(course).gradebook() as gradebook:
        comment = gradebook.find_comment("sides", NOTEBOOK, ASSIGNMENT, "ada")
        assert (comment.manual_comment, comment.auto_comment) == ("Nice.", "No response.")
        assert gradebook.find_grade("test_sides", NOTEBOOK, ASSIGNMENT, "ada").extra_credit == 0.5


def test_no_response_is_written_and_taken_back(course: Course, writer: Writer) -> None:
    for unanswered in (frozenset({"sides", "explain_parity"}), frozenset[str]()):
        writer.write(graded_as("ada", unanswered=unanswered), hand_in("ada"))
        with Session(course).gradebook() as gradebook:
            comments = gradebook.find_submission(ASSIGNMENT, "ada").notebooks[0].comments
            assert {comment.name for comment in comments if comment.auto_comment == "No response."} == unanswered


def test_a_notebook_that_is_missing_waits_for_a_person(course: Course, writer: Writer) -> None:
    writer.write(graded_as("ada"), hand_in("ada"))
    writer.write(graded_as("ada", missing=True), hand_in("ada"))
    assert set(grades(course).values()) == {(None, None, True)}
    assert not (course.autograded("ada", ASSIGNMENT) / f"{NOTEBOOK}.ipynb").exists()


def test_a_tasks_mark_is_left_alone(course: Course) -> None:
    path = course.source / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][-1]["metadata"]["nbgrader"] |= {"grade": False, "solution": False, "task": True, "locked": True}
    path.write_text(json.dumps(notebook))
    release(course, ASSIGNMENT)
    with Writer(course, make_plan(course, ASSIGNMENT)) as writer:
        writer.write(graded_as("ada", unanswered=frozenset({"explain_parity"})), hand_in("ada"))
        assert grades(course)["explain_parity"] == (None, None, True)

        def mark_by_hand(gradebook: Any) -> None:
            grade = gradebook.find_grade("explain_parity", NOTEBOOK, ASSIGNMENT, "ada")
            grade.manual_score, grade.needs_manual_grade = 4.0, False

        change(course, mark_by_hand)
        writer.write(graded_as("ada"), hand_in("ada"))
        assert grades(course)["explain_parity"] == (None, 4.0, False)


def test_a_broken_submission_leaves_the_marks_of_an_earlier_one(course: Course, writer: Writer) -> None:
    writer.write(graded_as("ada"), hand_in("ada"))
    before = grades(course)
    writer.write(graded_as("ada", 0.0, 0.0, outcome=Outcome.BROKEN), hand_in("ada"))
    assert grades(course) == before
    assert (course.autograded("ada", ASSIGNMENT) / f"{NOTEBOOK}.ipynb").read_text() == PAGE


def test_the_folder_holds_notebooks_data_and_the_students_other_files(course: Course, writer: Writer) -> None:
    files = (
        ("coin.ipynb", b"{}"),
        ("timestamp.txt", STAMP.encode()),
        ("submission_secret.txt", b"s"),
        ("plots/one.png", b"png"),
        ("tosses.csv", b"forged"),
    )
    writer.write(graded_as("ada"), hand_in("ada", timestamp=STAMP, files=files))
    folder = course.autograded("ada", ASSIGNMENT)
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert sorted(found) == ["coin.ipynb", "plots/one.png", "submission_secret.txt", "timestamp.txt", "tosses.csv"]
    assert found["tosses.csv"].read_text() == "toss\n0\n1\n"
    assert found["coin.ipynb"].read_text() == PAGE
    assert {path.stat().st_mode & 0o777 for path in found.values()} == {0o444}


def test_the_courses_permissions_are_nbgraders(course: Course) -> None:
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.CourseDirectory.groupshared = True\n")
    with Writer(course, make_plan(course, ASSIGNMENT)) as writer:
        writer.write(graded_as("ada"), hand_in("ada"))
    page = course.autograded("ada", ASSIGNMENT) / "coin.ipynb"
    assert page.stat().st_mode & 0o777 == 0o664
    assert page.parent.stat().st_mode & 0o7777 == 0o2775


@pytest.mark.parametrize(("method", "penalty"), [("none", None), ("zero", 5.0)])
def test_late_work_loses_what_nbgraders_plugin_says(course: Course, method: str, penalty: float | None) -> None:
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.LateSubmissionPlugin.penalty_method = {method!r}\n")
    change(course, lambda book: book.update_or_create_assignment(ASSIGNMENT, duedate=DUE.isoformat()))
    with Writer(course, make_plan(course, ASSIGNMENT)) as writer:
        for student, hours in (("ada", 1), ("bo", -1)):
            at = (DUE + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
            writer.write(graded_as(student), hand_in(student, timestamp=at))
    with Session(course).gradebook() as gradebook:
        found = {
            student: gradebook.find_submission(ASSIGNMENT, student).notebooks[0].late_submission_penalty
            for student in ("ada", "bo")
        }
    assert found == {"ada": penalty, "bo": None}


def test_a_plugin_that_fails_is_the_teachers_to_put_right(course: Course) -> None:
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(
            "\nfrom nbgrader.plugins import BasePlugin"
            "\nclass Harsh(BasePlugin):"
            "\n    def late_submission_penalty(self, student_id, score, total_seconds_late):"
            "\n        return score / 0"
            "\nc.AssignLatePenalties.plugin_class = Harsh\n"
        )
    change(course, lambda book: book.update_or_create_assignment(ASSIGNMENT, duedate=DUE.isoformat()))
    with (
        Writer(course, make_plan(course, ASSIGNMENT)) as writer,
        pytest.raises(CourseError, match="plugin for late penalties fails on ada: ZeroDivisionError"),
    ):
        writer.write(graded_as("ada"), hand_in("ada", timestamp=STAMP))


@pytest.mark.parametrize("stamp", ["tomorrow", "99999999999999999999", "2026-13-45 99:00:00 UTC"])
def test_a_time_that_is_none_is_told_and_the_marks_stand(course: Course, writer: Writer, stamp: str) -> None:
    report = writer.write(graded_as("ada"), hand_in("ada", timestamp=stamp))
    assert report.outcome is Outcome.NEEDS_ATTENTION
    assert report.reason == "its timestamp.txt holds no time, so nobody can say whether it was late"
    assert grades(course)["test_sides"] == (2.0, None, False)


def test_a_later_hand_in_without_a_time_keeps_the_earlier_one_as_nbgrader_does(course: Course, writer: Writer) -> None:
    writer.write(graded_as("ada"), hand_in("ada", timestamp=STAMP))
    writer.write(graded_as("ada"), hand_in("ada"))
    with Session(course).gradebook() as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "ada").timestamp is not None


@pytest.mark.parametrize("student", ["../../etc", ".", "", "a\x00b"])
def test_a_name_that_is_no_folders_writes_nothing(course: Course, writer: Writer, student: str) -> None:
    before = sorted(course.root.rglob("*"))
    with pytest.raises(SubmissionError, match="cannot be a student's id"):
        writer.write(graded_as(student), hand_in(student))
    assert sorted(course.root.rglob("*")) == before


def lock(course: Course, seconds: float) -> threading.Thread:
    """Hold an exclusive lock on the gradebook from another connection for so long."""
    held = threading.Event()

    def hold() -> None:
        connection = sqlite3.connect(course.root / "gradebook.db", isolation_level=None)
        connection.execute("begin exclusive")
        held.set()
        time.sleep(seconds)
        connection.execute("rollback")
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    return thread


def test_a_lock_of_nine_seconds_goes_unnoticed(course: Course, writer: Writer) -> None:
    holding = lock(course, 9)
    writer.write(graded_as("ada"), hand_in("ada"))
    holding.join()
    assert grades(course)["test_sides"] == (2.0, None, False)


def test_a_database_that_does_not_wait_by_itself_is_tried_again(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "patient_database_url", lambda url: f"{url}?timeout=0")
    with Writer(course, make_plan(course, ASSIGNMENT)) as writer:
        holding = lock(course, 2)
        writer.write(graded_as("ada"), hand_in("ada"))
        holding.join()
    assert grades(course)["test_sides"] == (2.0, None, False)


def test_a_lock_that_stays_is_the_hosts_fault(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "LOCK_SECONDS", 1)
    with Writer(course, make_plan(course, ASSIGNMENT)) as writer:
        holding = lock(course, 4)
        with pytest.raises(HostError, match="another program keeps the gradebook locked"):
            writer.write(graded_as("ada"), hand_in("ada"))
        holding.join()
        writer.write(graded_as("ada"), hand_in("ada"))  # the session can go on
    assert grades(course)["test_sides"] == (2.0, None, False)


def test_a_full_disk_leaves_the_marks_as_they_were(
    course: Course, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.write(graded_as("ada"), hand_in("ada"))
    before = grades(course)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(os, "fdopen", full)
        with pytest.raises(OSError, match="No space left"):
            writer.write(graded_as("ada", 0.0, 0.0), hand_in("ada"))
    assert grades(course) == before
    assert (course.autograded("ada", ASSIGNMENT) / "coin.ipynb").read_text() == PAGE


def test_writing_a_submission_takes_milliseconds_and_no_more_for_the_last_of_many(writer: Writer) -> None:
    seconds = []
    for number in range(120):
        started = time.perf_counter()
        writer.write(graded_as(f"s{number}"), hand_in(f"s{number}"))
        seconds.append(time.perf_counter() - started)
    assert sorted(seconds)[60] < 0.2
    assert sorted(seconds[-40:])[20] < 3 * sorted(seconds[:40])[20]


def test_a_courses_rules_for_late_work_come_before_the_plugin_and_know_extensions(course: Course) -> None:
    change(course, lambda book: book.update_or_create_assignment(ASSIGNMENT, duedate=DUE.isoformat()))
    own = (DUE + timedelta(hours=30)).isoformat()
    (course.root / "policy.toml").write_text(
        f"late_percent_per_day = 10\ngrace_minutes = 15\n[extensions.{ASSIGNMENT}]\nbo = {own}\ncleo = {own}\n"
    )
    late_minutes = {"ada": 25 * 60, "bo": 25 * 60, "cleo": 31 * 60, "dan": 10}
    with Writer(course, make_plan(course, ASSIGNMENT)) as writer:
        for student, minutes in late_minutes.items():
            at = (DUE + timedelta(minutes=minutes)).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
            writer.write(graded_as(student), hand_in(student, timestamp=at))
    with Session(course).gradebook() as gradebook:
        entries = {student: gradebook.find_submission(ASSIGNMENT, student) for student in late_minutes}
        penalties = {student: entry.notebooks[0].late_submission_penalty for student, entry in entries.items()}
        extensions = {student: entry.extension for student, entry in entries.items()}
    assert penalties == {"ada": 1.0, "bo": None, "cleo": 0.5, "dan": None}  # of 5 points: two days begun, one
    assert extensions == {"ada": None, "bo": timedelta(hours=30), "cleo": timedelta(hours=30), "dan": None}
