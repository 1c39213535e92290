"""What a grader made of a case, compared with what the case deserves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.assignment import POINTS
from corpus.case import Case

__all__ = ["OUTCOMES", "Observed", "find_faults", "outcomes", "record"]

OUTCOMES = ("unearned", "lost", "harmed others", "changed or leaked", "hung")
ENOUGH = 1e-9


@dataclass
class Observed:
    """One run of one case."""

    points: dict[str, float | None] = field(default_factory=dict)
    """By test; None waits for a person. A hand-in called broken has none."""
    ending: str = "graded"
    reason: str = ""
    messages: tuple[str, ...] = ()
    """All that would come back to the student."""
    kept: tuple[str, ...] = ()
    """All that was written down for the teacher besides."""
    changed: list[str] = field(default_factory=list)
    """Files, connections and processes outside that should not be."""
    others: list[str] = field(default_factory=list)
    """What happened to other students' marks."""
    hung: bool = False
    seconds: float = 0.0


def find_faults(case: Case, seen: Observed, secrets: tuple[str, ...]) -> list[tuple[str, str]]:
    """Name everything that went wrong: the outcome it counts as, and one line of detail."""
    faults = [*_about_points(case, seen)]
    faults += [("harmed others", line) for line in seen.others]
    faults += [("changed or leaked", line) for line in seen.changed]
    said, kept = "\n".join(seen.messages), "\n".join(seen.kept)
    faults += [("changed or leaked", f"the answer has read {secret!r}") for secret in secrets if secret in said + kept]
    faults += [("changed or leaked", f"the student reads {text!r}") for text in case.never_said if text in said]
    if seen.hung:
        faults.append(("hung", f"still running after {seen.seconds:.0f} s"))
    return faults


def _about_points(case: Case, seen: Observed) -> list[tuple[str, str]]:
    if seen.ending == "broken" and case.broken:
        return []
    faults = []
    for test in POINTS:
        deserved, given = case.points(test), seen.points.get(test)
        if given is None:
            if deserved > 0 and test not in case.pending:
                faults.append(("lost", f"{test} waits for a person and deserves {deserved:g}"))
        elif given > deserved + ENOUGH:
            faults.append(("unearned", f"{test} got {given:g} and deserves {deserved:g}"))
        elif given < deserved - ENOUGH:
            faults.append(("lost", f"{test} got {given:g} and deserves {deserved:g}"))
    return faults


def outcomes(faults: list[tuple[str, str]]) -> list[str]:
    """Which outcomes the faults come to, in the order of `OUTCOMES`; `right` if there is none."""
    found = {kind for kind, _ in faults}
    return [kind for kind in OUTCOMES if kind in found] or ["right"]


def record(case: Case, seen: Observed, faults: list[tuple[str, str]]) -> Mapping[str, Any]:
    """Give the case's line in the JSON file."""
    return {
        "case": case.name,
        "points": seen.points,
        "deserved": {test: case.points(test) for test in POINTS},
        "ending": seen.ending,
        "outcome": outcomes(faults),
        "faults": [f"{kind}: {line}"[:300] for kind, line in faults],
        "seconds": round(seen.seconds, 2),
    }
