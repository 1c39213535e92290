"""All that bears on one student's question, in one zip: the answer, what was called, what came back, message, rule.

The hand-in is judged once more for it, in the sandbox, with the calls of this one test written down; no mark is
written. The hidden test, and what it called, are in it only if the teacher asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qlearn.errors import CourseError
from qlearn.gradebook.calibrating import calibrated
from qlearn.gradebook.course import Course
from qlearn.gradebook.grade import collected_submissions
from qlearn.gradebook.handout import write_zip
from qlearn.gradebook.marks import Mark, MarksRow, MarkState, Question, read_marks
from qlearn.gradebook.marks_text import describe_lateness
from qlearn.gradebook.planning import make_plan
from qlearn.gradebook.reports import read_report
from qlearn.gradebook.session import Session
from qlearn.grading.hand_in import HandIn, match_notebooks, read_files
from qlearn.grading.judge.calls import NotedCall, hidden_lines
from qlearn.grading.outcome import TestOutcome
from qlearn.grading.plan import AssignmentPlan, NotebookPlan, PlannedCell, Role
from qlearn.grading.processes import open_process_pool
from qlearn.grading.report import QuestionReport
from qlearn.grading.stranger import grade_id_of
from qlearn.grading.worker import GradingTask, calibrate_plan, check_host, trace_hand_in

__all__ = ["write_appeal"]


@dataclass(frozen=True)
class _Case:
    """What was found out about one question of one student."""

    student: MarksRow
    question: Question
    mark: Mark
    report: QuestionReport | None
    test: PlannedCell
    outcome: TestOutcome | None
    answers: tuple[tuple[str, str], ...]


def write_appeal(
    course: Course, assignment: str, student: str, question: str, target: Path, *, with_hidden_tests: bool = False
) -> list[str]:
    """Write the bundle.

    Parameters
    ----------
    course, assignment, student
        Whose work it is about.
    question
        The name of the graded cell, with or without nbgrader's customary `test_`.
    target
        The zip file; one that is there is replaced.
    with_hidden_tests
        Put the hidden test and its calls into it.

    Returns
    -------
    list of str
        The names in the zip.

    Raises
    ------
    CourseError
        If there is no such assignment, work or question.
    SubmissionError
        If the hand-in cannot be read.
    HostError
        If this machine cannot hold a student's process.
    """
    (submission,) = collected_submissions(course, assignment, [student])
    hand_in = read_files(submission.folder, student=student, assignment=assignment, timestamp=submission.timestamp)
    plan = make_plan(course, assignment)
    notebook, test = _find(plan, question)
    case = _look_at(course, plan, notebook, test, hand_in)
    files = {"READ-ME.md": _describe(assignment, case, with_hidden_tests)}
    files |= {f"answer-{name}.txt": source for name, source in case.answers}
    files["test-visible.txt"] = _without_hidden(test.source)
    if with_hidden_tests:
        files["test-whole.txt"] = test.source
    handed_in = {f"handed-in/{name}": content for name, content in hand_in.files if name.endswith(".ipynb")}
    write_zip(target, {name: text.encode("utf-8", "replace") for name, text in files.items()} | handed_in)
    return sorted([*files, *handed_in])


def _find(plan: AssignmentPlan, question: str) -> tuple[NotebookPlan, PlannedCell]:
    graded = [
        (notebook, cell)
        for notebook in plan.notebooks
        for cell in notebook.cells
        if cell.role is Role.TEST or cell.hand_marked
    ]
    for notebook, cell in graded:
        if question in (cell.grade_id, cell.grade_id.removeprefix("test_")):
            return notebook, cell
    names = ", ".join(cell.grade_id.removeprefix("test_") for _, cell in graded)
    raise CourseError(f"{plan.assignment} has no question called {question}; there are: {names}")


def _look_at(course: Course, plan: AssignmentPlan, notebook: NotebookPlan, test: PlannedCell, hand_in: HandIn) -> _Case:
    table = read_marks(course, plan.assignment)
    row = next(one for one in table.rows if one.student.id == hand_in.student)
    number, question = next(
        (place, one)
        for place, one in enumerate(table.questions)
        if (one.notebook, one.grade_id) == (notebook.name, test.grade_id)
    )
    found = read_report(course, plan.assignment)
    reports = {one.student: one.questions for one in found.submissions} if found else {}
    report = next((one for one in reports.get(hand_in.student, ()) if one.grade_id == test.grade_id), None)
    own = match_notebooks(plan, hand_in).notebooks.get(notebook.name)
    sources = {grade_id_of(cell): str(cell.source) for cell in reversed(own.cells)} if own is not None else {}
    names = [cell.grade_id for cell in _answer_cells(notebook, test)]
    return _Case(
        student=row,
        question=question,
        mark=row.marks[number],
        report=report,
        test=test,
        outcome=None if test.role is not Role.TEST else _trace(course, plan, notebook, test, hand_in),
        answers=tuple((name, sources.get(name, "(this cell is not in the hand-in)")) for name in names),
    )


def _answer_cells(notebook: NotebookPlan, test: PlannedCell) -> Sequence[PlannedCell]:
    """Give the answer cells that a test is about: those since the test before it, or the test itself if by hand."""
    if test.hand_marked:
        return [test]
    answers: list[PlannedCell] = []
    for cell in notebook.cells:
        if cell.grade_id == test.grade_id and cell.role is Role.TEST:
            break
        if cell.role is Role.TEST:
            answers = []
        elif cell.role is Role.ANSWER:
            answers.append(cell)
    return answers


def _trace(
    course: Course, plan: AssignmentPlan, notebook: NotebookPlan, test: PlannedCell, hand_in: HandIn
) -> TestOutcome | None:
    check_host(trusted=False)
    log = Session(course).log_file(f"workers-{plan.assignment}")
    with open_process_pool(1, log, graders=True) as executor:
        plan, _ = calibrated(course, plan, lambda one: executor.submit(calibrate_plan, one).result())
        traced = tuple(
            replace(one, traced=frozenset({test.grade_id})) if one.name == notebook.name else one
            for one in plan.notebooks
        )
        task = GradingTask(replace(plan, notebooks=traced), hand_in)
        return executor.submit(trace_hand_in, task).result().get(test.grade_id)


def _describe(assignment: str, case: _Case, with_hidden_tests: bool) -> str:
    student, question = case.student.student, case.question
    lines = [f"# {assignment}, {question.label}: {student.id} {student.name}".rstrip(), ""]
    lines += ["## The mark", "", _mark(case), ""]
    late = describe_lateness(case.student.late_seconds)
    if late:
        lines += [f"The work is {late}; {case.student.penalty:g} points are taken off the whole assignment.", ""]
    lines += ["## The rule", "", _rule(case), ""]
    if case.report is not None and case.report.message:
        lines += ["## What the student was told", "", f"> {case.report.message}", ""]
        if case.report.misconception:
            lines += [f"This names the misconception *{case.report.misconception.replace('-', ' ')}*.", ""]
    if case.outcome is not None:
        lines += ["## What was called, and what came back", "", *_calls(case.outcome, with_hidden_tests), ""]
    lines += ["## In this bundle", ""]
    lines += [f"- `answer-{name}.txt`: the answer as it was handed in" for name, _ in case.answers]
    lines += ["- `test-visible.txt`: the test as students see it", "- `handed-in/`: the notebook as it was handed in"]
    if with_hidden_tests:
        lines.append("- `test-whole.txt`: the test with what only teachers may see. Do not pass this on.")
    return "\n".join(lines) + "\n"


def _mark(case: _Case) -> str:
    most = f"of {case.question.max_points:g} points"
    if case.mark.state is MarkState.PENDING:
        return f"It waits for a mark by hand, {most}."
    if case.mark.points is None:
        return f"There is no mark yet, {most}: {case.student.reason or case.student.standing.value}."
    again = ""
    if case.outcome is not None and case.outcome.points is not None and case.outcome.points != case.mark.points:
        again = f" Judged once more for this bundle, the same answer gets {case.outcome.points:g}."
    return f"{case.mark.points:g} {most}.{again}"


def _rule(case: _Case) -> str:
    if case.test.hand_marked:
        return "A person marks this answer by the criteria that stand above it in the notebook."
    how = f" It was judged in the mode *{case.outcome.mode}*." if case.outcome is not None and case.outcome.mode else ""
    concern = f" {case.outcome.concern}." if case.outcome is not None and case.outcome.concern else ""
    points = f"{case.question.max_points:g} points"
    return (
        f"The cell `{case.test.grade_id}` runs after the answer. It gives all of its {points} "
        "if it runs to its end, none if it stops at an error, and a part if its last line gives a number."
        + how
        + concern
    )


def _calls(outcome: TestOutcome, with_hidden_tests: bool) -> list[str]:
    calls: Sequence[NotedCall] = outcome.calls
    shown = [call for call in calls if with_hidden_tests or not call[2]]
    lines = [f"{number}. `{call}` gave `{back}`" for number, (call, back, _) in enumerate(shown, start=1)]
    kept_back = len(calls) - len(shown)
    if kept_back:
        lines += ["", f"{kept_back} more calls were made by hidden tests; the teacher can have them shown."]
    return lines or ["No function of the answer was called: the test looks at values that the answer left behind."]


def _without_hidden(source: str) -> str:
    hidden = hidden_lines(source)
    kept = [line for number, line in enumerate(source.splitlines(), start=1) if number not in hidden]
    return "\n".join(kept) + "\n"
