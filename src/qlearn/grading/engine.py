"""Grade one hand-in: stage its files, run and judge each notebook in fresh processes, put the results together.

The grader supervises: it starts the student's process and the judge, passes on a new process when one is gone, keeps
the time of the whole notebook, and believes the judge's outcomes, which hold plain data only.
"""

from __future__ import annotations

import json
from dataclasses import replace
from types import TracebackType

from nbformat import NotebookNode

from qlearn.grading.autograded import assemble, unanswered
from qlearn.grading.graded import GradedNotebook, GradedSubmission
from qlearn.grading.hand_in import HandIn, match_notebooks
from qlearn.grading.outcome import NotebookOutcome, TestOutcome
from qlearn.grading.plan import AssignmentPlan, Mode, NotebookPlan, PlannedCell, Role
from qlearn.grading.report import CellMessage, Outcome, QuestionReport, SubmissionReport, read_cell_messages
from qlearn.grading.run.parent import WarmParent
from qlearn.grading.run.staging import Stage
from qlearn.grading.run.supervisor import supervise
from qlearn.grading.schedule import make_schedule

__all__ = ["GradedNotebook", "GradedSubmission", "Grader"]

UNVERIFIED = "{} ran in the student's own process, as its tag allows: its points are not verified"
NOT_HANDED_IN = "{}.ipynb was not handed in; its questions wait for a mark"


class Grader:
    """Grades hand-ins one after the other; a context manager that owns a warm process.

    It is not safe for several threads at once; each thread or worker takes one of its own.
    """

    def __init__(self) -> None:
        self._parent = WarmParent()

    def __enter__(self) -> Grader:
        self._parent.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the warm process."""
        self._parent.stop()

    def grade(self, plan: AssignmentPlan, hand_in: HandIn) -> GradedSubmission:
        """Grade a hand-in by the plan.

        Raises
        ------
        SubmissionError
            If no notebook of the assignment can be read in it; the message tells what to ask the student.
        HostError
            If the machine is at fault, such as one that cannot confine the student's code.
        """
        matched = match_notebooks(plan, hand_in)
        concerns = [*matched.concerns, *(NOT_HANDED_IN.format(name) for name in matched.missing)]
        graded: list[GradedNotebook] = []
        questions: list[QuestionReport] = []
        with Stage(plan, matched.extras) as stage:
            for notebook_plan in plan.notebooks:
                if notebook_plan.name in matched.missing:
                    graded.append(GradedNotebook(notebook_plan.name, points=_nothing(notebook_plan), missing=True))
                    questions += _questions(notebook_plan, graded[-1], {})
                    continue
                notebook = matched.notebooks[notebook_plan.name]
                outcome = self._run(plan, notebook_plan, notebook, stage)
                concerns += [*outcome.concerns, *(test.concern for test in outcome.tests.values() if test.concern)]
                concerns += [UNVERIFIED.format(test.grade_id) for test in outcome.tests.values() if not test.verified]
                executed = assemble(notebook_plan, notebook, outcome)
                graded.append(_put_together(notebook_plan, notebook, outcome, executed))
                questions += _questions(notebook_plan, graded[-1], read_cell_messages(executed))
        report = SubmissionReport(
            student=hand_in.student,
            assignment=plan.assignment,
            outcome=Outcome.NEEDS_ATTENTION if concerns else Outcome.GRADED,
            reason="; ".join(concern.rstrip(".") for concern in dict.fromkeys(concerns)),
            questions=tuple(sorted(questions, key=lambda question: (question.notebook, question.grade_id))),
            timestamp=hand_in.timestamp,
        )
        return GradedSubmission(report, tuple(graded))

    def run_notebook(
        self, plan: AssignmentPlan, notebook_plan: NotebookPlan, notebook: NotebookNode, *, mode: Mode | None = None
    ) -> NotebookOutcome:
        """Run and judge one notebook; `mode` judges every test in that mode, whatever the plan says."""
        with Stage(plan, ()) as stage:
            return self._run(plan, notebook_plan, notebook, stage, mode=mode)

    def trace(self, plan: AssignmentPlan, hand_in: HandIn) -> dict[str, TestOutcome]:
        """Run and judge a hand-in; give what became of each test by grade_id, with the calls of traced tests.

        Raises
        ------
        SubmissionError, HostError
            As `grade`.
        """
        matched = match_notebooks(plan, hand_in)
        found: dict[str, TestOutcome] = {}
        with Stage(plan, matched.extras) as stage:
            for notebook_plan in plan.notebooks:
                if notebook_plan.name in matched.notebooks:
                    outcome = self._run(plan, notebook_plan, matched.notebooks[notebook_plan.name], stage)
                    found.update(outcome.tests)
        return found

    def _run(
        self,
        plan: AssignmentPlan,
        notebook_plan: NotebookPlan,
        notebook: NotebookNode,
        stage: Stage,
        *,
        mode: Mode | None = None,
    ) -> NotebookOutcome:
        schedule = make_schedule(notebook_plan, notebook)
        outcome = supervise(self._parent, plan, notebook_plan, schedule.steps, stage, mode=mode)
        return replace(outcome, concerns=(*schedule.concerns, *outcome.concerns))


def _put_together(
    plan: NotebookPlan, notebook: NotebookNode, outcome: NotebookOutcome, executed: NotebookNode
) -> GradedNotebook:
    untouched = unanswered(plan, notebook)
    points = _nothing(plan)
    points.update({grade_id: test.points for grade_id, test in outcome.tests.items()})
    points.update({cell.grade_id: 0.0 for cell in plan.cells if cell.hand_marked and cell.grade_id in untouched})
    return GradedNotebook(plan.name, json.dumps(executed, ensure_ascii=False, indent=1) + "\n", points, untouched)


def _nothing(plan: NotebookPlan) -> dict[str, float | None]:
    return {cell.grade_id: None for cell in plan.cells if _is_graded(cell)}


def _is_graded(cell: PlannedCell) -> bool:
    return cell.role is Role.TEST or cell.hand_marked


def _questions(plan: NotebookPlan, graded: GradedNotebook, said: dict[str, CellMessage]) -> list[QuestionReport]:
    questions = []
    for cell in filter(_is_graded, plan.cells):
        message = said.get(cell.grade_id, CellMessage("")) if graded.points[cell.grade_id] != cell.points else None
        questions.append(
            QuestionReport(
                notebook=plan.name,
                grade_id=cell.grade_id,
                points=graded.points[cell.grade_id],
                max_points=cell.points,
                message=message.text if message else "",
                misconception=message.misconception if message else "",
            )
        )
    return questions
