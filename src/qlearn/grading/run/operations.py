"""What the judge may do with a student's object: Python's own operations by name."""

from __future__ import annotations

import asyncio
import copy
import operator
from collections.abc import Callable
from typing import Any

__all__ = ["BINARY", "COMPARISONS", "OPERATIONS", "UNARY"]

COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge")
BINARY = (
    "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and_", "or_", "xor", "lshift", "rshift",
)  # fmt: skip
UNARY = ("neg", "pos", "abs", "invert")


def _call(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    return function(*arguments, **named)


def _reversed(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda target, other: function(other, target)


def _call_and_wait(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    return _await(function(*arguments, **named))


async def _wait_for(awaitable: Any) -> Any:
    return await awaitable


def _await(awaitable: Any) -> Any:
    return asyncio.new_event_loop().run_until_complete(_wait_for(awaitable))


def _enter(target: Any) -> Any:
    return type(target).__enter__(target)


def _exit(target: Any, error: BaseException | None) -> bool:
    kind = type(error) if error is not None else None
    return bool(type(target).__exit__(target, kind, error, None))


OPERATIONS: dict[str, Callable[..., Any]] = {
    "call": _call, "call and wait": _call_and_wait, "getattr": getattr, "setattr": setattr,
    "delattr": delattr, "dir": dir,
    "getitem": operator.getitem, "setitem": operator.setitem, "delitem": operator.delitem,
    "contains": operator.contains, "len": len, "iter": iter, "next": next, "reversed": reversed, "bool": bool,
    "int": int, "float": float, "complex": complex, "index": operator.index, "round": round, "hash": hash,
    "repr": repr, "str": str, "format": format, "array": lambda target: target.__array__(), "await": _await,
    "enter": _enter, "exit": _exit, "copy": copy.copy, "deepcopy": copy.deepcopy, "iadd": operator.iadd,
    **{name: getattr(operator, name) for name in (*COMPARISONS, *BINARY, *UNARY)},
    **{f"r{name}": _reversed(getattr(operator, name)) for name in BINARY},
}  # fmt: skip
