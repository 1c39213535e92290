import io
import re
import shutil
import time

import pytest
from rich.console import Console

from qlearn.gradebook.terminal import Steps, batch_progress, program_name, render_report
from qlearn.grading.report import AssignmentReport, Outcome, SubmissionReport

REPORTS = (
    SubmissionReport("ada", "school-coin", Outcome.GRADED),
    SubmissionReport("bo", "school-coin", Outcome.BROKEN, "coin.ipynb is empty"),
)


def test_a_log_file_gets_one_line_a_finished_step() -> None:
    console = Console(file=io.StringIO(), width=100)
    with Steps(console) as steps:
        steps.begin("Make a course", total=2)
        steps.advance()
        steps.end("two assignments")
        steps.begin("Grade it")
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 1
    assert lines[0].split() == ["✓", "Make", "a", "course", "0.0", "s", "two", "assignments"]


def test_a_terminal_sees_outcomes_counted_as_they_come() -> None:
    console = Console(file=io.StringIO(), width=100, force_terminal=True, color_system=None)
    with batch_progress(console, "Grading", 2) as progress:
        for report in REPORTS:
            progress.report(report)
    assert "1 graded, 1 broken" in console.file.getvalue()  # type: ignore[attr-defined]


def test_a_terminal_sees_the_rate_and_the_time_left() -> None:
    console = Console(file=io.StringIO(), width=140, force_terminal=True, color_system=None)
    with batch_progress(console, "Grading", 50) as progress:
        for number in range(40):
            progress.report(REPORTS[number % 2])
            time.sleep(0.02)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert re.search(r"40/50 +[\d.e+]+/s +0:00:\d\d left 0:00:0\d", shown)


def test_a_report_counts_outcomes_and_gives_reasons() -> None:
    console = Console(file=io.StringIO(), width=100)
    console.print(render_report(AssignmentReport("school-coin", REPORTS)))
    lines = [line.split() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]
    assert lines == [
        ["1", "graded"],
        ["0", "needs", "attention"],
        ["1", "broken"],
        ["bo", "coin.ipynb", "is", "empty"],
    ]


@pytest.mark.parametrize(
    ("found", "called_as", "expected"),
    [
        ("/usr/bin/qlearn", "/usr/bin/qlearn", "qlearn"),
        (None, ".venv/bin/qlearn", ".venv/bin/qlearn"),
        (None, "/site-packages/qlearn/__main__.py", "qlearn"),
    ],
)
def test_the_program_is_named_as_a_reader_can_type_it(
    found: str | None, called_as: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: found)
    assert program_name(called_as) == expected
