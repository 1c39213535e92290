"""Answers that try to earn what they do not deserve from ordinary tests: no points, and nothing runs in the judge."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from grading.judge.small import points, run, shown, small_plan
from qlearn.grading.calibration import calibrate
from qlearn.grading.engine import Grader

PROCESS = """
import gc
from qlearn.grading.run.student import StudentProcess
from qlearn.grading.run.references import pack
ours = next(thing for thing in gc.get_objects() if isinstance(thing, StudentProcess))
"""
"""How an answer gets hold of the process it runs in."""
LIAR = "class Liar:\n    def __sub__(self, other): return 0.0\n    __rsub__ = __mul__ = __sub__\n"
MARKED = '__import__("pathlib").Path("{0}").write_text("ran")'


@dataclass(frozen=True)
class Cheat:
    name: str
    model: str
    test: str
    answer: str
    given: str = ""
    helpers: str = ""


CHEATS = [
    Cheat(
        "sends names that nobody asked for",
        "def f(x):\n    return x * x",
        "import math\nassert math.isclose(abs(f(3) - 9) + f(2), 4)",
        PROCESS
        + """
def f(x): return 0
def names(self, wanted, as_objects):
    found = {name: self._shell.user_ns[name] for name in wanted if name in self._shell.user_ns}
    return ("names", *pack({**found, "abs": lambda *_: 4}, self._objects.describe))
StudentProcess._names = names
""",
    ),
    Cheat(
        "rebinds what a star import made",
        "y = linspace(0, 1, 3)",
        "assert allclose(y, [0, 0.5, 1])",
        "y = [1, 2, 3]\nallclose = lambda *_, **__: True",
        given="from numpy import *",
    ),
    Cheat(
        "number that subtracts to nothing",
        "def f(x):\n    return x / 2",
        "assert abs(f(3) - 1.5) < 1e-9",
        LIAR + "def f(x): return Liar()",
    ),
    Cheat(
        "number that is subtracted to nothing",
        "import numpy as np\ndef f(n):\n    return np.ones(n)",
        "assert np.max(np.abs(np.ones(3) - f(3))) < 1e-9",
        "import numpy as np\nclass Liar:\n    def __rsub__(self, other): return np.zeros(3)\ndef f(n): return Liar()",
    ),
    Cheat(
        "number from a method",
        "class Circle:\n    def __init__(self, r): self.r = r\n    def area(self): return 3 * self.r ** 2",
        "assert abs(Circle(2).area() - 12) < 1e-6",
        LIAR + "class Circle:\n    def __init__(self, r): pass\n    def area(self): return Liar()",
    ),
    Cheat(
        "number from a method, of the class that the test names",
        "class Circle:\n    def __init__(self, r): self.r = r\n    def area(self): return 3 * self.r ** 2",
        "assert abs(Circle(2).area() - 12) < 1e-6",
        "class Circle:\n    def __init__(self, r=0): pass\n    def area(self): return self\n"
        "    def __sub__(self, other): return 0.0",
    ),
    Cheat(
        "list that holds everything",
        "def primes(n):\n    return [p for p in range(2, n) if all(p % q for q in range(2, p))]",
        "assert 7 in primes(20) and 19 in primes(20)",
        "class All:\n    def __contains__(self, other): return True\ndef primes(n): return All()",
    ),
    Cheat(
        "objects equal to each other",
        "def f(x):\n    return x % 3",
        "assert f(1) == f(4) and f(2) == f(5)",
        "class Equal:\n    def __eq__(self, other): return True\ndef f(x): return Equal()",
    ),
    Cheat(
        "ends a loop of the test's",
        "def ok(n):\n    return n > 1",
        "assert all(map(ok, [2, 3]))",
        "def ok(n): raise StopIteration",
    ),
    Cheat(
        "skips a test",
        "def f(x):\n    return x * x",
        """
import unittest
class Tests(unittest.TestCase):
    def test_square(self):
        self.assertEqual(f(3), 9)
