"""`qlearn grade` as a teacher types it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from cli.course_commands import run
from gradebook.graders import grade_by_text
from gradebook.small_kit import ASSIGNMENT, answered, put_submitted
from qlearn.errors import HostError
from qlearn.gradebook import grade
from qlearn.gradebook.course import Course
from qlearn.grading import calibration, worker
from qlearn.grading.calibration import Calibration, Finding
from qlearn.grading.plan import AssignmentPlan, Mode


def calibrate_nothing(plan: AssignmentPlan, grader: Any) -> Calibration:
    del grader
    return Calibration(plan, (Finding("coin", "test_parity", Mode.NONE, "it patches input"),))


class NoGrader:
    """Starts no process."""

    def __enter__(self) -> NoGrader:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def open_thread(*_: object, **__: object) -> ThreadPoolExecutor:
    """Open a pool within this process, where what tests have put in place is met."""
    return ThreadPoolExecutor(1)


@pytest.fixture
def quick(course: Course, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Make a course with three hand-ins whose grader is a stand-in."""
    for student, content in (("ada", answered(course, "right")), ("bo", answered(course, "wrong")), ("eve", b"")):
        put_submitted(course, student, content)
    monkeypatch.setattr(grade, "open_process_pool", open_thread)
    monkeypatch.setattr(worker, "grade_hand_in", grade_by_text)
    monkeypatch.setattr("qlearn.grading.engine.Grader", NoGrader)
    monkeypatch.setattr(calibration, "calibrate", calibrate_nothing)
    return course


def test_json_is_the_report_and_nothing_else(quick: Course, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("grade", quick.root, ASSIGNMENT, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert [(one["student"], one["outcome"]) for one in report["submissions"]] == [
        ("ada", "graded"),
        ("bo", "graded"),
        ("eve", "broken"),
    ]


def test_students_can_be_chosen(quick: Course, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("grade", quick.root, ASSIGNMENT, "--json", "--student", "bo", "--student", "ada") == 0
    assert [one["student"] for one in json.loads(capsys.readouterr().out)["submissions"]] == ["ada", "bo"]
    assert run("grade", quick.root, ASSIGNMENT, "--student", "zoe") == 2
    assert "qlearn: no work of zoe on school-coin was collected yet" in capsys.readouterr().err


def test_what_no_safe_mode_can_judge_is_said_each_time(quick: Course, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert run("grade", quick.root, ASSIGNMENT) == 0
        output = capsys.readouterr()
        assert output.err == "qlearn: coin.ipynb, test_parity: not judged: it patches input\n"
        assert "2 graded" in output.out
        assert "coin.ipynb is empty" in output.out


def test_trust_is_said_each_time(quick: Course, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert run("grade", quick.root, ASSIGNMENT, "--trust-submissions") == 0
        assert capsys.readouterr().err.startswith("qlearn: students' code runs without a sandbox (--trust-submissions)")


def test_a_machine_without_a_sandbox_refuses_and_says_what_to_do(
    quick: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(trusted: bool) -> None:
        if not trusted:
            raise HostError("this kernel offers neither; trust the class with --trust-submissions")

    monkeypatch.setattr(worker, "check_host", refuse)
    assert run("grade", quick.root, ASSIGNMENT) == 2
    assert capsys.readouterr().err == "qlearn: this kernel offers neither; trust the class with --trust-submissions\n"
    assert not quick.autograded("ada", ASSIGNMENT).exists()
    assert run("grade", quick.root, ASSIGNMENT, "--trust-submissions") == 0


def test_a_dask_address_where_nobody_answers_is_one_line(
    quick: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qlearn.grading.cluster.SECONDS_TO_ANSWER", 1)
    assert run("grade", quick.root, ASSIGNMENT, "--dask", "tcp://127.0.0.1:1") == 2
    error = capsys.readouterr().err
    assert error.startswith("qlearn: no Dask scheduler answers at tcp://127.0.0.1:1")
    assert error.count("\n") == 1


def test_a_setting_that_is_none_is_one_line(quick: Course, capsys: pytest.CaptureFixture[str]) -> None:
    with (quick.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.Grading.memory = 3\n")
    assert run("grade", quick.root, ASSIGNMENT) == 2
    assert "which is no limit; there are: memory_mib" in capsys.readouterr().err
