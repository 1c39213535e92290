"""A cell that was compiled ahead runs as any other, and one that differs in anything is compiled anew."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings

import pytest

from grading.judge.small import message, points, run, small_plan
from qlearn.grading.engine import Grader
from qlearn.grading.run.compiled import CellCompiler

FIRST, SECOND = "a = 1\nb = a + 1\nb", "for k in range(2):\n    a += k\na"


IN_A_PROCESS_OF_ITS_OWN = """
import json, sys
from qlearn.grading.run.shell import Outputs, make_shell
shell, cells = make_shell(), json.loads(sys.argv[2])
shell.outputs = Outputs(10_000)
if sys.argv[1] == "foreseen":
    shell.foresee(cells)
    known = set(map(id, shell.compile._codes.values()))
    assert len(known) == 7
found = [shell.run(cell)[0] for cell in cells]
print(json.dumps(found))
"""


def compiled(source: str, name: str, compiler: CellCompiler) -> list[int]:
    """Give the identities of the code objects that a cell is run as."""
    tree = compiler.ast_parse(source, name)
    return [id(compiler(type(tree)([node], []), name, "exec")) for node in tree.body[:-1]]


def test_what_was_foreseen_is_not_compiled_again_and_all_else_is() -> None:
    compiler = CellCompiler()
    compiler.foresee([(FIRST, "one"), (SECOND, "two")], 0)
    assert compiled(FIRST, "one", compiler) == compiled(FIRST, "one", compiler)
    assert compiler.ast_parse(FIRST, "one") is not compiler.ast_parse(FIRST, "three")
    assert compiler.ast_parse(FIRST + " ", "one") is not compiler.ast_parse(FIRST, "one")
    known = compiler.ast_parse(FIRST, "one")
    compiler.forget()
    assert compiler.ast_parse(FIRST, "one") is not known


@pytest.mark.parametrize("source", ["a is 1\nb = 2", "x = = 1\ny", "from __future__ import annotations\na = 1"])
def test_cells_that_warn_fail_or_change_the_language_are_left_for_later(source: str) -> None:
    compiler = CellCompiler()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compiler.foresee([(source, "one"), (FIRST, "two")], 0)
    assert not any(name == "one" for _, name, _ in compiler._foreseen)


def test_a_cell_that_cannot_even_be_translated_fails_as_a_cell_and_not_its_template(grader: Grader) -> None:
    plan = small_plan(("answer", "a = 1"), ("test", "assert '\ud800' != a"), ("test", "assert a == 1"))
    outcome = run(grader, plan)
    assert points(outcome) == [0, 2]
    assert "surrogates not allowed" in message(outcome.tests["test1"])


def test_foreseen_cells_give_the_outputs_and_tracebacks_of_others() -> None:
    cells = [FIRST, SECOND, "def f():\n    return 1 / 0\nf()"]
    found = {}
    for way in ("plain", "foreseen"):
        command = [sys.executable, "-c", IN_A_PROCESS_OF_ITS_OWN, way, json.dumps(cells)]
        found[way] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert found["foreseen"] == found["plain"]
    assert found["foreseen"][0][0]["data"]["text/plain"] == "2"
    assert found["foreseen"][2][0]["ename"] == "ZeroDivisionError"
