"""Stand-ins in the judge for functions, classes, objects and exceptions that live in the student's process.

A function's stand-in is a function. In the guarded mode an object's stand-in passes Python's operations on; but a
comparison with anything that is not the student's own is never passed on: the test then waits for a person.
"""

from __future__ import annotations

import builtins
import contextlib
import dataclasses
import inspect
import linecache
import re
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from types import FunctionType
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from qlearn.errors import SubmissionError
from qlearn.grading.judge.arguments import STUDENT_NUMBER, TrustedObjects
from qlearn.grading.judge.guard import Guard
from qlearn.grading.judge.objects import StudentClass, StudentObject, Unsuitable, object_class
from qlearn.grading.plan import Mode
from qlearn.grading.run.references import Reference

if TYPE_CHECKING:
    from qlearn.grading.judge.connection import Answers

__all__ = ["ProxyMaker"]

LONGEST_DECIMAL = 1000
_EXCEPTIONS = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, (Exception, SystemExit)) and not issubclass(kind, ExceptionGroup)
}
_PLAIN_CLASSES = {
    kind.__name__: kind
    for kind in (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, range, object, type(None))
}


class ProxyMaker:
    """Makes one stand-in for each number, so that the same object is the same on this side."""

    def __init__(
        self,
        answers: Answers,
        guard: Guard,
        trusted: TrustedObjects,
        sources: Callable[[str], tuple[str, int]],
        namespace: Mapping[str, Any],
    ) -> None:
        self._namespace = namespace
        self._answers = answers
        self._guard = guard
        self._trusted = trusted
        self._sources = sources
        self._made: dict[tuple[int, str, Mode], Any] = {}

    def resolve(self, reference: Reference) -> Any:
        """Give what a reference from the student's process stands for here."""
        kind, fields = reference.kind, reference.fields
        if kind == "trusted":
            return self._trusted.resolve(fields[0])
        if kind == "argument":
            return self._trusted.arguments[_integer(fields[0])]
        if kind == "library" and fields == ("dataclasses", "_FIELD"):
            return dataclasses._FIELD  # type: ignore[attr-defined]
        if kind == "builtin class":
            return _EXCEPTIONS.get(fields[0]) or _PLAIN_CLASSES.get(fields[0]) or self.unsuitable("a class of Python's")
        if kind == "module":
            return _loaded_module(fields[0]) or self.unsuitable("a module")
        if kind == "fraction":
            return Fraction(_integer(fields[0]), _integer(fields[1]))
        if kind == "decimal":
            return _decimal(fields[0])
        if kind not in ("callable", "class", "object", "based", "exception"):
            message = "a reference of an unknown kind; run the submission again"
            raise SubmissionError(message)
        key = (_integer(fields[0]), kind, self._guard.mode)
        if key not in self._made or kind == "based":
            self._made[key] = getattr(self, f"_{kind}")(*fields)
        return self._made[key]

    def unsuitable(self, what: str) -> Unsuitable:
        """Give a value that stops the test as soon as it is used."""
        return Unsuitable(self._guard, what)

    def throw(self, error: Any, *, may_stop: bool) -> NoReturn:
        """Raise here what a student's code raised there; an end of iteration only where one was asked for."""
        if not isinstance(error, BaseException):
            self._guard.lose("nonsense")
        if isinstance(error, (StopIteration, StopAsyncIteration)) and not may_stop:
            error = RuntimeError(f"{type(error).__name__} was raised")
        self._guard.raised_by_student.add(id(error))
        with contextlib.suppress(AttributeError, TypeError):  # for a test that catches it: see `qlearn.check.Parts`
            error._qlearn_raised_by_student = True
        raise error

    def _callable(self, number: int, name: str, signature: str, doc: str, plain: object, is_async: object) -> Any:
        if is_async is True:
            return self._coroutine_function(number, _text(name))
        if self._guard.mode is Mode.PROXIES and plain is not True:
            callable_class = object_class(StudentObject, "function", ("__call__",), "")
            stand_in: Any = object.__new__(callable_class)
            StudentObject.__init__(stand_in, self._answers, self._guard, number)
            return stand_in
        return self._function(number, _text(name), _text(signature), self._doc(doc))

    def _function(self, number: int, name: str, signature: str, doc: str) -> FunctionType:
        answers = self._answers

        def stand_in(*arguments: Any, **named: Any) -> Any:
            return answers.do("call", _Numbered(number, name), *arguments, **named)

        stand_in.__name__ = stand_in.__qualname__ = name or "function"
        stand_in.__module__ = "__main__"
        stand_in.__doc__ = doc or None
        setattr(stand_in, STUDENT_NUMBER, number)
        parsed = _parse_signature(signature)
        if parsed is not None:
            stand_in.__signature__ = parsed  # type: ignore[attr-defined]
        self._show_source(stand_in, name)
        return stand_in  # type: ignore[return-value]

    def _coroutine_function(self, number: int, name: str) -> FunctionType:
        answers = self._answers

        async def stand_in(*arguments: Any, **named: Any) -> Any:
            return answers.do("call and wait", _Numbered(number, name), *arguments, **named)

        stand_in.__name__ = stand_in.__qualname__ = name or "function"
        setattr(stand_in, STUDENT_NUMBER, number)
        self._show_source(stand_in, name)
        return stand_in  # type: ignore[return-value]

    def _show_source(self, stand_in: Any, name: str) -> None:
        """Let `inspect.getsource` find what the student handed in, as the judge read it."""
        if "inspect" not in self._guard.source and "getsource" not in self._guard.source:
            return  # finding it takes longer than most calls
        text, line = self._sources(name)
        if not text:
            return
        file = f"<answer with {name}>"
        linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
        stand_in.__code__ = stand_in.__code__.replace(co_filename=file, co_firstlineno=line, co_name=name)

    def _class(
        self, number: int, name: str, module: str, bases: tuple[Any, ...], own: tuple[Any, ...], doc: str
    ) -> Any:
        known = [self._base(base) for base in bases if type(base) is Reference]
        errors = [base for base in known if isinstance(base, type) and issubclass(base, BaseException)]
        if errors:
            found = self._library_exception(_text(module), _text(name)) or self._teachers_exception(module, _text(name))
            members: dict[str, Any] = {
                STUDENT_NUMBER: number,
                "__doc__": self._doc(doc),
                "__getattr__": _error_attribute,
            }
            return found or type(_identifier(name), (errors[0],), members)
        if self._guard.mode is not Mode.PROXIES:
            return self._function(number, _text(name), "", self._doc(doc))
        parents = tuple(base for base in known if isinstance(base, StudentClass)) or (StudentObject,)
        relative = self._known_class(_text(module), _text(name), bases)
        made: Any = object_class(parents[0], _identifier(name), tuple(own), self._doc(doc), relative)
        made.attach(self._answers, self._guard, number)
        return made

    def _known_class(self, module: str, name: str, bases: tuple[Any, ...]) -> type | None:
        """Find the class of a library's, or the teacher's own, that a student's class is or comes from."""
        if module != "__main__":
            found = vars(sys.modules[module]).get(name) if module in sys.modules else None
        else:
            found = self._namespace.get(name)
            found = (
                None if isinstance(found, StudentClass) or STUDENT_NUMBER in getattr(found, "__dict__", ()) else found
            )
        if isinstance(found, type):
            return found
        for base in bases:
            if type(base) is Reference and base.kind == "class" and len(base.fields) == 6:
                known = self._known_class(_text(base.fields[2]), _text(base.fields[1]), base.fields[3])
                if known is not None and known is not object:
                    return known
        return None

    def _library_exception(self, module: str, name: str) -> type | None:
        """Find a library's exception class, but only one that the test names: others steer libraries of tests."""
        named = module not in ("__main__", "builtins") and re.search(rf"\b{re.escape(name)}\b", self._guard.source)
        found = vars(sys.modules[module]).get(name) if named and module in sys.modules else None
        return found if isinstance(found, type) and issubclass(found, Exception) else None

    def _teachers_exception(self, module: Any, name: str) -> type | None:
        """Find the teacher's own exception class of a name, so that the test that catches it meets it."""
        found = self._namespace.get(name) if module == "__main__" else None
        ours = isinstance(found, type) and issubclass(found, Exception) and STUDENT_NUMBER not in vars(found)
        return found if ours else None

    def _doc(self, doc: Any) -> str:
        """Give a docstring; one with examples counts as text that `doctest` could run here."""
        text = _text(doc)
        if ">>>" in text:
            self._answers.hear(text)
        return text

    def _base(self, reference: Reference) -> Any:
        return self.resolve(reference) if reference.kind in ("class", "builtin class") else object

    def _object(self, number: int, of_class: Any, can_be_called: object) -> Any:
        if self._guard.mode is not Mode.PROXIES:
            name = of_class.fields[1] if type(of_class) is Reference and len(of_class.fields) > 1 else "object"
            if can_be_called is True:
                return self._function(number, _text(name), "", "")
            return self.unsuitable(f"an object of type {_text(name)}")
        made: Any = self._base(of_class)
        if not isinstance(made, StudentClass):
            return self.unsuitable("an object of an unusual type")
        kind: Any = made
        instance: Any = object.__new__(kind)
        StudentObject.__init__(instance, self._answers, self._guard, number)
        return instance

    def _based(self, number: int, name: str, plain: Any) -> Any:
        """Make plain data that also knows its attributes: a named tuple, an enumeration's number."""
        base = type(plain)
        if base in (bool, np.ndarray) or base not in _PLAIN_CLASSES.values():
            return plain
        members = {"__getattr__": _forward_attribute, "__repr__": base.__repr__, STUDENT_NUMBER: number}
        made = type(_identifier(name), (base,), members)
        made._qlearn_answers = self._answers  # type: ignore[attr-defined]
        return made(plain)

    def _exception(self, number: int, of_class: Any, arguments: tuple[Any, ...], text: str) -> BaseException:
        kind = self._base(of_class)
        if not (isinstance(kind, type) and issubclass(kind, (Exception, SystemExit))):
            kind = RuntimeError
        error: BaseException = kind.__new__(kind)
        plain = (type(None), bool, int, float, complex, str)
        error.args = tuple(part for part in arguments if type(part) in plain) if type(arguments) is tuple else ()
        if STUDENT_NUMBER in vars(kind):
            error.__dict__.update({"_qlearn_answers": self._answers, STUDENT_NUMBER: number, "_qlearn_text": text})
        return error


