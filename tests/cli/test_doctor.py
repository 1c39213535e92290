"""`qlearn doctor`: one line a finding, an exit status a script can use."""

import json

import pytest

from qlearn.cli import main
from qlearn.lab.findings import Finding, State

GOOD = Finding("Python", State.WORKS, "3.11.9")
NOTE = Finding("Chromium", State.NOTE, "not found", "install it")
BAD = Finding("alembic", State.FAILS, "not found", "install again")


@pytest.fixture
def machine(monkeypatch):
    """A machine with just these findings."""

    def with_findings(*findings):
        checks = [lambda finding=finding: finding for finding in findings]
        monkeypatch.setattr("qlearn.lab.checks.all_checks", lambda _book: checks)

    return with_findings


def doctor(capsys, *arguments):
    with pytest.raises(SystemExit) as stopped:
        main(["doctor", *arguments])
    return stopped.value.code, capsys.readouterr().out


def test_a_note_is_no_failure(machine, capsys):
    machine(GOOD, NOTE)
    status, said = doctor(capsys)
    assert status == 0
    assert said.splitlines() == [
        "works  Python             3.11.9",
        "note   Chromium           not found; install it",
        "Everything necessary works.",
    ]


def test_what_fails_says_what_to_do_and_exits_1(machine, capsys):
    machine(GOOD, BAD)
    status, said = doctor(capsys)
    assert status == 1
    assert "FAILS  alembic            not found; install again" in said
    assert "Something necessary does not work" in said


@pytest.mark.parametrize(("findings", "well"), [((GOOD, NOTE), True), ((BAD,), False)])
def test_a_script_gets_one_json_document_and_the_same_status(machine, capsys, findings, well):
    machine(*findings)
    status, said = doctor(capsys, "--json")
    document = json.loads(said)
    assert (status, document["well"]) == (0 if well else 1, well)
    assert [row["name"] for row in document["findings"]] == [finding.name for finding in findings]


def test_this_machine_is_well(capsys):
    status, said = doctor(capsys, "--json")
    assert [row for row in json.loads(said)["findings"] if row["state"] == "fails"] == []
    assert status == 0
