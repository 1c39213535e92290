"""What a student's code may use, as a course's settings say: the section `c.Grading` of `nbgrader_config.py`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from qlearn.errors import CourseError
from qlearn.grading.plan import MIB, RunLimits
from qlearn.grading.sandbox.limits import Limits

__all__ = ["KEYS", "read_limits"]

KEYS: Mapping[str, str] = {
    "memory_mib": "a whole number above 0",
    "cpu_seconds": "a whole number above 0",
    "cell_seconds": "a number above 0",
    "notebook_seconds": "a number above 0",
    "processes": "0 or a whole number above it",
    "threads": "a whole number above 0",
    "file_mib": "a whole number above 0",
    "scratch_mib": "a whole number above 0",
    "output_mib": "a whole number above 0",
}
CELLS_A_NOTEBOOK = 5  # so many cells may take all the time a cell has


def read_limits(config: Any) -> RunLimits:
    """Read the limits from a course's settings; what is not set has its default.

    A cell's time is `c.Execute.timeout` if that is set and `c.Grading.cell_seconds` is not: nbgrader's own courses
    have it. Processor time, unless set, is as long as the notebook's wall time.

    Raises
    ------
    CourseError
        If a key is unknown or its value is not allowed; the message names what is.
    """
    given = dict(config.Grading)
    for key, value in given.items():
        if key not in KEYS:
            raise CourseError(
                f"nbgrader_config.py sets c.Grading.{key}, which is no limit; there are: {', '.join(KEYS)}"
            )
        if not _is_allowed(value, KEYS[key]):
            raise CourseError(f"nbgrader_config.py sets c.Grading.{key} to {value!r}; it must be {KEYS[key]}")
    standard, sandbox = RunLimits(), Limits()
    timeout = config.Execute.get("timeout")
    cell = float(given.get("cell_seconds") or (timeout if _is_allowed(timeout, "") else standard.cell_seconds))
    notebook = float(given.get("notebook_seconds", max(standard.notebook_seconds, CELLS_A_NOTEBOOK * cell)))
    return RunLimits(
        sandbox=Limits(
            memory_bytes=_bytes(given, "memory_mib", sandbox.memory_bytes),
            cpu_seconds=given.get("cpu_seconds", max(sandbox.cpu_seconds, math.ceil(notebook))),
            threads=given.get("threads", sandbox.threads),
            processes=given.get("processes", sandbox.processes),
            file_bytes=_bytes(given, "file_mib", sandbox.file_bytes),
            scratch_bytes=_bytes(given, "scratch_mib", sandbox.scratch_bytes),
        ),
        cell_seconds=cell,
        notebook_seconds=notebook,
        output_bytes=_bytes(given, "output_mib", standard.output_bytes),
    )


def _bytes(given: Mapping[str, Any], key: str, standard: int) -> int:
    return int(given[key]) * MIB if key in given else standard


def _is_allowed(value: object, rule: str) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if "whole" in rule and not isinstance(value, int):
        return False
    return value >= 0 if rule.startswith("0") else 0 < value < math.inf
