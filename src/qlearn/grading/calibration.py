"""Find, once for an assignment, how each of its tests can be judged: by letting it judge the model solution.

The strictest mode in which the model solution gets full marks is taken. A test that no safe mode can judge is named
with the reason, for its teacher to change it, to mark by hand, or to allow in the student's process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nbformat import NotebookNode, v4

from qlearn.grading.outcome import NotebookOutcome, TestOutcome
from qlearn.grading.plan import AssignmentPlan, Mode, NotebookPlan, PlannedCell
from qlearn.grading.report import explain_error

if TYPE_CHECKING:
    from qlearn.grading.engine import Grader

__all__ = ["Calibration", "Finding", "calibrate", "model_notebook"]

WRONG_MODEL = "the model solution itself gets {got:g} of {most:g} points: {why}"
NO_SAFE_MODE = "it only works inside the student's own process: {why}"


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
        found, in_place = _find_modes(plan, notebook, grader)
        findings += found
        modes = {finding.grade_id: finding.mode for finding in found}
        notebooks.append(replace(notebook, modes=modes, in_place=in_place))
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


def _find_modes(plan: AssignmentPlan, notebook: NotebookPlan, grader: Grader) -> tuple[list[Finding], frozenset[str]]:
    model = model_notebook(notebook)
    seen: dict[Mode, Mapping[str, TestOutcome]] = {}
    chosen: dict[str, Mode] = {}
    for mode in (Mode.DATA, Mode.PROXIES, Mode.STUDENT_PROCESS):
        if len(chosen) == len(notebook.tests):
            break
        outcome: NotebookOutcome = grader.run_notebook(plan, notebook, model, mode=mode)
        seen[mode] = outcome.tests
        for cell in notebook.tests:
            if _is_full(outcome.tests.get(cell.grade_id), cell):
                chosen.setdefault(cell.grade_id, mode)
    findings = [_find(notebook, cell, chosen.get(cell.grade_id, Mode.NONE), seen) for cell in notebook.tests]
    changing = (
        grade_id
        for finding in findings
        for grade_id in (finding.grade_id,)
        if finding.mode in seen and grade_id in seen[finding.mode] and seen[finding.mode][grade_id].changes_arguments
    )
    return findings, frozenset(changing)


def _is_full(outcome: TestOutcome | None, cell: PlannedCell) -> bool:
    return outcome is not None and outcome.points is not None and outcome.points >= cell.points


def _find(
    notebook: NotebookPlan, cell: PlannedCell, mode: Mode, seen: Mapping[Mode, Mapping[str, TestOutcome]]
) -> Finding:
    if mode in (Mode.DATA, Mode.PROXIES):
        return Finding(notebook.name, cell.grade_id, mode)
    why = _why(seen.get(Mode.PROXIES, {}).get(cell.grade_id))
    if mode is Mode.STUDENT_PROCESS:
        taken = mode if cell.unverified_allowed else Mode.NONE
        return Finding(notebook.name, cell.grade_id, taken, NO_SAFE_MODE.format(why=why))
    last = seen[Mode.STUDENT_PROCESS].get(cell.grade_id)
    got = last.points if last is not None and last.points is not None else 0.0
    return Finding(
        notebook.name, cell.grade_id, Mode.NONE, WRONG_MODEL.format(got=got, most=cell.points, why=_why(last))
    )


def _why(outcome: TestOutcome | None) -> str:
    """Say what stood in the way, in the words of the judge or of the error."""
    if outcome is None:
        return "it was not reached"
    if outcome.concern:
        return outcome.concern
    for output in outcome.outputs:
        if output["output_type"] == "error":
            return explain_error(output["ename"], output["evalue"]).text
    return "it gave no full marks"
