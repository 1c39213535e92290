"""Read what `qlearn.check.Parts` has left below a test cell: the points, and which parts failed with what words.

Nothing is taken over from that package, which travels with students. What stands below a cell that ran in a student's
process may hold anything, so whatever does not have the form is no result.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["PARTS_TYPE", "FailedPart", "PartsResult", "made_of_parts", "read_parts"]

PARTS_TYPE = "application/vnd.qlearn.parts+json"
MOST_PARTS = 100


@dataclass(frozen=True)
class FailedPart:
    """One part that failed: its name, the error's name and text, and `student` if the student's code raised it."""

    name: str
    ename: str
    evalue: str
    raised_in: str = ""


@dataclass(frozen=True)
class PartsResult:
    """What a test with parts gave; `of` is what its parts are worth together."""

    of: float
    failed: tuple[FailedPart, ...] = ()


def made_of_parts(source: str) -> bool:
    """Tell whether a test cell counts by named parts."""
    return "check.Parts(" in source or "Parts()" in source


def read_parts(outputs: Iterable[Mapping[str, Any]]) -> PartsResult | None:
    """Find the result of a test with parts among a cell's outputs; None if there is none, or an error ended the cell.

    Only a cell's own result counts: what a student's code displays on the way is another kind of output.
    """
    found = None
    for output in outputs:
        kind, data = output.get("output_type"), output.get("data")
        if kind == "error":
            return None
        if kind == "execute_result" and found is None and isinstance(data, Mapping):
            found = _result(data.get(PARTS_TYPE))
    return found


def _result(bundle: object) -> PartsResult | None:
    if isinstance(bundle, str):  # the claim of a student's process, which sends texts alone
        try:
            bundle = json.loads(bundle)
        except (ValueError, RecursionError):
            return None
    if not isinstance(bundle, Mapping) or not isinstance(bundle.get("parts"), list):
        return None
    of = bundle.get("of")
    parts = [part for part in bundle["parts"][:MOST_PARTS] if isinstance(part, Mapping)]
    failed = tuple(
        FailedPart(*(_text(part.get(key)) for key in ("name", "ename", "evalue", "raised_in")))
        for part in parts
        if part.get("passed") is not True
    )
    return PartsResult(float(of) if isinstance(of, int | float) else 0.0, failed)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
