"""What grading one submission gives: a report for people, and what the writer needs for gradebook and feedback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qlearn.grading.report import SubmissionReport

__all__ = ["GradedNotebook", "GradedSubmission"]


@dataclass(frozen=True)
class GradedNotebook:
    """One notebook of an assignment, graded; `missing` if it was not handed in."""

    name: str
    text: str = ""
    """The autograded notebook as JSON; empty if it is missing."""
    points: Mapping[str, float | None] = field(default_factory=dict)
    """By grade_id, for every graded cell; None waits for a person."""
    unanswered: frozenset[str] = frozenset()
    """Answer cells that are as they were released: nbgrader's "No response."."""
    missing: bool = False


@dataclass(frozen=True)
class GradedSubmission:
    """One submission, graded; a broken one has no notebooks, and its marks stay as they were."""

    report: SubmissionReport
    notebooks: tuple[GradedNotebook, ...] = ()
