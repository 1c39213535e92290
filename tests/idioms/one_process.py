"""Run every idiom as stock nbgrader would, all cells in one namespace, and print the points as JSON.

A script of its own, since IPython and the answers change the process they run in.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import sys
import tempfile
from pathlib import Path

import matplotlib as mpl
import qutip  # noqa: F401  loaded before the freeze
import scipy.stats  # noqa: F401
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import pyplot
from traitlets.config import Config

from idioms import ALL
from idioms.idiom import Idiom


def make_shell() -> InteractiveShell:
    """Make a shell that keeps nothing on disk."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Minimal"
    return InteractiveShell(config=config)


def points(shell: InteractiveShell, idiom: Idiom, answer: str) -> float:
    """Run one hand-in in an empty folder and count as nbgrader does."""
    shell.reset(new_session=True)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name, content in idiom.data:
            Path(name).write_bytes(content)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            for cell in idiom.cells(answer):
                result = shell.run_cell(cell.source, store_history=True)
    pyplot.close("all")
    if not result.success:
        return 0.0
    try:
        return float(str(result.result))
    except ValueError:  # nothing, or no number: all the points
        return idiom.points


def main() -> None:
    """Print the points of every answer, by idiom and note."""
    mpl.use("agg")
    os.environ["IPYTHONDIR"] = tempfile.gettempdir()
    shell = make_shell()
    gc.freeze()  # the shell collects before each notebook: 0.05 s with the libraries, 0.005 s without
    found = {idiom.name: {note: points(shell, idiom, source) for note, source in idiom.answers()} for idiom in ALL}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
