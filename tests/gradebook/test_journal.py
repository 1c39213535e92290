from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gradebook.graders import graded_as, hand_in
from gradebook.small_kit import ASSIGNMENT
from qlearn.errors import HostError
from qlearn.gradebook.course import Course
from qlearn.gradebook.journal import Journal, name_of


def note(course: Course, *students: str, plan: str = "plan") -> Path:
    """Run as a killed run would have: begin, note these, end without saying so."""
    with Journal(course, ASSIGNMENT) as journal:
        journal.begin(plan)
        for student in students:
            journal.add(hand_in(student), graded_as(student).report)
    return journal.path


def test_what_was_noted_is_there_for_the_next_run_with_the_same_plan(course: Course) -> None:
    note(course, "ada", "bo")
    with Journal(course, ASSIGNMENT) as journal:
        found = journal.begin("plan")
    assert {student: entry.report for student, entry in found.items()} == {
        student: graded_as(student).report for student in ("ada", "bo")
    }
    assert found["ada"].hand_in == name_of(hand_in("ada"))


def test_another_plan_begins_anew_but_the_reports_are_not_lost(course: Course) -> None:
    note(course, "ada")
    with Journal(course, ASSIGNMENT) as journal:
        assert journal.begin("another plan") == {}
        assert list(journal.earlier) == ["ada"]
    with Journal(course, ASSIGNMENT) as journal:
        assert journal.begin("another plan") == {}
        assert journal.earlier == {}


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_line_that_was_torn_is_graded_again(course: Course, cut: int) -> None:
    path = note(course, "ada", "bo")
    path.write_bytes(path.read_bytes()[:-cut])
    with Journal(course, ASSIGNMENT) as journal:
        assert list(journal.begin("plan")) == ["ada"]
        journal.add(hand_in("cleo"), graded_as("cleo").report)
    with Journal(course, ASSIGNMENT) as journal:
        assert list(journal.begin("plan")) == ["ada", "cleo"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"plan"', b"[]\n", b"\xff\xfe\n", b'{"plan": 3}\n{"hand_in": 3}\n'])
def test_a_journal_that_is_none_is_begun_anew(course: Course, content: bytes) -> None:
    path = note(course)
    path.write_bytes(content)
    with Journal(course, ASSIGNMENT) as journal:
        assert journal.begin("plan") == {}
    assert [json.loads(line)["plan"].split()[1] for line in path.read_text().splitlines()] == ["plan"]


def test_a_newer_hand_in_with_the_same_files_is_another(course: Course) -> None:
    del course
    assert name_of(hand_in("ada", timestamp="1")) != name_of(hand_in("ada", timestamp="2"))
    assert name_of(hand_in("ada", files=(("a", b"1"),))) != name_of(hand_in("ada"))


def test_two_runs_do_not_work_on_one_assignment(course: Course) -> None:
    script = (
        "import sys, pathlib\n"
        "from qlearn.gradebook.course import open_course\n"
        "from qlearn.gradebook.journal import Journal\n"
        "with Journal(open_course(sys.argv[1]), sys.argv[2]):\n"
        "    print('open', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, str(course.root), ASSIGNMENT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with (
            pytest.raises(HostError, match=f"another `qlearn grade` works on {ASSIGNMENT}; wait"),
            Journal(course, ASSIGNMENT),
        ):
            pass
        other.kill()
    note(course, "ada")  # the lock ended with its process


def test_the_end_of_a_run_leaves_no_journal(course: Course) -> None:
    with Journal(course, ASSIGNMENT) as journal:
        journal.begin("plan")
        journal.end()
    assert [path.name for path in course.reports.iterdir() if path.suffix == ".journal"] == []
