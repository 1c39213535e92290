"""Keep one notebook's judge and student's process going, in time, until every test has an outcome."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Sequence
from typing import Any

from qlearn.errors import HostError, SubmissionError
from qlearn.grading.judge.control import JudgeTask, send_task
from qlearn.grading.outcome import NotebookOutcome, TeachersCell, TestOutcome
from qlearn.grading.plan import AssignmentPlan, Mode, NotebookPlan, RunLimits
from qlearn.grading.run.messages import Line
from qlearn.grading.run.parent import Forker, WarmParent
from qlearn.grading.run.staging import Stage
from qlearn.grading.sandbox import explain_exit
from qlearn.grading.schedule import Step, TestCell

__all__ = ["supervise"]

SLACK = 5.0  # s that the judge has on top of what it gives the student's process
TOO_LONG = "This ran for more than {:g} seconds and was stopped. Look for a loop that never ends."
OUT_OF_TIME = "The whole notebook ran for more than {:g} seconds and was stopped before this test."
NONSENSE = "Your code disturbed the process it runs in, so that it no longer answers."
JUDGE_ENDED = "{}: the test itself could not be brought to an end with this answer"


class _Run:
    """One notebook's processes and what came out so far."""

    def __init__(
        self, parent: WarmParent, limits: RunLimits, notebook: NotebookPlan, steps: Sequence[Step], stage: Stage
    ) -> None:
        self.parent, self.limits, self.notebook, self.steps, self.stage = parent, limits, notebook, steps, stage
        self.cells: dict[int, Any] = {}
        self.tests: dict[str, TestOutcome] = {}
        self.concerns: list[str] = []
        self.teachers: dict[str, TeachersCell] = {}
        self.student = self.judge = 0
        self.template: Forker | None = None
        self.step = 0
        self.started = False
        self.deadline = time.monotonic() + limits.notebook_seconds

    def start(self, mode: Mode | None) -> socket.socket:
        """Start both processes; give our end of the judge's control line."""
        ours, control = socket.socketpair()
        judges_end = self.new_student()
        with control, judges_end:
            self.template = self.parent.template(self.notebook, self.limits)
            self.judge = self.template.fork(self.stage.judge_order(), (control, judges_end))
        steps, settled = tuple(self.steps), dict(self.tests)
        send_task(ours, JudgeTask(self.notebook, steps, self.limits, self.stage.data_names, settled, mode))
        return ours

    def new_student(self) -> socket.socket:
        """Start a process for the student's code; give the judge's end of the line to it."""
        judges_end, students_end = socket.socketpair()
        with students_end:
            self.student = self.parent.fork(self.stage.student_order(self.notebook), (students_end,))
        return judges_end

    def listen(self, connection: socket.socket) -> bool:
        """Take in what the judge reports until it is done; False if it ended or ran out of time before."""
        line = Line(connection.fileno())
        while True:
            patience = min(self.deadline, time.monotonic() + 2 * self.limits.cell_seconds + SLACK)
            try:
                kind, *fields = line.receive(deadline=patience)
            except SubmissionError:
                return False
            self.started = True
            if kind == "done":
                return True
            if kind == "host":
                raise HostError(fields[0])
            if kind == "restart":
                self.replace_student(connection, *fields)
            elif kind == "step":
                self.step = fields[0]
            elif kind == "cell":
                self.cells[fields[0]] = tuple(fields[1])
            elif kind == "test":
                self.tests[fields[0]] = _outcome(*fields)
            elif kind == "teacher":
                name, mode, changes, operations = fields
                self.teachers[name] = TeachersCell(mode, changes, frozenset(operations))
            elif kind == "concern":
                self.concerns.append(fields[0])

    def replace_student(self, connection: socket.socket, why: str) -> None:
        """Send the judge a new process and the words for what became of the old one."""
        fate = self.end_student()
        text = {"time": TOO_LONG.format(self.limits.cell_seconds), "nonsense": NONSENSE}.get(why) or fate
        with self.new_student() as judges_end:
            os.set_blocking(connection.fileno(), True)
            socket.send_fds(connection, [text.encode()], [judges_end.fileno()])

    def end_student(self) -> str:
        """End the student's process; say why it had ended, in the student's words."""
        if not self.student:
            return NONSENSE
        status, usage = self.parent.end(self.student)
        self.student = 0
        return explain_exit(status, usage, self.limits.sandbox) or NONSENSE

    def end(self) -> None:
        """End both processes."""
        if self.judge and self.template is not None:
            self.template.end(self.judge)
            self.judge = 0
        self.end_student()


def supervise(
    parent: WarmParent,
    plan: AssignmentPlan,
    notebook: NotebookPlan,
    steps: Sequence[Step],
    stage: Stage,
    *,
    mode: Mode | None = None,
) -> NotebookOutcome:
    """Run all steps; a test that ends or outlasts its judge gets no points and the others a new judge."""
    run = _Run(parent, plan.limits, notebook, steps, stage)
    while True:
        connection = run.start(mode)
        try:
            done = run.listen(connection)
        finally:
            run.end()
            connection.close()
        if done:
            break
        if not _settle_guilty_step(run):
            break
    return NotebookOutcome(run.cells, run.tests, tuple(run.concerns), run.teachers)


def _settle_guilty_step(run: _Run) -> bool:
    """Give the test that ended the judge its outcome; False if there is no time left for the others."""
    in_time = time.monotonic() < run.deadline
    guilty = run.steps[run.step] if run.step < len(run.steps) else None
    if in_time and not isinstance(guilty, TestCell):
        if not run.started:
            raise HostError(f"the judge of {run.notebook.name} could not start; see the lines above")
        message = (
            f"a cell of {run.notebook.name} made judging impossible: {guilty.grade_id if guilty else ''}; look at it"
        )
        raise SubmissionError(message)
    if in_time and isinstance(guilty, TestCell):
        if guilty.grade_id in run.tests:
            raise SubmissionError(f"this answer ended the judge twice at {guilty.grade_id}; look at it")
        text = TOO_LONG.format(2 * run.limits.cell_seconds)
        run.tests[guilty.grade_id] = _stopped(guilty.grade_id, text)
        run.concerns.append(JUDGE_ENDED.format(guilty.grade_id))
        return True
    text = OUT_OF_TIME.format(run.limits.notebook_seconds)
    run.concerns.append(f"{run.notebook.name} ran out of time after {run.limits.notebook_seconds:g} s")
    for step in run.steps:
        if isinstance(step, TestCell) and step.grade_id not in run.tests:
            run.tests[step.grade_id] = _stopped(step.grade_id, text)
    return False


def _stopped(grade_id: str, text: str) -> TestOutcome:
    error = {"output_type": "error", "ename": "CellTimeoutError", "evalue": text, "traceback": [text]}
    return TestOutcome(grade_id, 0.0, (error,), raised_in="host")


def _outcome(
    grade_id: str,
    points: float | None,
    outputs: list[Any],
    concern: str,
    verified: bool,
    raised_in: str,
    changes: bool,
    mode: str,
    operations: list[str],
    calls: list[tuple[str, str, bool]],
) -> TestOutcome:
    return TestOutcome(
        grade_id,
        None if points is None else float(points),
        tuple(outputs),
        concern,
        verified=verified,
        raised_in=raised_in,
        changes_arguments=changes,
        mode=mode,
        operations=frozenset(operations),
        calls=tuple(calls),
    )
