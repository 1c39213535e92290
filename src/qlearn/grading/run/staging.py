"""Folders for one hand-in: the assignment's data and the student's own files to read, and places to write."""

from __future__ import annotations

import functools
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from types import TracebackType

from qlearn.grading.forbidden_modules import module_paths
from qlearn.grading.plan import AssignmentPlan, NotebookPlan
from qlearn.grading.run.orders import StartJudge, StartStudent
from qlearn.grading.run.stored_numbers import ENVIRONMENT, stored_numbers
from qlearn.grading.sandbox import Policy

__all__ = ["Stage"]


SECONDS_BETWEEN_LOOKS = 10.0  # for forbidden modules on the disk, which somebody may install meanwhile


@functools.lru_cache(maxsize=16)
def _paths_of(names: tuple[str, ...], _: int) -> tuple[Path, ...]:
    return module_paths(names)


class Stage:
    """Staged files, gone when the context ends.

    Parameters
    ----------
    plan
        Whose data files everybody gets.
    extras
        The student's own further files; one that has the name of a data file is left out.
    """

    def __init__(self, plan: AssignmentPlan, extras: Sequence[tuple[str, bytes]]) -> None:
        self._plan = plan
        self._extras = extras
        self._count = 0

    def __enter__(self) -> Stage:
        self._holder = tempfile.TemporaryDirectory(prefix="qlearn-grading-", ignore_cleanup_errors=True)
        self.root = Path(self._holder.name).resolve()
        names = set(self.data_names)
        files = [*self._plan.data, *((name, data) for name, data in self._extras if name not in names)]
        for name, data in files:
            self._write("files", name, data)
        for name, data in self._plan.data:
            self._write("judge", name, data)
        (self.root / "judge").mkdir(exist_ok=True)
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._holder.cleanup()

    @property
    def data_names(self) -> tuple[str, ...]:
        """Top-level names of the assignment's data."""
        return tuple(dict.fromkeys(PurePosixPath(name).parts[0] for name, _ in self._plan.data))

    def student_order(self, notebook: NotebookPlan) -> StartStudent:
        """Say how to start a process for the student's code, with an empty scratch folder of its own."""
        self._count += 1
        scratch = self.root / f"work-{self._count}"
        scratch.mkdir()
        scratch.chmod(0o700)
        folder = self.root / "files"
        files = folder if folder.is_dir() else None
        numbers = self._stored_numbers(notebook)
        policy = Policy(
            scratch=scratch,
            readable=(*((files,) if files else ()), *((numbers.parent,) if numbers else ())),
            limits=self._plan.limits.sandbox,
            unreadable=_paths_of(notebook.forbidden_modules, int(time.monotonic() / SECONDS_BETWEEN_LOOKS)),
        )
        environment = ((ENVIRONMENT, str(numbers)),) if numbers else ()
        return StartStudent(
            policy,
            files,
            notebook.forbidden_modules,
            self._plan.limits.output_bytes,
            self._plan.trusted,
            environment,
            self._plan.libraries,
        )

    def _stored_numbers(self, notebook: NotebookPlan) -> Path | None:
        """Give the file with the numbers of its widgets, if it needs one."""
        numbers = stored_numbers(notebook)
        path = self.root / "numbers" / "numbers.json"
        if numbers and not path.exists():
            self._write("numbers", path.name, numbers)
        return path if numbers else None

    def judge_order(self) -> StartJudge:
        """Say how to start a judge."""
        return StartJudge(self.root / "judge")

    def _write(self, folder: str, name: str, data: bytes) -> None:
        path = self.root / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
