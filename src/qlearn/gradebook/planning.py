"""Make the plan of an assignment: roles, points and tests from nbgrader's database, order and answers from the source.

A test counts as it was released: one that was changed in the source notebook since then is reported, not used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat import NotebookNode

from qlearn.errors import CourseError, ExerciseError
from qlearn.gradebook.course import Course, load_config
from qlearn.gradebook.data_files import read_data_files
from qlearn.gradebook.feedback_words import page_language
from qlearn.gradebook.limits import read_limits
from qlearn.gradebook.session import Session
from qlearn.grading.libraries import libraries_of
from qlearn.grading.notebooks import UNVERIFIED_TAG, read_notebook
from qlearn.grading.plan import AssignmentPlan, NotebookPlan, PlannedCell, Role

if TYPE_CHECKING:
    from nbgrader.api import Notebook

__all__ = ["make_plan"]

_nbformat: Any = nbformat  # its functions carry no types

MADE_AT_RELEASE = "AUTOTEST"  # nbgrader writes the test itself where this word stands


@dataclass(frozen=True)
class _KnownCell:
    """A cell as nbgrader's database has it since the release."""

    grade_id: str
    cell_type: str
    source: str
    locked: bool
    checksum: str
    is_answer: bool
    is_graded: bool
    is_task: bool
    points: float


def make_plan(
    course: Course, assignment: str, *, trusted: bool = False, warn: Callable[[str], None] = lambda _: None
) -> AssignmentPlan:
    """Gather all that grading an assignment needs, from the teacher's side alone.

    Parameters
    ----------
    course, assignment
        What to plan; its student version was made.
    trusted
        Plan to run submissions without a sandbox.
    warn
        Told, a sentence each, what the teacher should know: a test that was changed after the release, a data file
        that cannot be used.

    Returns
    -------
    AssignmentPlan
        Without calibration: every test is to be judged in the strictest mode.

    Raises
    ------
    CourseError
        If there is no such assignment, it was not released yet, a source notebook is missing or damaged, or the
        course's settings have a limit that is none.
    """
    course.check_assignment(assignment)
    config = load_config(course.root)
    limits = read_limits(config)
    notebooks = []
    for name, known in _read_database(course, assignment, config).items():
        source = _read_source(course, course.source / assignment / f"{name}.ipynb")
        notebooks.append(
            NotebookPlan(
                name=name,
                cells=tuple(_plan_cells(_with_header(course, config, source), known, warn)),
                forbidden_modules=_forbidden_modules(name, source),
                language=page_language(source.metadata),
            )
        )
    if not notebooks:
        raise CourseError(
            f"{assignment} was not released yet, so there is nothing to grade; "
            f"run: qlearn course release {course.root.name} {assignment}"
        )
    data = read_data_files(course.source / assignment, config, warn)
    return AssignmentPlan(assignment, tuple(notebooks), data, limits, trusted, libraries_of(notebooks))


def _read_database(course: Course, assignment: str, config: Any) -> dict[str, dict[str, _KnownCell]]:
    """Read every notebook's cells by grade_id."""
    with Session(course).gradebook() as gradebook:
        from nbgrader.api import Assignment

        entry = gradebook.db.query(Assignment).filter(Assignment.name == assignment).one_or_none()
        notebooks = sorted(entry.notebooks, key=lambda notebook: str(notebook.name)) if entry is not None else []
        return {notebook.name: _read_cells(notebook, config) for notebook in notebooks}


def _read_cells(notebook: Notebook, config: Any) -> dict[str, _KnownCell]:
    graded = {cell.name: cell for cell in notebook.grade_cells}
    tasks = {cell.name: cell for cell in notebook.task_cells}
    answers = {cell.name for cell in notebook.solution_cells}
    from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme

    steps = (ClearHiddenTests(config=config), ClearMarkScheme(config=config))
    known = {}
    for cell in sorted(notebook.source_cells, key=lambda cell: str(cell.name)):
        with_points = graded.get(cell.name) or tasks.get(cell.name)
        found = _KnownCell(
            grade_id=cell.name,
            cell_type=cell.cell_type,
            source=cell.source or "",
            locked=bool(cell.locked),
            checksum=cell.checksum or "",
            is_answer=cell.name in answers,
            is_graded=cell.name in graded,
            is_task=cell.name in tasks,
            points=float(with_points.max_score) if with_points is not None else 0.0,
        )
        known[cell.name] = found if found.is_task else _as_released(found, steps)
    return known


