"""The student's objects by number, as the judge knows them, and what the judge's own objects look like in here."""

from __future__ import annotations

import importlib
import inspect
import random
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from qlearn.errors import SubmissionError
from qlearn.grading.run.references import Reference

__all__ = ["ObjectTable"]

MOST_OBJECTS = 200_000
_VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))
_PLAIN_CLASSES = frozenset(
    (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, range, object, type(None))
)
_PLAIN_BASES: dict[type, Callable[[Any], Any]] = {
    int: int.__index__, float: float.__float__, complex: complex.__complex__, str: str.__str__,
    bytes: lambda value: bytes.__getitem__(value, slice(None)), tuple: lambda value: tuple(tuple.__iter__(value)),
    list: lambda value: list(list.__iter__(value)), dict: lambda value: dict(dict.items(value)),
    set: lambda value: set(set.__iter__(value)), frozenset: lambda value: frozenset(frozenset.__iter__(value)),
    np.ndarray: lambda value: np.ndarray.view(value, np.ndarray),
}  # fmt: skip
"""How an instance of a subclass becomes its plain base, past the methods it overrides."""


class ObjectTable:
    """Numbers for what cannot travel; keeps each object alive, so that a number never changes its meaning."""

    def __init__(self, call_back: Callable[..., Any]) -> None:
        self._call_back = call_back
        self._by_number: dict[int, object] = {}
        self._numbers: dict[int, int] = {}
        self._trusted: dict[int, Any] = {}
        self._generators: dict[int, Any] = {}
        self._seeded = False
        self.keep_subclasses = False

    def resolve(self, reference: Reference) -> object:
        """Give what a reference from the judge stands for."""
        kind, fields = reference.kind, reference.fields
        if kind == "yours":
            return self._by_number[fields[0]]
        if kind == "library":
            return _find_in_library(*fields)
        if kind in ("callback", "guarded"):
            return self._trusted.setdefault(fields[0], _STAND_INS[kind](self._call_back, *fields))
        if kind == "generator":
            return self._generator(*fields)
        if kind == "random":
            stream = random.Random()  # noqa: S311  not for secrets
            stream.setstate(_as_tuples(fields[1]))
            return self._generators.setdefault(fields[0], stream)
        if kind == "random state":
            legacy = np.random.RandomState()
            legacy.set_state(fields[1])
            return self._generators.setdefault(fields[0], legacy)
        if kind == "path":
            return Path(fields[0])
        if kind == "fraction":
            return Fraction(*fields)
        if kind == "decimal":
            return Decimal(fields[0])
        message = f"an unknown kind of reference: {kind}"
        raise SubmissionError(message)

    def describe(self, value: object) -> Reference | object:
        """Give the reference for a value that is not plain, or plain data in its place."""
        if isinstance(value, _StandIn):
            return Reference("trusted", (value._number,))
        kind = type(value)
        if "qutip" in kind.__module__ and kind.__name__ == "Qobj":
            return value
        if kind is Fraction:
            return Reference("fraction", (value.numerator, value.denominator))  # type: ignore[attr-defined]
        if kind is Decimal:
            return Reference("decimal", (str(value),))
        if isinstance(value, type):
            return self._class(value)
        if isinstance(value, BaseException):
            return self._exception(value)
        if isinstance(value, ModuleType):
            return Reference("module", (value.__name__,))
        for number, generator in self._generators.items():
            if generator is value:
                return Reference("trusted", (number,))
        return self._instance(value, kind)

    def set_seeds(self, state: Any) -> None:
        """Take over the global random states that the judge's test has set."""
        if state is None:
            return
        python, numpy = state
        if python is not None:
            random.setstate(_as_tuples(python))
        if numpy is not None:
            np.random.set_state(numpy)  # noqa: NPY002

    def random_states(self, *, seeded: bool) -> dict[Any, Any]:
        """Tell where the judge's generators stand after a call, and forget them; and the global ones it has seeded."""
        states: dict[Any, Any] = {number: _state_of(generator) for number, generator in self._generators.items()}
        self._generators = {}
        self._seeded = self._seeded or seeded
        if self._seeded:
            states["global"] = (random.getstate(), np.random.get_state())  # noqa: NPY002
        return states

    def _instance(self, value: object, kind: type) -> Reference | object:
        number = self._number(value)
        if inspect.isroutine(value) or (callable(value) and kind.__module__ != "__main__"):
            name = getattr(value, "__name__", kind.__name__)
            plain = inspect.isfunction(value) and not value.__dict__
            is_async = inspect.iscoroutinefunction(value)
            facts = (_signature(value), _text(value.__doc__), plain, is_async)
            return Reference("callable", (number, str(name), *facts))
        if kind in _VIEWS:
            listed: list[Any] = list(value)  # type: ignore[call-overload]
            return listed
        singleton = _singleton(value, kind)
        if singleton is not None:
            return singleton
        as_plain = (
            None
            if _has_own_behaviour(kind) and self.keep_subclasses
            else next((as_plain for base, as_plain in _PLAIN_BASES.items() if isinstance(value, base)), None)
        )
        if as_plain is not None and not isinstance(value, np.ma.MaskedArray):
            plain = as_plain(value)
            if type(plain) is not np.ndarray or not plain.dtype.hasobject:
                return Reference("based", (number, kind.__name__, plain)) if self.keep_subclasses else plain
        return Reference("object", (number, self._class(kind), callable(value)))

    def _class(self, kind: type) -> Reference:
        if kind.__module__ == "builtins" and (kind in _PLAIN_CLASSES or issubclass(kind, BaseException)):
            return Reference("builtin class", (kind.__name__,))
        bases = tuple(self._class(base) for base in kind.__bases__ if base is not object)
        own = sorted(name for name in dir(kind) if name.startswith("__") and name in _SPECIAL and getattr(kind, name))
        return Reference(
            "class", (self._number(kind), kind.__name__, kind.__module__, bases, tuple(own), _text(kind.__doc__))
        )

    def _exception(self, error: BaseException) -> Reference:
        arguments = tuple(part for part in error.args if type(part) in (int, float, complex, str, bool, type(None)))
        try:
            text = str(error)[:2000]
        except Exception:  # the student's own __str__
            text = ""
        simple = len(arguments) == len(error.args)
        return Reference(
            "exception", (self._number(error), self._class(type(error)), arguments if simple else (text,), text)
        )

    def _generator(self, number: int, name: str, state: dict[str, Any]) -> np.random.Generator:
        bit_generator = getattr(np.random, name)()
        bit_generator.state = state
        generator: np.random.Generator = self._generators.setdefault(number, np.random.Generator(bit_generator))
        return generator

    def _number(self, value: object) -> int:
        number = self._numbers.get(id(value))
        if number is None:
            if len(self._by_number) >= MOST_OBJECTS:
                message = f"more than {MOST_OBJECTS} objects were handed out"
                raise SubmissionError(message)
            number = self._numbers[id(value)] = len(self._by_number)
            self._by_number[number] = value
        return number


