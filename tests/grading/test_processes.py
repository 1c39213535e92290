import os
import subprocess
import sys
from pathlib import Path

import pytest

from qlearn.grading.processes import open_process_pool, usable_processors


def speak() -> str:
    sys.stdout.write("from Python\n")
    sys.stdout.flush()
    os.write(2, b"from below\n")
    subprocess.run([sys.executable, "-c", "print('from a child')"], check=True)
    return os.environ["OPENBLAS_NUM_THREADS"]


def test_what_workers_and_their_children_print_goes_to_the_log_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with open_process_pool(1, tmp_path / "log") as pool:
        assert pool.submit(speak).result() == "1"
    assert (tmp_path / "log").read_text().splitlines() == ["from Python", "from below", "from a child"]
    assert capfd.readouterr() == ("", "")


def test_processors_are_counted() -> None:
    assert 1 <= usable_processors() <= (os.cpu_count() or 1)
