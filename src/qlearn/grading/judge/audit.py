"""Keep text and files that came from a student from running as code in the judge.

A test may evaluate text (`eval`, `exec`, `%run`, `sympify`) or load a pickle. Python's audit hooks see each such step:
one that concerns what the student's process has sent stops the test, for a person to look.
"""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import numpy as np

from qlearn.grading.judge.guard import Guard

__all__ = ["Audit"]

_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.spawn")
_HARMLESS_IN_PICKLES = {
    "builtins": {"set", "frozenset", "complex", "bytearray", "slice", "range", "list", "dict", "tuple"},
    "collections": {"OrderedDict", "deque"},
    "numpy": {"ndarray", "dtype"},
    "numpy.core.multiarray": {"_reconstruct", "scalar"},
    "numpy._core.multiarray": {"_reconstruct", "scalar"},
}
"""Written in C: a pickle can change nothing of them."""
_OWN_TEXT = ("/collections/__init__.py", "/dataclasses.py", "/enum.py", "/typing.py", "/importlib/_bootstrap.py",
    "<frozen importlib._bootstrap>", "<frozen importlib._bootstrap_external>", "/linecache.py", "/traceback.py",
    "/inspect.py", "/functools.py", "/re/_compiler.py")  # fmt: skip
_CELL_COMPILERS = ("/codeop.py", "/IPython/core/compilerop.py", "/qlearn/grading/run/compiled.py")
"""What compiles cells, and for a test any text: who called it counts, not that it is IPython's or ours."""
NO_CODE = "the test runs text of the answer as code"
NO_PICKLE = "the test loads a pickle that would run code"
NO_PROGRAM = "the test starts another program"


class Audit:
    """Watches one judge for its life, while one of its cells runs."""

    def __init__(self, guard: Guard, teachers_sources: Iterable[str]) -> None:
        self._guard = guard
        self._sources = tuple(teachers_sources)
        self._heard_text = False
        self._active = False
        sys.addaudithook(self._hook)

    @contextmanager
    def watching(self, guard: Guard) -> Iterator[None]:
        """Watch, and let the student's process call back, while a cell runs."""
        self._active = guard.running = True
        try:
            yield
        finally:
            self._active = guard.running = False

    def heard(self, value: Any) -> None:
        """Take note that a value from the student's process holds text or bytes."""
        waiting = [value]
        while waiting and not self._heard_text:
            part = waiting.pop()
            kind = type(part)
            if kind in (str, bytes) or (kind is np.ndarray and part.dtype.kind in "US"):
                self._heard_text = True
            elif kind is dict:
                waiting.extend((*part, *part.values()))
            elif kind in (list, tuple, set, frozenset):
                waiting.extend(part)

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._active:
            return
        if event == "compile":
            self._check_source(arguments[0] if arguments else None)
        elif event == "pickle.find_class" and not _is_harmless(*arguments):
            self._guard.refuse(NO_PICKLE)
        elif event == "marshal.loads" and "importlib" not in sys._getframe(1).f_code.co_filename:
            self._guard.refuse(NO_CODE)
        elif event in _PROGRAMS:
            self._guard.refuse(NO_PROGRAM)

    def _check_source(self, source: Any) -> None:
        """Let only the teacher's own text become code, and what libraries make of their own text.

        A text that came from the student may have been changed on its way, so the text alone tells nothing: what
        counts is who compiles. `ast.parse` gives a tree that nothing runs.
        """
        caller = _who_compiles()
        if caller in ("own", "parser") or (caller == "library" and not self._heard_text):
            return
        if isinstance(source, (str, bytes)):
            text = source.decode("utf-8", "replace") if isinstance(source, bytes) else source
            if text.strip() in self._teachers:
                return
        elif _calls_a_cell_compiler():
            return  # a tree that IPython has made of text that was looked at before
        self._guard.refuse(NO_CODE)

    @functools.cached_property
    def _teachers(self) -> frozenset[str]:
        return frozenset(text.strip() for source in self._sources for text in _texts_in(source))


def _who_compiles() -> str:
    """Tell on whose behalf something is compiled: a cell's, a parser's, our own, or a library's.

    Libraries that make code of their own text alone, and IPython for the cell itself, count as our own.
    """
    frame: FrameType | None = sys._getframe(3)
    while frame is not None:
        file = frame.f_code.co_filename
        if file.endswith("/ast.py") and frame.f_code.co_name == "parse":
            return "parser"
        if file.startswith(("<ipython-input", "<answer")) or "ipykernel_" in file:
            return "cell"
        if file.endswith(_OWN_TEXT):
            return "own"
        if not file.endswith(_CELL_COMPILERS):
            if "/qlearn/grading/" in file:
                return "own"
            if "/IPython/" not in file and "/asyncio/" not in file:
                return "library"
        frame = frame.f_back
    return "own"


def _calls_a_cell_compiler() -> bool:
    """Tell whether IPython has something compiled, and not a cell by IPython's compiler."""
    frame: FrameType | None = sys._getframe(3)
    through = False
    while frame is not None and frame.f_code.co_filename.endswith(_CELL_COMPILERS):
        frame, through = frame.f_back, True
    return through and frame is not None and "/IPython/" in frame.f_code.co_filename


def _texts_in(source: str) -> Iterator[str]:
    """Give the texts of a teacher's cell that may become code: all of it, its body under a magic, its strings."""
    yield source
    yield source.lstrip().partition("\n")[2]
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    yield from (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_harmless(module: Any, name: Any) -> bool:
    return name in _HARMLESS_IN_PICKLES.get(module, ())
