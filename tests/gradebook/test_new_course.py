import errno
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from sqlalchemy.exc import OperationalError

from gradebook.small_kit import ASSIGNMENT, snapshot
from qlearn.errors import CourseError, HostError
from qlearn.gradebook.new_course import Kit, find_kit, new_course


def test_a_new_course_holds_the_kits_exercises_and_opens(kit: Kit, tmp_path: Path) -> None:
    course = new_course(tmp_path / "physics 2026", kit)
    assert course.assignments() == [ASSIGNMENT]
    assert course.course_id == "physics 2026"
    assert (course.root / "README.md").read_text().startswith("# physics 2026")


def test_only_the_exchange_of_a_new_course_is_open_to_others(kit: Kit, tmp_path: Path) -> None:
    course = new_course(tmp_path / "mine", kit)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in course.root.iterdir()}
    assert modes["exchange"] == 0o777
    private = ("source", "submitted", "autograded", "feedback", "release", "gradebook.db", "roster.csv", "reports")
    assert {name: modes[name] & 0o077 for name in private} == dict.fromkeys(private, 0)


def test_an_empty_folder_becomes_a_course(kit: Kit, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert new_course(tmp_path / "empty", kit).assignments() == [ASSIGNMENT]


def test_a_folder_with_something_in_it_is_refused_and_kept(kit: Kit, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("three years of work")
    before = snapshot(tmp_path)
    with pytest.raises(CourseError, match="exists and is not empty; choose another folder, nothing was changed"):
        new_course(tmp_path, kit)
    assert snapshot(tmp_path) == before


def test_a_course_that_cannot_be_finished_leaves_nothing_behind(
    kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "bb84.ipynb")

    monkeypatch.setattr(shutil, "copytree", full_disk)
    with pytest.raises(OSError, match="No space left"):
        new_course(tmp_path / "mine", kit)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "error",
    [
        shutil.Error([("coin.ipynb", "there", "[Errno 28] No space left on device: 'there'")]),
        OperationalError("CREATE TABLE course", {}, Exception("database or disk is full")),
    ],
)
def test_a_full_disk_is_told_whoever_meets_it(
    kit: Kit, tmp_path: Path, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(*((shutil, "copytree") if isinstance(error, OSError) else (Gradebook, "__init__")), full_disk)
    with pytest.raises(HostError, match=r"no space left on the disk of .*; free some and run the command again"):
        new_course(tmp_path / "mine", kit)
    assert list(tmp_path.iterdir()) == []


def test_the_kit_is_found_from_where_the_package_runs() -> None:
    assert (find_kit().exercises / "source").is_dir()


def test_a_named_kit_without_exercises_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="holds no exercises; name the folder of a qlearn checkout"):
        find_kit(tmp_path)
