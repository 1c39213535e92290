"""Grade what `nbgrader autograde` or Formgrader's button asked for, and say what came of it in nbgrader's log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from nbgrader.utils import parse_utc

from qlearn.errors import CourseError, SubmissionError
from qlearn.gradebook.fresh_process import Order, grade_apart
from qlearn.gradebook.limits import read_limits
from qlearn.grading.report import Outcome, SubmissionReport

__all__ = ["autograde"]

AROUND = 600.0  # seconds for what is no student's: starting, waiting for another run or for the database
SLACK = 2.0  # a notebook is run again where an answer ended its process
LONGEST_TIME = 200  # bytes; a student can hand in anything as timestamp.txt


def autograde(converter: Any) -> None:
    """Grade the submissions that a converter's settings name; those that have their marks are passed over.

    Parameters
    ----------
    converter
        An `Autograde` of nbgrader's. Its log gets a line a submission, as each is finished.

    Raises
    ------
    CourseError, HostError
        If the submissions cannot be graded as asked.
    SubmissionError
        If some are broken; all others have their marks.
    """
    _check_settings(converter)
    asked = _find(converter)
    due = [student for student in asked if _is_due(converter, student)]
    if not due:
        return
    reports: list[SubmissionReport] = []

    def hear(event: Mapping[str, Any]) -> None:
        if "report" in event:
            reports.append(SubmissionReport.from_json(event["report"]))
            _log_report(converter.log, reports[-1])
        else:
            converter.log.warning(event["tell"])

    coursedir = converter.coursedir
    order = Order(coursedir.root, coursedir.assignment_id, tuple(due), coursedir.db_url, converter.create_student)
    grade_apart(order, hear, seconds=_patience(converter, len(due)))
    broken = [report for report in reports if report.outcome is Outcome.BROKEN]
    if broken:
        names = ", ".join(report.student for report in broken)
        raise SubmissionError(f"{len(broken)} of {len(reports)} submissions are broken ({names}); the log says why")


def _check_settings(converter: Any) -> None:
    """Refuse what the sandboxed grader cannot honour, rather than do something else."""
    if converter.coursedir.notebook_id != "*":
        raise CourseError(
            f"qlearn grades whole submissions, not the notebook {converter.coursedir.notebook_id} alone; "
            "leave --notebook out"
        )
    if converter.config.Execute.get("enabled") is False:
        raise CourseError(
            "qlearn does not take marks from the outputs a student has saved; leave --no-execute out and grade again"
        )
    for name in ("pre_convert_hook", "post_convert_hook"):
        if getattr(converter, name) is not None:
            converter.log.warning("qlearn's grader calls no %s; grade without it, or prepare the files before", name)


def _find(converter: Any) -> list[str]:
    """Name the students who are asked for and have handed in, in order."""
    coursedir = converter.coursedir
    excluded = coursedir.student_id_exclude.split(",")
    submitted = Path(coursedir.root, "submitted")
    collected = sorted(
        folder.name
        for folder in (submitted.iterdir() if submitted.is_dir() else ())
        if (folder / coursedir.assignment_id).is_dir() and not folder.name.startswith(".")
    )
    pattern = coursedir.student_id
    chosen = [pattern] if pattern in collected else [name for name in collected if fnmatchcase(name, pattern)]
    if not chosen:
        whose = "nobody's work" if pattern == "*" else f"no work of {pattern}"
        raise CourseError(
            f"{whose} on {coursedir.assignment_id} was collected yet; "
            f"run: qlearn course collect {Path(coursedir.root).name} {coursedir.assignment_id}"
        )
    return [name for name in chosen if name not in excluded]


def _is_due(converter: Any, student: str) -> bool:
    """Whether to grade: not yet graded, forced, or handed in anew; nbgrader would remove what is there already."""
    graded = Path(converter.coursedir.root, "autograded", student, converter.coursedir.assignment_id)
    if converter.force or not graded.exists():
        return True
    before = _handed_in(graded)
    after = _handed_in(Path(converter.coursedir.root, "submitted", student, converter.coursedir.assignment_id))
    if before is not None and after is not None and after > before:
        return True
    converter.log.info("Skipping existing assignment: %s", graded)
    return False


def _handed_in(folder: Path) -> datetime | None:
    path = folder / "timestamp.txt"
    if path.is_symlink() or not path.is_file():
        return None
    try:
        with path.open("rb") as stream:
            found: datetime = parse_utc(stream.read(LONGEST_TIME).decode("utf-8").strip())
    except (ValueError, OverflowError, TypeError, OSError):
        return None
    return found


def _patience(converter: Any, submissions: int) -> float:
    """Give the seconds after which something must have gone wrong that no limit of the sandbox met."""
    limits = read_limits(converter.config)
    coursedir = converter.coursedir
    notebooks = len(list(Path(coursedir.root, "source", coursedir.assignment_id).glob("*.ipynb"))) or 1
    return AROUND + SLACK * limits.notebook_seconds * notebooks * (submissions + 1)  # one for the model solution


def _log_report(log: Any, report: SubmissionReport) -> None:
    if report.outcome is Outcome.BROKEN:
        log.error("%s: broken: %s", report.student, report.reason)
    elif report.outcome is Outcome.NEEDS_ATTENTION:
        log.warning("%s: %s; needs attention: %s", report.student, _describe(report), report.reason)
    else:
        log.info("%s: %s", report.student, _describe(report))


def _describe(report: SubmissionReport) -> str:
    marked = [question for question in report.questions if question.points is not None]
    points = sum(question.points for question in marked if question.points is not None)
    said = f"{points:g} of {sum(question.max_points for question in marked):g} points"
    waiting = len(report.questions) - len(marked)
    return said + (f", {waiting} to mark by hand" if waiting else "")
