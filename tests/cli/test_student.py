"""A student with the zip that the teacher sent: checks, repairs, hands in."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from cli.course_commands import run
from gradebook.small_kit import ASSIGNMENT, answered
from qlearn.gradebook.course import Course
from qlearn.gradebook.handout import write_handout


@pytest.fixture
def notebook(course: Course, tmp_path: Path) -> Path:
    """The notebook in the unpacked zip, with the answers typed in."""
    write_handout(course, ASSIGNMENT, tmp_path / "week.zip")
    with zipfile.ZipFile(tmp_path / "week.zip") as archive:
        archive.extractall(tmp_path)
    path = tmp_path / ASSIGNMENT / "coin.ipynb"
    path.write_text(answered(course, "right"), encoding="utf-8")
    return path


def test_a_notebook_in_order_can_be_handed_in(notebook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("student", "check", notebook) == 0
    assert capsys.readouterr().out == ("coin.ipynb can be handed in. This does not say that the answers are right.\n")


def test_a_damaged_cell_is_named_put_back_and_what_was_there_is_kept(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = json.loads(notebook.read_text())
    damaged["cells"] = [one for one in damaged["cells"] if one["metadata"]["nbgrader"]["grade_id"] != "test_sides"]
    notebook.write_text(json.dumps(damaged))
    assert run("student", "check", notebook) == 1
    assert "STOP  the cell test_sides is gone" in capsys.readouterr().out
    assert run("student", "reset", notebook, "test_sides") == 0
    assert "what you had is in coin-before-reset-1.txt" in capsys.readouterr().out
    assert json.loads((notebook.parent / "coin-before-reset-1.txt").read_text()) == damaged
    assert run("student", "check", notebook) == 0


def test_the_given_out_notebook_is_found_in_the_zip_or_a_folder_and_its_absence_is_one_line(
    notebook: Path, tmp_path: Path, course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    (notebook.parent / "as-given-out" / "coin.json").unlink()
    assert run("student", "check", notebook) == 2
    assert "name the zip or folder it came in with --given-out" in capsys.readouterr().err
    for place in (tmp_path / "week.zip", course.released(ASSIGNMENT), course.released(ASSIGNMENT) / "coin.ipynb"):
        assert run("student", "check", notebook, "--given-out", place) == 0
    assert run("student", "reset", notebook, "side", "--given-out", tmp_path / "week.zip") == 2
    assert "there is no cell called side" in capsys.readouterr().err


def test_what_was_handed_in_through_the_exchange_is_listed_newest_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    assert run("student", "handed-in") == 0
    assert "Nothing was handed in" in capsys.readouterr().out
    for time in ("2026-03-02 09:30:00.000001 UTC", "2026-03-02 11:30:00.000001 UTC"):
        folder = tmp_path / "nbgrader_cache" / "optics" / f"ada+{ASSIGNMENT}+{time}"
        folder.mkdir(parents=True)
        (folder / "coin.ipynb").write_text("{}")
    monkeypatch.setenv("TZ", "Asia/Seoul")
    import time as clock

    clock.tzset()
    try:
        assert run("student", "handed-in") == 0
    finally:
        monkeypatch.undo()
        clock.tzset()
    assert capsys.readouterr().out.splitlines() == [
        f"2026-03-02 20:30  optics  {ASSIGNMENT}  coin.ipynb",
        f"2026-03-02 18:30  optics  {ASSIGNMENT}  coin.ipynb",
    ]
