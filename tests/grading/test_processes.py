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


START = """
import sys
from pathlib import Path
from qlearn.grading.engine import Grader
from qlearn.grading.processes import open_process_pool
from qlearn.grading.run.stored_numbers import _numbers
from qlearn.grading.worker import check_host, get_ready

if __name__ == "__main__":
    check_host(False)
    with open_process_pool(1, Path(sys.argv[1]), graders=True) as pool:
        pool.submit(get_ready).result(timeout=60)
    with Grader():
        pass
    assert _numbers()
"""


def test_graders_import_nothing_from_the_folder_they_are_started_in(tmp_path: Path) -> None:
    (tmp_path / "start.py").write_text(START)
    folder = tmp_path / "hand-in"
    (folder / "multiprocessing").mkdir(parents=True)
    for name in ("scipy", "IPython", "random", "socket", "multiprocessing/__init__"):
        (folder / f"{name}.py").write_text("open('imported', 'a').write(__name__)\nraise SystemExit(1)\n")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    command = [sys.executable, str(tmp_path / "start.py"), str(tmp_path / "log")]
    finished = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert not (folder / "imported").exists(), (folder / "imported").read_text()
    assert finished.returncode == 0, finished.stderr


def test_processors_are_counted() -> None:
    assert 1 <= usable_processors() <= (os.cpu_count() or 1)
