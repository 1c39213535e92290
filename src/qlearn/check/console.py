"""Keep a Python warning from costing marks."""

from __future__ import annotations

import sys
import warnings
from typing import TextIO


def show_warnings_as_text() -> None:
    """Print warnings as ordinary output from now on.

    nbgrader counts anything on the error stream as a failed test. A right answer that makes NumPy mutter "divide by
    zero encountered in log2" before `np.where` throws that entry away would get no marks, and no reason.
    """
    warnings.showwarning = _print_warning


def _print_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Write one warning to standard output, without the path of the file."""
    del filename, line
    print(f"Warning ({category.__name__}, line {lineno}): {message}", file=file or sys.stdout)
