"""What an assignment imports is loaded once, before its students' processes are forked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grading.judge.small import points, run, small_plan
from qlearn.grading.engine import Grader
from qlearn.grading.libraries import libraries_of, load

LOADED = "import sys\nloaded = {!r} in sys.modules"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import scipy.stats", ("scipy.stats",)),
        ("x = 1\nimport scipy.stats as st", ("scipy.stats",)),
        ("    from scipy.stats import norm", ("scipy.stats",)),
        ("from scipy import optimize, stats", ("scipy.stats",)),
        ("from scipy.signal.windows import hann\nimport pandas as pd", ("pandas", "scipy.signal")),
        ("import scipy\nimport numpy", ()),
        ("# scipy.stats would do\nimport scipy.statsmodels", ()),
        ("from scipy import statistics", ()),
    ],
)
def test_libraries_are_found_by_how_cells_import_them(source: str, found: tuple[str, ...]) -> None:
    assert libraries_of(small_plan(("given", source)).notebooks) == found


@pytest.mark.parametrize("closed", ["scipy", "scipy.stats", "scipy.stats.distributions"])
def test_what_one_notebook_forbids_is_loaded_for_none(closed: str) -> None:
    one = small_plan(("given", "import scipy.stats"))
    other = small_plan(("given", "import numpy"), forbidden=(closed,))
    assert libraries_of((*one.notebooks, *other.notebooks)) == ()


def test_a_students_process_finds_a_library_of_its_assignment_loaded() -> None:
    plan = small_plan(("answer", LOADED.format("scipy.ndimage")), ("test", "assert loaded"))
    with Grader() as grader:  # one of its own: what another has loaded for an earlier test stays there
        assert points(run(grader, plan)) == [0.0]
        assert points(run(grader, replace(plan, libraries=("scipy.ndimage",)))) == [2.0]


def test_what_one_assignment_loads_can_be_forbidden_in_the_next() -> None:
    loads = replace(small_plan(("answer", "x = 1"), ("test", "assert x == 1")), libraries=("scipy.ndimage",))
    forbids = small_plan(("answer", "x = 1"), ("test", "assert x == 1"), forbidden=("scipy.ndimage",))
    with Grader() as grader:
        assert points(run(grader, loads)) == [2.0]
        assert points(run(grader, forbids)) == [2.0]
        assert points(run(grader, loads)) == [2.0]


def test_a_library_that_is_not_there_or_not_known_is_left_to_the_cell() -> None:
    assert load(()) is False
    assert load(("antigravity",)) is False
