"""`qlearn demo` as a newcomer runs it: twice, in a folder of its own, with everything real."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from qlearn.gradebook.demo import ASSIGNMENTS
from qlearn.gradebook.new_course import find_kit
from qlearn.gradebook.sample_class import CLASS_SIZE, plan_class
from qlearn.grading.planted import read_planted_answers

WORKS = {name: plan_class(name, read_planted_answers(find_kit().answers / name)) for name in ASSIGNMENTS}


def qlearn(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qlearn", *arguments], cwd=folder, capture_output=True, text=True, timeout=600
    )


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    for _ in range(2):  # the second run replaces the first
        done = qlearn("demo", "--dir", "try-it", folder=folder)
        assert (done.returncode, done.stderr) == (0, "")
    return folder, done.stdout


@pytest.fixture(scope="module")
def rows(played: tuple[Path, str]) -> list[dict[str, str]]:
    done = qlearn("marks", "try-it", "--csv", folder=played[0])
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_the_marks_are_those_the_planted_answers_state(rows: list[dict[str, str]]) -> None:
    assert len(rows) == CLASS_SIZE * len(ASSIGNMENTS)
    found = {row["id"]: row for row in rows}
    for work in (work for works in WORKS.values() for work in works):
        row = found[work.student.id]
        assert row["name"] == work.student.name
        tests = [name for name in row if name.startswith("test_") and row[name]]
        if work.kind == "unreadable":
            assert (row["standing"], tests, row["total"]) == ("broken", [], "")
            continue
        assert row["standing"] == "graded"
        assert (float(row["late_seconds"]) > 0) == work.is_late
        for test, points in (work.answer.points if work.answer else {}).items():
            assert float(row[test]) == points, f"{work.answer} {test}"
        if work.kind == "blank":
            assert {row[test] for test in tests} == {"0"}
            assert row["total"] == "0"


def test_misconceptions_are_those_the_planted_answers_name(played: tuple[Path, str]) -> None:
    for works in WORKS.values():
        for work in works:
            for message in work.answer.messages.values() if work.answer else ():
                if message.startswith("["):
                    assert message.strip("[]").replace("-", " ") in played[1]


def test_the_demo_ends_by_saying_what_to_run_next(played: tuple[Path, str]) -> None:
    folder, output = played
    assert "Every answer got the marks and the messages that it was planted to get." in output
    assert " lab try-it" in output
    assert " book serve" in output
    assert (folder / "try-it" / "gradebook.db").is_file()
    assert len(list((folder / "try-it" / "exchange" / "try-it" / "feedback").iterdir())) == 22


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("three years of work")
    done = qlearn("demo", "--dir", "mine", folder=tmp_path)
    assert done.returncode == 2
    assert (
        done.stderr == "qlearn: mine was not made by this demo, so it stays as it is; choose another one with --dir\n"
    )
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.tex"]
