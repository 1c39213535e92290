"""What a run of grading has finished so far, so that a run that was killed is taken up where it stopped.

A file of JSON lines in the course's `reports`: the first names the plan, each further one a submission whose marks are
in the gradebook. It lives as long as the run: a run that comes to its end puts all of it into the report.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import BufferedRandom
from pathlib import Path
from typing import Any

from qlearn import __version__
from qlearn.errors import HostError
from qlearn.gradebook.course import Course
from qlearn.grading.hand_in import HandIn
from qlearn.grading.report import SubmissionReport

__all__ = ["Finished", "Journal"]


@dataclass(frozen=True)
class Finished:
    """A submission that an earlier run finished: which version of it, and what came of it."""

    hand_in: str
    report: SubmissionReport


class Journal:
    """The journal of one assignment, locked against other runs while it is open; use it in a `with` statement.

    Parameters
    ----------
    course, assignment
        Whose journal it is.

    Attributes
    ----------
    earlier
        What the journal held when it was opened, by student: the work of a run that did not come to its end.

    Raises
    ------
    HostError
        From `with`, if another run has it open.
    """

    def __init__(self, course: Course, assignment: str) -> None:
        self.path = course.reports / f".{assignment}.journal"
        self._assignment = assignment
        self.earlier: Mapping[str, Finished] = {}
        self._plan = ""
        self._file: BufferedRandom

    def __enter__(self) -> Journal:
        self.path.parent.mkdir(exist_ok=True)
        self._file = _open_locked(self.path, self._assignment)
        header, self.earlier, end = _read(self._file)
        self._plan = str(header.get("plan", ""))
        self._file.seek(end)
        self._file.truncate()  # a line that was torn, on which the next one would be written
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def begin(self, plan_digest: str) -> Mapping[str, Finished]:
        """Begin or go on with a plan; give what was finished with this very plan, by student."""
        plan = f"{__version__} {plan_digest}"
        if self._plan == plan:
            return self.earlier
        self._file.seek(0)
        self._file.truncate()
        self._plan = plan
        self._append({"plan": plan})
        return {}

    def add(self, hand_in: HandIn, report: SubmissionReport) -> None:
        """Note a submission whose marks are written; it is on the disk when this returns."""
        self._append({"hand_in": name_of(hand_in), "report": asdict(report)})

    def end(self) -> None:
        """Remove the journal: the run came to its end and its report is written."""
        self.path.unlink(missing_ok=True)

    def _append(self, record: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(record).encode("ascii") + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def name_of(hand_in: HandIn) -> str:
    """Name one version of one student's work: a newer one with the same files has another time."""
    return f"{hand_in.digest()} {hand_in.timestamp}"


def _open_locked(path: Path, assignment: str) -> BufferedRandom:
    """Open the journal for this run alone; the lock ends with the process, however that ends."""
    import fcntl  # Windows has none, and grades without a journal

    while True:
        path.touch()
        file = path.open("r+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            raise HostError(f"another `qlearn grade` works on {assignment}; wait until it is done") from error
        if path.exists() and os.path.samestat(path.stat(), os.fstat(file.fileno())):
            return file
        file.close()  # the other run came to its end, and removed it, between our opening and locking it


def _read(file: BufferedRandom) -> tuple[Mapping[str, Any], dict[str, Finished], int]:
    """Read all whole lines: the header, the submissions by student, and where the last whole line ends."""
    header: Mapping[str, Any] = {}
    finished: dict[str, Finished] = {}
    end = 0
    for number, line in enumerate(file):
        try:
            record: Any = json.loads(line) if line.endswith(b"\n") else None
            if number == 0:
                header = {"plan": record["plan"]}
            else:
                entry = Finished(record["hand_in"], SubmissionReport.from_json(record["report"]))
                finished[entry.report.student] = entry
        except (ValueError, KeyError, TypeError):
            break  # the machine stopped while this line was written; the submission is graded again
        end += len(line)
    return header, finished, end
