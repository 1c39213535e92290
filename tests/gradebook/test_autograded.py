import errno
import os
from pathlib import Path

import pytest

from qlearn.errors import SubmissionError
from qlearn.gradebook.autograded import check_plain_name, replace_folder, student_files


def content(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_is_replaced_at_once_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "ada" / "coin [1]"
    replace_folder(folder, [("coin.ipynb", b"one"), ("old.txt", b"old")])
    leftover = folder.parent / ".coin [1]-killed"
    leftover.mkdir()
    replace_folder(folder, [("coin.ipynb", b"two"), ("data/a.csv", b"1")])
    assert content(folder) == {"coin.ipynb": "two", "data/a.csv": "1"}
    assert list(folder.parent.iterdir()) == [folder]
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o444}


def test_a_failure_leaves_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "coin"
    replace_folder(folder, [("coin.ipynb", b"one")])

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(os, "fdopen", full)
        with pytest.raises(OSError, match="No space left"):
            replace_folder(folder, [("coin.ipynb", b"two")])
    assert content(folder) == {"coin.ipynb": "one"}
    assert list(tmp_path.iterdir()) == [folder]


def test_a_students_file_gives_way_to_the_assignments(tmp_path: Path) -> None:
    files = [("data/a.csv", b"teacher"), ("data", b"student"), ("data/a.csv", b"student"), ("data/a.csv/b", b"x")]
    replace_folder(tmp_path / "coin", files)
    assert content(tmp_path / "coin") == {"data/a.csv": "teacher"}


def test_a_name_this_disk_cannot_hold_stops_nothing(tmp_path: Path) -> None:
    replace_folder(tmp_path / "coin", [("가" * 200, b"long"), ("plot.png", b"fine")])
    assert content(tmp_path / "coin") == {"plot.png": "fine"}


def test_a_link_in_the_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "thesis").write_text("mine")
    (tmp_path / "coin").symlink_to(tmp_path / "elsewhere")
    replace_folder(tmp_path / "coin", [("coin.ipynb", b"one")])
    assert content(tmp_path / "elsewhere") == {"thesis": "mine"}
    assert not (tmp_path / "coin").is_symlink()


def test_shared_courses_let_the_group_write(tmp_path: Path) -> None:
    replace_folder(tmp_path / "coin", [("data/a.csv", b"1")], permissions=0o664, shared=True)
    assert (tmp_path / "coin" / "data").stat().st_mode & 0o7777 == 0o2775
    assert (tmp_path / "coin" / "data" / "a.csv").stat().st_mode & 0o777 == 0o664


def test_of_a_students_files_only_plain_ones_that_are_no_notebooks_are_kept() -> None:
    names = ("plot.png", "sub/b.txt", "coin.ipynb", "Other.IPYNB", "../up", "/abs", "a//b", "a\\b", "a\nb", "x.pyc")
    assert [name for name, _ in student_files([(name, b"") for name in names], ("*.pyc",))] == ["plot.png", "sub/b.txt"]


@pytest.mark.parametrize("name", ["s01", "kim.min-jun", "김민준", "O'Brien (2)", "a+b@c.kr"])
def test_students_may_have_ordinary_names(name: str) -> None:
    check_plain_name(name)


@pytest.mark.parametrize("name", ["", ".", "..", ".hidden", "a/b", "a\\b", "a\x00", "a\nb", " a", "a" * 129, "\udcff"])
def test_names_that_no_folder_or_database_holds_are_refused(name: str) -> None:
    with pytest.raises(SubmissionError, match="cannot be a student's id: an id has 1 to 128 visible characters"):
        check_plain_name(name)
