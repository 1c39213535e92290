from datetime import UTC, datetime
from pathlib import Path

import pytest

from gradebook.small_kit import snapshot
from qlearn.errors import CourseError
from qlearn.gradebook.demo import MARKER, run_demo
from qlearn.gradebook.new_course import Kit

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Silent:
    def begin(self, title: str, total: int | None = None) -> None:
        del title, total

    def advance(self) -> None:
        pass

    def end(self, summary: str) -> None:
        del summary


def build_nothing(source: Path) -> Path:
    return source


def play(folder: Path, kit: Kit) -> None:
    run_demo(folder, kit, Silent(), build_book=build_nothing, now=NOW)


def test_a_folder_that_no_demo_made_is_left_alone(kit: Kit, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("three years of work")
    before = snapshot(tmp_path)
    with pytest.raises(CourseError, match="was not made by this demo, so it stays as it is"):
        play(tmp_path, kit)
    assert snapshot(tmp_path) == before


def test_a_file_and_a_link_to_a_demo_are_left_alone(kit: Kit, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("hello")
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / MARKER).write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name in ("file", "link"):
        with pytest.raises(CourseError, match="is not a folder; choose another one with --dir"):
            play(tmp_path / name, kit)
    assert (tmp_path / "real" / MARKER).exists()


def test_an_earlier_demo_is_replaced(kit: Kit, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / MARKER).write_text("")
    (tmp_path / "demo" / "old.txt").write_text("from an earlier run")
    with pytest.raises(CourseError, match="no assignment called school-bb84"):
        play(tmp_path / "demo", kit)  # the small kit has other exercises; the folder was replaced by then
    assert not (tmp_path / "demo" / "old.txt").exists()
    assert (tmp_path / "demo" / MARKER).exists()
