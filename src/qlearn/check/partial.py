"""Partial credit by named parts: one test cell that checks several things which do not depend on each other."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from types import TracebackType
from typing import Any

from qlearn.check.misconception import Misconception

PARTS_TYPE = "application/vnd.qlearn.parts+json"
"""The media type under which a notebook keeps, beside the number of points, which parts failed and what they said."""


class Parts:
    """The parts of one test, each with a name and points; what fails in one does not keep the others from running.

    A test cell makes one of these, opens a part for each thing it checks, and ends with the points::

        score = check.Parts()
        with score("keeps the order", points=1):
            check.bits(sift(...), [0, 1, 1], faults=[...])
        with score("works for an empty list", points=1):
            check.require(len(sift([])) == 0, "An empty list has no bits.")
        score.points()

    nbgrader takes a number on a cell's last line for partial credit. The parts' points have to add up to the cell's;
    hidden tests stand inside the parts, so that the released cell has the same parts.

    Notes
    -----
    A failed part is printed as it fails, since a student runs the cell too. An error that is no `Exception`, such as
    the one that stops a cell after its time, ends the cell as it always does.
    """

    def __init__(self) -> None:
        self._parts: list[_Part] = []

    def __call__(self, name: str, *, points: float) -> _Part:
        """Open a part, for a `with` statement.

        Parameters
        ----------
        name
            What the part checks, in words for the student; no other part of the cell has it.
        points
            What the part is worth, above 0.

        Raises
        ------
        ValueError
            If the name is empty or taken, or the points are not a number above 0.
        """
        if not name.strip() or any(part.name == name for part in self._parts):
            raise ValueError(f"part {name!r}: give each part of a test a name of its own")
        if not 0 < points < float("inf"):
            raise ValueError(f"part {name!r} has {points!r} points: give a number above 0")
        part = _Part(name, points)
        self._parts.append(part)
        return part

    @property
    def caught(self) -> tuple[Exception, ...]:
        """What the failed parts have raised."""
        return tuple(part.error for part in self._parts if part.error is not None)

    def points(self) -> Points:
        """Give the sum of the points of the parts that passed; the last line of the cell.

        Raises
        ------
        ValueError
            If the test has no part.
        """
        if not self._parts:
            raise ValueError('a test without parts has no points: open one with: with score("its name", points=1):')
        return Points(
            round(fsum(part.points for part in self._parts if part.passed), 9),
            of=round(fsum(part.points for part in self._parts), 9),
            parts=[part.noted() for part in self._parts],
        )


class Points(float):
    """A number of points that remembers, where a notebook shows it, which parts it is made of."""

    def __new__(cls, points: float, *, of: float, parts: list[dict[str, Any]]) -> Points:
        """Make the number; `of` and `parts` go beside it."""
        made = super().__new__(cls, points)
        made._of, made._parts = of, parts
        return made

    _of: float
    _parts: list[dict[str, Any]]

    def __repr__(self) -> str:
        return str(int(self)) if self.is_integer() else float.__repr__(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Give what IPython stores: the number, which nbgrader reads, and the parts, which qlearn's reports read."""
        return {"text/plain": repr(self), PARTS_TYPE: {"points": float(self), "of": self._of, "parts": self._parts}}


@dataclass
class _Part:
    """One part; it has passed once its block came to the end without an error."""

    name: str
    points: float
    passed: bool = False
    error: Exception | None = None

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        self.passed = error is None
        if not isinstance(error, Exception):
            return False
        self.error = error
        said = self._said()
        print(f"✗ {self.name}: {said}" if said else f"✗ {self.name}")  # noqa: T201  for whoever runs the cell
        return True

    def noted(self) -> dict[str, Any]:
        """Give what became of it as JSON has it; the name and text of an error are those a notebook would store."""
        noted: dict[str, Any] = {"name": self.name, "points": float(self.points), "passed": self.passed}
        if self.error is not None:
            noted |= {"ename": type(self.error).__name__, "evalue": _text(self.error)}
            # the judge marks what came out of the student's process; in one process nobody can tell
            noted["raised_in"] = "student" if getattr(self.error, "_qlearn_raised_by_student", False) else ""
        return noted

    def _said(self) -> str:
        """Give what the student reads: a check's own sentence, or an error with its name."""
        if isinstance(self.error, Misconception):
            return self.error.shown_to_students()
        text = _text(self.error)
        if isinstance(self.error, AssertionError):
            return text
        name = type(self.error).__name__
        return f"{name}: {text}" if text else name


def _text(error: Exception | None) -> str:
    try:
        return str(error)
    except Exception:  # a stranger's __str__
        return ""
