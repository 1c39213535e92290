"""What students do all day runs in every combination of layers that confine accepts."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
import qutip
from IPython.core.interactiveshell import InteractiveShell
from scipy import integrate, linalg

from grading.sandbox.cage import caged
from qlearn.grading.sandbox import Layer, layers

mpl.use("Agg")
from matplotlib import pyplot as plt


def numbers() -> float:
    matrix = np.random.default_rng(1).normal(size=(200, 200))
    return (
        float(np.abs(linalg.inv(matrix) @ matrix - np.eye(200)).max()) < 1e-6 and integrate.quad(np.cos, 0, 1)[0] > 0.8
    )


def dynamics() -> float:
    run = qutip.mesolve(
        qutip.sigmax(), qutip.basis(2, 0), np.linspace(0, 1, 11), [qutip.sigmaz()], e_ops=[qutip.sigmaz()]
    )
    return bool(len(run.expect[0]) == 11)


def picture() -> bool:
    figure, axes = plt.subplots()
    axes.plot([0, 1], label=r"$\psi$")
    axes.legend()
    figure.savefig("plot.png")
    figure.savefig("plot.svg")
    plt.close(figure)
    return Path("plot.png").stat().st_size > 1000


def scratch_files() -> bool:
    with tempfile.NamedTemporaryFile() as stream, tempfile.TemporaryDirectory() as folder:
        stream.write(b"1")
        (Path(folder) / "a").write_text("b")
        return True


def cells() -> bool:
    shell = InteractiveShell()
    shell.history_manager.enabled = False
    return bool(shell.run_cell("import json, asyncio, sqlite3\nx = 2 ** 10").success) and shell.user_ns["x"] == 1024


def fresh_imports() -> bool:
    import decimal
    import wave
    import xml.dom.minidom

    return all((decimal, wave, xml.dom.minidom))


@pytest.mark.parametrize("work", [numbers, dynamics, picture, scratch_files, cells, fresh_imports])
@pytest.mark.parametrize("missing", [None, Layer.USER_NAMESPACE, Layer.LANDLOCK, Layer.MOUNT_NAMESPACE])
def test_honest_work_runs(work: Callable[[], object], missing: Layer | None, tmp_path: Path) -> None:
    without = frozenset({missing} - {None})
    ended = caged(work, tmp_path, without=without)
    assert ended.answer is True if layers(without).enough else str(ended.error).startswith("HostError"), ended.error
