"""The class report as one HTML page that loads nothing: its style is inside, its plots are tables with bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files

from qlearn.gradebook.class_report import AssignmentSummary, QuestionSummary
from qlearn.gradebook.class_report_words import WORDS
from qlearn.gradebook.marks import Mark, MarksRow, MarkState
from qlearn.gradebook.marks_text import describe_lateness

__all__ = ["render_class_report"]

NO_NUMBER = "\N{EN DASH}"
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render_class_report(
    course_name: str, summaries: Sequence[AssignmentSummary], *, language: str, made: datetime
) -> str:
    """Lay out the report.

    Parameters
    ----------
    course_name
        For the heading.
    summaries
        One an assignment, in the order to show.
    language
        `en` or `ko`.
    made
        When it was made, with a time zone.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("qlearn.gradebook", "templates/report"),
        autoescape=True,  # names and messages may hold anything
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": _number, "hours": _hours, "field": _field, "late": _late, "percent": _percent}
    style = files("qlearn.gradebook").joinpath("templates/report/report.css").read_text(encoding="utf-8")
    template = environment.get_template("report.html.j2")
    return template.render(
        course=course_name,
        summaries=summaries,
        words=WORDS[language],
        language=language,
        made=made.strftime("%Y-%m-%d %H:%M"),
        policy=POLICY,
        style=style,
        shade=_shade,
    )


def _number(value: float | None, digits: int = 1) -> str:
    return NO_NUMBER if value is None else f"{value:.{digits}f}".replace("-", "\N{MINUS SIGN}")


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _hours(hours: float | None, words: dict[str, str]) -> str:
    if hours is None:
        return NO_NUMBER
    return words["hours"].format(hours=f"{hours:.1f}") if hours < 48 else words["days"].format(days=f"{hours / 24:.1f}")


def _field(mark: Mark) -> str:
    if mark.points is None:
        return "?" if mark.state is MarkState.PENDING else NO_NUMBER
    return f"{mark.points:g}{'*' if mark.state is MarkState.REVIEW else ''}"


def _late(row: MarksRow) -> str:
    return describe_lateness(row.late_seconds)


def _shade(summary: QuestionSummary) -> str:
    """Name how far a class is with a question, for a colour beside the number."""
    if summary.mean is None:
        return "none"
    return "high" if summary.mean >= 0.8 else "middle" if summary.mean >= 0.5 else "low"
