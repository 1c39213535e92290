"""IPython's own ways to run text are no way around: a test that gives them an answer's text waits for a person."""

from __future__ import annotations

import pytest

from grading.judge.small import message, points, run, small_plan
from qlearn.grading.engine import Grader

TEXT = "answer = 'ran = 1\\nran = 7'"
LINE = "answer = 'ran = 7'"
FILE = "open('a.txt', 'w').write('ran = 7')\nanswer = 'a.txt'"
RUNS = {
    "a cell": (TEXT, "get_ipython().run_cell(answer)"),
    "a line": (LINE, "get_ipython().run_cell(answer)"),
    "a cell without history": (TEXT, "get_ipython().run_cell(answer, store_history=False, silent=True)"),
    "a line magic": (LINE, "get_ipython().run_line_magic('time', answer)"),
    "a cell magic": (TEXT, "get_ipython().run_cell_magic('time', '', answer)"),
    "a file": (FILE, "open(answer).read()\nget_ipython().safe_execfile(answer, globals(), shell_futures=True)"),
    "a statement": (LINE, "get_ipython().ex(answer)"),
    "the cells' compiler": (TEXT, "exec(get_ipython().compile(answer, 'answer', 'exec'))"),
    "the cells' compiler, a tree": (TEXT, "import ast\nexec(get_ipython().compile(ast.parse(answer), 'a', 'exec'))"),
    "the cells' parser": (TEXT, "exec(compile(get_ipython().compile.ast_parse(answer), 'a', 'exec'))"),
}


@pytest.mark.parametrize("way", RUNS)
def test_text_of_an_answer_is_not_run_by_way_of_ipython(grader: Grader, way: str) -> None:
    answer, runs = RUNS[way]
    plan = small_plan(("answer", answer), ("test", f"{runs}\nassert 'ran' not in globals(), 'it ran in the judge'"))
    (test,) = run(grader, plan).tests.values()
    assert test.points is None, message(test)
    assert "runs text of the answer as code" in test.concern


@pytest.mark.parametrize(
    "own",
    [
        "get_ipython().run_cell('ran = 1\\nran = 7')",
        "get_ipython().run_cell('ran = 7')",
        "get_ipython().run_line_magic('time', 'ran = 7')",
        "get_ipython().ex('ran = 7')",
    ],
)
def test_text_of_the_tests_own_runs_as_ever(grader: Grader, own: str) -> None:
    plan = small_plan(("answer", TEXT), ("test", f"assert type(answer) is str\n{own}\nassert ran == 7"))
    outcome = run(grader, plan)
    assert points(outcome) == [2], message(outcome.tests["test1"])
