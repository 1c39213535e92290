"""Find, once for an assignment, how each of its tests can be judged: by letting it judge the model solution.

The strictest mode in which the model solution gets full marks is taken. A test that no safe mode can judge is named
with the reason, for its teacher to change it, to mark by hand, or to allow in the student's process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nbformat import NotebookNode, v4

from qlearn.grading.outcome import NotebookOutcome, TeachersCell, TestOutcome
from qlearn.grading.parts import made_of_parts, read_parts
from qlearn.grading.plan import AssignmentPlan, Mode, NotebookPlan, PlannedCell
from qlearn.grading.report import explain_error, explain_part

if TYPE_CHECKING:
    from qlearn.grading.engine import Grader

__all__ = ["Calibration", "Finding", "calibrate", "model_notebook"]

WRONG_MODEL = "the model solution itself gets {got:g} of {most:g} points: {why}"
WRONG_SUM = "its parts add up to {of:g} points, and the cell is worth {most:g}: change one of the two"
NO_POINTS = "it counts by parts, and its last line has to be their points, such as score.points(), without a semicolon"
NO_SAFE_MODE = "it only works inside the student's own process, for which its cell needs the tag `unverified`: {why}"


@dataclass(frozen=True)
class Finding:
    """How one test will be judged, and for one that no safe mode can judge, why."""

    notebook: str
    grade_id: str
    mode: Mode
    reason: str = ""


@dataclass(frozen=True)
class Calibration:
    """The plan with its modes filled in, and what was found for each test."""

    plan: AssignmentPlan
    findings: tuple[Finding, ...]


def calibrate(plan: AssignmentPlan, grader: Grader) -> Calibration:
    """Judge the model solution in each mode and choose.

    Raises
    ------
    HostError
        If the machine is at fault, such as one that cannot confine a process.
    """
    notebooks, findings = [], []
    for notebook in plan.notebooks:
        seen = _judge_in_each_mode(plan, notebook, grader)
        found = [_find(notebook, cell, seen) for cell in notebook.tests]
        findings += found
        notebooks.append(_with_modes(notebook, found, seen))
    return Calibration(replace(plan, notebooks=tuple(notebooks)), tuple(findings))


def model_notebook(plan: NotebookPlan) -> NotebookNode:
    """Build the notebook that a student would hand in who types the model solution."""
    makers = {"code": v4.new_code_cell, "raw": v4.new_raw_cell}
    cells = []
    for cell in plan.cells:
        metadata = {"nbgrader": {"grade_id": cell.grade_id}} if cell.grade_id else {}
        maker = makers.get(cell.cell_type, v4.new_markdown_cell)
        cells.append(maker(cell.source, metadata=metadata))  # type: ignore[no-untyped-call]
    notebook: NotebookNode = v4.new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    return notebook


def _judge_in_each_mode(plan: AssignmentPlan, notebook: NotebookPlan, grader: Grader) -> dict[Mode, NotebookOutcome]:
    """Judge the model solution, strictest mode first, until every test has got full marks in one."""
    model = model_notebook(notebook)
    seen: dict[Mode, NotebookOutcome] = {}
    for mode in (Mode.DATA, Mode.PROXIES, Mode.STUDENT_PROCESS):
        seen[mode] = grader.run_notebook(plan, notebook, model, mode=mode)
        if all(_mode_of(cell, seen) is not Mode.NONE for cell in notebook.tests):
            break
    return seen


def _mode_of(cell: PlannedCell, seen: Mapping[Mode, NotebookOutcome]) -> Mode:
    return next((mode for mode in seen if _is_full(seen[mode].tests.get(cell.grade_id), cell)), Mode.NONE)


def _with_modes(notebook: NotebookPlan, found: Sequence[Finding], seen: Mapping[Mode, NotebookOutcome]) -> NotebookPlan:
    """Fill in how each test is judged, and what the model solution did to its arguments and was asked for."""
    modes = {finding.grade_id: finding.mode for finding in found}
    judged: dict[str, TestOutcome | TeachersCell] = {
        grade_id: seen[mode].tests[grade_id]
        for grade_id, mode in modes.items()
        if mode in seen and grade_id in seen[mode].tests
    }
    for outcome in seen.values():
        for name, cell in outcome.teachers.items():
            if name not in judged:
                modes[name] = Mode(cell.mode)
                judged[name] = cell
    return replace(
        notebook,
        modes=modes,
        in_place=frozenset(name for name, outcome in judged.items() if outcome.changes_arguments),
        operations={name: outcome.operations for name, outcome in judged.items() if outcome.operations},
    )


def _is_full(outcome: TestOutcome | None, cell: PlannedCell) -> bool:
    full = outcome is not None and outcome.points is not None and outcome.points >= cell.points
    return full and not _wrong_parts(outcome, cell)


def _wrong_parts(outcome: TestOutcome | None, cell: PlannedCell) -> str:
    """Say what is wrong with a test's parts: full marks come by mistake if they add up to more, or are not asked."""
    if outcome is None or outcome.concern or not made_of_parts(cell.source):
        return ""
    result = read_parts(outcome.outputs)
    if result is None:
        ended = any(output["output_type"] == "error" for output in outcome.outputs)
        return "" if ended else NO_POINTS
    return "" if abs(result.of - cell.points) < 1e-6 else WRONG_SUM.format(of=result.of, most=cell.points)


def _find(notebook: NotebookPlan, cell: PlannedCell, seen: Mapping[Mode, NotebookOutcome]) -> Finding:
    mode = _mode_of(cell, seen)
    if mode in (Mode.DATA, Mode.PROXIES):
        return Finding(notebook.name, cell.grade_id, mode)
    if mode is Mode.STUDENT_PROCESS:
        taken = mode if cell.unverified_allowed else Mode.NONE
        why = _why(seen[Mode.PROXIES].tests.get(cell.grade_id))
        return Finding(notebook.name, cell.grade_id, taken, NO_SAFE_MODE.format(why=why))
    last = seen[Mode.STUDENT_PROCESS].tests.get(cell.grade_id)
    got = last.points if last is not None and last.points is not None else 0.0
    reason = _wrong_parts(last, cell) or WRONG_MODEL.format(got=got, most=cell.points, why=_why(last))
    return Finding(notebook.name, cell.grade_id, Mode.NONE, reason)


def _why(outcome: TestOutcome | None) -> str:
    """Say what stood in the way, in the words of the judge or of the error."""
    if outcome is None:
        return "it was not reached"
    if outcome.concern:
        return outcome.concern
    for output in outcome.outputs:
        if output["output_type"] == "error":
            return explain_error(output["ename"], output["evalue"]).text
    result = read_parts(outcome.outputs)
    if result is not None and result.failed:
        return explain_part(result.failed[0]).text
    return "it gave no full marks"
