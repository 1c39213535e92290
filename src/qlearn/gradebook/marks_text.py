"""A marks table for people and for programs: in the terminal, as CSV, as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from qlearn.gradebook.marks import Mark, MarksRow, MarksTable, MarkState, Standing

__all__ = ["describe_lateness", "render_marks", "write_csv", "write_json"]

STANDING_COLOURS = {
    Standing.GRADED: "green",
    Standing.NEEDS_ATTENTION: "yellow",
    Standing.BROKEN: "bold red",
    Standing.NOT_GRADED: "cyan",
    Standing.MISSING: "magenta",
}
LONGEST_BAR = 24
MOST_COLUMNS = 1000  # to ask how wide a table would like to be


def write_csv(tables: Sequence[MarksTable]) -> str:
    """Write one line a student and assignment; a field without a mark holds `pending`, or nothing.

    Questions of several assignments share a column where they share a name.
    """
    names = list(dict.fromkeys(question.grade_id for table in tables for question in table.questions))
    columns = [
        "assignment",
        "id",
        "name",
        "track",
        "standing",
        "late_seconds",
        *names,
        "total",
        "out_of",
        "penalty",
        "reason",
    ]
    text = io.StringIO()
    lines = csv.DictWriter(text, columns, lineterminator="\n", restval="")
    lines.writeheader()
    for table in tables:
        for row in table.rows:
            fields = {
                question.grade_id: _plain(mark) for question, mark in zip(table.questions, row.marks, strict=True)
            }
            lines.writerow(
                {
                    "assignment": table.assignment,
                    "id": row.student.id,
                    "name": row.student.name,
                    "track": row.student.track,
                    "standing": row.standing.value,
                    "late_seconds": f"{row.late_seconds:.0f}",
                    **fields,
                    "total": "" if row.total is None else f"{row.total:g}",
                    "out_of": f"{table.max_points:g}",
                    "penalty": f"{row.penalty:g}",
                    "reason": row.reason,
                }
            )
    return text.getvalue()


def write_json(tables: Sequence[MarksTable]) -> str:
    """Write every table with its totals, means and counts."""
    return json.dumps([_as_record(table) for table in tables], ensure_ascii=False, indent=1) + "\n"


def render_marks(table: MarksTable, *, width: int) -> RenderableType:
    """Lay a table out for a terminal: the marks, what they mean, and what the class misunderstood.

    Where `width`, in characters, is too small for the questions' names, the columns are numbered and named below.
    """
    names = [question.label.replace(" ", "\n") for question in table.questions]
    grid = _grid(table, names, gap=1)
    legend: list[RenderableType] = []
    if Console(width=MOST_COLUMNS).measure(grid).maximum > width:
        grid = _grid(table, [str(number) for number in range(1, len(names) + 1)], gap=0)
        numbered = [f"{number} {question.label}" for number, question in enumerate(table.questions, start=1)]
        legend = [Padding(", ".join(numbered), (0, 0, 0, 2))]
    parts: list[RenderableType] = [_heading(table), grid, *legend, *_footnotes(table)]
    counts = table.misconceptions()
    if counts:
        parts += [Text("\n  Misconceptions seen, by number of students", style="bold"), _bars(counts)]
    return Group(*parts)


def describe_lateness(seconds: float) -> str:
    """Say how late in the largest unit that fits: `late 26 h`; nothing if it is not."""
    if seconds <= 0:
        return ""
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return f"late {minutes} min"
    hours = round(seconds / 3600)
    return f"late {hours} h" if hours < 72 else f"late {round(seconds / 86400)} days"


def _plain(mark: Mark) -> str:
    if mark.points is not None:
        return f"{mark.points:g}"
    return "pending" if mark.state is MarkState.PENDING else ""


def _as_record(table: MarksTable) -> dict[str, Any]:
    record = asdict(table)
    for entry, row in zip(record["rows"], table.rows, strict=True):
        entry["total"], entry["is_complete"] = row.total, row.is_complete
    record["automatic_points"], record["max_points"] = table.automatic_points, table.max_points
    record["automatic_mean"] = table.automatic_mean
    record["misconceptions"] = dict(table.misconceptions())
    return record


def _heading(table: MarksTable) -> Text:
    counts = [f"{table.count(standing)} {standing.value}" for standing in Standing if table.count(standing)]
    text = Text(f"\n{table.assignment}", style="bold")
    text.append(f"   {len(table.rows)} students: {', '.join(counts)}", style="not bold")
    return text


def _grid(table: MarksTable, names: Sequence[str], *, gap: int) -> Table:
    """Build the table; `gap` is the space between columns beyond the one that the box leaves."""
    grid = Table(box=box.SIMPLE_HEAD, show_footer=True, pad_edge=False, padding=(0, gap, 0, 0), header_style="bold")
    grid.add_column("id", footer="mean", no_wrap=True)
    grid.add_column("student", no_wrap=True)
    for number, question in enumerate(table.questions):
        mean = table.question_mean(number)
        grid.add_column(
            f"{names[number]}\n/{question.max_points:g}",
            footer="" if mean is None else f"{mean:.1f}",
            justify="right",
            vertical="bottom",
            no_wrap=True,
        )
    mean = table.automatic_mean
    grid.add_column(
        f"total\n/{table.max_points:g}",
        footer="" if mean is None else f"{mean:.1f}",
        justify="right",
        no_wrap=True,
    )
    grid.add_column("", no_wrap=True)
    for row in table.rows:
        marks = [_field(mark, question.max_points) for mark, question in zip(row.marks, table.questions, strict=True)]
        grid.add_row(row.student.id, row.student.name, *marks, _total(row), _standing(row))
    return grid


def _field(mark: Mark, max_points: float) -> Text:
    if mark.state is MarkState.NONE:
        return Text("-", style="dim")
    if mark.points is None:
        return Text("?", style="cyan")
    colour = "green" if mark.points >= max_points else "red" if mark.points <= 0 else "yellow"
    return Text(f"{mark.points:g}{'*' if mark.state is MarkState.REVIEW else ''}", style=colour)


def _total(row: MarksRow) -> Text:
    if row.total is None:
        return Text("-", style="dim")
    pending = any(mark.state is MarkState.PENDING for mark in row.marks)
    return Text(f"{row.total:g}", style="bold") + Text("+?" if pending else "  ", style="cyan")


def _standing(row: MarksRow) -> Text:
    late = describe_lateness(row.late_seconds)
    if row.penalty:
        late += f", -{row.penalty:g}"
    if row.standing is Standing.GRADED:
        return Text(late, style="yellow")
    return Text(row.standing.value, style=STANDING_COLOURS[row.standing]) + Text(f" {late}".rstrip(), style="yellow")


def _footnotes(table: MarksTable) -> list[RenderableType]:
    states = {mark.state for row in table.rows for mark in row.marks}
    notes: list[RenderableType] = []
    if table.automatic_mean is not None:
        notes.append(
            f"Mean {table.automatic_mean:.2f} of {table.automatic_points:g} automatic points; "
            "who has no marks is left out, hand-marked questions too."
        )
    if MarkState.PENDING in states:
        notes.append("[cyan]?[/] waits for a hand mark: qlearn lab COURSE, then Formgrader.")
    if MarkState.REVIEW in states:
        notes.append("* was marked by hand before the last grading: look again in Formgrader.")
    if MarkState.NONE in states:
        notes.append("- has no marks. This is not a zero.")
    notes += [
        Text(f"{row.student.id} {row.standing.value}: {row.reason}", style=STANDING_COLOURS[row.standing])
        for row in table.rows
        if row.reason
    ]
    return [Padding(note, (0, 0, 0, 2)) for note in notes]


def _bars(counts: Sequence[tuple[str, int]]) -> Table:
    bars = Table(box=None, show_header=False, padding=(0, 1, 0, 2))
    bars.add_column(justify="right")
    most = max(count for _, count in counts)
    for slug, count in counts:
        length = max(1, round(LONGEST_BAR * count / most)) if most > LONGEST_BAR else count
        bars.add_row(str(count), Text("█" * length, style="yellow"), slug.replace("-", " "))
    return bars
