"""Libraries that some assignments use and most do not: loaded once for an assignment that imports them.

They lengthen the start of every grader and make each fork dearer, so they are not loaded for everybody; an answer that
imports one which its assignment never mentions loads it for itself.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterable
from contextlib import suppress

from qlearn.grading.forbidden_modules import belongs_to
from qlearn.grading.plan import NotebookPlan

__all__ = ["libraries_of", "load"]

SOMETIMES_USED = (
    "pandas",
    "scipy.fft",
    "scipy.integrate",
    "scipy.interpolate",
    "scipy.ndimage",
    "scipy.signal",
    "scipy.stats",
    "sympy",
)


def libraries_of(notebooks: Iterable[NotebookPlan]) -> tuple[str, ...]:
    """Name what the teacher's cells of an assignment import, without what one of its notebooks forbids."""
    notebooks = tuple(notebooks)
    source = "\n".join(cell.source for notebook in notebooks for cell in notebook.cells if cell.cell_type == "code")
    forbidden = {name for notebook in notebooks for name in notebook.forbidden_modules}
    return tuple(name for name in SOMETIMES_USED if _imports(source, name) and not _is_closed(name, forbidden))


def load(names: Iterable[str]) -> bool:
    """Load what is installed and not loaded yet; tell whether there was anything."""
    missing = [name for name in names if name in SOMETIMES_USED and name not in sys.modules]
    for name in missing:
        with suppress(ImportError):  # the cell that imports it says so
            importlib.import_module(name)
    return bool(missing)


def _imports(source: str, name: str) -> bool:
    parent, _, last = name.rpartition(".")
    ways = [rf"(import|from) +{re.escape(name)}\b"]
    if parent:
        ways.append(rf"from +{re.escape(parent)} +import +[^\n]*\b{last}\b")
    return any(re.search(rf"^\s*{way}", source, re.MULTILINE) for way in ways)


def _is_closed(name: str, forbidden: Iterable[str]) -> bool:
    return any(belongs_to(closed, name) or belongs_to(name, closed) for closed in forbidden)
