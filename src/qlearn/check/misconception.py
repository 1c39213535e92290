"""A wrong answer whose cause we believe we know."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from qlearn.check.failure import Failure

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Misconception(Failure):
    """A test failed in the way that one known mistake makes it fail.

    Its text is the message for the student, followed by the slug in square brackets. The slug names the mistake for
    the teacher's table: `kept-mismatched-bases` is shown as "kept mismatched bases".
    A notebook shows the message alone.

    Parameters
    ----------
    slug
        Lower-case words joined by dashes.
    message
        One or two whole sentences that a student can act on.
    """

    def __init__(self, slug: str, message: str) -> None:
        if not SLUG.fullmatch(slug):
            raise ValueError(f"slug {slug!r}: write lower-case words joined by dashes, as in kept-mismatched-bases")
        super().__init__(f"{message} [{slug}]")
        self.slug = slug
        self.message = message

    def shown_to_students(self) -> str:
        """Give the message; the slug is for the teacher."""
        return self.message


@dataclass(frozen=True)
class Fault:
    """What one known mistake would have given in place of the right answer.

    Attributes
    ----------
    slug
        Names the mistake: lower-case words joined by dashes.
    value
        The answer this mistake leads to, in the shape that the mistake gives it.
    message
        One or two whole sentences that a student can act on.
    standard_error
        For `check.within`: the standard error of `value`; None means the same as that of the right answer.
    """

    slug: str
    value: ArrayLike
    message: str
    standard_error: float | None = None

    def raised(self) -> Misconception:
        """Give the exception to raise for this fault."""
        return Misconception(self.slug, self.message)

    def distance(self, other: ArrayLike) -> float:
        """Give the largest difference from `other`, or infinity where the shapes differ."""
        mine, theirs = np.asarray(self.value), np.asarray(other)
        if mine.shape != theirs.shape:
            return float("inf")
        return float(np.max(np.abs(mine - theirs))) if mine.size else 0.0
