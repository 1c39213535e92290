"""Chapters run in kernels forked from a warm parent: the same outputs as usual, the same words when they fail."""

import copy
import json
import os
import re
import time
from pathlib import Path

import nbformat
import pytest
from myst_nb.core.config import NbParserConfig
from nbclient import NotebookClient

from qlearn.book import warm_kernels
from qlearn.book.chapter_runs import ChapterRun, run_all
from qlearn.book.execution import kernel_environment

# each cell shows something another way; together they are what chapters do
CELLS = (
    "import sys, os\nprint('to stdout')\nprint('to stderr', file=sys.stderr)",
    "import numpy as np\nimport matplotlib.pyplot as plt\nplt.plot(np.arange(5) ** 2)\nplt.xlabel('time / s');",
    "plt.figure(figsize=(2, 1))\nplt.bar([1, 2], [3, 4])\nplt.show()\nplt.get_backend()",
    "import qutip\nqutip.basis(2, 0)",
    "1 / 0",
    "from qlearn.widgets.photon_timeline import PhotonTimeline\nPhotonTimeline(intercepted_fraction=0.5, seed=3)",
    "from IPython.display import HTML, display\nshown = display(HTML('a'), display_id='one')\nshown.update(HTML('b'))",
    "[__name__, [os.path.basename(word) for word in sys.argv[:2]], os.getcwd(), sys.path[0], sys.stdin.read(1)]",
    "!echo from the shell",
    "%matplotlib inline\nget_ipython().history_manager.enabled",
)
RAISES = 4
VARIES = re.compile(r"[0-9a-f]{32}|0x[0-9a-f]{8,}|\d{5,}")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return kernel_environment(tmp_path / "build")


def chapter(folder: Path, *cells: str, name: str = "part/chapter", **config: object) -> ChapterRun:
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell, id=f"c{n}") for n, cell in enumerate(cells)]
    )
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    return ChapterRun(name, folder / f"{name.split('/')[-1]}.md", notebook, NbParserConfig(**config))


def seen(notebook: nbformat.NotebookNode) -> str:
    """Everything that a page takes from a notebook, without what is another in each run: identifiers, addresses."""
    outputs = [(cell.execution_count, cell.outputs) for cell in notebook.cells]
    text = json.dumps([outputs, notebook.metadata])
    state = notebook.metadata.get("widgets", {})
    names = {
        name: f"model-{number}" for number, name in enumerate(re.findall(r'"([0-9a-f]{32})": ', json.dumps(state)))
    }
    for name, word in names.items():
        text = text.replace(name, word)
    return VARIES.sub("#", text)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, nbformat.NotebookNode]:
    """The notebook as nbclient runs it in a kernel of its own, and the folder in which it did."""
    folder = tmp_path_factory.mktemp("usual")
    notebook = chapter(folder, *CELLS).notebook
    notebook.cells[RAISES].metadata["tags"] = ["raises-exception"]
    client = NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}, record_timing=False)
    client.execute(env=kernel_environment(folder / "build"))
    return folder, notebook


@pytest.mark.parametrize("forking", [True, False])
def test_a_forked_kernel_gives_what_a_kernel_of_its_own_gives(
    usual: tuple[Path, nbformat.NotebookNode], forking: bool, monkeypatch
) -> None:
    folder, wanted = usual
    if not forking:
        monkeypatch.setattr(warm_kernels, "can_fork", lambda: False)
    run = chapter(folder, *CELLS)
    run.notebook.cells[RAISES].metadata["tags"] = ["raises-exception"]
    (done,) = run_all([run], kernel_environment(folder / "build"))
    assert done.failure is None
    assert done.seconds > 0
    assert seen(done.notebook) == seen(wanted)


def test_what_is_compared_is_not_empty(usual: tuple[Path, nbformat.NotebookNode]) -> None:
    _, wanted = usual
    text = seen(wanted)
    for part in (
        "to stdout",
        "to stderr",
        "image/png",
        "ZeroDivisionError",
        "PhotonTimeline",
        "from the shell",
    ):
        assert part in text, part
    changed = copy.deepcopy(wanted)
    changed.cells[1].outputs[0].data["image/png"] += "A"
    assert seen(changed) != text


def test_kernels_are_forked_with_what_the_chapters_import(tmp_path: Path, environment: dict[str, str]) -> None:
    look = "import os, sys\nprint(open(f'/proc/{os.getppid()}/cmdline').read().split(chr(0))[2])\n"
    look += "print('qutip' in sys.modules, 'anywidget' in sys.modules)"
    (done,) = run_all([chapter(tmp_path, look, "import qutip")], environment)
    assert done.notebook.cells[0].outputs[0].text == "qlearn.book.warm_parent\nTrue False\n"


