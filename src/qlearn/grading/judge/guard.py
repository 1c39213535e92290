"""What the judge does when an answer cannot be judged safely, or its process is gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from qlearn.grading.plan import Mode

__all__ = ["Guard", "StudentGoneError", "UnjudgedError"]


class UnjudgedError(BaseException):
    """The test needs something of the student's object that is not safe; no `except Exception` stops it."""


class StudentGoneError(BaseException):
    """The student's process has ended or does not answer; `why` is "died", "time" or "nonsense"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class Guard:
    """The mode of the test that runs now, and what happened in it; sticky, since a test may catch everything."""

    mode: Mode = Mode.DATA
    in_place: bool = True
    """Whether changes that a call makes to its arguments are taken over."""
    unjudged: str = ""
    gone: str = ""
    changed_arguments: bool = False
    raised_by_student: set[int] = field(default_factory=set)

    def start(self, mode: Mode, *, in_place: bool) -> None:
        """Begin a cell."""
        self.mode, self.in_place = mode, in_place
        self.unjudged = self.gone = ""
        self.changed_arguments = False
        self.raised_by_student = set()

    def refuse(self, reason: str) -> NoReturn:
        """Stop the test: a person has to look."""
        self.unjudged = self.unjudged or reason
        raise UnjudgedError(reason)

    def lose(self, why: str) -> NoReturn:
        """Stop the test: nobody answers."""
        self.gone = self.gone or why
        raise StudentGoneError(why)
