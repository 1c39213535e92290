"""Numbers for the widgets of a notebook whose answers may not read the physics that computes them."""

from __future__ import annotations

import functools
import subprocess
import sys

from qlearn.errors import HostError
from qlearn.grading.plan import NotebookPlan

__all__ = ["ENVIRONMENT", "stored_numbers"]

ENVIRONMENT = "QLEARN_STORED_NUMBERS"
"""Where a widget looks for the file."""
WIDGETS = "qlearn.widgets"
COMPUTE_SECONDS = 120.0


def stored_numbers(notebook: NotebookPlan) -> bytes:
    """Give what the widgets of a notebook need, or nothing where it shows none or forbids no module.

    Raises
    ------
    HostError
        If the numbers cannot be computed here.
    """
    shows_widgets = any(WIDGETS in cell.source for cell in notebook.cells)
    return _numbers() if notebook.forbidden_modules and shows_widgets else b""


@functools.cache
def _numbers() -> bytes:
    # in a process of its own: this one must not have in its memory what answers may not use
    command = [sys.executable, "-P", "-m", f"{WIDGETS}.stored"]
    found = subprocess.run(command, capture_output=True, timeout=COMPUTE_SECONDS, check=False)
    if found.returncode:
        raise HostError(f"the numbers of widgets cannot be computed: {found.stderr.decode(errors='replace')[-300:]}")
    return found.stdout
