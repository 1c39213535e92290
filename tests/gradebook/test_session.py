import logging
import os
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import InvalidEntry

from qlearn.errors import CourseError, HostError
from qlearn.gradebook import session as session_module
from qlearn.gradebook.course import Course
from qlearn.gradebook.session import Session, last_error, nbgrader_environment

LOCKED = {"success": False, "error": "sqlite3.OperationalError: database is locked\n"}


@pytest.fixture
def session(course: Course, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(session_module.time, "sleep", lambda _: None)
    return Session(course)


@pytest.mark.parametrize(
    "said", ["OSError: [Errno 28] No space left on device", "sqlite3.OperationalError: database or disk is full"]
)
def test_a_full_disk_is_the_hosts_fault_whoever_says_so(session: Session, said: str) -> None:
    with pytest.raises(HostError, match=r"no space left on the disk of .*optics; free some"):
        session.run(lambda _: {"success": False, "error": said}, log_name="test")


def test_a_locked_gradebook_is_tried_again(session: Session) -> None:
    answers: list[dict[str, Any]] = [LOCKED, LOCKED, {"success": True}]
    assert session.run(lambda _: answers.pop(0), log_name="test")["success"]
    assert answers == []


def test_a_gradebook_that_stays_locked_is_the_hosts_fault(session: Session) -> None:
    with pytest.raises(HostError, match="another program keeps the gradebook locked"):
        session.run(lambda _: LOCKED, log_name="test")


def test_a_failed_step_names_nbgraders_own_error_and_the_log(session: Session, course: Course) -> None:
    result = {
        "success": False,
        "log": "Traceback\nValueError: points must be a number\n[ERROR] There was an error\n",
        "error": "Traceback\nnbgrader.converters.base.NbGraderException: Please see the error log\n",
    }
    with pytest.raises(CourseError, match=r"nbgrader: ValueError: points must be a number; .*logs/release-x\.log"):
        session.must(lambda _: result, log_name="release-x")
    assert "Please see the error log" in (course.logs / "release-x.log").read_text()


def test_what_the_gradebook_logs_goes_to_the_file_and_not_to_the_terminal(
    session: Session, course: Course, capfd: pytest.CaptureFixture[str]
) -> None:
    def complain(_: object) -> dict[str, Any]:
        logging.getLogger("tornado.application").error("Rolling back session")
        return {"success": True}

    session.run(complain, log_name="test")
    assert "Rolling back session" in (course.logs / "test.log").read_text()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("(sqlite3.OperationalError) database or disk is full", "no space left on the disk of .*optics"),
        ("(sqlite3.OperationalError) database is locked", "another program keeps the gradebook locked"),
    ],
)
def test_a_gradebook_that_cannot_be_written_is_the_hosts_fault(session: Session, reason: str, message: str) -> None:
    with pytest.raises(HostError, match=message), session.gradebook():
        raise InvalidEntry(reason)


def test_an_error_without_a_cause_is_still_told() -> None:
    assert last_error({"error": "nbgrader.exchange.ExchangeError: not there\n"}) == "not there"
    assert last_error({"success": False}) == "it stopped without saying why"


def test_nbgrader_finds_the_programs_of_this_environment_and_nothing_stays_changed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    before = dict(os.environ)
    with nbgrader_environment():
        assert os.environ["PATH"].endswith(os.pathsep + str(tmp_path))
    assert dict(os.environ) == before
