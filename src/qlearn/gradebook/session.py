"""nbgrader through its Python API, on one course: settings, environment, log and errors in one place.

nbgrader's API returns failures as captured text and logs to a shared logger. A `Session` runs each step with the
course's settings alone, appends what was said to a log file in the course, and raises an error of ours that says
what to do. Nothing else in qlearn calls `NbGraderAPI`.
"""

from __future__ import annotations

import errno
import functools
import logging
import os
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qlearn.errors import CourseError, HostError
from qlearn.gradebook.converter import use_nbgraders_grader
from qlearn.gradebook.course import SQLITE, Course, load_config, open_course
from qlearn.gradebook.nbgrader_settings import configure_collection, configure_feedback

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

__all__ = ["Session", "create_database", "explained", "is_passing", "last_error", "worker_session"]

LOCK_SECONDS = 60  # how long SQLite itself waits for another writer before it says "database is locked"
LOCK_RETRIES = 3
LOCKED = "another program keeps the gradebook locked; close it and run the command again"
PASSING = ("is locked", "deadlock detected", "could not serialize", "lock timeout", "statement timeout")
NO_SPACE = "no space left on the disk of {folder}; free some and run the command again"
_ERROR_LINE = re.compile(r"^\s*(?:[\w.]+\.)?(\w+(?:Error|Exception|Interrupt|Entry|Warning)): (.+)$", re.MULTILINE)


class Session:
    """One course's nbgrader, loaded on first use; a step that fails raises, with the details in the log file."""

    def __init__(self, course: Course) -> None:
        self.course = course

    def run(self, step: Callable[[Any], Mapping[str, Any]], *, log_name: str, student: str = "") -> Mapping[str, Any]:
        """Run one step of `NbGraderAPI` and append its log; return the API's result, `success` false included.

        Parameters
        ----------
        step
            Called with the API object; returns its result mapping.
        log_name
            File in the course's `logs` folder, such as `grade-school-bb84`.
        student
            Named in the log, if the step is about one student.

        Raises
        ------
        HostError
            If the disk is full, or another program keeps the gradebook locked.
        """
        for attempt in range(LOCK_RETRIES + 1):
            with (
                nbgrader_environment(),
                _logged_database() as complaints,
                warnings.catch_warnings(record=True) as caught,
            ):
                warnings.simplefilter("default")
                result = step(self.api)
            self._append_log(log_name, student, result, [*complaints, *(str(warning.message) for warning in caught)])
            said = result.get("log", "") + result.get("error", "")
            if result["success"]:
                break
            if is_full_disk(said):
                raise HostError(NO_SPACE.format(folder=self.course.root))
            if "database is locked" not in said:
                break
            if attempt == LOCK_RETRIES:
                raise HostError(LOCKED)
            time.sleep(2**attempt)  # another writer holds SQLite's lock; give it longer each time
        return result

    def must(self, step: Callable[[Any], Mapping[str, Any]], *, log_name: str) -> Mapping[str, Any]:
        """Run a step that has to succeed.

        Raises
        ------
        CourseError
            If it did not; the message is nbgrader's last error, and names the log file.
        HostError
            As `run`.
        """
        result = self.run(step, log_name=log_name)
        if not result["success"]:
            raise CourseError(f"nbgrader: {last_error(result)}; the details are in {self.log_file(log_name)}")
        return result

    def log_file(self, log_name: str) -> Path:
        """Where the log of this name is kept; its folder is made if it is not there."""
        self.course.logs.mkdir(exist_ok=True)
        return self.course.logs / f"{log_name}.log"

    @cached_property
    def api(self) -> Any:
        """The `NbGraderAPI` of this course, with the course's settings alone."""
        from nbgrader.apps import NbGraderAPI

        config = load_config(self.course.root)
        use_nbgraders_grader(config)  # who grades through here asks for it, and ours would start this again
        config.CourseDirectory.root = str(self.course.root)
        config.CourseDirectory.course_id = self.course.course_id
        config.CourseDirectory.db_url = patient_database_url(self.course.database_url)
        config.Exchange.root = str(self.course.exchange)
        if "collect" not in config.ExchangeFactory:
            configure_collection(config)
        if "exporter_class" not in config.GenerateFeedback:
            configure_feedback(config)  # a course whose settings name no pages gets ours all the same
        return NbGraderAPI(config=config)

    @contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """Open nbgrader's gradebook for reading or writing marks; closed afterwards.

        Raises
        ------
        HostError
            If the disk is full, or another program keeps the gradebook locked.
        CourseError
            If the database fails in another way.
        """
        with explained(self.course.root), nbgrader_environment(), _logged_database():
            from nbgrader.api import Gradebook

            with Gradebook(patient_database_url(self.course.database_url), self.course.course_id) as gradebook:
                yield gradebook

    def _append_log(self, log_name: str, student: str, result: Mapping[str, Any], complaints: list[str]) -> None:
        lines = [f"---- {self.course.course_id} {student}".rstrip(), result.get("log", "").rstrip()]
        lines += [f"[warning] {complaint}" for complaint in complaints]
        lines += [result.get("error", "").rstrip()]
        with self.log_file(log_name).open("a", encoding="utf-8") as log:
            log.write("\n".join(line for line in lines if line) + "\n")


