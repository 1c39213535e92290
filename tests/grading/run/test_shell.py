"""A student's cells run as in a notebook: outputs, figures, magics, limits, and what is refused in words."""

from __future__ import annotations

import base64
from typing import Any

import nbformat
import pytest

from grading.judge.small import run, shown, small_plan
from qlearn.grading.engine import Grader
from qlearn.grading.plan import RunLimits

_nbformat: Any = nbformat  # its functions carry no types
ONE_CELL = small_plan(("answer", "x = 1"), ("test", "assert True"))


def outputs(grader: Grader, source: str, **limits: Any) -> list[dict[str, Any]]:
    plan = small_plan(("answer", "x = 1"), ("test", "assert True"), limits=RunLimits(**limits)) if limits else ONE_CELL
    outcome = run(grader, plan, source)
    assert outcome.tests["test1"].points == 2, "whatever a cell does, the next test is judged"
    return list(outcome.cells.get(0, ()))


def kinds(found: list[dict[str, Any]]) -> list[str]:
    return [output.get("name") or output["output_type"] for output in found]


SHOWN = [
    ("print('a'); print('b')", ["stdout"], "a\nb\n"),
    (
        "import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')",
        ["stdout", "stderr", "stdout"],
        "a\n\nb\n\nc\n",
    ),
    ("1 + 1", ["execute_result"], "2"),
    ("1 + 1;", [], ""),
    ("x = 3\nx", ["execute_result"], "3"),
    ("None", [], ""),
    ("display('shown')\n2", ["display_data", "execute_result"], "'shown'\n2"),
    ("print('gone')\nfrom IPython.display import clear_output\nclear_output()\nprint('left')", ["stdout"], "left\n"),
    ("%%capture\nprint('unseen')", [], ""),
    ("1/0", ["error"], "ZeroDivisionError: division by zero"),
    ("x = (", ["error"], "SyntaxError"),
    ("raise SystemExit(3)", ["error"], "SystemExit: 3"),
    ("import sys\nsys.exit('enough')", ["error"], "SystemExit: enough"),
    ("raise KeyboardInterrupt", ["error"], "KeyboardInterrupt"),
    ("!ls\nprint('after')", ["stderr", "stdout"], "may not start other programs"),
    ("files = !ls\nfiles", ["stderr", "execute_result"], "may not start other programs"),
    ("input('name?')", ["error"], "cannot ask for input"),
    ("%nonsense", ["error"], "UsageError"),
    ("exit", [], ""),
    ("%matplotlib inline\nprint('fine')", ["stdout"], "fine"),
    ("async def f():\n    return 3\nawait f()", ["execute_result"], "3"),
    ("_ = 1\n1 + 1\n_", ["execute_result"], "1"),
    ("%precision 3", ["execute_result"], "'%.3f'"),
    ("1/3", ["execute_result"], "0.333"),
]


@pytest.fixture(scope="module")
def all_shown(grader: Grader) -> list[list[dict[str, Any]]]:
    """Run every cell of the table in one notebook."""
    plan = small_plan(*(("answer", source) for source, *_ in SHOWN), ("test", "assert True"))
    outcome = run(grader, plan)
    assert (outcome.tests["test1"].points, outcome.concerns) == (2, ())
    return [list(outcome.cells.get(index, ())) for index in range(len(SHOWN))]


@pytest.mark.parametrize("number", range(len(SHOWN)), ids=[source[:30] for source, *_ in SHOWN])
def test_a_cell_shows_what_a_notebook_would(all_shown: list[list[dict[str, Any]]], number: int) -> None:
    source, expected, text = SHOWN[number]
    found = all_shown[number]
    assert kinds(found) == expected
    assert text in shown(found)
    notebook: Any = _nbformat.v4.new_notebook(cells=[_nbformat.v4.new_code_cell(source, outputs=found)])
    _nbformat.validate(_nbformat.from_dict(notebook))


def test_an_error_that_cannot_be_told_is_still_an_error(grader: Grader) -> None:
    found = outputs(grader, "class E(Exception):\n    def __str__(self): raise ValueError('never')\nraise E")
    assert set(kinds(found)) == {"error"}


def test_bash_cells_are_refused_in_words(grader: Grader) -> None:
    assert "program" in shown(outputs(grader, "%%bash\nls")).lower() or "permitted" in shown(
        outputs(grader, "%%bash\nls")
    )


def test_each_figure_is_shown_once_and_stays_open_for_the_next_cell(grader: Grader) -> None:
    plan = small_plan(
        ("answer", "import matplotlib.pyplot as plt"),
        ("answer", "x = 1"),
        ("answer", "y = 1"),
        ("test", "assert n == 1"),
    )
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show();"
    outcome = run(grader, plan, draw, "n = len(plt.gcf().axes[0].lines)", "plt.figure(); plt.plot([3]); plt.figure();")
    pictures = {index: [o for o in cell if "image/png" in o.get("data", {})] for index, cell in outcome.cells.items()}
    assert [len(pictures.get(index, [])) for index in range(3)] == [1, 0, 1]
    assert base64.b64decode(pictures[0][0]["data"]["image/png"]).startswith(b"\x89PNG")
    assert outcome.tests["test1"].points == 2


def test_a_figure_that_cannot_be_drawn_is_told_on_stderr(grader: Grader) -> None:
    source = "import matplotlib.pyplot as plt\nplt.title('$\\\\frac{$');"
    assert "the figure could not be drawn: ValueError" in shown(outputs(grader, source))


def test_output_beyond_the_limit_is_cut_for_the_whole_notebook(grader: Grader) -> None:
    plan = small_plan(
        ("answer", "x = 1"), ("answer", "y = 1"), ("test", "assert x == y"), limits=RunLimits(output_bytes=1000)
    )
    outcome = run(grader, plan, "x = 1\nprint('a' * 900)\nx", "y = 1\nprint('b' * 900)\n'c' * 500")
    assert outcome.tests["test1"].points == 2
    assert sum(len(shown(cell)) for cell in outcome.cells.values()) <= 1010


def test_an_endless_stream_of_text_ends_by_time_and_not_by_memory(grader: Grader) -> None:
    plan = small_plan(
        ("answer", "x = 1"), ("test", "assert True"), limits=RunLimits(cell_seconds=1.0, output_bytes=10_000)
    )
    outcome = run(grader, plan, "while True: print('y' * 100)")
    assert "more than 1 seconds" in shown(outcome.cells[0])
    assert outcome.tests["test1"].points == 2


def test_display_methods_that_lie_or_fail_give_text_alone(grader: Grader) -> None:
    source = """
class Odd:
    def _repr_html_(self): return 7
    def _repr_png_(self): return b"no picture"
    def _repr_javascript_(self): return "alert(1)"
    def __repr__(self): raise ValueError
Odd()
"""
    for output in outputs(grader, source):
        assert all(type(text) is str for text in output.get("data", {}).values())
        assert "application/javascript" not in output.get("data", {})
