"""The corpus's own assignment: two notebooks, seven questions marked by tests, one by hand, and a data file.

It is small on purpose and holds one question of each kind a grader has to judge: a number, a function on arrays, a
change in place, a class with a callback, a state with partial credit, printed text, and a forbidden module.
"""

# ruff: noqa: E501  code that is handed in stays as it was typed
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qlearn.gradebook.new_course import Kit

ASSIGNMENT = "corpus"
NOTEBOOKS = ("physics", "words")
FORBIDDEN = {"words": ["statistics"]}
DATA = "voltage\n1.0\n2.0\n3.0\n4.0\n"
HIDDEN_INPUT = 0.7391825
"""An angle that only a hidden test knows; whoever hands in must not read it in what comes back."""

CONFIG = """
from pathlib import Path
c = get_config()
here = Path(__file__).resolve().parent
c.CourseDirectory.root = str(here)
c.CourseDirectory.course_id = here.name
c.CourseDirectory.db_url = f"sqlite:///{here / 'gradebook.db'}"
c.Exchange.root = str(here / "exchange")
c.Execute.timeout = 10
"""

POINTS = {
    "test_mean": 2.0,
    "test_transmission": 3.0,
    "test_normalise": 2.0,
    "test_register": 2.0,
    "test_bell": 3.0,
    "test_report": 1.0,
    "test_median": 2.0,
}
NOTEBOOK_OF = dict.fromkeys(list(POINTS)[:5], "physics") | dict.fromkeys(list(POINTS)[5:], "words")
QUESTIONS = {test.removeprefix("test_"): test for test in POINTS}
HAND_MARKED = "explain"

RIGHT = {
    "mean": """values = np.loadtxt("data.csv", skiprows=1)
mean = float(values.mean())""",
    "transmission": """def transmission(angle):
    return np.cos(angle) ** 2""",
    "normalise": """def normalise(vector):
    vector /= np.linalg.norm(vector)""",
    "register": """class Register:
    def __init__(self, size):
        self.bits = [0] * size

    def flip(self, position):
        self.bits[position] = 1 - self.bits[position]

    def each(self, visit):
        return [visit(bit) for bit in self.bits]""",
    "bell": """bell = (qutip.tensor(qutip.basis(2, 0), qutip.basis(2, 0)) + qutip.tensor(qutip.basis(2, 1), qutip.basis(2, 1))).unit()""",
    "report": """def report(name, value):
    print(f"{name}: {value:.2f} V")""",
    "median": """def median(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2""",
    HAND_MARKED: "The median ignores how far away an outlier is.",
}  # fmt: skip
"""The reference solution of each answer cell."""

WRONG = {
    "mean": "mean = 0.0",
    "transmission": "def transmission(angle):\n    return 0 * angle",
    "normalise": "def normalise(vector):\n    pass",
    "register": """class Register:
    def __init__(self, size):
        self.bits = [0] * size

    def flip(self, position):
        pass

    def each(self, visit):
        return []""",
    "bell": "bell = 3 * qutip.basis(2, 0)",
    "report": "def report(name, value):\n    pass",
    "median": "def median(values):\n    return -1",
    HAND_MARKED: "I do not know.",
}
"""Answers that run and deserve nothing."""

SETUP = "import numpy as np\nimport qutip"
HELPER = """def close(left, right):
    return abs(left - right) < 1e-9"""

