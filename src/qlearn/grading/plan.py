"""What is known before a submission is opened: each cell's role, points and trusted source, and the limits.

A plan comes from the teacher's side alone (nbgrader's database and the source notebook), so nothing a student hands in
can change a role, a test or a number of points. It is plain data that travels to worker processes and other machines.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass

from qlearn.grading.sandbox.limits import Limits

__all__ = ["HIDDEN_REGIONS", "AssignmentPlan", "Mode", "NotebookPlan", "PlannedCell", "Role", "RunLimits"]

MIB = 1024 * 1024
HIDDEN_REGIONS = (("BEGIN HIDDEN TESTS", "END HIDDEN TESTS"), ("BEGIN MARK SCHEME", "END MARK SCHEME"))
"""What begins and ends the parts of a teacher's cell that students never see, in nbgrader's words."""


class Role(enum.StrEnum):
    """Who writes a cell, and what it is for."""

    TEACHER = "teacher"
    """Text, imports, data, helpers: locked cells and cells nbgrader does not know."""
    ANSWER = "answer"
    """The student writes here; `source` is the model solution."""
    TEST = "test"
    """Graded automatically; always the teacher's source, hidden tests included."""


class Mode(enum.StrEnum):
    """How a test cell is judged, strictest first."""

    DATA = "data and functions"
    PROXIES = "guarded proxies"
    STUDENT_PROCESS = "in the student's process, unverified"
    NONE = "not judged"


@dataclass(frozen=True)
class PlannedCell:
    """One cell of the teacher's notebook, in the notebook's order."""

    role: Role
    source: str
    grade_id: str = ""
    """Empty for a cell nbgrader does not know."""
    cell_type: str = "code"
    locked: bool = False
    points: float = 0.0
    hand_marked: bool = False
    """An answer with points that a person gives."""
    task: bool = False
    checksum: str = ""
    """nbgrader's checksum of the cell as released."""
    unverified_allowed: bool = False
    """The teacher lets this test run in the student's process if no safe mode can judge it."""


@dataclass(frozen=True)
class NotebookPlan:
    """One notebook of an assignment."""

    name: str
    """File name without `.ipynb`."""
    cells: tuple[PlannedCell, ...]
    forbidden_modules: tuple[str, ...] = ()
    """Modules its answers may not use, such as `qlearn.physics`."""
    modes: Mapping[str, Mode] = field(default_factory=dict)
    """Found by calibration, by the grade_id of a test; DATA for a test that is not named."""
    in_place: frozenset[str] = frozenset()
    """Tests in which the model solution changes what it is handed; elsewhere such changes are not taken over."""
    operations: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What each test asks of the model solution's objects; nothing else is asked of a student's."""
    traced: frozenset[str] = frozenset()
    """Tests whose calls are written down, for an appeal."""
    language: str = "en"
    """In which its feedback speaks, such as `ko`."""

    def cell(self, grade_id: str) -> PlannedCell:
        """Give the cell with a grade_id; KeyError if there is none."""
        for cell in self.cells:
            if grade_id and cell.grade_id == grade_id:
                return cell
        raise KeyError(grade_id)

    @property
    def tests(self) -> tuple[PlannedCell, ...]:
        """The autograded cells in order."""
        return tuple(cell for cell in self.cells if cell.role is Role.TEST)


@dataclass(frozen=True)
class RunLimits:
    """What one notebook of a student may use; each limit has its key in `nbgrader_config.py` under `c.Grading`."""

    sandbox: Limits = field(default_factory=Limits)
    """Of the student's process: memory, processor time, files, threads, processes."""
    cell_seconds: float = 60.0
    """Wall time of one cell, and of one call that a test makes."""
    notebook_seconds: float = 300.0
    """Wall time of a whole notebook with its tests."""
    output_bytes: int = 4 * MIB
    """What all cells of a notebook may print and show together."""


@dataclass(frozen=True)
class AssignmentPlan:
    """All that grading one assignment needs, and nothing of any student."""

    assignment: str
    notebooks: tuple[NotebookPlan, ...]
    data: tuple[tuple[str, bytes], ...] = ()
    """The assignment's own files that are no notebooks: relative name with `/`, content."""
    limits: RunLimits = field(default_factory=RunLimits)
    trusted: bool = False
    """Run submissions without a sandbox: for a class whose teacher has said so."""
    libraries: tuple[str, ...] = ()
    """What its own cells import beyond what every grader has loaded."""

    def notebook(self, name: str) -> NotebookPlan:
        """Give a notebook's plan by name; KeyError if there is none."""
        for notebook in self.notebooks:
            if notebook.name == name:
                return notebook
        raise KeyError(name)

    def digest(self) -> str:
        """Name this plan by its content: equal plans give equal marks."""
        return hashlib.sha256(repr(_ordered(self)).encode("utf-8", "surrogatepass")).hexdigest()


def _ordered(value: object) -> object:
    """Give sets and mappings an order, so that equal plans read alike in every process."""
    if is_dataclass(value):
        return [_ordered(getattr(value, part.name)) for part in fields(value)]
    if isinstance(value, (set, frozenset)):
        return sorted(map(repr, value))
    if isinstance(value, Mapping):
        return sorted((repr(key), repr(_ordered(part))) for key, part in value.items())
    return [_ordered(part) for part in value] if isinstance(value, (list, tuple)) else value
