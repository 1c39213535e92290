"""A small assignment of one notebook, and what an honest student hands in for it."""

import json
from typing import Any

import nbformat

from qlearn.grading.hand_in import HandIn, match_notebooks
from qlearn.grading.plan import AssignmentPlan, NotebookPlan, PlannedCell, Role

HIDDEN = "### BEGIN HIDDEN TESTS\nassert toss(7) == 1\n### END HIDDEN TESTS"
CHECKSUM = "0123456789abcdef" * 2

PLAN = NotebookPlan(
    "coin",
    (
        PlannedCell(Role.TEACHER, "# Coins", cell_type="markdown"),
        PlannedCell(Role.TEACHER, "import math", "setup", locked=True, checksum=CHECKSUM),
        PlannedCell(Role.ANSWER, "def toss(n):\n    return n % 2", "toss", checksum=CHECKSUM),
        PlannedCell(Role.TEST, f"{HIDDEN}\nassert toss(2) == 0", "test_toss", locked=True, points=2, checksum=CHECKSUM),
        PlannedCell(
            Role.TEACHER,
            "Explain.\n### BEGIN MARK SCHEME\none point\n### END MARK SCHEME",
            "explain_question",
            "markdown",
            locked=True,
        ),
        PlannedCell(Role.ANSWER, "Because.", "explain", "markdown", points=3, hand_marked=True, checksum=CHECKSUM),
        PlannedCell(Role.TEACHER, "coins = [toss(n) for n in range(9)]", "coins", locked=True),
        PlannedCell(Role.ANSWER, "heads = sum(coins)", "heads"),
        PlannedCell(Role.TEST, "assert heads == 4", "test_heads", locked=True, points=1.5),
    ),
)
ASSIGNMENT = AssignmentPlan("first", (PLAN,))


def cell(source: Any, grade_id: str = "", cell_type: str = "code", **more: Any) -> dict[str, Any]:
    made = {"cell_type": cell_type, "metadata": {}, "source": source, **more}
    if grade_id:
        made["metadata"] = {"nbgrader": {"grade_id": grade_id, "grade": True, "points": 100, "schema_version": 99}}
    if cell_type == "code":
        made.setdefault("outputs", [])
        made.setdefault("execution_count", None)
    return made


def honest_cells() -> list[dict[str, Any]]:
    return [
        cell("# Coins", cell_type="markdown"),
        cell("import math", "setup"),
        cell("def toss(n):\n    return n - 2 * (n // 2)", "toss"),
        cell("assert toss(2) == 0", "test_toss"),
        cell("Explain.", "explain_question", "markdown"),
        cell("I think so.", "explain", "markdown"),
        cell("coins = [toss(n) for n in range(9)]", "coins"),
        cell("heads = coins.count(1)", "heads"),
        cell("assert heads == 4", "test_heads"),
    ]


def as_json(cells: list[Any] | None = None, **more: Any) -> str:
    content = {"cells": honest_cells() if cells is None else cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content | more, ensure_ascii=False)


def hand_in(*files: tuple[str, bytes | str], refused: tuple[tuple[str, str], ...] = ()) -> HandIn:
    encoded = ((name, text.encode() if isinstance(text, str) else text) for name, text in files)
    return HandIn("kim", "first", tuple(encoded), refused)


def submitted(cells: list[Any] | None = None) -> nbformat.NotebookNode:
    """A notebook as `match_notebooks` gives it."""
    return match_notebooks(ASSIGNMENT, hand_in(("coin.ipynb", as_json(cells)))).notebooks["coin"]
