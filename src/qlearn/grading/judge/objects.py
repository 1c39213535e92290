"""Stand-ins for a student's classes and their instances in the guarded mode."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qlearn.grading.judge.arguments import STUDENT_NUMBER
from qlearn.grading.judge.guard import Guard
from qlearn.grading.run.operations import BINARY, COMPARISONS, UNARY

if TYPE_CHECKING:
    from qlearn.grading.judge.connection import Answers

__all__ = ["StudentClass", "StudentObject", "Unsuitable", "object_class"]


KNOWN = "_qlearn_known"
"""Attribute of a stand-in's class: a class of the test's own, or of a library's, that it is or comes from."""


class StudentClass(type):
    """The type of stand-ins for classes: calling one makes an instance in the student's process."""

    _answers: Answers
    _guard: Guard

    _qlearn_stand_in = True

    def attach(cls, answers: Answers, guard: Guard, number: int) -> None:
        """Tell the stand-in which class it stands for."""
        type.__setattr__(cls, "_answers", answers)
        type.__setattr__(cls, "_guard", guard)
        type.__setattr__(cls, STUDENT_NUMBER, number)

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        """Make an instance in the student's process."""
        return cls._answers.do("call", cls, *arguments, **named)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_qlearn") or name in _LEFT_OUT:
            raise AttributeError(name)
        return cls._answers.do("getattr", cls, name)

    def __iter__(cls) -> Any:
        return iter(cls._answers.do("iter", cls))

    def __len__(cls) -> int:
        return int(cls._answers.do("len", cls))

    def __getitem__(cls, key: Any) -> Any:
        return cls._answers.do("getitem", cls, key)

    def __contains__(cls, member: Any) -> bool:
        return bool(cls._answers.do("contains", cls, member))

    def __bool__(cls) -> bool:
        return True


