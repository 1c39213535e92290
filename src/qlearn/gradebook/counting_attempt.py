"""nbgrader's collection from the exchange, with the course's rule for which attempt counts.

nbgrader takes the newest, or the newest before the class's deadline; it knows neither extensions nor grace. It puts a
student's attempts in order and takes the first, so a different order is all that is changed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

from qlearn.gradebook.course import open_course
from qlearn.gradebook.policy import Policy, read_policy

__all__ = ["CollectWhatCounts"]


class CollectWhatCounts(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """Collects each student's attempt that counts, in place of the one that was collected before."""

    @cached_property
    def _policy(self) -> Policy:
        return read_policy(open_course(Path(self.coursedir.root)))

    def init_src(self) -> None:
        """Find each student's attempt that counts."""
        self.before_duedate = False  # the rule is the course's, not nbgrader's
        super().init_src()

    def copy_files(self) -> None:
        """Copy the attempts that are not there yet, an older one too where it is the one that counts."""
        self.before_duedate = True  # nbgrader's way to replace a newer attempt by an older one
        super().copy_files()

    def _sort_by_timestamp(self, records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        ordered: list[dict[str, Any]] = list(super()._sort_by_timestamp(records))
        due = self.duedate.replace(tzinfo=UTC) if self.duedate is not None else None
        deadline = self._policy.deadline(self.coursedir.assignment_id, ordered[0]["username"], due)
        chosen = self._policy.choose([record["timestamp"].replace(tzinfo=UTC) for record in ordered], deadline)
        return [ordered[chosen], *ordered[:chosen], *ordered[chosen + 1 :]]
