"""What running and judging one notebook gave, before anybody writes it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["CellOutputs", "NotebookOutcome", "TeachersCell", "TestOutcome"]

CellOutputs = tuple[dict[str, Any], ...]
"""Outputs of one cell in nbformat 4's form."""


@dataclass(frozen=True)
class TestOutcome:
    """One autograded cell. `points` is None where a person has to decide; `concern` then says why."""

    __test__ = False  # pytest would take the class for a test

    grade_id: str
    points: float | None
    outputs: CellOutputs = ()
    """What the trusted side showed."""
    concern: str = ""
    """For the teacher: why it needs attention."""
    verified: bool = True
    """False if the test ran in the student's process, which can forge it."""
    raised_in: str = ""
    """Where the error came from: "test", "student" or "host"; empty if there was none."""
    changes_arguments: bool = False
    """Whether a call changed what the test handed over; calibration asks."""
    mode: str = ""
    """How it was judged, a `Mode`'s value."""
    operations: frozenset[str] = frozenset()
    """What the test asked of the student's objects; calibration asks."""
    calls: tuple[tuple[str, str, bool], ...] = ()
    """What was called, what came back, and whether a hidden test asked; of a traced test alone."""


@dataclass(frozen=True)
class TeachersCell:
    """How a cell of the teacher's own was run for the tests that need it."""

    mode: str
    changes_arguments: bool
    operations: frozenset[str]


@dataclass(frozen=True)
class NotebookOutcome:
    """One notebook: what the student's cells showed, by their index in it, and what became of each test."""

    cells: Mapping[int, CellOutputs] = field(default_factory=dict)
    tests: Mapping[str, TestOutcome] = field(default_factory=dict)
    concerns: tuple[str, ...] = ()
    """For the teacher: a process that died, a limit that was met."""
    teachers: Mapping[str, TeachersCell] = field(default_factory=dict)
    """The teacher's cells that were run for the tests, by `cell 3` and the like; calibration asks."""
