"""Run one cell of the teacher's in the judge, and read from its outputs what it is worth."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qlearn.grading.judge.audit import Audit
from qlearn.grading.judge.calls import CallNotes, NotedCall, hidden_lines
from qlearn.grading.judge.connection import Answers
from qlearn.grading.judge.figures import students_figures
from qlearn.grading.judge.guard import Guard, StudentGoneError, UnjudgedError
from qlearn.grading.judge.names import Ownership, makes_unseen_names, read_names, reads_files, sets_seeds
from qlearn.grading.judge.objects import student_isinstance, student_issubclass
from qlearn.grading.parts import made_of_parts
from qlearn.grading.plan import Mode, NotebookPlan, PlannedCell
from qlearn.grading.run.shell import CellShell

__all__ = ["CellResult", "TrustedCells", "points_of"]

LOOKS_INSIDE = ("__code__", "co_names", "co_consts", "dis.", "__closure__", "__globals__", "__defaults__")
CODE_FILES = (".py", ".pyc", ".pyd", ".so", ".pth", ".zip")
"""Never taken over from a student: a test may import from its folder."""


@dataclass(frozen=True)
class CellResult:
    """What a trusted cell showed, and what happened on the way."""

    outputs: tuple[dict[str, Any], ...]
    error: BaseException | None = None
    unjudged: str = ""
    gone: str = ""
    raised_by_student: bool = False
    changed_arguments: bool = False
    operations: frozenset[str] = frozenset()
    calls: tuple[NotedCall, ...] = ()


class TrustedCells:
    """The judge's namespace, in which the teacher's cells and tests of one notebook run in turn."""

    def __init__(
        self, plan: NotebookPlan, shell: CellShell, guard: Guard, audit: Audit, protected: Iterable[str] = ()
    ) -> None:
        self._ownership = Ownership(plan)
        self._traced = plan.traced
        self._audit = audit
        shell.user_ns.update(isinstance=student_isinstance, issubclass=student_issubclass)
        self._shell = shell
        self._guard = guard
        self._protected = set(protected)
        self._copied_now: set[str] = set()
        """Files that a call of this cell's has written over there."""
        self._own: set[str] = set()
        """Names that the judge's own cells have made, those included that their text does not show."""
        self._helpers: list[str] = []
        self._failed: dict[str, str] = {}

    def needs(self, position: int) -> bool:
        """Tell whether a test depends on the teacher's cell at a position of the plan."""
        return position in self._ownership.needed

    def import_what_an_answer_imports(self, source: str) -> None:
        """Import here, from the model solution's own text, the libraries that its cell makes names for."""
        imports = read_names(source).imports
        if imports:
            self._shell.run(imports)

    def run(
        self,
        position: int,
        cell: PlannedCell,
        answers: Answers,
        mode: Mode,
        *,
        in_place: bool,
        allowed: frozenset[str] | None,
    ) -> CellResult:
        """Run a cell with the student's names fetched as they are now."""
        calls = None
        if cell.grade_id in self._traced:
            calls = CallNotes(self._shell.user_ns, hidden_lines(cell.source), [])
        self._guard.start(mode, source=cell.source, in_place=in_place, allowed=allowed, calls=calls)
        fetched, before = self._fetch(position, cell, answers), set(self._shell.user_ns)
        self._copied_now = set()
        outputs: list[dict[str, Any]] = []
        error: BaseException | None = None
        files = _file_marks()
        if any(word in cell.source for word in LOOKS_INSIDE):
            self._guard.unjudged = "the test looks into the code of a function, which the judge does not have"
        elif not self._guard.gone:
            with (
                students_figures(answers, active=mode is Mode.PROXIES and "plt" in cell.source),
                answers.seeds.watched(active=sets_seeds(cell.source)),
                self._audit.watching(self._guard),
            ):
                outputs, error = self._shell.run(cell.source)
        answers.after_call = None
        written = {name for name, mark in _file_marks().items() if files.get(name) != mark}
        self._protected |= written - self._copied_now
        self._own |= set(self._shell.user_ns) - before
        self._ownership.unseen_failed |= error is not None and makes_unseen_names(cell.source)
        self._forget(fetched, read_names(cell.source).made)
        self._after(cell)
        caught = self._caught_in_parts(cell)
        return CellResult(
            tuple(outputs),
            error,
            self._guard.unjudged or next(filter(None, (self._why_not(cell, one) for one in (error, *caught))), ""),
            self._guard.gone,
            id(error) in self._guard.raised_by_student,
            self._guard.changed_arguments,
            frozenset(self._guard.operations),
            tuple(calls.made) if calls else (),
        )

    def _fetch(self, position: int, cell: PlannedCell, answers: Answers) -> dict[str, Any]:
        """Put the student's names that a cell uses into the namespace; what goes wrong is noted in the guard."""
        fetched: dict[str, Any] = {}
        names = self._ownership.to_fetch(position, cell.source, self._helpers, self._own)
        with contextlib.suppress(UnjudgedError, StudentGoneError):
            fetched = answers.names(sorted(names))
            self._shell.user_ns.update(fetched)
            if reads_files(cell.source):
                self._copy_files(answers)
                answers.after_call = lambda: self._copy_files(answers)
        return fetched

    def _forget(self, fetched: dict[str, Any], made: Iterable[str]) -> None:
        """Let go of what was fetched, but for names that the cell has made its own."""
        namespace = self._shell.user_ns
        for name, value in fetched.items():
            if namespace.get(name) is value and name not in made:
                del namespace[name]

    def _after(self, cell: PlannedCell) -> None:
        """Remember functions of this cell for later cells, and what it could not make."""
        found = read_names(cell.source)
        if found.made and ("def " in cell.source or "lambda" in cell.source):
            self._helpers.append(cell.source)
        if self._guard.unjudged:
            self._failed.update(dict.fromkeys(found.made, self._guard.unjudged))

    def _caught_in_parts(self, cell: PlannedCell) -> tuple[BaseException, ...]:
        """Give what failed in the parts of a test that counts by parts, where nothing reaches the cell's end."""
        if not made_of_parts(cell.source):
            return ()
        values = [self._shell.user_ns.get(name) for name in read_names(cell.source).made]
        return tuple(error for value in values if _is_parts(value) for error in value.caught)

    def _why_not(self, cell: PlannedCell, error: BaseException | None) -> str:
        """Say why an error is no verdict on the answer; empty if it is one."""
        return self._missing_piece(cell, error) or self._unforeseen_type(error)

    def _unforeseen_type(self, error: BaseException | None) -> str:
        """Name a type that the test stumbled over, other than by finding it wrong."""
        stumbled = error is not None and not isinstance(error, (AssertionError, Warning))
        if not stumbled or not self._guard.unforeseen or id(error) in self._guard.raised_by_student:
            return ""
        return f"the test cannot handle a {self._guard.unforeseen}, which the answer gives"

    def _missing_piece(self, cell: PlannedCell, error: BaseException | None) -> str:
        """Name why a name of the teacher's own is missing, so that the student does not pay for it."""
        if not isinstance(error, NameError):
            return ""
        used = read_names(cell.source).used
        return next((reason for name, reason in self._failed.items() if name in used and name == error.name), "")

    def _copy_files(self, answers: Answers) -> None:
        """Put the files that the student's code has written where the test looks for them."""
        for name, data in answers.files().items():
            plain = name == os.path.basename(name) and not name.startswith(".")  # noqa: PTH119  text, not a path
            if plain and not name.endswith(CODE_FILES) and name not in self._protected:
                self._copied_now.add(name)
                Path(name).write_bytes(data)


def _is_parts(value: Any) -> bool:
    """Whether a value is a `Parts`, known by its name alone: `qlearn.check` is no business of the grader's."""
    return type(value).__module__ == "qlearn.check.partial" and type(value).__name__ == "Parts"


def _file_marks() -> dict[str, tuple[int, int]]:
    """Give time and size of the files in the judge's folder, to see which a cell has written."""
    marks = {}
    for path in Path().iterdir():
        status = path.lstat()
        marks[path.name] = (status.st_mtime_ns, status.st_size)
    return marks


def points_of(outputs: Iterable[dict[str, Any]], error: BaseException | None, most: float) -> float:
    """Give what a test cell is worth by nbgrader's rule: nothing after an error, a last number as partial credit.

    Text on the error stream costs nothing, since a library's warning is nobody's fault.
    """
    if error is not None:
        return 0.0
    for output in outputs:
        if output["output_type"] == "error":
            return 0.0
        if output["output_type"] == "execute_result":
            return _partial(output["data"].get("text/plain", ""), most)
    return most


def _partial(text: str, most: float) -> float:
    try:
        points = float(text)
    except ValueError:
        return most
    return min(max(points, 0.0), most) if points == points else 0.0