def _as_released(cell: _KnownCell, steps: tuple[Any, ...]) -> _KnownCell:
    """Give a cell the checksum its released form has: the database keeps that of the form with hidden tests."""
    from nbgrader.utils import compute_checksum

    marks = {"grade_id": cell.grade_id, "grade": cell.is_graded, "solution": cell.is_answer, "locked": cell.locked}
    released: NotebookNode = _nbformat.from_dict(
        {"cell_type": cell.cell_type, "source": cell.source, "metadata": {"nbgrader": {**marks, "points": cell.points}}}
    )
    try:
        for step in steps:
            step.preprocess_cell(released, {}, 0)
    except RuntimeError:
        return cell  # regions that nbgrader refuses would have stopped the release
    return cell if released.source == cell.source else replace(cell, checksum=str(compute_checksum(released)))


def _read_source(course: Course, path: Path) -> NotebookNode:
    try:
        return read_notebook(path)
    except ExerciseError as error:
        raise CourseError(
            f"{error}; the notebook {path.relative_to(course.root)} was released and is needed"
        ) from error


def _with_header(course: Course, config: Any, source: NotebookNode) -> list[NotebookNode]:
    """Put the cells before and after that nbgrader adds to every notebook at the release."""
    around = config.IncludeHeaderFooter
    cells = list(source.cells)
    if around.get("header"):
        cells = [*_read_source(course, course.root / str(around.header)).cells, *cells]
    if around.get("footer"):
        cells = [*cells, *_read_source(course, course.root / str(around.footer)).cells]
    return cells


def _plan_cells(
    cells: list[NotebookNode], known: dict[str, _KnownCell], warn: Callable[[str], None]
) -> Iterator[PlannedCell]:
    """Give the source notebook's cells in its order, with the database's word on each that it knows."""
    left = dict(known)
    for cell in cells:
        marks = cell.metadata.get("nbgrader", {})
        grade_id = str(marks.get("grade_id", ""))
        found = left.pop(grade_id, None)
        if found is not None:
            yield _plan_known(found, cell, warn)
        elif any(marks.get(kind) for kind in ("grade", "solution", "task", "locked")) and grade_id not in known:
            warn(f"{grade_id} was added after the release, so nobody has it; release again to use it")
        else:
            yield PlannedCell(Role.TEACHER, cell.source, cell_type=cell.cell_type)
    for found in left.values():
        warn(f"{found.grade_id} was deleted from the source after the release; it counts as it was released")
        yield _plan_known(found, None, warn)


def _plan_known(known: _KnownCell, cell: NotebookNode | None, warn: Callable[[str], None]) -> PlannedCell:
    is_test = known.is_graded and not known.is_answer and known.cell_type == "code"
    role = Role.ANSWER if known.is_answer else Role.TEST if is_test else Role.TEACHER
    source = known.source
    tags: list[str] = []
    if cell is not None:
        tags = cell.metadata.get("tags", [])
        if known.is_answer:
            source = cell.source  # the model solution; the database has only what students got
        elif cell.source != known.source and MADE_AT_RELEASE not in cell.source:
            warn(f"{known.grade_id} was changed after the release; release again to use the new text")
    return PlannedCell(
        role=role,
        source=source,
        grade_id=known.grade_id,
        cell_type=known.cell_type,
        locked=known.locked,
        points=known.points,
        hand_marked=known.is_task or (known.is_graded and not is_test),
        task=known.is_task,
        checksum=known.checksum,
        unverified_allowed=is_test and UNVERIFIED_TAG in tags,
    )


def _forbidden_modules(name: str, source: NotebookNode) -> tuple[str, ...]:
    """Read from the notebook's own metadata which modules its answers may not use."""
    ours = source.metadata.get("qlearn", {})
    modules = ours.get("forbidden_modules", []) if isinstance(ours, dict) else ours
    if not isinstance(modules, list) or not all(_is_dotted_name(module) for module in modules):
        raise CourseError(
            f"the metadata of {name}.ipynb has forbidden_modules {modules!r}; write a list of module names "
            'such as {"qlearn": {"forbidden_modules": ["numpy.linalg"]}}'
        )
    return tuple(modules)


def _is_dotted_name(module: object) -> bool:
    return isinstance(module, str) and all(part.isidentifier() for part in module.split("."))
