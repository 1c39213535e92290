"""A sample class: twelve students a track whose work is known, handed in as a class would hand it in.

Some answer rightly, some make the mistakes that are planted in the kit, one hands in the untouched notebook, one an
unreadable file, one is late. Each hand-in says what grading must make of it, and `find_disagreements` compares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat

from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import read_release, submit_as
from qlearn.gradebook.marks import MarksRow, MarksTable, Standing
from qlearn.gradebook.roster import Student
from qlearn.grading.notebooks import read_notebook
from qlearn.grading.planted import PlantedAnswer, fill_in, read_planted_answers
from qlearn.grading.report import AssignmentReport, QuestionReport

_nbformat: Any = nbformat  # its functions carry no types

__all__ = ["SampleWork", "describe_class", "find_disagreements", "hand_in", "plan_class"]

NAMES: Mapping[str, tuple[str, ...]] = {
    "school": (
        "Kim Seo-yeon 김서연",
        "Lee Do-yun 이도윤",
        "Park Ji-ho 박지호",
        "Choi Ha-eun 최하은",
        "Jung Min-jun 정민준",
        "Kang Su-bin 강수빈",
        "Cho Ye-jun 조예준",
        "Yoon Chae-won 윤채원",
        "Jang Si-woo 장시우",
        "Lim Na-yeon 임나연",
        "Han Ji-woo 한지우",
        "Oh Eun-seo 오은서",
    ),
    "graduate": (
        "Shin Hye-jin 신혜진",
        "Seo Dong-hyun 서동현",
        "Kwon Yu-na 권유나",
        "Hwang Jae-won 황재원",
        "Ahn So-hee 안소희",
        "Song Tae-yang 송태양",
        "Ryu Ka-ram 류가람",
        "Hong Gyu-ri 홍규리",
        "Ko Young-min 고영민",
        "Moon Bo-ra 문보라",
        "Yang Se-jin 양세진",
        "Bae Woo-jin 배우진",
    ),
}
CLASS_SIZE = 12
LATE_BY = timedelta(hours=26)


@dataclass(frozen=True)
class SampleWork:
    """One student's hand-in: `kind` is right, planted, blank or unreadable; `answer` is what was planted."""

    student: Student
    kind: str
    answer: PlantedAnswer | None = None
    is_late: bool = False


def plan_class(assignment: str, answers: Sequence[PlantedAnswer]) -> list[SampleWork]:
    """Decide who hands in what: eight planted answers at most, wrong ones first, and right ones for the rest.

    Raises
    ------
    CourseError
        If the assignment's track has no sample students.
    """
    track = assignment.partition("-")[0]
    if track not in NAMES:
        raise CourseError(f"no sample class for {assignment}; its name must start with {' or '.join(NAMES)}")
    chosen = sorted(answers, key=lambda answer: answer.is_right)[: CLASS_SIZE - 4]
    kinds: list[tuple[str, PlantedAnswer | None]] = [("planted", answer) for answer in chosen]
    kinds[3:3] = [("blank", None)]
    kinds[6:6] = [("unreadable", None)]
    while len(kinds) < CLASS_SIZE:
        kinds.insert(len(kinds) * 2 // 3, ("right", None))
    late = max(number for number, (kind, _) in enumerate(kinds) if kind == "right")
    return [
        SampleWork(Student(f"{track[0]}{number + 1:02}", name, track), kind, answer, is_late=number == late)
        for number, (name, (kind, answer)) in enumerate(zip(NAMES[track], kinds, strict=True))
    ]


def hand_in(course: Course, assignment: str, answers_folder: Path, *, due: datetime) -> list[SampleWork]:
    """Put the work of a sample class into the exchange, most of it hours before `due`.

    Parameters
    ----------
    course, assignment
        Where to; the assignment was released.
    answers_folder
        The planted answers, one folder an assignment.
    due
        When the assignment is due, with a time zone.

    Returns
    -------
    list of SampleWork
        What was handed in, in the order of the students' ids.
    """
    works = plan_class(assignment, read_planted_answers(answers_folder / assignment))
    released = read_release(course, assignment)
    for number, work in enumerate(works):
        files = {**released, **_fill_in_all(course, assignment, work)}
        at = due + LATE_BY if work.is_late else due - timedelta(hours=30 - 2 * number)
        submit_as(course, work.student.id, assignment, files, at=at)
    return works


def find_disagreements(works: Sequence[SampleWork], table: MarksTable, report: AssignmentReport) -> list[str]:
    """Compare what grading made of a sample class with what is known of it; one line a disagreement."""
    rows = {row.student.id: row for row in table.rows}
    questions = {entry.student: entry.questions for entry in report.submissions}
    lines: list[str] = []
    for work in works:
        row = rows.get(work.student.id)
        found = ["there is no row for it"] if row is None else _compare(work, table, row, questions[work.student.id])
        what = work.answer.name if work.answer else work.kind
        lines += [f"{table.assignment} {work.student.id} ({what}): {line}" for line in found]
    return lines


def describe_class(works: Sequence[SampleWork]) -> str:
    """Say in a line who did something other than answer."""
    who = {work.kind: work.student.id for work in works}
    late = ", ".join(work.student.id for work in works if work.is_late)
    planted = sum(work.answer is not None and not work.answer.is_right for work in works)
    return (
        f"{who['blank']} handed in the notebook untouched, {who['unreadable']} a file that breaks off, "
        f"{late} was late, {planted} made planted mistakes"
    )


def _fill_in_all(course: Course, assignment: str, work: SampleWork) -> dict[str, bytes]:
    filled = {}
    for name in course.notebooks(assignment):
        released = read_notebook(course.released(assignment) / f"{name}.ipynb")
        if work.kind == "blank":
            continue
        source = read_notebook(course.source / assignment / f"{name}.ipynb")
        text: bytes = _nbformat.writes(fill_in(released, source, work.answer)).encode("utf-8")
        # An upload that broke off in the middle.
        filled[f"{name}.ipynb"] = text[: len(text) // 2] if work.kind == "unreadable" else text
    return filled


def _compare(work: SampleWork, table: MarksTable, row: MarksRow, questions: Sequence[QuestionReport]) -> list[str]:
    lines = []
    if (row.late_seconds > 0) != work.is_late:
        lines.append(f"late by {row.late_seconds:.0f} s")
    expected = Standing.BROKEN if work.kind == "unreadable" else Standing.GRADED
    if row.standing is not expected:
        lines.append(f"{row.standing.value} ({row.reason}), not {expected.value}")
    if expected is Standing.BROKEN or row.standing is Standing.BROKEN:
        if row.total is not None:
            lines.append(f"a broken hand-in has {row.total:g} points")
        return lines
    said = {question.grade_id: question for question in questions}
    for question, mark in zip(table.questions, row.marks, strict=True):
        wanted = _expected_points(work, question.grade_id, question.max_points, by_hand=question.by_hand)
        if mark.points != wanted:
            lines.append(f"{question.grade_id} got {mark.points}, not {wanted}")
        message = work.answer.messages.get(question.grade_id, "") if work.answer else ""
        heard = said[question.grade_id]
        if message not in f"{heard.message} [{heard.misconception}]":
            lines.append(f"{question.grade_id} said {heard.message!r}, not {message!r}")
    return lines


def _expected_points(work: SampleWork, grade_id: str, max_points: float, *, by_hand: bool) -> float | None:
    if work.kind == "blank":
        return 0.0
    if by_hand:
        return None
    if work.answer is not None:
        return work.answer.points.get(grade_id, max_points)
    return max_points
