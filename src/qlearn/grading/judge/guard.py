"""What the judge does when an answer cannot be judged safely, or its process is gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn

from qlearn.grading.judge.calls import CallNotes
from qlearn.grading.plan import Mode

__all__ = ["Guard", "StudentGoneError", "UnjudgedError"]


_NO_ANSWER = ("NoneType", "ellipsis", "function", "StudentObject")
"""What an open question gives: no type that a right answer could have."""


_ASKED_OF_ANY = ("len", "iter", "next", "bool", "int", "float", "complex", "index", "round", "hash", "repr", "str",
    "format", "array", "await", "getitem", "setitem", "delitem", "dir", "enter", "exit", "copy", "deepcopy", "reversed",
    "neg", "pos", "abs", "invert")  # fmt: skip
"""Operations that give data of the object's, without a value of the test's to be compared with."""


def _is_stand_in(value: Any) -> bool:
    return hasattr(type(value), "_qlearn_stand_in")


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
    unforeseen: str = ""
    """A type of value that the model solution did not give."""
    changed_arguments: bool = False
    raised_by_student: set[int] = field(default_factory=set)
    running: bool = False
    """Whether a cell of the judge's runs: only then may the student's process call back."""
    source: str = ""
    allowed: frozenset[str] | None = None
    """Operations on a student's objects that the model solution was asked for; None while that is found out."""
    operations: set[str] = field(default_factory=set)
    """Operations that this cell has asked for."""
    calls: CallNotes | None = None
    """Where calls are written down, if they are."""

    def start(
        self,
        mode: Mode,
        *,
        source: str,
        in_place: bool,
        allowed: frozenset[str] | None,
        calls: CallNotes | None = None,
    ) -> None:
        """Begin a cell."""
        self.calls = calls
        self.mode, self.in_place = mode, in_place
        self.source, self.allowed, self.operations = source, allowed, set()
        self.unjudged = self.gone = self.unforeseen = ""
        self.changed_arguments = False
        self.raised_by_student = set()

    def note_operation(self, label: str, operation: str, operands: list[Any], result: Any) -> None:
        """Note an operation on a student's object; refuse one that the model solution's objects were not asked for.

        Otherwise an object in place of a number could decide by itself how it compares with the test's values.
        """
        if operation in ("getattr", "setattr", "delattr"):
            attribute = operands[0] if operands else ""
            name, what = f"{label} {operation} {attribute}", f"the attribute {attribute}"
        elif result is None:
            return
        else:
            own_word = label == "*" and operation not in _ASKED_OF_ANY and not any(map(_is_stand_in, operands))
            kind = "object" if hasattr(type(result), "_qlearn_stand_in") else "value"
            name, what = f"{label} {operation} {kind}", f"the operation {operation}"
            if own_word and kind == "value":
                self.refuse(
                    f"an object of the student's would decide by itself ({operation}) about a value of the test's"
                )
        self.operations.add(name)
        if self.allowed is not None and name not in self.allowed:
            self.refuse(
                f"the test asks an object of the student's for {what}, which it did not ask of the model solution"
            )

    def note_type(self, value: Any) -> None:
        """Note the type of a value that an answer holds or a call gives."""
        name = type(value).__name__
        self.operations.add(f"type {name}")
        if self.allowed is not None and f"type {name}" not in self.allowed and name not in _NO_ANSWER:
            self.unforeseen = name

    def refuse(self, reason: str) -> NoReturn:
        """Stop the test: a person has to look."""
        self.unjudged = self.unjudged or reason
        raise UnjudgedError(reason)

    def lose(self, why: str) -> NoReturn:
        """Stop the test: nobody answers."""
        self.gone = self.gone or why
        raise StudentGoneError(why)
