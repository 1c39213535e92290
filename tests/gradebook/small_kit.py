"""A kit with one small assignment that needs no library, and ways to hand in work for it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from qlearn.gradebook.course import Course
from qlearn.gradebook.new_course import Kit

ASSIGNMENT = "school-coin"
NOTEBOOK = "coin"
MISCONCEPTION = "A coin has two sides. Did you count only one?"

CONFIG = """
from pathlib import Path
c = get_config()
here = Path(__file__).resolve().parent
c.CourseDirectory.root = str(here)
c.CourseDirectory.course_id = here.name
c.CourseDirectory.db_url = f"sqlite:///{here / 'gradebook.db'}"
c.Exchange.root = str(here / "exchange")
c.Execute.timeout = 5
"""

SETUP = """class Misconception(AssertionError):
    pass"""
SIDES = """def sides(coins):
    ### BEGIN SOLUTION
    return 2 ** coins  # the reference
    ### END SOLUTION"""
TEST_SIDES = f"""assert sides(1) != 1, "one coin has more than one side"
### BEGIN HIDDEN TESTS
if sides(3) == 3:
    raise Misconception("{MISCONCEPTION} [one-sided-coin]")
assert sides(10) == 1024, "ten coins fall in 1024 ways"
### END HIDDEN TESTS"""
PARITY = """def parity(bits):
    ### BEGIN SOLUTION
    return sum(bits) % 2  # the reference
    ### END SOLUTION"""
TEST_PARITY = """### BEGIN HIDDEN TESTS
assert parity([1, 1, 1]) == 1, "three ones are odd"
### END HIDDEN TESTS"""

PARITY_ANSWER = "def parity(bits):\n    return sum(bits) % 2"
ANSWERS = {
    "right": {
        "sides": "def sides(coins):\n    return 2 ** coins",
        "parity": PARITY_ANSWER,
    },
    "wrong": {"sides": "def sides(coins):\n    return coins + (coins == 1)", "parity": "parity = None"},
    "dies": {"sides": "import os\nos._exit(3)", "parity": "parity = sum"},
    "loops": {"sides": "while True:\n    pass", "parity": PARITY_ANSWER},
    "warns": {
        "sides": "import sys\ndef sides(coins):\n    print('hm', file=sys.stderr)\n    return 2 ** coins",
        "parity": PARITY_ANSWER,
    },
}


def make_kit(root: Path) -> Kit:
    """Write a checkout with the small assignment into a folder."""
    folder = root / "exercises" / "source" / ASSIGNMENT
    folder.mkdir(parents=True)
    (root / "exercises" / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    (folder / f"{NOTEBOOK}.ipynb").write_text(json.dumps(source_notebook()), encoding="utf-8")
    (folder / "tosses.csv").write_text("toss\n0\n1\n", encoding="utf-8")
    return Kit(root)


def source_notebook() -> dict[str, Any]:
    """Give the teacher's notebook: two questions marked by tests (2 and 3 points), one by hand (4 points)."""
    cells = [
        _cell("code", "setup", SETUP, locked=True),
        _cell("code", "sides", SIDES, solution=True),
        _cell("code", "test_sides", TEST_SIDES, grade=True, locked=True, points=2),
        _cell("code", "parity", PARITY, solution=True),
        _cell("code", "test_parity", TEST_PARITY, grade=True, locked=True, points=3),
        _cell("markdown", "explain_parity", "The teacher's own words.", grade=True, solution=True, points=4),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def answered(course: Course, answer: str, *, without: str = "") -> str:
    """Type one of `ANSWERS` into the released notebook; leave out the cell named by `without`."""
    notebook = json.loads((course.released(ASSIGNMENT) / f"{NOTEBOOK}.ipynb").read_text(encoding="utf-8"))
    typed = ANSWERS[answer] | {"explain_parity": "Because the sum counts the ones."}
    for cell in notebook["cells"]:
        cell["source"] = typed.get(cell["metadata"]["nbgrader"]["grade_id"], cell["source"])
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["metadata"]["nbgrader"]["grade_id"] != without]
    return json.dumps(notebook)


def put_submitted(course: Course, student: str, text: str | bytes, *, name: str = f"{NOTEBOOK}.ipynb") -> Path:
    """Put a hand-in straight into the course's `submitted` folder."""
    path = course.submitted(student, ASSIGNMENT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def snapshot(root: Path) -> dict[str, tuple[int, int]]:
    """Give time and size of every file below a folder, to see whether anything changed."""
    if not root.is_dir():
        return {}
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            status = os.lstat(Path(folder) / name)
            found[str(Path(folder) / name)] = (status.st_mtime_ns, status.st_size)
    return found


def _cell(kind: str, grade_id: str, source: str, **flags: Any) -> dict[str, Any]:
    nbgrader = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3} | flags
    cell = {
        "cell_type": kind,
        "id": grade_id.replace("_", "-"),
        "source": source,
        "metadata": {"nbgrader": nbgrader | {"grade_id": grade_id}},
    }
    return cell | {"outputs": [], "execution_count": None} if kind == "code" else cell
