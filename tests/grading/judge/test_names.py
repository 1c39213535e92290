"""Names are read from the teacher's text alone, and each belongs to whoever made it last."""

from __future__ import annotations

import pytest

from grading.judge.small import small_plan
from qlearn.grading.judge.names import Ownership, read_names

USED = [
    ("assert f(2) == expected", {"f", "expected"}),
    ("assert abs(x) < len(y)", {"x", "y"}),
    ("def helper(a, *b, c=d, **e):\n    inner = a\n    return inner + b + c + e + outside", {"d", "outside"}),
    ("g = lambda a, b=c: a + b + z", {"c", "z"}),
    ("class Mine(Base, metaclass=Meta):\n    value = other", {"Base", "Meta", "other"}),
    ("@decorate\ndef g():\n    try:\n        pass\n    except ValueError as e:\n        return e", {"decorate"}),
    ("async def g():\n    return await thing()", {"thing"}),
    ("print(f'{value:.{digits}f}')", {"value", "digits"}),
    ("def g():\n    global total\n    total = total + step", {"total", "step"}),
    ("%timeit f(3)", set()),
    ("%%capture heard\nf(3)", {"f"}),
    ("x = 1 +", set()),
    ("\x00", set()),
    ("", set()),
]
MADE = [
    ("x = 1", {"x"}),
    ("a, (b, *c) = 1, (2, 3)", {"a", "b", "c"}),
    ("x += 1", {"x"}),
    ("x: int = 1", {"x"}),
    ("if (n := 3):\n    m = n", {"n", "m"}),
    ("for i in range(3):\n    pass", {"i"}),
    ("with open('a') as file:\n    pass", {"file"}),
    ("def f():\n    local = 1", {"f"}),
    ("async def f():\n    local = 1", {"f"}),
    ("class C:\n    inside = 1", {"C"}),
    ("import numpy as np, os.path", {"np", "os"}),
    ("from math import sin, cos as cosine", {"sin", "cosine"}),
    ("def f():\n    global total\n    total = 1", {"f", "total"}),
    ("%%capture heard\nshown = 1", {"heard", "shown"}),
    ("%%capture --no-stderr heard\npass", {"heard"}),
    ("%%time\nx = 1", {"x"}),
    ("x.y = 1\nz[0] = 2", set()),
]
TOUCHED = [
    ("data.append(1)", {"data"}),
    ("np.random.seed(3)", {"np"}),
    ("table['a'] = 1", {"table"}),
    ("table['a']['b'] += 1", {"table"}),
    ("thing.part.colour = 'red'", {"thing"}),
    ("del table['a']", {"table"}),
    ("make().part.update(3)", {"make"}),
    ("print(3)", set()),
    ("def f():\n    data.append(1)", set()),
    ("y = data.pop()", set()),
]


@pytest.mark.parametrize(("source", "names"), USED)
def test_what_a_cell_reads_counts_as_used_but_for_builtins_and_locals(source: str, names: set[str]) -> None:
    assert read_names(source).used == names


@pytest.mark.parametrize(("source", "names"), MADE)
def test_what_a_cell_binds_at_its_top_counts_as_made(source: str, names: set[str]) -> None:
    assert read_names(source).made == names


@pytest.mark.parametrize(("source", "names"), TOUCHED)
def test_what_a_cell_changes_without_binding_it_counts_as_touched(source: str, names: set[str]) -> None:
    assert read_names(source).touched == names


def test_texts_that_could_be_names_are_words() -> None:
    assert read_names('assert globals()["answer"] == vars()["not a name"]').words == {"answer"}


def test_import_statements_are_kept_as_source() -> None:
    source = "import numpy as np\nfrom math import sin\nx = np.pi\ndef f():\n    import os"
    assert read_names(source).imports == "import numpy as np\nfrom math import sin"


def test_deep_nesting_and_broken_text_have_no_names() -> None:
    for source in ("(" * 5000, "x = " + "-" * 200_000 + "1", "\ud800", "def f(:"):
        assert not read_names(source).used


def owned(*cells: tuple[str, str]) -> Ownership:
    return Ownership(small_plan(*cells).notebooks[0])


def test_a_name_belongs_to_whoever_made_it_last() -> None:
    ownership = owned(
        ("given", "x = 1\ny = 2"), ("answer", "x = 5\nz = 6"), ("given", "z = 7"), ("test", "assert x"), ("test", "0")
    )
    assert ownership.of_student(4, ["x", "y", "z"], ()) == {"x"}
    assert ownership.of_student(1, ["x", "y"], ()) == set()


def test_what_nobody_is_known_to_make_is_asked_of_the_student() -> None:
    assert owned(("given", "x = 1"), ("test", "assert found")).to_fetch(1, "assert found == x", [], ()) == {"found"}


def test_what_an_answer_imports_is_the_judges_own() -> None:
    ownership = owned(("answer", "import numpy as np\nmean = np.mean([1])"), ("test", "assert np.isclose(mean, 1)"))
    assert ownership.to_fetch(1, "assert np.isclose(mean, 1)", [], ()) == {"mean"}


def test_what_the_judges_own_cells_have_made_unseen_is_not_asked_of_the_student() -> None:
    ownership = owned(("given", "from numpy import *"), ("answer", "y = ones(3)"), ("test", "assert allclose(y, 1)"))
    assert ownership.to_fetch(2, "assert allclose(y, 1)", [], {"allclose", "ones"}) == {"y"}
    assert ownership.of_student(2, ["y"], {"y"}) == {"y"}


def test_helpers_between_bring_the_names_that_they_read() -> None:
    ownership = owned(("answer", "def f(x):\n    return x"), ("given", "def check(v):\n    assert f(v) == v"))
    assert ownership.to_fetch(2, "check(3)", ["def check(v):\n    assert f(v) == v"], ()) == {"f"}


def test_a_test_that_looks_around_gets_the_words_it_holds() -> None:
    ownership = owned(("answer", "answer = 3"), ("test", ""))
    assert ownership.to_fetch(1, 'assert "other" not in globals()', [], ()) == {"other"}
    assert ownership.to_fetch(1, 'print("other")', [], ()) == set()
    assert ownership.to_fetch(1, 'assert evaluate("answer") == 3', [], ()) == {"evaluate", "answer"}


def test_of_the_teachers_cells_those_that_tests_depend_on_are_needed() -> None:
    ownership = owned(
        ("given", "import numpy as np"),
        ("given", "scale = np.pi"),
        ("given", "table = {}"),
        ("given", "table['a'] = scale"),
        ("given", "show = 1\nprint(show)"),
        ("answer", "x = 1"),
        ("test", "assert x == table['a']"),
    )
    assert ownership.needed == {0, 1, 2, 3}


@pytest.mark.parametrize(
    "earlier",
    ["assert all(x > 0 for x in data)", "assert [x for x in data]", "assert {x: 1 for x in data}", "f = lambda x: x"],
)
def test_a_variable_of_an_earlier_comprehension_hides_no_answer(earlier: str) -> None:
    ownership = owned(("answer", "x = 5\ndata = [1]"), ("test", earlier), ("test", "assert x == 5"))
    assert ownership.to_fetch(2, "assert x == 5", [], ()) == {"x"}


@pytest.mark.parametrize(
    "source",
    [
        "match f():\n    case [first, *rest]:\n        pass\n    case {'a': first, **rest}:\n        pass",
        "from numpy import *\nfirst, rest = 1, 2",
    ],
)
def test_names_bound_by_patterns_are_made(source: str) -> None:
    assert {"first", "rest"} <= read_names(source).made
