"""The tables of the book's page on grading, from the newest committed runs; `python -m corpus.table` writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus.cases import CASES, GROUPS
from corpus.verdict import OUTCOMES

__all__ = ["PAGE", "make_tables", "newest", "page_with_tables"]

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "book" / "teaching" / "grading.md"
BEGIN, END = "<!-- begin of the corpus tables -->", "<!-- end of the corpus tables -->"
SAYS = {
    "right": "right in every respect",
    "unearned": "points that nobody earned",
    "lost": "deserved points lost",
    "harmed others": "another student harmed",
    "changed or leaked": "something outside changed, read or left running",
    "hung": "still running when it was stopped",
}


def newest(grader: str) -> dict[str, Any]:
    """Read the newest run of `stock` or `ours`; stock is not blamed for a rule that it does not have."""
    path = max(HERE.glob(f"{grader}-*.json"))
    run: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for line in run["cases"]:
        if grader == "stock" and CASES[line["case"]].ours_alone:
            line["outcome"] = [outcome for outcome in line["outcome"] if outcome != "unearned"] or ["right"]
    return run


def make_tables() -> str:
    """Write both tables in Markdown, with what was run and when."""
    stock, ours = newest("stock"), newest("ours")
    versions = stock["versions"]
    lines = [
        f"Stock nbgrader {versions['nbgrader']} ran on {stock['date']}, in a cage; `qlearn grade` on {ours['date']}, "
        f"in its own sandbox; Python {versions['python']}.",
        "",
        *_by_group(stock, ours),
        "",
        *_by_outcome(stock, ours),
    ]
    return "\n".join(lines) + "\n"


def page_with_tables(page: str) -> str:
    """Put the tables into the page's text."""
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{make_tables()}\n{END}{tail}"


def _by_group(stock: dict[str, Any], ours: dict[str, Any]) -> list[str]:
    lines = [
        "| what was handed in | hand-ins | right under stock nbgrader | right under `qlearn grade` |",
        "|:--|--:|--:|--:|",
    ]
    for title, cases in GROUPS.items():
        names = {case.name for case in cases}
        lines.append(f"| {title} | {len(names)} | {_right(stock, names)} | {_right(ours, names)} |")
    lines.append(f"| **all** | {len(CASES)} | {_right(stock, set(CASES))} | {_right(ours, set(CASES))} |")
    return lines


def _right(run: dict[str, Any], names: set[str]) -> int:
    return sum(line["outcome"] == ["right"] for line in run["cases"] if line["case"] in names)


def _by_outcome(stock: dict[str, Any], ours: dict[str, Any]) -> list[str]:
    lines = ["| hand-ins with | stock nbgrader | `qlearn grade` |", "|:--|--:|--:|"]
    for outcome in OUTCOMES:
        counts = [sum(outcome in line["outcome"] for line in run["cases"]) for run in (stock, ours)]
        lines.append(f"| {SAYS[outcome]} | {counts[0]} | {counts[1]} |")
    return lines


if __name__ == "__main__":
    PAGE.write_text(page_with_tables(PAGE.read_text("utf-8")), encoding="utf-8")
