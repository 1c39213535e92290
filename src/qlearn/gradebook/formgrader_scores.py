"""Formgrader's tables with what lateness takes off: nbgrader writes it down and leaves it out of the scores it shows.

The penalty counts in the same way in its feedback, its export and in `qlearn marks`, so the tables show no other total.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from nbgrader.apps.api import NbGraderAPI

from qlearn.gradebook.converter import HAND_OVER

__all__ = ["show_penalties"]

MARKED = "_qlearn_shows_penalties"


def show_penalties() -> None:
    """Let nbgrader's API give scores less penalties in a course that qlearn grades; called again, it does nothing."""
    if getattr(NbGraderAPI, MARKED, False):
        return
    setattr(NbGraderAPI, MARKED, True)
    for name, owner in (("get_submissions", "student"), ("get_submission", "student"), ("get_students", "id"),
                        ("get_student", "id")):  # fmt: skip
        setattr(NbGraderAPI, name, _less_penalties(getattr(NbGraderAPI, name), owner, of_class="student" in name))


def _less_penalties(method: Callable[..., Any], owner: str, *, of_class: bool) -> Callable[..., Any]:
    """Wrap a method that gives a record of a student, or a list of them; `of_class` for sums over all assignments."""

    @functools.wraps(method)
    def less(api: Any, *arguments: Any, **named: Any) -> Any:
        found = method(api, *arguments, **named)
        if api.config.Autograde.get("exporter_class") != HAND_OVER:
            return found  # another course on the same server
        records = found if isinstance(found, list) else [found]
        penalties: Mapping[str, float] | None = None
        for record in records:
            # what is not graded yet has no score, and what was lessened already is passed on by one method to another
            if not record or "late_penalty" in record or not record.get("autograded", True) or not record.get("score"):
                continue
            if penalties is None:
                penalties = _penalties(api, "" if of_class else str(record.get("name") or arguments[0]))
            record["late_penalty"] = penalties.get(record[owner], 0.0)
            record["score"] = max(0.0, record["score"] - record["late_penalty"])
        return found

    return less


def _penalties(api: Any, assignment: str) -> Mapping[str, float]:
    """Add up penalties by student, of one assignment or of all."""
    sums: Counter[str] = Counter()
    with api.gradebook as gradebook:
        names = [assignment] if assignment else [entry.name for entry in gradebook.assignments]
        for name in names:
            for submission in gradebook.assignment_submissions(name):
                sums[submission.student_id] += float(submission.late_submission_penalty or 0.0)  # type: ignore[assignment]
    return sums
