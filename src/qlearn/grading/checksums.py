"""What nbgrader writes into a cell's metadata, and the checksum by which it knows an untouched cell."""

from __future__ import annotations

import functools
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat

from qlearn.errors import HostError
from qlearn.grading.plan import PlannedCell, Role

__all__ = ["checksum", "load_nbgrader_utils", "nbgrader_metadata"]

_SCHEMA_VERSION = 3

_from_dict: Any = nbformat.from_dict  # carries no types


def nbgrader_metadata(planned: PlannedCell) -> dict[str, Any]:
    """Give a cell's marks in nbgrader's schema 3, without a checksum."""
    graded = planned.role is Role.TEST or (planned.hand_marked and not planned.task)
    metadata: dict[str, Any] = {
        "cell_type": planned.cell_type,
        "grade": graded,
        "grade_id": planned.grade_id,
        "locked": planned.locked or planned.role is Role.TEST,
        "schema_version": _SCHEMA_VERSION,
        "solution": planned.role is Role.ANSWER and not planned.task,
        "task": planned.task,
    }
    if graded or planned.task:
        metadata["points"] = int(planned.points) if float(planned.points).is_integer() else planned.points
    return metadata


def checksum(planned: PlannedCell, source: str) -> str:
    """Give nbgrader's checksum of a planned cell with this text."""
    marks = {"nbgrader": nbgrader_metadata(planned)}
    cell = _from_dict({"cell_type": planned.cell_type, "source": source, "metadata": marks})
    return str(load_nbgrader_utils().compute_checksum(cell))


@functools.cache
def load_nbgrader_utils() -> ModuleType:
    """Load nbgrader's `utils` without the package around it, which starts a web server's modules (0.5 s, not 0.08)."""
    package = importlib.util.find_spec("nbgrader")
    if package is None or not package.submodule_search_locations:
        raise HostError("nbgrader is not installed; install qlearn with its dependencies again")
    path = Path(package.submodule_search_locations[0]) / "utils.py"
    spec = importlib.util.spec_from_file_location("_qlearn_nbgrader_utils", path)
    if spec is None or spec.loader is None:
        raise HostError(f"{path} cannot be loaded; install nbgrader 0.9 again")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
