"""The course commands as a teacher types them, and every way to mistype them."""

from __future__ import annotations

import errno
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.course_commands import run
from gradebook.small_kit import ASSIGNMENT, answered, put_submitted, snapshot
from qlearn.gradebook.course import Course, open_course
from qlearn.gradebook.exchange import submit_as
from qlearn.gradebook.new_course import Kit
from qlearn.gradebook.session import Session


def test_a_course_from_new_to_marks(
    kit: Kit, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("course", "new", "optics", "--kit", kit.root) == 0
    assert "qlearn course release optics school-coin" in capsys.readouterr().out
    assert run("course", "release", "optics", ASSIGNMENT, "--due", "2026-03-02T09:00+00:00") == 0
    assert "Released school-coin" in capsys.readouterr().out

    course = open_course("optics")
    for student, content in (("ada", answered(course, "right").encode()), ("bo", b"{")):
        submit_as(course, student, ASSIGNMENT, {"coin.ipynb": content}, at=datetime(2026, 3, 2, 11, 0, tzinfo=UTC))
    assert run("course", "collect", "optics", ASSIGNMENT) == 0
    assert "2 hand-ins of school-coin, 2 of them new\nNew: ada, bo" in capsys.readouterr().out

    assert run("grade", "optics", ASSIGNMENT, "--jobs", "1") == 0
    summary = capsys.readouterr().out
    assert "1 graded" in summary
    assert "coin.ipynb cannot be read as a notebook" in summary

    assert run("marks", "optics") == 0
    assert "2 students: 1 graded, 1 broken" in capsys.readouterr().out
    assert run("marks", "optics", ASSIGNMENT, "--csv") == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("school-coin,ada,,,graded,7200,2,3,pending,5,9,0,")
    assert run("marks", "optics", "--json") == 0
    assert [row["standing"] for row in json.loads(capsys.readouterr().out)[0]["rows"]] == ["graded", "broken"]

    assert run("feedback", "optics", ASSIGNMENT, "--jobs", "1") == 0
    assert "written for 1, released to 1" in capsys.readouterr().out


def test_a_handout_goes_where_it_is_told(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("course", "handout", course.root, ASSIGNMENT) == 0
    assert run("course", "handout", course.root, ASSIGNMENT, "--out", "week 1.zip") == 0
    assert zipfile.is_zipfile(tmp_path / f"{ASSIGNMENT}.zip")
    assert zipfile.is_zipfile(tmp_path / "week 1.zip")
    assert f"{ASSIGNMENT}/coin.ipynb" in capsys.readouterr().out


def test_a_class_comes_from_a_list_and_its_work_from_a_zip(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "class.csv").write_bytes("반,학번,이름\n3,s01,Kim Seo-yeon\n3,s02,이도윤\n".encode("cp949"))
    assert run("course", "roster", course.root, tmp_path / "class.csv") == 0
    said = capsys.readouterr().out
    assert "Left out: the columns 반" in said
    assert "s02  이도윤\n2 students in" in said
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("이도윤_7_assignsubmission_file_/coin.ipynb", answered(course, "right"))
        archive.writestr("kimseoyeon_LATE_8_9_coin.ipynb", answered(course, "wrong"))
        archive.writestr("Nobody_9_assignsubmission_file_/coin.ipynb", "{}")
    zip_of = ("course", "collect", course.root, ASSIGNMENT, tmp_path / "all.zip")
    assert run(*zip_of, "--handed-in", "2026-03-02T18:00+09:00") == 0
    said = capsys.readouterr().out
    assert "Left alone: Nobody_9_assignsubmission_file_/coin.ipynb Nobody is nobody of the roster" in said
    assert "Late, says the LMS: s01" in said
    assert "2 hand-ins of school-coin, 2 of them new\nNew: s01, s02" in said
    assert run("course", "collect", course.root, ASSIGNMENT, "--handed-in", "2026-03-02") == 2
    assert "the exchange knows when" in capsys.readouterr().err


def test_a_list_with_wrong_rows_names_each_and_changes_nothing(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(course.root)
    (tmp_path / "class.csv").write_text("id,name\ns01,Kim\ns01,Lee\n,Park\n", encoding="utf-8")
    assert run("course", "roster", course.root, tmp_path / "class.csv") == 2
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[0].rpartition(", ")[2] for line in said[:2]] == ["line 3", "line 4"]
    assert "2 rows of" in said[2]
    assert "nothing was changed" in said[2]
    assert snapshot(course.root) == before


COMMANDS = [
    ("course", "release", "COURSE", ASSIGNMENT),
    ("course", "roster", "COURSE"),
    ("course", "collect", "COURSE", ASSIGNMENT, "all.zip"),
    ("course", "collect", "COURSE", ASSIGNMENT),
    ("course", "handout", "COURSE", ASSIGNMENT, "--out", "handout.zip"),
    ("grade", "COURSE", ASSIGNMENT),
    ("marks", "COURSE"),
    ("feedback", "COURSE", ASSIGNMENT),
]


def _nowhere(course: Path) -> None:
    shutil.rmtree(course)


def _no_course(course: Path) -> None:
    shutil.rmtree(course)
    course.mkdir()
    (course / "holiday.jpg").write_bytes(b"\xff\xd8")


def _corrupt(course: Path) -> None:
    (course / "gradebook.db").write_bytes(os.urandom(4096))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
@pytest.mark.parametrize(
    ("damage", "message"),
    [(_nowhere, "no such course"), (_no_course, "is not a course"), (_corrupt, "is damaged (file is not a database)")],
)
def test_a_bad_course_is_one_line_and_exit_2_and_nothing_changes(
    course: Course,
    command: tuple[str, ...],
    damage: Callable[[Path], None],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    damage(course.root)
    before = snapshot(course.root)
    assert run(*(str(course.root) if part == "COURSE" else part for part in command)) == 2
    output = capsys.readouterr()
    assert output.err.startswith("qlearn: ")
    assert message in output.err
    assert output.err.count("\n") == 1
    assert output.out == ""
    assert snapshot(course.root) == before


@pytest.mark.parametrize(
    "command",
    [*(command for command in COMMANDS if ASSIGNMENT in command), ("marks", "COURSE", ASSIGNMENT)],
    ids=lambda command: " ".join(command[:2]),
)
def test_an_unknown_assignment_is_one_line_that_names_those_there_are(
    course: Course, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    words = {"COURSE": str(course.root), ASSIGNMENT: "school-dice"}
    before = snapshot(course.root)
    assert run(*(words.get(part, part) for part in command)) == 2
    error = capsys.readouterr().err
    assert error.startswith(
        f"qlearn: no assignment called school-dice in the course {course.root}; there are: {ASSIGNMENT}"
    )
    assert error.count("\n") == 1
    assert snapshot(course.root) == before


def test_a_folder_in_use_is_not_made_into_a_course(
    kit: Kit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.tex").write_text("three years of work")
    assert run("course", "new", tmp_path, "--kit", kit.root) == 2
    assert "exists and is not empty; choose another folder, nothing was changed" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_time_that_is_none_is_refused(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("course", "release", course.root, ASSIGNMENT, "--due", "tomorrow") == 2
    assert "'tomorrow' is no time; write it like 2026-12-01T18:00" in capsys.readouterr().err


def test_csv_and_json_together_are_refused(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("marks", course.root, "--csv", "--json") == 2
    assert "give one of --csv, --json, --moodle and --xlsx, not several" in capsys.readouterr().err


def full_disk(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere")


@pytest.mark.parametrize(
    ("arguments", "broken"),
    [
        (("course", "new", "NEW", "--kit", "KIT"), "shutil.copytree"),
        (("course", "handout", "COURSE", ASSIGNMENT, "--out", "NEW.zip"), "zipfile.ZipFile.writestr"),
        (("course", "release", "COURSE", ASSIGNMENT), "shutil.copytree"),
        (("course", "collect", "COURSE", ASSIGNMENT), "shutil.copytree"),
    ],
)
def test_a_full_disk_is_one_line_and_exit_2(
    course: Course,
    kit: Kit,
    tmp_path: Path,
    arguments: tuple[str, ...],
    broken: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    submit_as(course, "ada", ASSIGNMENT, {"coin.ipynb": b"{}"}, at=datetime(2026, 3, 2, tzinfo=UTC))
    monkeypatch.setattr(broken, full_disk)
    words = {
        "COURSE": str(course.root),
        "KIT": str(kit.root),
        "NEW": str(tmp_path / "new"),
        "NEW.zip": str(tmp_path / "n.zip"),
    }
    before = set(tmp_path.iterdir())
    assert run(*(words.get(part, part) for part in arguments)) == 2
    error = capsys.readouterr().err
    assert error.startswith("qlearn: no space left on the disk")
    assert error.count("\n") == 1
    assert set(tmp_path.iterdir()) == before


def test_marks_show_what_waits_for_a_person(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    put_submitted(course, "ada", answered(course, "right"))
    with Session(course).gradebook() as gradebook:
        gradebook.update_or_create_student("ada")
    assert run("marks", course.root) == 0
    assert "1 students: 1 not graded yet" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    ["course new", "course release", "course collect", "course handout", "grade", "marks", "feedback", "demo"],
)
def test_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*command.split(), "--help") == 0
    assert f"qlearn {command} " in capsys.readouterr().out.partition("Example")[2]
