"""What one look at this machine found, and all of them together as text or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

__all__ = ["Finding", "State", "all_is_well", "report"]


class State(Enum):
    """How a check ended."""

    WORKS = "works"
    NOTE = "note"
    FAILS = "FAILS"


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Attributes
    ----------
    name : str
        What was looked at, in a word or two.
    state : State
        `FAILS` where something necessary is missing, `NOTE` where something can be done without.
    detail : str
        What was found.
    remedy : str
        What to do; empty when there is nothing to do.
    parts : tuple of dict
        What the finding rests on, for a script.
    """

    name: str
    state: State
    detail: str
    remedy: str = ""
    parts: tuple[dict[str, Any], ...] = ()

    def __str__(self) -> str:
        """One line: state, name, what was found and what to do."""
        said = f"{self.detail}; {self.remedy}" if self.remedy else self.detail
        return f"{self.state.value:5}  {self.name:17}  {said}"


def all_is_well(findings: Sequence[Finding]) -> bool:
    """Say whether nothing necessary is missing."""
    return all(finding.state is not State.FAILS for finding in findings)


def report(findings: Sequence[Finding]) -> dict[str, Any]:
    """Give the findings as what becomes JSON."""
    rows = [asdict(finding) | {"state": finding.state.value.lower()} for finding in findings]
    for row in rows:
        if not row["parts"]:
            del row["parts"]
    return {"well": all_is_well(findings), "findings": rows}
