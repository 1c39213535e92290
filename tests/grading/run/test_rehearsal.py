"""After the rehearsal a process finds everything loaded, and no trace of what was rehearsed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

CELLS = (
    "import numpy as np\nimport qutip\nvalues = np.random.default_rng(3).integers(0, 2, 5)",
    "print(qutip.basis(2, 0), values.mean())",
    "from qlearn import check\ncheck.close(1.0, 2.0)",
    "1 / 0",
    "def unfinished(",
)
LOOK = f"""
import json, sys
from qlearn.grading.run.warm import load_libraries
load_libraries()
from qlearn.grading.run.shell import Outputs, make_shell
shell = make_shell()
shell.outputs = Outputs(10**6)
before = set(sys.modules)
seen = {{"inputs": list(shell.user_ns["In"]), "names": sorted(set(shell.user_ns) & {{"values", "mean", "np"}}),
        "last": [name for name in vars(sys) if name.startswith("last_")], "count": shell.execution_count,
        "threads": len(__import__("threading").enumerate())}}
seen["ends"] = [type(shell.run(cell)[1]).__name__ for cell in {CELLS!r}]
seen["loaded"] = sorted(set(sys.modules) - before)
print(json.dumps(seen))
"""


@pytest.fixture(scope="module")
def seen() -> dict[str, object]:
    found = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, timeout=120, check=True)
    return dict(json.loads(found.stdout.splitlines()[-1]))


def test_running_cells_good_and_bad_loads_no_further_module(seen: dict[str, object]) -> None:
    assert seen["ends"] == ["NoneType", "NoneType", "AssertionError", "ZeroDivisionError", "SyntaxError"]
    assert seen["loaded"] == []


def test_nothing_of_the_rehearsal_is_left_in_the_shell(seen: dict[str, object]) -> None:
    assert (seen["inputs"], seen["names"], seen["last"], seen["count"]) == ([""], [], [], 1)


def test_the_process_stays_with_one_thread(seen: dict[str, object]) -> None:
    assert seen["threads"] == 1
