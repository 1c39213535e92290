"""A failed check, shown to a student as its sentence and nothing else."""

from __future__ import annotations

import textwrap


class Failure(AssertionError):  # noqa: N818  nobody ever sees this name, see below
    """An `AssertionError` that a notebook shows without the thirty lines of traceback through our files.

    Outside a notebook it is an ordinary exception, traceback included.
    """

    def shown_to_students(self) -> str:
        """Give what a student reads: the text of the error."""
        return str(self)

    def _render_traceback_(self) -> list[str]:
        """Give the lines that IPython prints below the cell; it looks for a method of this name.

        `nbgrader validate` cuts lines at 87 characters, so they are broken before.
        """
        return textwrap.wrap(self.shown_to_students(), 80)


# The notebook stores the bare name, and to students, nbgrader and the report this is a failed assertion like any other.
Failure.__name__ = "AssertionError"


def require(holds: object, sentence: str) -> None:
    """Check anything else: fail with a sentence of the exercise's own unless a condition holds.

    Raises
    ------
    AssertionError
        With that sentence, if `holds` is false.
    """
    if not holds:
        raise Failure(sentence)
