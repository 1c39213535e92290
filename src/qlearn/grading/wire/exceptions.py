"""Exceptions as data: a type's name and its text; only a fixed list of builtins becomes an instance again."""

from __future__ import annotations

from dataclasses import dataclass

from qlearn.grading.wire.tokens import TokenReader, TokenWriter, refuse

MOST_TEXT = 10_000  # characters of an exception's text that are sent
_PLAIN_TYPES = (ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, Exception, FloatingPointError,
    IndexError, KeyError, LookupError, MemoryError, NameError, NotImplementedError, OSError, FileNotFoundError,
    PermissionError, TimeoutError, OverflowError, RecursionError, ReferenceError, RuntimeError, StopIteration,
    TypeError, UnicodeError, ValueError, ZeroDivisionError, Warning, UserWarning, RuntimeWarning, DeprecationWarning,
    FutureWarning)  # fmt: skip
_BY_NAME: dict[str, type[Exception]] = {kind.__name__: kind for kind in _PLAIN_TYPES}
_ARGUMENT_TYPES = frozenset({type(None), bool, int, float, complex, str, bytes})


@dataclass(frozen=True)
class ExceptionData:
    """An exception that is not rebuilt.

    Parameters
    ----------
    type_name
        Its type's qualified name, as the other side tells it: for messages only.
    text
        Its text, cut at 10,000 characters.
    builtin
        The nearest builtin exception it derives from, "Exception" if none of the known ones.
    """

    type_name: str
    text: str
    builtin: str


def type_name(kind: type) -> str:
    """Return a type's own name, past any metaclass, fit for one line of a message."""
    name: str = type.__dict__["__name__"].__get__(kind)
    return "".join(character if character.isprintable() else "?" for character in name[:80])


def put_exception(writer: TokenWriter, error: BaseException) -> tuple[object, ...]:
    """Write an exception's names and text; returns its arguments where they are simple, for the caller to write."""
    kind = type(error)
    known = next((base for base in kind.__mro__ if _BY_NAME.get(type_name(base)) is base), Exception)
    arguments: tuple[object, ...] = BaseException.__dict__["args"].__get__(error)
    simple = kind is known and all(type(argument) in _ARGUMENT_TYPES for argument in arguments)
    try:
        text = str(error)[:MOST_TEXT]
    except Exception:  # the student's own __str__ may raise anything
        text = ""
    writer.put("exception")
    for part in (type_name(kind), known.__name__, str.__str__(text)):
        writer.text(part)
    writer.put(int(simple))
    return arguments if simple else ()


def take_exception(reader: TokenReader) -> tuple[ExceptionData, bool]:
    """Read what `put_exception` wrote; tells also whether arguments follow, of a type on the list."""
    name, builtin, text = reader.text(), reader.text(), reader.text()
    if len(text) > MOST_TEXT or len(name) > 80 or not name.isprintable() or builtin not in _BY_NAME:
        refuse("an exception is described in a wrong way", "a name, a builtin base and a text are needed")
    return ExceptionData(name, text, builtin), bool(reader.integer(0, 1))


def rebuild_exception(data: ExceptionData, arguments: tuple[object, ...]) -> Exception:
    """Return an instance of a builtin on the list, made from plain arguments."""
    kind = _BY_NAME[data.builtin]
    if not all(type(argument) in _ARGUMENT_TYPES for argument in arguments):
        refuse("an exception has arguments of a wrong type", "numbers and text are allowed")
    error = kind(*arguments)
    if data.type_name != data.builtin or (type(error) is not kind and not isinstance(error, OSError)):
        refuse("an exception is of a type that is not rebuilt", "builtins on a fixed list are allowed")
    return error
