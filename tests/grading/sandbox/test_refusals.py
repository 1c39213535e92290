"""What a student reads who meets the sandbox, in every combination of layers."""

import errno
import os
import socket
import subprocess
import threading
import urllib.request
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Pool
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from grading.sandbox.cage import caged
from qlearn.grading.sandbox import Layer, Limits, explain_refusal, layers
from qlearn.grading.sandbox.limits import MIB

WAYS = {
    "everything": frozenset[Layer](),
    "Landlock alone": frozenset({Layer.USER_NAMESPACE}),
    "namespaces alone": frozenset({Layer.LANDLOCK}),
}
LIMITS = Limits(memory_bytes=512 * MIB, file_bytes=MIB, scratch_bytes=2 * MIB, scratch_files=50, open_files=32)


@pytest.fixture(params=WAYS)
def without(request: pytest.FixtureRequest) -> frozenset[Layer]:
    missing: frozenset[Layer] = WAYS[request.param]
    return missing


def cell(source: str) -> Callable[[], object]:
    """Run a cell as IPython does, magics and shell lines included, and raise what it ended with."""

    def run() -> None:
        shell = InteractiveShell()
        shell.history_manager.enabled = False
        shell.showtraceback = lambda *_arguments, **_named: None
        shell.run_cell(source).raise_error()

    return run


def fill() -> None:
    for number in range(9):
        Path(f"{number}").write_bytes(bytes(MIB // 2))


def open_many() -> list[object]:
    return [Path("/dev/null").open() for _ in range(99)]


def start_pool() -> None:
    with Pool(2) as pool:
        pool.map(abs, [1])


def start_executor() -> None:
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(abs, [1]))


PROGRAMS = "An answer may not start other programs or processes (!ls, %%bash, subprocess, multiprocessing): do the work"
NETWORK = "An answer has no network: use the files that come with the assignment."
OUTSIDE = "lies outside: use a plain file name such as 'data.csv'."
SYSTEM = "An answer may not start other programs, use the network or reach other processes"
SAID: dict[str, tuple[Callable[[], object], str]] = {
    "!ls": (cell("!ls"), PROGRAMS),
    "x = !ls": (cell("x = !ls"), PROGRAMS),
    "%%bash": (cell("%%bash\nls"), PROGRAMS),
    "%pip": (cell("%pip install numpy"), PROGRAMS),
    "subprocess": (lambda: subprocess.run(["ls"], check=True), PROGRAMS),
    "popen": (lambda: os.popen("ls").read(), PROGRAMS),  # noqa: S605
    "pool": (start_pool, PROGRAMS),
    "executor": (start_executor, PROGRAMS),
    "fork": (os.fork, SYSTEM),
    "exec": (lambda: os.execv("/bin/ls", ["ls"]), SYSTEM),  # noqa: S606
    "kill": (lambda: os.kill(1, 9), SYSTEM),
    "socket": (socket.socket, NETWORK),
    "a name on the network": (lambda: urllib.request.urlopen("http://example.org/data.csv"), NETWORK),
    "an address": (lambda: urllib.request.urlopen("http://127.0.0.1:9/data.csv"), NETWORK),
    "another's file": (lambda: Path("/etc/passwd").read_text(), f"/etc/passwd {OUTSIDE}"),
    "a folder above": (lambda: Path("../course/data.csv").read_text(), f"../course/data.csv {OUTSIDE}"),
    "home": (lambda: os.listdir("/home"), f"/home {OUTSIDE}"),  # noqa: PTH208
    "writing into a library": (lambda: Path("/usr/new.txt").write_text("1"), f"/usr/new.txt {OUTSIDE}"),
    "memory": (lambda: bytearray(900 * MIB), "more memory than the 512 MiB an answer may use"),
    "a large file": (lambda: Path("large").write_bytes(bytes(2 * MIB)), "a file larger than 1 MiB, the limit"),
    "open files": (open_many, "more than 32 files open at once, the limit"),
}


def explained(action: Callable[[], object]) -> Callable[[], object]:
    def run() -> object:
        try:
            action()
        except BaseException as error:
            return [explain_refusal(error), repr(error)]
        return ["nothing was refused", ""]

    return run


@pytest.mark.parametrize("what", SAID)
def test_each_refusal_is_said_in_one_sentence(what: str, tmp_path: Path, without: frozenset[Layer]) -> None:
    if not layers(without).enough:
        pytest.fail("this kernel cannot show it")
    action, sentence = SAID[what]
    ended = caged(explained(action), tmp_path, limits=LIMITS, without=without)
    assert isinstance(ended.answer, list), ended.error
    said, error = ended.answer
    assert said is not None, error
    assert sentence in said
    assert "\n" not in said
    assert said.endswith(".")


def test_a_full_scratch_folder_is_explained_where_its_size_is_limited(tmp_path: Path) -> None:
    said = caged(explained(fill), tmp_path, limits=LIMITS).answer
    full = "reached the limit, 2 MiB or 50 files together: write less"
    expected = full if Layer.MOUNT_NAMESPACE in layers().in_force else "nothing was refused"
    assert expected in str(said)


def test_too_many_threads_are_explained() -> None:
    said = explain_refusal(RuntimeError("can't start new thread"), Limits(threads=8))
    assert said == (
        "Your code tried to run more than 8 threads at once, the limit: "
        "start fewer, and wait for some to end before you start more."
    )
    several = explain_refusal(BlockingIOError(errno.EAGAIN, "again"), Limits(threads=8, processes=4))
    assert several is not None
    assert "8 threads and 4 processes" in several


def missing_file() -> None:
    Path("data.csv").read_text()


def wrong_in_a_thread() -> None:
    threading.Thread(target=None).join()


@pytest.mark.parametrize(
    "action",
    [missing_file, wrong_in_a_thread, lambda: 1 / 0, lambda: int("x"), lambda: exec("import nowhere")],  # noqa: S102
)
def test_an_ordinary_mistake_is_not_blamed_on_the_sandbox(
    action: Callable[[], object], tmp_path: Path, without: frozenset[Layer]
) -> None:
    ended = caged(explained(action), tmp_path, without=without)
    assert isinstance(ended.answer, list), ended.error
    assert ended.answer[0] is None, ended.answer


def test_a_programs_name_that_does_not_exist_is_an_ordinary_mistake_where_programs_are_granted(tmp_path: Path) -> None:
    action = explained(lambda: subprocess.run(["no-such-program"], check=True))
    ended = caged(action, tmp_path, limits=Limits(processes=4))
    assert isinstance(ended.answer, list), ended.error
    assert ended.answer[0] is None, ended.answer


def test_the_cause_of_a_wrapped_error_counts() -> None:
    wrapped = ValueError("cannot load")
    wrapped.__cause__ = MemoryError()
    assert explain_refusal(wrapped)


def test_errors_that_go_round_in_a_circle_end() -> None:
    one, other = ValueError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one
    assert explain_refusal(one) is None


def test_a_strange_file_name_stays_on_one_line() -> None:
    said = explain_refusal(PermissionError(errno.EACCES, "no", "a\nb" + "c" * 500))
    assert said is not None
    assert "a bcc" in said
    assert len(said) < 350
    assert "\n" not in said
    assert explain_refusal(PermissionError(errno.EACCES, "no", 7))
