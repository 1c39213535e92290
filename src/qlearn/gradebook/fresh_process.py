"""Grade in a process of its own, started afresh: a server with threads must not fork, and has other things to do.

The caller sends an order as a line of JSON and hears events as further ones: what to tell the teacher, each report as
it is finished, and how it ended. The process ends with its caller, however that ends, and takes its workers along.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from qlearn.errors import CourseError, HostError, QlearnError

__all__ = ["Order", "grade_apart"]

Hear = Callable[[Mapping[str, Any]], None]

PATIENCE = 300.0  # seconds to wait for another run over the same assignment
BETWEEN_TRIES = 0.5
SECONDS_TO_END = 10.0  # after its last word


@dataclass(frozen=True)
class Order:
    """What to grade: whose work in which course, with the gradebook the caller uses.

    Attributes
    ----------
    create
        Whether somebody who is not in the gradebook gets an entry; an error otherwise.
    """

    root: str
    assignment: str
    students: tuple[str, ...]
    database_url: str
    create: bool = True


def grade_apart(order: Order, hear: Hear, *, seconds: float) -> None:
    """Grade in a fresh process and wait for its end.

    Parameters
    ----------
    order
        What to grade.
    hear
        Called with each event: `report`, a submission's as JSON, or `tell`, a sentence for the teacher.
    seconds
        After so many the process is ended.

    Raises
    ------
    CourseError
        If the order cannot be carried out.
    HostError
        If the process did not come to its end.
    """
    with tempfile.TemporaryFile() as errors:
        ended = in_time = False
        # one that cannot even begin leaves nobody to write to
        with contextlib.suppress(BrokenPipeError), _start(order, errors) as process:
            watchdog = threading.Timer(seconds, process.kill)
            watchdog.start()
            try:
                ended = _give_and_listen(process, order, hear)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(SECONDS_TO_END)
            finally:
                in_time = watchdog.is_alive()
                watchdog.cancel()
                process.kill()  # it is done, late, or nobody listens any more, as after Ctrl-C
        if not ended:
            said = _last_line(errors) if in_time else f"it took more than {seconds:.0f} s"
            raise HostError(f"grading {order.assignment} was stopped ({said}); try again with: qlearn grade")


def _start(order: Order, errors: IO[bytes]) -> subprocess.Popen[str]:
    programs = str(Path(sys.executable).parent)  # nbgrader runs `alembic` by name
    return subprocess.Popen(
        [sys.executable, "-P", "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        encoding="utf-8",
        cwd=order.root,
        env={**os.environ, "PATH": os.pathsep.join([programs, os.environ.get("PATH", os.defpath)])},
        start_new_session=True,  # Ctrl-C in the terminal is for the caller to act on
    )


def _give_and_listen(process: subprocess.Popen[str], order: Order, hear: Hear) -> bool:
    """Give the order and pass events on until there are no more; say whether the process came to its end.

    Raises
    ------
    CourseError
        With what the process said stopped it.
    """
    if process.stdin is None or process.stdout is None:
        return False
    process.stdin.write(json.dumps(asdict(order)) + "\n")
    process.stdin.flush()  # and stays open: its end tells the process that its caller is gone
    for line in process.stdout:
        event = json.loads(line)
        if "error" in event:
            raise CourseError(event["error"])
        if "end" in event:
            return True
        hear(event)
    return False


def _last_line(errors: IO[bytes]) -> str:
    errors.seek(0)
    lines = errors.read().decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


def main() -> None:
    """Carry out the order that stands on standard input."""
    # Nothing else may write among the events: what is printed from here on goes to standard error.
    events = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def send(event: Mapping[str, Any]) -> None:
        events.write(json.dumps(event) + "\n")
        events.flush()

    record = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_caller, daemon=True).start()
    try:
        _carry_out(Order(**{**record, "students": tuple(record["students"])}), send)
    except QlearnError as error:
        send({"error": str(error)})
    except OSError as error:
        send({"error": f"this machine failed: {error}; put it right and grade again"})
    else:
        send({"end": True})


def _carry_out(order: Order, send: Hear) -> None:
    from qlearn.gradebook.course import open_course
    from qlearn.gradebook.grade import grade_assignment

    course = replace(open_course(order.root), database_url=order.database_url)
    if not order.create:
        _check_known(course, order.students)
    told: set[str] = set()

    def tell(sentence: str) -> None:
        if sentence not in told:
            told.add(sentence)
            send({"tell": sentence})

    until = time.monotonic() + PATIENCE
    while True:
        try:
            grade_assignment(
                course,
                order.assignment,
                students=order.students,
                on_report=lambda report: send({"report": asdict(report)}),
                tell=tell,
            )
            return
        except HostError as error:
            if not isinstance(error.__cause__, BlockingIOError) or time.monotonic() > until:
                raise  # it is no other run over this assignment, or one that does not end
        time.sleep(BETWEEN_TRIES)


def _check_known(course: Any, students: tuple[str, ...]) -> None:
    from qlearn.gradebook.session import Session

    with Session(course).gradebook() as gradebook:
        known = {student.id for student in gradebook.students}
    for student in students:
        if student not in known:
            raise CourseError(
                f"no student {student} is in the gradebook; add {student} in Formgrader, or let grading make the entry"
            )


def _end_with_caller() -> None:
    # Not through sys.stdin, whose lock this thread would hold when the interpreter ends.
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
