"""Each check of the doctor, on a machine that has the thing and on one that lacks it."""

import json
import socket
from importlib import metadata

import pytest

from qlearn.errors import HostError
from qlearn.grading.sandbox import layers
from qlearn.grading.sandbox.attempts import Attempt
from qlearn.lab import checks
from qlearn.lab.findings import Finding, State, all_is_well, report


def versions(**known):
    def version_of(name):
        try:
            return known[name]
        except KeyError:
            raise metadata.PackageNotFoundError(name) from None

    return version_of


@pytest.mark.parametrize(
    ("version", "state"),
    [((3, 10, 14), State.FAILS), ((3, 11, 0), State.WORKS), ((3, 14, 1), State.WORKS), ((4, 0, 0), State.WORKS)],
)
def test_python_is_judged_by_its_version(version, state):
    assert checks.check_python(version).state is state


def test_packages_within_their_ranges_work():
    finding = checks.check_packages(["qutip>=5.3,<5.4", "ruff; extra == 'dev'"], versions(qutip="5.3.1"))
    assert finding == Finding("packages", State.WORKS, "all 1 within the ranges of pyproject.toml")


@pytest.mark.parametrize(
    ("requirement", "detail"),
    [
        ("nbgrader>=0.9.6", "nbgrader is missing"),
        ("qutip<5.3", "qutip is 5.3.1, not <5.3"),
        ("not a requirement", "not a requirement cannot be read"),
    ],
)
def test_a_package_that_does_not_fit_is_named(requirement, detail):
    finding = checks.check_packages([requirement, "rich"], versions(qutip="5.3.1", rich="14"))
    assert (finding.state, finding.detail) == (State.FAILS, detail)
    assert "pip install -r requirements.txt" in finding.remedy


def test_this_environment_has_the_packages_it_asks_for():
    assert checks.check_packages().state is State.WORKS


def test_the_kernel_runs_a_cell_with_this_python():
    assert checks.check_kernel().state is State.WORKS


@pytest.mark.parametrize("check", [checks.check_widgets, checks.check_nbgrader])
def test_lab_extensions_that_are_not_there_fail(check, tmp_path):
    assert check().state is State.WORKS
    assert check([tmp_path]).state is State.FAILS


def test_a_missing_server_half_of_nbgrader_fails():
    finding = checks.check_nbgrader(server_parts=["nbgrader.no_such_part", "no_such_package.part"])
    assert finding.detail == "missing: nbgrader.no_such_part, no_such_package.part"


def test_alembic_is_found_beside_python_even_off_the_path(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert checks.check_alembic().state is State.WORKS
    assert checks.check_alembic(str(tmp_path)).state is State.FAILS


def test_a_missing_chromium_is_no_failure_and_says_what_to_install(tmp_path):
    finding = checks.check_chromium(str(tmp_path))
    assert finding.state is State.NOTE
    assert "apt-get install chromium" in finding.remedy


def test_chromium_is_found_under_either_name(tmp_path):
    program = tmp_path / "chromium-browser"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert checks.check_chromium(str(tmp_path)) == Finding("Chromium", State.WORKS, str(program))


def test_a_temporary_folder_that_is_not_there_fails(tmp_path):
    assert checks.check_temporary_folder(tmp_path).state is State.WORKS
    finding = checks.check_temporary_folder(tmp_path / "absent")
    assert (finding.state, finding.remedy) == (State.FAILS, "set TMPDIR to a folder that you can write to")


def test_a_full_disk_fails(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "SPACE_NEEDED_BYTES", 1 << 62)
    assert checks.check_temporary_folder(tmp_path).state is State.FAILS


def test_the_exchange_needs_posix_and_zips_are_the_way_round():
    assert checks.check_exchange("posix").state is State.WORKS
    finding = checks.check_exchange("nt")
    assert (finding.state, finding.remedy) == (State.NOTE, "use zips: qlearn course handout")


def test_a_taken_port_is_no_failure_because_another_is_taken():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        finding = checks.check_port(port)
    assert (finding.state, finding.detail) == (
        State.WORKS,
        f"{port} is in use, qlearn lab takes another by itself",
    )


def test_a_book_is_built_not_built_or_not_here(tmp_path):
    assert checks.check_book(None).detail == "no book here"
    assert checks.check_book(tmp_path).remedy == "build it: qlearn book build"
    (tmp_path / "index.html").write_text("")
    assert checks.check_book(tmp_path).state is State.WORKS


@pytest.mark.parametrize(
    ("system", "said"),
    [
        ("Linux", "everything"),
        ("Darwin", "its own sample class"),
        ("Windows", "hand-in as a zip"),
        ("FreeBSD", "nobody has tried"),
    ],
)
def test_each_system_says_what_is_supported(system, said):
    assert said in checks.check_platform(system).detail


HELD = Attempt("read /etc/passwd", held=True, detail="PermissionError")
HOLE = Attempt("read the course folder", held=False, detail="secret")
EXCESS = Attempt("start more threads than allowed", held=False, detail="40 threads", remedy="grade as an ordinary user")


def test_a_sandbox_that_holds_takes_one_line_with_its_layers():
    finding = checks.check_sandbox(lambda: (HELD, HELD))
    assert finding.state is State.WORKS
    assert finding.detail.startswith("2 of 2 attempts to break out failed; layers: ")
    assert ", ".join(layers().names()) in finding.detail
    assert finding.remedy == ""


def test_a_limit_that_grading_can_do_without_is_a_note():
    finding = checks.check_sandbox(lambda: (HELD, EXCESS))
    assert (finding.state, finding.remedy) == (State.NOTE, "grade as an ordinary user")
    assert finding.detail.startswith("1 of 2 attempts")
    assert finding.detail.endswith("a student's code can start more threads than allowed")


def test_a_hole_in_the_sandbox_is_a_failure():
    finding = checks.check_sandbox(lambda: (HELD, EXCESS, HOLE))
    assert finding.state is State.FAILS
    assert finding.detail.endswith("can start more threads than allowed, read the course folder")
    assert finding.remedy.startswith("do not grade here")


def test_a_machine_without_a_sandbox_is_a_note_with_what_to_do():
    def refuse():
        raise HostError("use Linux 5.13 or newer")

    finding = checks.check_sandbox(refuse)
    assert (finding.state, finding.remedy) == (State.NOTE, "use Linux 5.13 or newer")
    assert finding.detail == "none here, grading will refuse to run submissions"


def test_a_script_gets_every_attempt():
    rows = report([checks.check_sandbox(lambda: (HELD, HOLE))])["findings"][0]["parts"]
    assert [row["aim"] for row in rows] == ["read /etc/passwd", "read the course folder"]
    assert json.dumps(rows)


def test_the_sandbox_of_this_machine_is_tried_for_real():
    finding = checks.check_sandbox()
    assert finding.state is not State.FAILS, finding
    assert len(finding.parts) >= 14


def test_a_note_is_well_and_a_failure_is_not():
    note, failure = Finding("a", State.NOTE, "x"), Finding("b", State.FAILS, "y", "do z")
    assert all_is_well([note])
    assert not all_is_well([note, failure])
    assert report([failure]) == {
        "well": False,
        "findings": [{"name": "b", "state": "fails", "detail": "y", "remedy": "do z"}],
    }
    assert str(failure) == "FAILS  b                  y; do z"
