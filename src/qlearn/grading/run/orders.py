"""What a supervisor asks of a warm parent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qlearn.grading.sandbox import Policy

__all__ = ["MOST_MESSAGE", "Speak", "StartJudge", "StartStudent", "StartTemplate", "Stop"]

MOST_MESSAGE = 150_000  # what a packet socket takes at once


@dataclass(frozen=True)
class StartStudent:
    """Fork a process for student's code on the connection sent along."""

    policy: Policy
    files: Path | None = None
    """A folder with data files, each of which gets a link in the scratch folder. Their names can fill an order."""
    forbidden: tuple[str, ...] = ()
    output_bytes: int = 0
    trusted: bool = False
    environment: tuple[tuple[str, str], ...] = ()
    libraries: tuple[str, ...] = ()
    """To be loaded before the fork, so that its later forks have them too."""


@dataclass(frozen=True)
class StartTemplate:
    """Fork a process that prepares to judge one notebook and forks its judges.

    It gets two connections: for orders as these, and for the one task that names the notebook.
    """


@dataclass(frozen=True)
class StartJudge:
    """Fork a judge from a template on the two connections sent along: control, then the student's."""

    folder: Path


@dataclass(frozen=True)
class Speak:
    """Write to the two streams sent along from now on, in place of standard output and standard error."""


@dataclass(frozen=True)
class Stop:
    """End a process and all it started, and tell how it ended."""

    process: int