class _Numbered:
    """Names an object of the student's in a request."""

    def __init__(self, number: int, called: str = "") -> None:
        setattr(self, STUDENT_NUMBER, number)
        self.called = called


def _error_attribute(error: Any, name: str) -> Any:
    """Fetch an attribute of a student's exception, such as the balance that was too small."""
    if name.startswith("_") or "_qlearn_answers" not in error.__dict__:
        raise AttributeError(name)
    return error.__dict__["_qlearn_answers"].do("getattr", error, name)


def _forward_attribute(value: Any, name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return type(value)._qlearn_answers.do("getattr", value, name)


def _loaded_module(name: Any) -> Any:
    """Give a module that the judge has loaded itself; nothing is imported for a student."""
    return sys.modules.get(name) if type(name) is str and name != "__main__" else None


def _integer(value: Any) -> int:
    if type(value) is not int:
        raise SubmissionError("a reference in the message has a wrong number; run the submission again")
    return value


def _decimal(text: Any) -> Decimal:
    if type(text) is not str or len(text) > LONGEST_DECIMAL:
        raise SubmissionError("a decimal number in the message is too long; run the submission again")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise SubmissionError("a decimal number in the message is malformed; run the submission again") from error


def _text(value: Any) -> str:
    return value if type(value) is str else ""


def _identifier(name: Any) -> str:
    text = _text(name)[:80]
    return text if text.isidentifier() else "Answer"


def _parse_signature(text: str) -> inspect.Signature | None:
    """Read a signature from its text by names and kinds alone; default values are shown, not evaluated."""
    import ast

    try:
        tree = ast.parse(f"def f{text}: ...").body[0]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if not isinstance(tree, ast.FunctionDef):
        return None
    given, kinds = tree.args, inspect.Parameter
    groups = [
        (given.posonlyargs, kinds.POSITIONAL_ONLY), (given.args, kinds.POSITIONAL_OR_KEYWORD),
        ([given.vararg] if given.vararg else [], kinds.VAR_POSITIONAL), (given.kwonlyargs, kinds.KEYWORD_ONLY),
        ([given.kwarg] if given.kwarg else [], kinds.VAR_KEYWORD),
    ]  # fmt: skip
    first_default = len(given.posonlyargs) + len(given.args) - len(given.defaults)
    parameters, place = [], 0
    for arguments, kind in groups:
        for argument in arguments:
            default: Any = kinds.empty
            if kind in (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD):
                default = _literal(given.defaults[place - first_default]) if place >= first_default else kinds.empty
                place += 1
            elif kind is kinds.KEYWORD_ONLY:
                given_default = given.kw_defaults[given.kwonlyargs.index(argument)]
                default = kinds.empty if given_default is None else _literal(given_default)
            parameters.append(kinds(argument.arg, kind, default=default))
    try:
        return inspect.Signature(parameters)
    except ValueError:
        return None


def _literal(node: Any) -> Any:
    import ast

    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return ast.unparse(node)
