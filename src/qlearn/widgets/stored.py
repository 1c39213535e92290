"""Numbers that widgets take from the physics, for places where the physics cannot be read.

An exercise may forbid `qlearn.physics`: then a student's process cannot even read its files, while a widget in the
notebook still has to open. Whoever starts such a process asks for the numbers outside of it
(`python -m qlearn.widgets.stored` prints them) and names the file that holds them in the environment.
"""

from __future__ import annotations

import base64
import functools
import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import qlearn.widgets

__all__ = ["ENVIRONMENT", "all_numbers", "stored"]

ENVIRONMENT = "QLEARN_STORED_NUMBERS"

_FUNCTIONS: dict[str, Callable[[], dict[str, Any]]] = {}


def stored(function: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    """Let a function without arguments give its stored numbers where the physics it asks cannot be imported.

    Parameters
    ----------
    function : callable
        Returns a dict of numbers, text, bytes, lists and dicts.

    Returns
    -------
    callable
        The same, but that where it meets an ImportError and numbers are stored it returns those.
    """
    name = f"{function.__module__}.{function.__qualname__}"
    _FUNCTIONS[name] = function

    @functools.wraps(function)
    def numbers() -> dict[str, Any]:
        try:
            return function()
        except ImportError:
            file = os.environ.get(ENVIRONMENT)
            if not file:
                raise
            kept: dict[str, Any] = json.loads(Path(file).read_text(encoding="utf-8"), object_hook=_with_bytes)[name]
            return kept

    return numbers


def all_numbers() -> str:
    """Compute what every widget stores.

    Returns
    -------
    str
        JSON: the functions' full names, and for each what it returned.
    """
    for module in pkgutil.iter_modules(qlearn.widgets.__path__):
        importlib.import_module(f"qlearn.widgets.{module.name}")
    return json.dumps({name: function() for name, function in sorted(_FUNCTIONS.items())}, default=_as_text)


def _as_text(value: bytes) -> dict[str, str]:
    return {"base64": base64.b64encode(value).decode("ascii")}


def _with_bytes(found: dict[str, Any]) -> Any:
    return base64.b64decode(found["base64"]) if found.keys() == {"base64"} else found


if __name__ == "__main__":
    # run by its name it is another module than the one in which the widgets register their functions
    sys.stdout.write(importlib.import_module("qlearn.widgets.stored").all_numbers())
