"""All cases of the corpus by group, in the order of the tables."""

from __future__ import annotations

from corpus import cheats, encodings, host, idle_but_honest, liars, limits, spies, structure
from corpus.case import Case

__all__ = ["CASES", "GROUPS"]

GROUPS: dict[str, list[Case]] = {
    module.TITLE: module.CASES for module in (cheats, liars, spies, structure, host, limits, encodings, idle_but_honest)
}
CASES: dict[str, Case] = {case.name: case for cases in GROUPS.values() for case in cases}
