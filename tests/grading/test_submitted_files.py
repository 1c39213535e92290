import json
import os
import socket
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from qlearn.errors import SubmissionError
from qlearn.grading import submitted_files
from qlearn.grading.submitted_files import HandIn, read_files


def read(folder: Path) -> HandIn:
    return read_files(folder, student="kim", assignment="first")


def _listen(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's path may not be long
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)
    os.chdir(here)


def test_files_are_read_with_the_folders_they_are_in(tmp_path: Path) -> None:
    (tmp_path / "coin.ipynb").write_bytes(b"{}")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "동전.csv").write_bytes(b"1,2")
    os.link(tmp_path / "coin.ipynb", tmp_path / "hard link.ipynb")
    result = read_files(tmp_path, student="kim", assignment="first", timestamp="today")
    assert result == HandIn(
        "kim",
        "first",
        (("coin.ipynb", b"{}"), ("data/동전.csv", b"1,2"), ("hard link.ipynb", b"{}")),
        timestamp="today",
    )


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.symlink_to("/etc/passwd"), "a link, which is not followed"),
        (lambda path: path.symlink_to("nowhere"), "a link, which is not followed"),
        (lambda path: path.symlink_to("/"), "a link, which is not followed"),
        (os.mkfifo, "a pipe (FIFO), not a file"),
        (_listen, "a socket, not a file"),
        (lambda path: path.mkdir(), "a folder, not a file"),
        (lambda path: os.truncate(path.touch() or path, 10**10), "9537 MB in size, over the 1024 MB allowed"),
    ],
)
def test_what_is_no_ordinary_file_is_refused_at_once(
    tmp_path: Path, make: Callable[[Path], object], reason: str
) -> None:
    make(tmp_path / "coin.ipynb")
    (tmp_path / "other.txt").write_bytes(b"fine")
    result = read(tmp_path)
    assert result.refused == (("coin.ipynb", reason),)
    assert result.files == (("other.txt", b"fine"),)


def test_a_device_is_not_opened_for_reading() -> None:
    # /dev holds what a test cannot make without being root; the terminals and disks in it must not block or be read.
    with pytest.raises(submitted_files._RefusedError, match="a device, not a file"):
        submitted_files._read(Path("/dev/zero"), "zero", 100)


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with pytest.raises(SubmissionError, match="is a link, which is not followed where a folder is expected"):
        read(tmp_path / "link")


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match=r"cannot be read \(No such file or directory\)"):
        read(tmp_path / "nobody")


def test_links_to_folders_are_refused_and_not_walked(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "up").symlink_to("..")
    assert read(tmp_path).refused == (
        ("data/up", "a link, which is not followed"),
        ("loop", "a link, which is not followed"),
    )


def test_what_programs_leave_behind_is_not_read(tmp_path: Path) -> None:
    for folder in (".ipynb_checkpoints", "__pycache__"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "coin.ipynb").write_bytes(b"{}")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    assert read(tmp_path) == HandIn("kim", "first", ())


def test_a_name_from_a_korean_windows_archive_becomes_readable(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode("동전.txt".encode("cp949"))).write_bytes(b"1")
    (tmp_path / os.fsdecode(b"\xff\xff.txt")).write_bytes(b"2")
    assert read(tmp_path).files == (("동전.txt", b"1"), ("\ufffd\ufffd.txt", b"2"))


def test_a_file_nobody_may_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "coin.ipynb").write_bytes(b"{}")

    def closed(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", closed)
    assert read(tmp_path).refused == (("coin.ipynb", "a file that cannot be opened (Permission denied)"),)


def test_limits_leave_out_what_matters_least(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submitted_files, "MOST_FILES", 2)
    for name in ("a.csv", "b.csv", "coin.ipynb"):
        (tmp_path / name).write_bytes(b"1")
    result = read(tmp_path)
    assert [name for name, _ in result.files] == ["a.csv", "coin.ipynb"]
    assert result.refused == (("b.csv", "one file too many: 2 are read"),)


def test_all_files_together_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submitted_files, "MOST_BYTES", 5)
    (tmp_path / "a.csv").write_bytes(b"1234")
    (tmp_path / "coin.ipynb").write_bytes(b"123")
    result = read(tmp_path)
    assert result.files == (("coin.ipynb", b"123"),)
    assert result.refused[0][1].startswith("too much: all files together may have")


def test_one_file_has_a_limit_though_it_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submitted_files, "MOST_FILE_BYTES", 5)
    (tmp_path / "long.csv").write_bytes(b"123456")
    assert read(tmp_path).refused[0][1] == "0 MB in size, over the 0 MB allowed"
    with pytest.raises(submitted_files._RefusedError, match="for one file, outputs not counted"):
        submitted_files._gather(iter([b"123", b"456"]), 100)
    with (tmp_path / "long.csv").open("rb") as file, pytest.raises(submitted_files._RefusedError, match="grew while"):
        list(submitted_files._pieces(file, 3))


def test_too_many_entries_end_the_search_and_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submitted_files, "MOST_ENTRIES", 3)
    for number in range(9):
        (tmp_path / str(number)).touch()
    result = read(tmp_path)
    assert len(result.files) == 3
    assert result.refused == ((".", "over the limit of 3 files and folders; the rest is not read"),)


def test_a_deep_folder_is_not_entered(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"abcdefgh")
    deep.mkdir(parents=True)
    (deep / "coin.ipynb").write_bytes(b"{}")
    (deep.parent / "coin.ipynb").write_bytes(b"[]")
    result = read(tmp_path)
    assert result.files == (("a/b/c/d/e/f/g/coin.ipynb", b"[]"),)
    assert result.refused == (("a/b/c/d/e/f/g/h", "a folder more than 7 deep"),)


def test_a_notebook_with_200_mb_of_outputs_is_read_without_them_in_little_memory(tmp_path: Path) -> None:
    line = json.dumps(['0123456789 \\ " ]\n'] * 1000)[1:-1].encode()
    with (tmp_path / "coin.ipynb").open("wb") as file:
        file.write(b'{"cells": [{"cell_type": "code", "outputs": [{"text": [')
        for _ in range(200_000_000 // len(line)):
            file.write(line + b", ")
        file.write(b'""]}], "source": "x = 1"}]}')
    tracemalloc.start()
    try:
        result = read(tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert result.files == (("coin.ipynb", b'{"cells": [{"cell_type": "code", "outputs": [], "source": "x = 1"}]}'),)
    assert peak < 20_000_000


def test_the_digest_names_content_and_neither_student_nor_time() -> None:
    one = HandIn("kim", "first", (("a", b"bc"),))
    assert one.digest() == HandIn("lee", "first", (("a", b"bc"),), timestamp="now").digest()
    others = [
        HandIn("kim", "first", (("ab", b"c"),)),
        HandIn("kim", "first", (("a", b"bd"),)),
        HandIn("kim", "first", (("a", b"bc"), ("d", b""))),
        HandIn("kim", "first", (), (("a", "bc"),)),
        HandIn("kim", "first", (("a\ud800", b"bc"),)),
    ]
    assert len({one.digest(), *(other.digest() for other in others)}) == 6
