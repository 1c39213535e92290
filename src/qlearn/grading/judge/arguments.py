"""What the judge hands to a student's call: plain data, its own functions as callbacks, random generators by state."""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePath
from types import ModuleType
from typing import Any

import numpy as np

from qlearn.grading.judge.generators import move_generator
from qlearn.grading.judge.guard import Guard
from qlearn.grading.plan import Mode
from qlearn.grading.run.references import Reference

__all__ = ["STUDENT_NUMBER", "TrustedObjects", "student_number"]

STUDENT_NUMBER = "_qlearn_student_number"
"""Attribute of everything that stands for an object of the student's."""
_CALL = frozenset(("a function that may be called",))
_EVERYTHING_PUBLIC = frozenset(("any public attribute",))


class TrustedObjects:
    """Numbers for the judge's own objects that a student's code may call, and nothing else of them."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._by_number: dict[int, Any] = {}
        self._shown: dict[int, frozenset[str]] = {}
        self._generators: dict[int, Any] = {}
        self.arguments: list[Any] = []
        """Containers of the call whose changes are being taken over."""

    def describe(self, value: Any) -> Any:
        """Give the reference under which a value that is not plain goes to the student's process."""
        number = student_number(value)
        if number is not None:
            return Reference("yours", (number,))
        kind = type(value)
        if "qutip" in kind.__module__ and kind.__name__ == "Qobj":
            return value
        if isinstance(value, BaseException):
            return value
        if kind is Fraction:
            return Reference("fraction", (value.numerator, value.denominator))
        if kind is Decimal:
            return Reference("decimal", (str(value),))
        if kind is np.random.Generator:
            self._generators[self._keep(value)] = value
            name = type(value.bit_generator).__name__
            return Reference("generator", (self._keep(value), name, value.bit_generator.state))
        if kind is random.Random:
            self._generators[self._keep(value)] = value
            return Reference("random", (self._keep(value), value.getstate()))
        if kind is np.random.RandomState:
            self._generators[self._keep(value)] = value
            return Reference("random state", (self._keep(value), value.get_state()))
        library = _library_name(value)
        if library is not None:
            return Reference("library", library)
        if isinstance(value, PurePath):
            return Reference("path", (str(value),))
        shown = self._shown_names(kind)
        if shown is None and callable(value):
            return Reference("callback", (self._keep(value, _CALL), str(getattr(value, "__name__", "function"))))
        if shown is None:
            self._guard.refuse(f"the test hands over a {kind.__name__}, which is not plain data")
        return Reference("guarded", (self._keep(value, shown), kind.__name__))

    def _shown_names(self, kind: type) -> frozenset[str] | None:
        """Name what the student's code may read of an object: the public part of a class the teacher's cells define.

        Objects of libraries lead to the host's files or to the test's own frames, and are not shown; but a test may
        hand over a text stream to be written to.
        """
        if kind in (io.StringIO, io.BytesIO):
            return frozenset(("write", "writelines", "flush"))
        if self._guard.mode is not Mode.PROXIES or not _is_teachers(kind):
            return None
        return _EVERYTHING_PUBLIC

    def resolve(self, number: object) -> Any:
        """Give back the judge's own object; KeyError for a number that was never handed out."""
        if type(number) is not int:
            raise KeyError(number)
        return self._by_number[number]

    def use(self, operation: str, number: int, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
        """Do for the student's code what it may do with one of the judge's objects: call it, or read it in public."""
        target, shown = self.resolve(number), self._shown[number]
        if operation == "call" and shown in (_CALL, _EVERYTHING_PUBLIC) and callable(target):
            return target(*arguments, **named)
        if operation == "getattr" and shown and len(arguments) == 1 and type(arguments[0]) is str:
            name = arguments[0]
            if not name.startswith("_") and (shown is _EVERYTHING_PUBLIC or name in shown):
                return getattr(target, name)
            message = f"{type(target).__name__!r} object shows no attribute {name!r} here"
            raise AttributeError(message)
        message = f"{operation} is not possible with this object"
        raise TypeError(message)

    def move_generators(self, states: Mapping[Any, Any]) -> None:
        """Move the judge's generators on to where the student's code has left them, if drawing can have led there."""
        for number, generator in self._generators.items():
            move_generator(generator, states.get(number))
        self._generators = {}

    def _keep(self, value: object, shown: frozenset[str] = frozenset()) -> int:
        for number, kept in self._by_number.items():
            if kept is value:
                return number
        number = len(self._by_number)
        self._by_number[number], self._shown[number] = value, shown
        return number


def _is_teachers(kind: type) -> bool:
    """Tell whether a class was defined by the teacher's cells, in the judge's own namespace."""
    return kind.__module__ == "__main__"


def student_number(value: Any) -> int | None:
    """Read the number of a stand-in for a student's object, past its own `__getattr__`."""
    try:
        number = object.__getattribute__(value, STUDENT_NUMBER)
    except (AttributeError, TypeError):
        return None
    return number if type(number) is int else None


def _library_name(value: Any) -> tuple[str, str] | None:
    """Name what an installed library defines, so that the other process finds its own copy."""
    if isinstance(value, ModuleType):
        return (value.__name__, "")
    module = getattr(value, "__module__", None) or ("numpy" if isinstance(value, np.ufunc) else None)
    path = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    if type(module) is not str or type(path) is not str or module == "__main__" or module not in sys.modules:
        return None
    found: Any = sys.modules[module]
    for part in path.split("."):
        found = getattr(found, part, None)
    return (module, path) if found is value else None
