"""Let a test that asks matplotlib for the current figure see the student's figures, as stand-ins."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from qlearn.grading.judge.connection import Answers

__all__ = ["students_figures"]

_ASKED_OF_THE_STUDENT = (
    "gcf", "gca", "get_fignums", "get_figlabels", "fignum_exists", "figure", "axes", "subplots", "subplot", "close",
    "clf", "cla", "sca",
)  # fmt: skip


@contextmanager
def students_figures(answers: Answers, *, active: bool) -> Iterator[None]:
    """Pass pyplot's questions for figures on to the student's process while a test cell runs."""
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    if not active or pyplot is None:
        yield
        return
    own = {name: getattr(pyplot, name) for name in _ASKED_OF_THE_STUDENT}
    for name, function in own.items():
        setattr(pyplot, name, functools.partial(_ask, answers, own, function))
    try:
        yield
    finally:
        for name, function in own.items():
            setattr(pyplot, name, function)


def _ask(answers: Answers, own: dict[str, Any], function: Any, *arguments: Any, **named: Any) -> Any:
    """Ask with pyplot's own functions back in place, since they are told to the other process by name."""
    pyplot: Any = sys.modules["matplotlib.pyplot"]
    standing_in = {name: getattr(pyplot, name) for name in own}
    for name, original in own.items():
        setattr(pyplot, name, original)
    try:
        return answers.do("call", function, *arguments, **named)
    finally:
        for name, replacement in standing_in.items():
            setattr(pyplot, name, replacement)
