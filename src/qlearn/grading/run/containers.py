"""The changeable containers inside a call's arguments, numbered alike on both sides of the wall."""

from __future__ import annotations

import marshal
from typing import Any

import numpy as np

__all__ = ["CHANGEABLE", "containers_of", "put_contents", "quick_picture"]

CHANGEABLE = (list, dict, set, np.ndarray)
MOST = 10_000


def containers_of(value: Any) -> list[Any]:
    """List the lists, dicts, sets and arrays in a value, each once, in the order they are met; at most 10,000."""
    found: list[Any] = []
    seen: set[int] = set()
    waiting = [value]
    while waiting and len(found) < MOST:
        part = waiting.pop()
        kind = type(part)
        if kind in CHANGEABLE:
            if id(part) in seen:
                continue
            seen.add(id(part))
            found.append(part)
        if kind in (list, tuple):
            waiting.extend(reversed([item for item in part if type(item) in _WALKED]))
        elif kind is dict:
            waiting.extend(reversed([item for item in part.values() if type(item) in _WALKED]))
    return found


def quick_picture(container: Any) -> Any:
    """Give what tells whether an array of numbers or a list of plain values has changed; None for all else."""
    kind = type(container)
    if kind is np.ndarray and container.dtype.kind in "biufc":
        return container.dtype.str, container.shape, container.tobytes()
    if kind is list and _SCALARS.issuperset(map(type, container)):
        return marshal.dumps(container, _WITHOUT_REFERENCES)  # tells 1, 1.0 and True apart, and a NaN is itself
    return None


def put_contents(container: Any, contents: Any) -> None:
    """Give a container new contents in place; contents of another kind or an array of another shape are left out."""
    if type(contents) is not type(container):
        return
    if type(container) is np.ndarray:
        fits = container.shape == contents.shape and container.dtype == contents.dtype
        if fits and container.flags.writeable:
            container[...] = contents
    elif type(container) is list:
        container[:] = contents
    else:
        container.clear()
        container.update(contents)


_SCALARS = frozenset((type(None), bool, int, float, complex, str, bytes))
_WITHOUT_REFERENCES = 2  # later versions of the format also say how often a value is referred to
_WALKED = (*CHANGEABLE, tuple)