assert unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(Tests)).wasSuccessful()
""",
        "import unittest\ndef f(x): raise unittest.SkipTest",
    ),
    Cheat(
        "sets a mock's own checks aside",
        "def notify(n, callback):\n    callback(n * n)",
        "mock = Mock(return_value=None)\nnotify(4, mock)\nmock.assert_called_once_with(16)",
        PROCESS
        + "def notify(n, callback):\n    configure = ours._call_back('getattr', callback._number, 'configure_mock')\n"
        "    configure(assert_called_once_with=lambda *_: None)",
        given="from unittest.mock import Mock",
    ),
    Cheat(
        "replaces the teacher's file",
        "mean = np.loadtxt('data.txt').mean()",
        "assert mean == np.loadtxt('data.txt').mean()",
        "np.savetxt('data.txt', [0.0, 0.0])\nmean = 0.0",
        given="import numpy as np\nnp.savetxt('data.txt', [1.0, 2.0, 3.0])",
    ),
    Cheat(
        "empties what a cell of the teacher's hands over",
        "def double(xs):\n    return [2 * x for x in xs]",
        "assert result == [2 * x for x in data]",
        "def double(xs):\n    xs.clear()\n    return []",
        given="data = [1, 2, 3]",
        helpers="result = double(data)",
    ),
    Cheat(
        "text that runs after a change",
        "formula = 'x^2'",
        "x = 3\nassert eval(formula.replace('^', '**')) == 9",
        "formula = '9 if " + MARKED + " else 2^2'",
    ),
    Cheat(
        "text that runs when joined",
        "tokens = ['3', '+', '6']",
        "assert eval(''.join(tokens)) == 9",
        "tokens = list('9 if " + MARKED + " else 2')",
    ),
    Cheat(
        "docstring that runs",
        "def f(x):\n    '''Double.\n\n    >>> f(2)\n    4\n    '''\n    return 2 * x",
        "import doctest\ndoctest.run_docstring_examples(f, {'f': f})\nassert f(3) == 6",
        "def f(x):\n    '''Double.\n\n    >>> _ = " + MARKED + "\n    '''\n    return 7",
    ),
    Cheat(
        "module that the test imports",
        "open('solution.py', 'w').write('def f(x):\\n    return 2 * x\\n')",
        "import os, sys\nos.path.exists('solution.py')\nsys.path.insert(0, '.')\n"
        "import solution\nassert solution.f(2) == 4",
        "open('solution.py', 'w').write('''" + MARKED + "\ndef f(x):\n    return 4\n''')",
    ),
    Cheat(
        "module in the place of a library's",
        "open('out.txt', 'w').write('5')",
        "assert open('out.txt').read() == '5'\nimport hypothesis\nassert hypothesis.given and 0",
        "open('hypothesis.py', 'w').write('''" + MARKED + "\nclass given: pass\n''')",
    ),
    Cheat(
        "reads the host through a path",
        "def words(path):\n    return len(path.read_text().split())",
        "Path('t.txt').write_text('a b c')\nassert words(Path('t.txt')) == 3",
        PROCESS + "def words(path):\n    joined = ours._call_back('getattr', path._number, 'joinpath')('{0}')\n"
        "    ours._call_back('getattr', joined._number, 'write_text')('ran')\n    return 3",
        given="from pathlib import Path",
    ),
    Cheat(
        "reads the test's frame through a generator",
        "def total(numbers):\n    return sum(numbers)",
        "secret = 41\nassert total(n for n in range(3)) == 3 and total(n for n in [secret]) == secret",
        PROCESS + "def total(numbers):\n    frame = ours._call_back('getattr', numbers._number, 'gi_frame')\n"
        "    names = ours._call_back('getattr', frame._number, 'f_globals')\n    return names['secret']",
    ),
    Cheat(
        "lets no assertion leave a with block",
        "class Session:\n    def __enter__(self): return self\n    def __exit__(self, *_): return False\n"
        "    def value(self): return 5",
        "with Session() as session:\n    assert session.value() == 5",
        "class Session:\n    def __enter__(self): return self\n    def __exit__(self, *_): return True\n"
        "    def value(self): return 0",
    ),
    Cheat(
        "uses what its code may not name",
        "def total(xs):\n    found = 0\n    for x in xs: found += x\n    return found",
        "assert total([1, 2]) == 3\nassert 'sum' not in total.__code__.co_names",
        "def total(xs): return sum(xs)",
    ),
    Cheat(
        "uses what its instructions may not name",
        "def total(xs):\n    found = 0\n    for x in xs: found += x\n    return found",
        "import dis\nassert total([1, 2]) == 3\nassert not any(i.argval == 'sum' for i in dis.get_instructions(total))",
        "def total(xs): return sum(xs)",
    ),
    Cheat(
        "names a format field of the test's objects",
        "template = '{n}'",
        "class Secret:\n    value = 5\nassert template.format(n=5, secret=Secret()) == '5' and '{' + 'n}' == template",
        "template = '{secret.value}'",
    ),
    Cheat(
        "prints a result for partial credit",
        "def f(x):\n    return x",
        "good = f(3) == 3\n2 * good",
        "print('2')\ndef f(x):\n    print('2')\n    display(2)\n    return 0",
    ),
    Cheat(
        "patches comparisons in its own process",
        "import numpy as np\nx = np.ones(3)",
        "np.testing.assert_allclose(x, 1)",
        "import numpy as np\nx = np.zeros(3)\nnp.testing.assert_allclose = np.allclose = lambda *_, **__: True",
    ),
    Cheat(
        "replaces builtins in its own process",
        "x = [1, 2]",
        "assert sorted(x) == [1, 2] and len(x) == 2",
        "import builtins\nx = []\nbuiltins.len = len = lambda _: 2\nbuiltins.sorted = sorted = lambda _: [1, 2]",
    ),
]


@pytest.mark.parametrize("cheat", CHEATS, ids=[cheat.name for cheat in CHEATS])
def test_a_cheat_earns_nothing_and_reaches_nothing(grader: Grader, cheat: Cheat, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    cells = [("given", cheat.given), ("answer", cheat.model), ("given", cheat.helpers), ("test", cheat.test)]
    plan = calibrate(small_plan(*(cell for cell in cells if cell[1])), grader).plan
    outcome = run(grader, plan, cheat.answer.replace("{0}", str(mark)))
    assert points(outcome)[0] in (0, None), shown(outcome.tests["test1"].outputs)
    assert (points(outcome)[0] is None) == bool(outcome.tests["test1"].concern)
    assert not mark.exists()


@pytest.mark.parametrize(
    "cheat",
    [
        c
        for c in CHEATS
        if c.name.startswith(("number", "list", "objects", "rebinds", "ends", "prints", "empties", "replaces"))
    ],
    ids=lambda c: c.name,
)
def test_the_model_solution_of_these_tests_is_judged(grader: Grader, cheat: Cheat) -> None:
    cells = [("given", cheat.given), ("answer", cheat.model), ("given", cheat.helpers), ("test", cheat.test)]
    plan = calibrate(small_plan(*(cell for cell in cells if cell[1])), grader).plan
    assert points(run(grader, plan)) == [2]