def test_two_forks_draw_their_own_random_numbers(tmp_path: Path, environment: dict[str, str]) -> None:
    code = "import numpy, random, uuid\nprint(numpy.random.random(), random.random(), uuid.uuid4())"
    runs = [chapter(tmp_path, code, name=name) for name in ("a", "b")]
    drawn = [run.notebook.cells[0].outputs[0].text.split() for run in run_all(runs, environment, jobs=1)]
    assert all(one != other for one, other in zip(*drawn, strict=True))


def test_nothing_of_one_chapter_is_there_in_the_next(tmp_path: Path, environment: dict[str, str]) -> None:
    first = chapter(tmp_path, "import numpy, os\nnumpy.mark = 1\nos.environ['MARK'] = '1'\nprint('set')", name="a")
    second = chapter(tmp_path, "import numpy, os\nprint(hasattr(numpy, 'mark'), 'MARK' in os.environ)", name="b")
    done = list(run_all([first, second], environment, jobs=1))
    assert done[1].notebook.cells[0].outputs[0].text == "False False\n"


def test_chapters_run_side_by_side(tmp_path: Path, environment: dict[str, str]) -> None:
    meet = "import time, pathlib\npathlib.Path('{}').touch()\nwhile not pathlib.Path('{}').exists(): time.sleep(0.01)"
    runs = [chapter(tmp_path, meet.format(*pair), name=pair[0]) for pair in (("a", "b"), ("b", "a"))]
    assert sorted(run.name for run in run_all(runs, environment, jobs=2)) == ["a", "b"]
    assert [run.failure for run in runs] == [None, None]


@pytest.mark.parametrize(
    ("code", "config", "words"),
    [
        ("# halve\nphotons / 0", {}, "cell 2 (`# halve`) failed: NameError: name 'photons' is not defined"),
        ("raise ValueError()", {}, "cell 2 (`raise ValueError()`) failed: ValueError"),
        ("import os; os._exit(3)", {}, "cell 2 (`import os; os._exit(3)`) ended its kernel"),
        (
            "import os\nos.write(2, b'out of spins\\n')\nos._exit(3)",
            {},
            "cell 2 (`import os`) ended its kernel: out of spins",
        ),
        (
            "while True: pass",
            {"execution_timeout": 5},  # for the first cell too, whose kernel has to start
            "cell 2 (`while True: pass`) ran longer than the 5 s that _config.yml allows (execute: timeout)",
        ),
    ],
)
def test_a_cell_that_fails_is_named(
    tmp_path: Path, environment: dict[str, str], code: str, config: dict[str, object], words: str
) -> None:
    (done,) = run_all([chapter(tmp_path, "1 + 1", code, "2 + 2", **config)], environment)
    assert str(done.error()) == f"chapter part/chapter, {words}"


@pytest.mark.parametrize("forking", [True, False])
def test_what_a_library_writes_past_a_kernels_channels_is_not_the_builds_to_say(
    tmp_path: Path, environment: dict[str, str], forking: bool, monkeypatch, capfd
) -> None:
    if not forking:
        monkeypatch.setattr(warm_kernels, "can_fork", lambda: False)
    past = "import os\nos.write(2, b'Assertion failed: x')"
    (done,) = run_all([chapter(tmp_path, past)], environment)
    assert done.failure is None
    assert done.notebook.cells[0].outputs[0].data["text/plain"] == "19"
    assert capfd.readouterr().err == ""


def test_a_failure_starts_no_more_chapters(tmp_path: Path, environment: dict[str, str]) -> None:
    runs = [chapter(tmp_path, code, name=name) for name, code in (("a", "1 / 0"), ("b", "open('ran', 'w')"))]
    assert [run.name for run in run_all(runs, environment, jobs=1)] == ["a"]
    assert not (tmp_path / "ran").exists()


def test_every_kernel_ends_when_nobody_waits_any_more(tmp_path: Path, environment: dict[str, str]) -> None:
    tell = "import os, pathlib, time\npathlib.Path('{0}').write_text(str(os.getpid()))\ntime.sleep({1})"
    runs = [chapter(tmp_path, tell.format(*pair), name=pair[0]) for pair in (("a", 0), ("b", 600), ("c", 600))]
    results = run_all(runs, environment, jobs=2)
    assert next(results).name == "a"
    told, deadline = tmp_path / "b", time.monotonic() + 60
    while not (told.exists() and told.read_text()) and time.monotonic() < deadline:  # it is there before its words are
        time.sleep(0.01)
    results.close()
    kernel = int(told.read_text())
    deadline = time.monotonic() + 60  # a busy machine may need long; the kernel itself would sleep for ten minutes
    while Path(f"/proc/{kernel}").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not Path(f"/proc/{kernel}").exists()
    assert not any("warm_parent" in words for words in children())


def children() -> list[str]:
    mine = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ") for child in mine]
