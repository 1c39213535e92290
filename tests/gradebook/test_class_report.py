from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from cli.course_commands import run
from gradebook.graders import PAGE
from gradebook.small_kit import ASSIGNMENT, answered, put_submitted
from gradebook.test_marks import DUE, STUDENTS, grade, hand_in
from qlearn.gradebook.class_report import AssignmentSummary, summarise
from qlearn.gradebook.class_report_page import render_class_report
from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import release
from qlearn.gradebook.grade import grade_assignment
from qlearn.gradebook.history import note_graded
from qlearn.gradebook.roster import Student, write_roster
from qlearn.grading.graded import GradedNotebook, GradedSubmission
from qlearn.grading.report import Outcome, QuestionReport, SubmissionReport
from qlearn.grading.worker import GradingTask

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


def fill(course: Course, points: Sequence[tuple[float, float]], *, faults: Sequence[str] = ()) -> None:
    """Give a class its marks, and a fault in the first question to as many students as `faults` names."""
    given = {f"s{number:02d}": marks for number, marks in enumerate(points)}
    met = dict(zip(given, faults, strict=False))

    def engine(task: GradingTask) -> GradedSubmission:
        student = task.hand_in.student
        sides, parity = given[student]
        fault = met.get(student, "")
        told = f"Told of <{fault}> & more" if fault else ""
        questions = (
            QuestionReport("coin", "test_sides", sides, 2.0, told, fault),
            QuestionReport("coin", "test_parity", parity, 3.0),
        )
        scores = {"test_sides": sides, "test_parity": parity, "explain_parity": None}
        report = SubmissionReport(student, ASSIGNMENT, Outcome.GRADED, questions=questions)
        return GradedSubmission(report, (GradedNotebook("coin", PAGE, scores),))

    for student in given:
        put_submitted(course, student, answered(course, "right"))
    grade_assignment(course, ASSIGNMENT, engine=engine, open_executor=partial(ThreadPoolExecutor, 1))


def test_each_question_has_its_numbers(course: Course) -> None:
    points = [(2, 3), (2, 3), (2, 1), (0, 3), (0, 0), (1, 0)]
    fill(course, points, faults=["", "", "", "one-sided-coin", "one-sided-coin", "kept-the-sign"])
    sides, parity, explain = summarise(course, ASSIGNMENT).questions
    assert (sides.marked, sides.right, sides.pending) == (6, 3, 0)
    assert sides.mean == pytest.approx(7 / 12)
    expected = np.corrcoef(*np.transpose(points))[0, 1]
    assert sides.discrimination == pytest.approx(expected)
    assert parity.discrimination == pytest.approx(expected)
    assert [(fault.slug, fault.students) for fault in sides.misconceptions] == [
        ("one-sided-coin", 2),
        ("kept-the-sign", 1),
    ]
    assert parity.misconceptions == ()
    assert (explain.marked, explain.mean, explain.discrimination) == (0, None, None)
    assert explain.pending == 6


def test_the_questions_to_talk_about_are_those_that_were_missed_most(course: Course) -> None:
    fill(course, [(0, 3), (0, 3), (2, 0), (2, 3), (0, 3)])
    assert [one.question.grade_id for one in summarise(course, ASSIGNMENT).talk_about] == ["test_sides", "test_parity"]


def test_of_two_questions_missed_alike_the_one_whose_fault_has_a_name_comes_first(course: Course) -> None:
    fill(course, [(0, 0), (2, 3), (2, 3), (2, 3), (2, 3)], faults=["one-sided-coin"])
    assert [one.question.grade_id for one in summarise(course, ASSIGNMENT).talk_about] == ["test_sides", "test_parity"]


def test_a_question_that_everybody_got_right_discriminates_nothing(course: Course) -> None:
    fill(course, [(2, 3), (2, 0), (2, 3), (2, 1), (2, 3)])
    assert [one.discrimination for one in summarise(course, ASSIGNMENT).questions] == [None, None, None]


def test_time_to_right_comes_from_the_attempts_that_are_known(course: Course) -> None:
    fill(course, [(2, 3)])
    stamp = (datetime.now(UTC) + timedelta(hours=6)).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    questions = (QuestionReport("coin", "test_sides", 2.0, 2.0),)
    note_graded(course, SubmissionReport("s00", ASSIGNMENT, Outcome.GRADED, questions=questions, timestamp=stamp))
    sides, parity, _ = summarise(course, ASSIGNMENT).questions
    assert sides.hours_to_right == pytest.approx(6.0, abs=0.1)
    assert parity.hours_to_right is None


def page_of(course: Course, *, language: str = "en") -> str:
    return render_class_report("optics", [summarise(course, ASSIGNMENT)], language=language, made=NOW)


def test_a_small_class_shows_counts_and_no_statistics(course: Course) -> None:
    fill(course, [(2, 3), (0, 3), (2, 0), (0, 0)])
    assert summarise(course, ASSIGNMENT).is_small
    page = page_of(course)
    assert "2 / 4" in page
    assert "Fewer than five students have marks" in page
    assert " %" not in page
    assert "Discrimination</th>" not in page


def test_the_page_asks_for_nothing_from_outside_and_escapes_what_others_wrote(course: Course) -> None:
    write_roster(course, [Student("s00", "<script>alert(1)</script>")])
    fill(course, [(0, 3), (2, 3), (2, 3), (2, 0), (2, 3)], faults=["one-sided-coin"])
    page = page_of(course)
    assert "<script" not in page
    assert "Told of &lt;one-sided-coin&gt; &amp; more" in page
    assert not re.findall(r"(?:src|href)=[\"'](?!#)", page)
    assert "url(" not in page
    assert "default-src &#39;none&#39;" in page


def test_the_page_speaks_korean(course: Course) -> None:
    fill(course, [(0, 3), (2, 3), (2, 3), (2, 0), (2, 3)])
    page = page_of(course, language="ko")
    assert '<html lang="ko">' in page
    assert "다음 수업에서 다룰 문제" in page
    assert "5명 가운데 4명이 맞혔습니다." in page


@pytest.fixture
def graded(course: Course) -> Course:
    release(course, ASSIGNMENT, due=DUE)
    write_roster(course, STUDENTS)
    for student, hours in (("ada", -2), ("bo", 26), ("cleo", -1), ("eve", -3)):
        hand_in(course, student, hours=hours)
    grade(course)
    return course


def test_the_command_writes_a_page_about_every_assignment_or_one(
    graded: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("report", graded.root) == 0
    page = (graded.root / "report.html").read_text(encoding="utf-8")
    assert "coin.ipynb is empty" in page  # eve's
    assert "late 26 h" in page
    assert run("report", graded.root, ASSIGNMENT, "--language", "ko", "--out", tmp_path / "week.html") == 0
    assert f"week.html shows {ASSIGNMENT}" in capsys.readouterr().out
    assert run("report", graded.root, "school-dice") == 2
    assert "no assignment called school-dice" in capsys.readouterr().err


def test_a_summary_of_nobody_has_no_numbers(course: Course) -> None:
    summary: AssignmentSummary = summarise(course, ASSIGNMENT)
    assert [(one.marked, one.mean) for one in summary.questions] == [(0, None)] * 3
    assert "Nobody has lost a point yet." in page_of(course)
