"""Walk through one submitted notebook: its cells run in the student's process, each test is judged here in its turn."""

from __future__ import annotations

import ast
from typing import Any

from qlearn.errors import SubmissionError
from qlearn.grading.clean_outputs import OutputCleaner
from qlearn.grading.judge.audit import Audit
from qlearn.grading.judge.cells import CellResult, TrustedCells, points_of
from qlearn.grading.judge.connection import Answers
from qlearn.grading.judge.control import Control, JudgeTask
from qlearn.grading.judge.guard import Guard, StudentGoneError
from qlearn.grading.outcome import TestOutcome
from qlearn.grading.plan import Mode, PlannedCell, Role
from qlearn.grading.run.shell import CellShell
from qlearn.grading.schedule import StudentCell, TestCell

__all__ = ["NotebookJudge"]

MOST_RESTARTS = 12
NOT_SAFE = "no safe mode can judge {}: mark it by hand, or tag its cell `unverified` to run it in the student's process"
NOT_FORESEEN = "{} could not be judged: {}; look at the answer"
TOO_MUCH = "this cell shows more than can be kept: its outputs were left out"
ENDED_TOO_OFTEN = "the student's code ended its process {} times; the tests after that were not tried"


class NotebookJudge:
    """Judges one notebook and reports each step to the supervisor."""

    def __init__(self, task: JudgeTask, control: Control, shell: CellShell, descriptor: int) -> None:
        self._task = task
        self._control = control
        self._guard = Guard()
        self._shell = shell
        self._audit = Audit(self._guard, [cell.source for cell in task.plan.cells if cell.role is not Role.ANSWER])
        self._cells = TrustedCells(task.plan, shell, self._guard, self._audit, task.data_names)
        self._answers = self._connect(descriptor)
        self._cleaner = OutputCleaner()
        self._ran: list[StudentCell] = []
        self._teacher_next = 0
        self._restarts = 0
        self._places = {cell.grade_id: place for place, cell in enumerate(task.plan.cells) if cell.grade_id}

    def judge(self) -> None:
        """Go through all steps."""
        for number, step in enumerate(self._task.steps):
            self._control.say("step", number)
            if isinstance(step, StudentCell):
                self._run_cell(step)
            elif step.grade_id in self._task.settled:
                self._catch_up(self._places[step.grade_id])
            else:
                outcome = self._judge_test(step)
                self._control.say("test", *_as_message(outcome))
        if self._restarts > MOST_RESTARTS:
            self._control.say("concern", ENDED_TOO_OFTEN.format(self._restarts))
        self._control.say("done")

    def _run_cell(self, step: StudentCell) -> None:
        """Run a student's cell; one that ends the process is left out when the cells before it run again."""
        if self._restarts > MOST_RESTARTS:
            return
        outputs: list[dict[str, Any]] = []
        try:
            claimed, _ = self._answers.run(step.source)
            self._ran.append(step)
            outputs = self._cleaner.clean(claimed, None)
        except StudentGoneError as gone:
            text = self._restart(gone.why)
            outputs = [_error("ProcessEnded", text)]
            self._control.say("concern", f"the cell {step.grade_id or step.index + 1} ended its process: {text}")
        try:
            self._control.say("cell", step.index, outputs)
        except SubmissionError:  # more than a message holds, however it was packed
            self._control.say("cell", step.index, [_error("TooMuchOutput", TOO_MUCH)])

    def _judge_test(self, step: TestCell) -> TestOutcome:
        position = self._places[step.grade_id]
        cell = self._task.plan.cells[position]
        mode = self._task.mode or self._task.plan.modes.get(step.grade_id, Mode.DATA)
        if self._restarts > MOST_RESTARTS:
            return TestOutcome(step.grade_id, 0.0, (_error("ProcessEnded", ENDED_TOO_OFTEN.format(self._restarts)),))
        if mode is Mode.NONE:
            return TestOutcome(step.grade_id, None, (), NOT_SAFE.format(step.grade_id), mode=mode.value)
        self._catch_up(position)
        if mode is Mode.STUDENT_PROCESS:
            return self._judge_over_there(cell)
        return self._outcome(cell, self._run_test(position, cell, mode), mode)

    def _run_test(self, position: int, cell: PlannedCell, mode: Mode) -> CellResult:
        """Run a test; where an answer changes what the model solution leaves alone, it must pass either way.

        A test that sees the changes finds what a function should have left as it was; one that does not see them
        compares with what it has handed over, and not with what an answer has made of it.
        """
        return self._run_either_way(position, cell, mode, cell.grade_id)

    def _run_either_way(self, position: int, cell: PlannedCell, mode: Mode, name: str) -> CellResult:
        plan, calibrating = self._task.plan, self._task.mode is not None
        changes = calibrating or name in plan.in_place
        allowed = self._allowed(name)
        result = self._cells.run(position, cell, self._answers, mode, in_place=changes, allowed=allowed)
        if changes or not result.changed_arguments or result.gone or result.unjudged or result.error is not None:
            return result
        again = self._cells.run(position, cell, self._answers, mode, in_place=True, allowed=allowed)
        if again.gone or again.unjudged:
            return again
        # a test that catches its own failures ends without an error, and with fewer points
        return min(again, result, key=lambda one: points_of(one.outputs, one.error, cell.points))

    def _allowed(self, name: str) -> frozenset[str] | None:
        """Give what the model solution's objects were asked for in a cell; None where nobody has found it out."""
        plan = self._task.plan
        return None if self._task.mode is not None or not plan.modes else plan.operations.get(name, frozenset())

    def _outcome(self, cell: PlannedCell, result: CellResult, mode: Mode) -> TestOutcome:
        changes = result.changed_arguments
        if result.gone:
            text = self._restart(result.gone)
            if result.gone != "time":
                self._control.say("concern", f"{cell.grade_id} ended the student's process: {text}")
            error = _error("ProcessEnded", text)
            return TestOutcome(cell.grade_id, 0.0, (error,), raised_in="host", mode=mode.value, calls=result.calls)
        outputs = tuple(OutputCleaner().clean(result.outputs, None))
        if result.unjudged:
            concern = NOT_FORESEEN.format(cell.grade_id, result.unjudged)
            return TestOutcome(cell.grade_id, None, (), concern, mode=mode.value, calls=result.calls)
        points = points_of(outputs, result.error, cell.points)
        raised_in = "" if result.error is None else "student" if result.raised_by_student else "test"
        return TestOutcome(
            cell.grade_id,
            points,
            outputs,
            raised_in=raised_in,
            changes_arguments=changes,
            mode=mode.value,
            operations=result.operations,
            calls=result.calls,
        )

    def _judge_over_there(self, cell: PlannedCell) -> TestOutcome:
        """Run a test in the student's process, as its teacher has allowed: what it is worth is that process's claim."""
        mode = Mode.STUDENT_PROCESS.value
        try:
            claimed, error = self._answers.run(cell.source)
        except StudentGoneError as gone:
            text = self._restart(gone.why)
            return TestOutcome(cell.grade_id, 0.0, (_error("ProcessEnded", text),), verified=False, mode=mode)
        outputs = tuple(self._cleaner.clean(claimed, None))
        points = points_of(outputs, RuntimeError(error) if error else None, cell.points)
        return TestOutcome(
            cell.grade_id, points, outputs, verified=False, raised_in="student" if error else "", mode=mode
        )

    def _catch_up(self, position: int) -> None:
        """Run the teacher's cells before a test that some test depends on, and an answer's own imports."""
        while self._teacher_next < position:
            self._run_teachers(self._teacher_next)
            self._teacher_next += 1

    def _run_teachers(self, place: int) -> None:
        cell = self._task.plan.cells[place]
        if cell.cell_type != "code":
            return
        if cell.role is Role.ANSWER:
            self._cells.import_what_an_answer_imports(cell.source)
        elif cell.role is Role.TEACHER and self._cells.needs(place):
            name, plan = f"cell {place}", self._task.plan
            modes = (plan.modes[name],) if name in plan.modes else (Mode.DATA, Mode.PROXIES)
            for mode in modes:
                result = self._cells.run(
                    place,
                    cell,
                    self._answers,
                    mode,
                    in_place=self._task.mode is not None or name in plan.in_place,
                    allowed=self._allowed(name),
                )
                if not result.unjudged or result.gone:
                    break
            self._control.say("teacher", name, mode.value, result.changed_arguments, sorted(result.operations))
            if result.gone:
                self._restart(result.gone)

    def _restart(self, why: str) -> str:
        """Get a new process for the student's code, run again what had run, and say what became of the old one."""
        fate = ""
        while True:
            self._restarts += 1
            text, descriptor = self._control.next_student(why)
            fate = fate or text
            self._answers = self._connect(descriptor)
            if self._restarts > MOST_RESTARTS or self._replay():
                break
            why = "died"
        done, self._teacher_next = self._teacher_next, 0
        if self._restarts <= MOST_RESTARTS:
            while self._teacher_next < done:  # what these cells hold of the old process is no longer good
                self._run_teachers(self._teacher_next)
                self._teacher_next += 1
        self._teacher_next = max(done, self._teacher_next)
        return fate

    def _replay(self) -> bool:
        for number, step in enumerate(self._ran):
            try:
                self._answers.run(step.source)
            except StudentGoneError:
                del self._ran[number]  # it ended well before and does not now: it is left out from here on
                return False
        return True

    def _connect(self, descriptor: int) -> Answers:
        seconds, namespace = self._task.limits.cell_seconds, self._shell.user_ns
        answers = Answers(descriptor, self._guard, seconds, self._source_of, namespace, self._audit.heard)
        answers.wait_until_ready()
        return answers

    def _source_of(self, name: str) -> tuple[str, int]:
        """Find the source of a function by its name, if what was handed in tells beyond doubt which it is."""
        sources = [step.source for step in self._ran]
        if any(word in source for source in sources for word in _REBINDING):
            return "", 0
        found: list[tuple[str, int]] = []
        for source in sources:
            try:
                tree = ast.parse(source)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                return "", 0
            for node in ast.walk(tree):
                if _binds(node, name):
                    plain = node in tree.body and isinstance(node, _DEFINITIONS)
                    found.append((source + "\n" if plain else "", getattr(node, "lineno", 0)))
        return found[0] if len(found) == 1 else ("", 0)


def _binds(node: ast.AST, name: str) -> bool:
    if isinstance(node, _DEFINITIONS):
        return node.name == name
    if isinstance(node, ast.Name):
        return node.id == name and not isinstance(node.ctx, ast.Load)
    return isinstance(node, ast.alias) and (node.asname or node.name) in (name, "*")


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_REBINDING = ("exec", "eval", "compile", "__", "globals", "locals", "setattr", "vars(", "get_ipython", "ctypes", "gc.",
    "importlib")  # fmt: skip
"""Words with which code may change a function behind its text."""


def _error(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": [text]}


def _as_message(outcome: TestOutcome) -> tuple[Any, ...]:
    return (
        outcome.grade_id, outcome.points, list(outcome.outputs), outcome.concern, outcome.verified, outcome.raised_in,
        outcome.changes_arguments, outcome.mode, sorted(outcome.operations), list(outcome.calls),
    )  # fmt: skip