class StudentObject(metaclass=StudentClass):
    """Stands for one object of the student's: attributes and operations are asked for over there."""

    _qlearn_stand_in = True
    __array_ufunc__ = None  # numpy leaves operators to the object

    def __init__(self, answers: Answers, guard: Guard, number: int) -> None:
        object.__setattr__(self, "_qlearn_answers", answers)
        object.__setattr__(self, "_qlearn_guard", guard)
        object.__setattr__(self, STUDENT_NUMBER, number)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_qlearn") or name in _LEFT_OUT:
            raise AttributeError(name)
        return self._qlearn_answers.do("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._qlearn_answers.do("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._qlearn_answers.do("delattr", self, name)

    @property
    def __dict__(self) -> Any:  # type: ignore[override]
        return self._qlearn_answers.do("getattr", self, "__dict__")

    def __dir__(self) -> Any:
        return self._qlearn_answers.do("dir", self)

    def __repr__(self) -> str:
        return str(self._qlearn_answers.do("repr", self))

    def __str__(self) -> str:
        return str(self._qlearn_answers.do("str", self))

    def __format__(self, specification: str) -> str:
        return str(self._qlearn_answers.do("format", self, specification))

    def __hash__(self) -> int:
        return int(self._qlearn_answers.do("hash", self))

    def __copy__(self) -> Any:
        return self._qlearn_answers.do("copy", self)

    def __deepcopy__(self, memo: Any) -> Any:
        return self._qlearn_answers.do("deepcopy", self)

    def __reduce_ex__(self, protocol: Any) -> Any:
        self._qlearn_guard.refuse("the test pickles an object of the student's")


class Unsuitable:
    """A value that no safe mode can judge: whatever the test does with it, the test stops for a person to look."""

    def __init__(self, guard: Guard, what: str) -> None:
        object.__setattr__(self, "_qlearn_refuse", lambda: guard.refuse(f"the answer holds {what}"))

    def __getattribute__(self, name: str) -> Any:
        if name in ("_qlearn_refuse", "__class__"):
            return object.__getattribute__(self, name)
        if name == STUDENT_NUMBER:
            raise AttributeError(name)
        return object.__getattribute__(self, "_qlearn_refuse")()


def label_of(target: Any, source: str) -> str:
    """Name a stand-in's class if the test names it, else give a star: an object where none was named."""
    kind = target if isinstance(target, StudentClass) else type(target)
    return kind.__name__ if re.search(rf"\b{re.escape(kind.__name__)}\b", source) else "*"


def student_isinstance(value: Any, kinds: Any) -> bool:
    """`isinstance` that also knows which of the test's own classes a student's object belongs to."""
    return isinstance(value, kinds) or (
        isinstance(type(value), StudentClass) and student_issubclass(type(value), kinds)
    )


def student_issubclass(kind: Any, kinds: Any) -> bool:
    """`issubclass` that also knows which of the test's own classes a student's class comes from."""
    if isinstance(kind, StudentClass):
        known = next((vars(part)[KNOWN] for part in kind.__mro__ if KNOWN in vars(part)), None)
        if known is not None and issubclass(known, kinds):
            return True
    return issubclass(kind, kinds)


def object_class(parent: type, name: str, own: tuple[Any, ...], doc: str, known: type | None = None) -> Any:
    """Make a stand-in's class with just those special methods that the student's class has.

    `known` is a class of a library's or of the teacher's own that `isinstance` should find in its instances.
    """
    members: dict[str, Any] = {special: _FORWARDED[special] for special in own if special in _FORWARDED}
    if known is not None:
        members |= {"__class__": property(lambda _: known), KNOWN: known}
    return StudentClass.__new__(StudentClass, name, (parent,), {**members, "__doc__": doc or None, "__slots__": ()})


def _forward(operation: str, finish: Callable[[Any], Any] = lambda value: value) -> Callable[..., Any]:
    def method(self: Any, *arguments: Any) -> Any:
        return finish(self._qlearn_answers.do(operation, self, *arguments))

    return method


def _compare(operation: str) -> Callable[[Any, Any], Any]:
    def method(self: Any, other: Any) -> Any:
        if self is other and operation in ("eq", "ne"):
            return operation == "eq"
        if other is None and operation in ("eq", "ne"):
            return operation == "ne"
        if not isinstance(other, StudentObject):
            self._qlearn_guard.refuse("the test compares an object of the student's with a value of its own")
        return self._qlearn_answers.do(operation, self, other)

    return method


def _enter(self: Any) -> Any:
    return self._qlearn_answers.do("enter", self)


def _exit(self: Any, kind: Any, error: Any, traceback: Any) -> bool:  # noqa: ARG001  Python's signature
    owns_error = error is not None and id(error) not in self._qlearn_guard.raised_by_student
    if (owns_error and isinstance(error, AssertionError)) or not isinstance(error, Exception | None):
        return False  # the test's own verdict is not the student's to take back
    known = error if error is None or type(error).__module__ == "builtins" else RuntimeError(str(error))
    return bool(self._qlearn_answers.do("exit", self, known))


def _await(self: Any) -> Any:
    if False:
        yield  # makes this a generator, as Python asks of __await__
    return self._qlearn_answers.do("await", self)


def _iterate(self: Any) -> Any:
    made = self._qlearn_answers.do("iter", self)
    return made if isinstance(made, StudentObject) else iter(made)


def _refuse_use(self: Any, *_: Any, **__: Any) -> None:
    object.__getattribute__(self, "_qlearn_refuse")()


_LEFT_OUT = frozenset(
    name
    for name in (
        "__array_interface__", "__array_struct__", "__array_function__", "__wrapped__", "__signature__",
        "__array_priority__", "__array_finalize__", "__set_name__", "__objclass__", "__text_signature__",
        "__class_getitem__", "__instancecheck__", "__subclasscheck__", "__subclasshook__", "__abstractmethods__",
        "_ipython_display_", "_repr_mimebundle_", "_repr_html_", "_repr_png_", "_repr_latex_", "_repr_svg_",
        "_repr_jpeg_", "_repr_json_", "_repr_javascript_", "_repr_pdf_", "_repr_markdown_", "_repr_pretty_",
        "_ipython_canary_method_should_not_exist_", "__iter__", "__len__", "__next__", "__getitem__", "__array__",
        "__float__", "__int__", "__index__", "__complex__", "__length_hint__", "__await__", "__aiter__",
        "__anext__", "__enter__", "__exit__",
    )
)  # fmt: skip
"""Names that numpy and notebooks ask every object for: a stand-in has them only if it is made with them."""
_FORWARDED: dict[str, Any] = {
    **{f"__{name}__": _forward(name) for name in ("next", "getitem", "setitem", "delitem", "round", "array", "iadd")},
    **{f"__{name.strip('_')}__": _forward(name) for name in (*BINARY, *UNARY)},
    **{f"__r{name.strip('_')}__": _forward(f"r{name}") for name in BINARY},
    **{f"__{name}__": _forward(name, kind) for name, kind in (
        ("len", int), ("int", int), ("index", int), ("float", float), ("complex", complex), ("bool", bool),
        ("contains", bool))},
    "__call__": lambda self, *arguments, **named: self._qlearn_answers.do("call", self, *arguments, **named),
    "__iter__": _iterate, "__reversed__": _forward("reversed"), "__await__": _await, "__enter__": _enter,
    "__exit__": _exit,
}  # fmt: skip
for _name in COMPARISONS:
    setattr(StudentObject, f"__{_name}__", _compare(_name))
for _name in (*_FORWARDED, *(f"__{name}__" for name in (*COMPARISONS, "hash", "repr", "str", "format", "dir",
              "setattr", "delattr", "copy", "deepcopy", "reduce_ex"))):  # fmt: skip
    setattr(Unsuitable, _name, _refuse_use)
