import os
import re
import signal
from pathlib import Path

import pytest

from grading.sandbox.cage import caged
from qlearn.grading.sandbox import Layer, Limits, explain_exit, layers
from qlearn.grading.sandbox.limits import MIB


def test_a_memory_bomb_gets_an_ordinary_error(tmp_path: Path) -> None:
    ended = caged(lambda: len(bytearray(600 * MIB)), tmp_path, limits=Limits(memory_bytes=256 * MIB))
    assert ended.error == "MemoryError: "


def test_memory_below_the_limit_is_given(tmp_path: Path) -> None:
    assert caged(lambda: len(bytearray(100 * MIB)), tmp_path, limits=Limits(memory_bytes=256 * MIB)).answer == 100 * MIB


@pytest.mark.parametrize("caught", [False, True])
def test_a_loop_without_end_is_stopped_and_explained(caught: bool, tmp_path: Path) -> None:
    def spin() -> None:
        if caught:
            signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        while True:
            pass

    limits = Limits(cpu_seconds=1)
    ended = caged(spin, tmp_path, limits=limits)
    assert os.WTERMSIG(ended.status) == (signal.SIGKILL if caught else signal.SIGXCPU)
    sentence = explain_exit(ended.status, ended.usage, limits)
    assert sentence is not None
    assert sentence.startswith("Your code used more than 1 s of computing time, the limit")


def test_a_huge_file_stops_at_the_limit(tmp_path: Path) -> None:
    def write() -> int:
        try:
            Path("huge").write_bytes(bytes(3 * MIB))
        except OSError as error:
            return error.errno or 0
        return 0

    assert caged(write, tmp_path, limits=Limits(file_bytes=MIB)).answer == 27  # EFBIG


def test_many_files_stop_at_the_size_of_the_scratch_folder(tmp_path: Path) -> None:
    def fill() -> int:
        for number in range(20):
            try:
                Path(f"{number}").write_bytes(bytes(MIB))
            except OSError as error:
                return number if error.errno == 28 else -1  # ENOSPC
        return 20

    ended = caged(fill, tmp_path, limits=Limits(scratch_bytes=5 * MIB))
    assert ended.answer == (5 if Layer.MOUNT_NAMESPACE in layers().in_force else 20)


def test_open_files_stop_at_the_limit(tmp_path: Path) -> None:
    def open_many() -> int:
        try:
            for _ in range(100):
                os.open("/dev/null", os.O_RDONLY)
        except OSError as error:
            return error.errno or 0
        return 0

    assert caged(open_many, tmp_path, limits=Limits(open_files=32)).answer == 24  # EMFILE


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (3 << 8, r"ended Python itself \(exit code 3\): take out"),
        (signal.SIGXFSZ, "wrote a file larger than 16 MiB, the limit: write less"),
        (signal.SIGSYS, "something an answer may not do"),
        (signal.SIGKILL, "stopped from outside, because it ran too long"),
        (signal.SIGSEGV, r"crash \(SIGSEGV\): often a function that calls itself without end"),
        (40, r"crash \(signal 40\)"),
    ],
)
def test_each_end_has_its_sentence(status: int, sentence: str, tmp_path: Path) -> None:
    usage = caged(int, tmp_path).usage
    assert re.search(sentence, explain_exit(int(status), usage) or "")


def test_a_process_that_ends_well_needs_no_sentence(tmp_path: Path) -> None:
    ended = caged(int, tmp_path)
    assert explain_exit(ended.status, ended.usage) is None
