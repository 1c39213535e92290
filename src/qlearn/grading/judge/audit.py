"""Keep text and files that came from a student from running as code in the judge.

A test may evaluate text (`eval`, `exec`, `%run`, `sympify`) or load a pickle. Python's audit hooks see each such step:
one that concerns what the student's process has sent stops the test, for a person to look.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from qlearn.grading.judge.guard import Guard

__all__ = ["Audit"]

SHORTEST = 3
MOST_TEXTS = 20_000
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.spawn")
_HARMLESS_IN_PICKLES = {
    "builtins": {"set", "frozenset", "complex", "bytearray", "slice", "range", "list", "dict", "tuple"},
    "collections": {"OrderedDict", "defaultdict", "deque", "Counter"},
    "numpy": {"ndarray", "dtype"},
    "numpy.core.multiarray": {"_reconstruct", "scalar"},
    "numpy._core.multiarray": {"_reconstruct", "scalar"},
    "numpy.core.numeric": {"_frombuffer"},
    "numpy._core.numeric": {"_frombuffer"},
}
NO_CODE = "the test runs text of the answer as code"
NO_PICKLE = "the test loads a pickle that would run code"
NO_PROGRAM = "the test starts another program"


class Audit:
    """Watches one judge for its life, while a test runs."""

    def __init__(self, guard: Guard, teachers_sources: Iterable[str]) -> None:
        self._guard = guard
        self._teachers = "\n".join(teachers_sources)
        self._texts: set[str] = set()
        self.active = False
        sys.addaudithook(self._hook)

    def heard(self, value: Any) -> None:
        """Remember the texts in a value from the student's process, those of the teacher's own left out."""
        waiting = [value]
        while waiting and len(self._texts) < MOST_TEXTS:
            part = waiting.pop()
            kind = type(part)
            if kind is bytes:
                part, kind = part.decode("utf-8", "replace"), str
            if kind is str:
                if len(part) >= SHORTEST and part not in self._teachers:
                    self._texts.add(part)
            elif kind is dict:
                waiting.extend((*part, *part.values()))
            elif kind in (list, tuple, set, frozenset):
                waiting.extend(part)

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.active:
            return
        if event == "compile" and arguments and isinstance(arguments[0], (str, bytes)):
            self._check_source(arguments[0])
        elif event == "pickle.find_class" and not _is_harmless(*arguments):
            self._guard.refuse(NO_PICKLE)
        elif event == "marshal.loads" and "importlib" not in _caller():
            self._guard.refuse(NO_CODE)
        elif event in _PROGRAMS:
            self._guard.refuse(NO_PROGRAM)

    def _check_source(self, source: str | bytes) -> None:
        text = source.decode("utf-8", "replace") if isinstance(source, bytes) else source
        if len(text) < SHORTEST or not self._texts or text.strip() in self._teachers:
            return
        if any(heard in text or text in heard for heard in self._texts):
            self._guard.refuse(NO_CODE)


def _is_harmless(module: Any, name: Any) -> bool:
    return name in _HARMLESS_IN_PICKLES.get(module, ())


def _caller() -> str:
    """Name the file that asked, two frames above the hook."""
    frame = sys._getframe(2)
    return frame.f_code.co_filename