class _StandIn:
    """An object of the judge's, seen from in here: its public attributes and calls go back over the wall."""

    def __init__(self, call_back: Callable[..., Any], number: int, name: str) -> None:
        self._call_back = call_back
        self._number = number
        self.__name__ = name


class _Callback(_StandIn):
    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self._call_back("call", self._number, *arguments, **named)


class _Guarded(_StandIn):
    def __getattr__(self, name: str) -> Any:
        return self._call_back("getattr", self._number, name)


_STAND_INS: dict[str, Callable[..., _StandIn]] = {"callback": _Callback, "guarded": _Guarded}


def _singleton(value: Any, kind: type) -> Reference | None:
    """Name the markers that `dataclasses` compares by identity."""
    if kind.__module__ == "dataclasses" and kind.__name__ == "_FIELD_BASE":
        return Reference("library", ("dataclasses", str(value.name)))
    return None


def _has_own_behaviour(kind: type) -> bool:
    """Tell whether a class of the student's own changes what its plain base does, beyond what namedtuple writes."""
    for part in kind.__mro__:
        if part.__module__ == "__main__":
            own = set(vars(part)) & (_SPECIAL | _TOLD_IN_WORDS)
            if own - ({"__repr__"} if "_fields" in vars(part) else set()):
                return True
    return False


_TOLD_IN_WORDS = frozenset(("__repr__", "__str__", "__format__", "__eq__", "__lt__", "__le__", "__gt__", "__ge__"))
_SPECIAL = frozenset(
    f"__{name}__"
    for name in (
        "len", "iter", "next", "getitem", "setitem", "delitem", "contains", "call", "enter", "exit", "bool", "int",
        "float", "complex", "index", "round", "array", "await", "neg", "pos", "abs", "invert", "reversed", "iadd",
        "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift",
        "radd", "rsub", "rmul", "rtruediv", "rfloordiv", "rmod", "rpow", "rmatmul", "rand", "ror", "rxor", "rlshift",
        "rrshift",
    )
)  # fmt: skip


def _state_of(generator: Any) -> Any:
    if isinstance(generator, np.random.Generator):
        return generator.bit_generator.state
    return generator.getstate() if isinstance(generator, random.Random) else generator.get_state()


def _find_in_library(module: str, path: str) -> object:
    value: Any = importlib.import_module(module)
    for part in filter(None, path.split(".")):
        value = getattr(value, part)
    return value


def _signature(value: Any) -> str:
    try:
        return str(inspect.signature(value))
    except (TypeError, ValueError):
        return ""


def _text(value: object) -> str:
    return value[:10_000] if type(value) is str else ""


def _as_tuples(value: Any) -> Any:
    return tuple(_as_tuples(part) for part in value) if isinstance(value, (list, tuple)) else value