TESTS = {
    "test_mean": """assert mean is not None, "give mean a value"
### BEGIN HIDDEN TESTS
assert close(mean, 2.5), "the mean voltage is not right"
### END HIDDEN TESTS""",
    "test_transmission": f"""assert abs(transmission(0.0) - 1) < 1e-9, "parallel foils let everything pass"
### BEGIN HIDDEN TESTS
angles = np.append(np.random.default_rng(7).uniform(0, 3, 5), {HIDDEN_INPUT})
expected = np.cos(angles) ** 2
np.testing.assert_allclose(transmission(angles), expected, atol=1e-9)
assert abs(transmission({HIDDEN_INPUT}) - np.cos({HIDDEN_INPUT}) ** 2) < 1e-9, "one angle alone fails"
### END HIDDEN TESTS""",
    "test_normalise": """vector = np.array([3.0, 4.0])
normalise(vector)
assert np.allclose(vector, [0.6, 0.8]), "the vector itself has to change"
### BEGIN HIDDEN TESTS
other = np.arange(1.0, 6.0)
length = np.sqrt((other**2).sum())
wanted = other / length
normalise(other)
assert np.allclose(other, wanted), "other vectors have to change, too"
### END HIDDEN TESTS""",
    "test_register": """register = Register(3)
register.flip(0)
assert register.bits == [1, 0, 0], "the first bit flips"
### BEGIN HIDDEN TESTS
register.flip(2)
register.flip(0)
assert register.bits == [0, 0, 1], "a second flip undoes the first"
seen = []
assert register.each(lambda bit: seen.append(bit) or 10 * bit) == [0, 0, 10], "each returns what visit returns"
assert seen == [0, 0, 1], "each visits every bit once"
### END HIDDEN TESTS""",
    "test_bell": """### BEGIN HIDDEN TESTS
amplitudes = bell.full().ravel()
points = 0.0
if len(amplitudes) == 4:
    points += 1.0
    if close(float(np.linalg.norm(amplitudes)), 1.0):
        points += 1.0
    if close(abs(np.vdot([1, 0, 0, 1], amplitudes)), 2**0.5) and close(float(np.linalg.norm(amplitudes)), 1.0):
        points += 1.0
points
### END HIDDEN TESTS""",
    "test_report": """import contextlib
import io

shown = io.StringIO()
with contextlib.redirect_stdout(shown):
    report("U", 1.5)
assert shown.getvalue().strip() == "U: 1.50 V", "print name, value and unit"
### BEGIN HIDDEN TESTS
shown = io.StringIO()
with contextlib.redirect_stdout(shown):
    report("mean", 2.0 / 3.0)
assert shown.getvalue().strip() == "mean: 0.67 V", "two digits after the point"
### END HIDDEN TESTS""",
    "test_median": """assert median([3, 1, 2]) == 2, "the middle of three"
### BEGIN HIDDEN TESTS
assert median([4, 1, 3, 2]) == 2.5, "between the middle two"
assert median([7]) == 7, "one value is its own median"
### END HIDDEN TESTS""",
}


def make_kit(root: Path) -> Kit:
    """Write a checkout that holds this assignment alone."""
    folder = root / "exercises" / "source" / ASSIGNMENT
    folder.mkdir(parents=True)
    (root / "exercises" / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    for name in NOTEBOOKS:
        (folder / f"{name}.ipynb").write_text(json.dumps(source_notebook(name)), encoding="utf-8")
    (folder / "data.csv").write_text(DATA, encoding="utf-8")
    return Kit(root)


def source_notebook(name: str) -> dict[str, Any]:
    """Give one of the teacher's notebooks, with solutions and hidden tests."""
    cells = [_cell("markdown", f"title_{name}", f"# {name}", locked=True)]
    if name == "physics":
        cells += [_cell("code", "setup", SETUP, locked=True), _cell("code", "helper", HELPER, locked=True)]
    for question, test in QUESTIONS.items():
        if NOTEBOOK_OF[test] == name:
            solution = "### BEGIN SOLUTION\n" + RIGHT[question] + "\n### END SOLUTION"
            cells.append(_cell("code", question, solution, solution=True))
            cells.append(_cell("code", test, TESTS[test], grade=True, locked=True, points=POINTS[test]))
    if name == "words":
        cells.append(_cell("markdown", HAND_MARKED, RIGHT[HAND_MARKED], grade=True, solution=True, points=4))
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    metadata = {"kernelspec": kernel, "qlearn": {"forbidden_modules": FORBIDDEN.get(name, [])}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _cell(kind: str, grade_id: str, source: str, **flags: Any) -> dict[str, Any]:
    nbgrader = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3} | flags
    cell = {
        "cell_type": kind,
        "id": grade_id.replace("_", "-"),
        "source": source,
        "metadata": {"nbgrader": nbgrader | {"grade_id": grade_id}},
    }
    return cell | {"outputs": [], "execution_count": None} if kind == "code" else cell