@functools.lru_cache(maxsize=1)
def worker_session(course_root: Path) -> Session:
    """Open a course once in a worker process, which would otherwise load its settings for every submission."""
    return Session(open_course(course_root))


def create_database(database: Path, course_id: str) -> None:
    """Make an empty SQLite gradebook with nbgrader's tables.

    Raises
    ------
    HostError
        If the disk is full.
    """
    with explained(database.parent), nbgrader_environment(), _logged_database():
        from nbgrader.api import Gradebook

        Gradebook(f"{SQLITE}{database}", course_id).close()


def is_full_disk(said: str) -> bool:
    """Whether a text that somebody else made of an error says that the disk is full."""
    return os.strerror(errno.ENOSPC) in said or "database or disk is full" in said


def is_passing(error: Exception) -> bool:
    """Whether a database's complaint is about another program's work, which will end, and not about ours."""
    return any(sign in str(error) for sign in PASSING) or bool(getattr(error, "connection_invalidated", False))


def last_error(result: Mapping[str, Any]) -> str:
    """Find the error that says why a step failed: the last named one that is not nbgrader's summary of it."""
    found = _ERROR_LINE.findall(re.sub(r"\x1b\[[0-9;]*m", "", result.get("log", "") + result.get("error", "")))
    telling = [(name, text) for name, text in found if name not in ("NbGraderException", "ExchangeError")]
    name, text = (telling or found or [("", "it stopped without saying why")])[-1]
    if name in ("", "NbGraderException", "ExchangeError"):
        return str(text)
    return f"{name}: {text}"


def patient_database_url(database_url: str) -> str:
    """Let SQLite wait for other writers longer than its five seconds; other databases have their own ways."""
    if database_url.startswith(SQLITE) and "?" not in database_url:
        return f"{database_url}?timeout={LOCK_SECONDS}"
    return database_url


@contextmanager
def nbgrader_environment() -> Iterator[None]:
    """Make nbgrader find this environment's programs and kernel, not the user's; put everything back afterwards.

    nbgrader runs `alembic` by name, and a kernel reads start-up files from the user's IPython folder.
    """
    programs = str(Path(sys.executable).parent)
    changes = {
        "PATH": os.pathsep.join([programs, os.environ.get("PATH", os.defpath)]),
        "JUPYTER_PREFER_ENV_PATH": "1",
    }
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what a database raises into an error of ours."""
    from nbgrader.api import InvalidEntry
    from sqlalchemy.exc import DatabaseError

    try:
        yield
    except (DatabaseError, InvalidEntry) as error:
        if is_full_disk(str(error)):
            raise HostError(NO_SPACE.format(folder=folder)) from error
        if is_passing(error):
            raise HostError(LOCKED) from error
        raise CourseError(f"the gradebook in {folder} cannot be used: {getattr(error, 'orig', error)}") from error


@contextmanager
def _logged_database() -> Iterator[list[str]]:
    """Collect what nbgrader's gradebook logs, tracebacks included, which would otherwise go to the terminal."""
    lines: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    collector = Collector()
    logger = logging.getLogger("tornado.application")  # the one that `nbgrader.api` writes to
    logger.addHandler(collector)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield lines
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate
