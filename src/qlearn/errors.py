"""Every error qlearn raises on purpose, in one tree.

A message says what came in, what is allowed and what to do next, in that order. The command line prints it as
one line and exits 2, so a message never spans lines.
"""

from __future__ import annotations


class QlearnError(Exception):
    """Something the caller can put right; the message says how."""


class ParameterError(QlearnError, ValueError):
    """A physics or widget argument outside the range its docstring allows."""


class ExerciseError(QlearnError):
    """An exercise notebook or a planted answer that does not follow the kit's form."""


class CourseError(QlearnError):
    """A course folder, its gradebook or its files cannot be used as asked."""


class SubmissionError(QlearnError):
    """A submission that cannot be read or executed; never a mark of zero."""


class BookError(QlearnError):
    """The book cannot be built, or a page asks for what a closed network cannot give."""


class HostError(QlearnError):
    """This machine lacks something: a program, a free port, space on the disk."""
