"""Run the cells of every chapter that is not in the cache, before Sphinx reads the first one.

myst-nb runs a chapter while reading it: one new kernel after another, and with several readers several writers of one
cache, which has crashed jupyter-cache. Here kernels are forked warm, as many at a time as there are processors, and
this process alone writes what they give; reading then finds every chapter in the cache, however it is done.
"""

from __future__ import annotations

import asyncio
import os
import queue
import re
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import IO, TYPE_CHECKING, Any

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from sphinx.util import logging

from qlearn.book.warm_kernels import LIBRARIES, WarmKernels
from qlearn.errors import BookError

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager
    from myst_nb.core.config import NbParserConfig
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["ChapterRun", "run_all", "run_stale_chapters"]

# how long a thread whose kernels have just been killed may take to notice
_PATIENCE_S = 5
_LOGGER = logging.getLogger(__name__)
_IMPORT = re.compile(r"^\s*(?:from|import)\s+((\w+)(?:\.\w+)*)", re.MULTILINE)


@dataclass
class ChapterRun:
    """One chapter to run, and afterwards what came of it.

    Attributes
    ----------
    name : str
        The chapter without suffix, as in the table of contents.
    path : Path
        Its file.
    notebook : NotebookNode
        Its cells; running puts the outputs in.
    config : NbParserConfig
        The book's settings with the chapter's own.
    key : str
        The cache's name for these cells.
    seconds : float
        How long it took.
    failure : Exception or None
        What the cell raised, or why the kernel gave up.
    cell : int
        The last code cell that was started, from 1.
    source : str
        That cell.
    last_words : str
        First line that the kernel wrote past its channels: a crash tells its reason there.
    """

    name: str
    path: Path
    notebook: Any
    config: NbParserConfig
    key: str = ""
    seconds: float = 0.0
    failure: Exception | None = None
    cell: int = 0
    source: str = field(default="", repr=False)
    last_words: str = field(default="", repr=False)

    def error(self) -> BookError:
        """Say which chapter and which cell failed and what it said."""
        cell = next((line for line in self.source.splitlines() if line.strip()), "")
        if isinstance(self.failure, CellExecutionError):
            said = f"failed: {self.failure.ename}: {' '.join(self.failure.evalue.splitlines()[:1])}".rstrip(": ")
        elif isinstance(self.failure, CellTimeoutError):
            said = f"ran longer than the {self.config.execution_timeout} s that _config.yml allows (execute: timeout)"
        elif isinstance(self.failure, DeadKernelError):
            said = f"ended its kernel: {self.last_words}".rstrip(": ")
        else:
            return BookError(f"chapter {self.name} cannot be run: {self.failure}")
        return BookError(f"chapter {self.name}, cell {self.cell} (`{cell}`) {said}")


def run_stale_chapters(app: Sphinx, environment: BuildEnvironment, names: list[str]) -> None:
    """Run and cache what Sphinx is about to read and the cache lacks; for Sphinx's event `env-before-read-docs`.

    Raises
    ------
    BookError
        Naming the first chapter, in the order of reading, with a failing cell.
    """
    folder = environment.mystnb_config.execution_cache_path  # type: ignore[attr-defined]  # myst-nb puts it there
    runs = list(_chapters(environment, names))
    if not folder or not runs:
        return
    cache = get_cache(folder)
    stale = _stale(cache, runs)
    failed: list[ChapterRun] = []
    for done, run in enumerate(run_all(stale, _kernel_environment(app))):
        app.emit("qlearn-chapter-run", run.name, done, len(stale))
        _LOGGER.info("ran chapter %s in %.1f s", run.name, run.seconds)
        if run.failure is not None:
            failed.append(run)
            continue
        cache.add_nb_to_project(str(run.path), read_data={"name": "myst_nb_md", "type": "plugin"})
        bundle = CacheBundleIn(run.notebook, str(run.path), data={"execution_seconds": run.seconds})
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    if failed:
        first = min(failed, key=stale.index)
        raise first.error() from first.failure


def run_all(runs: list[ChapterRun], environment: dict[str, str], jobs: int | None = None) -> Iterator[ChapterRun]:
    """Run chapters in kernels of their own and give each as it ends, failed or not; a failure starts no more.

    Parameters
    ----------
    runs : list of ChapterRun
        Each notebook is changed in place.
    environment : dict
        Environment variables of the kernels.
    jobs : int, optional
        Kernels at a time; the number of processors when left out.

    Yields
    ------
    ChapterRun
        In the order in which they end.
    """
    if not runs:
        return
    ended: queue.Queue[ChapterRun | BaseException | None] = queue.Queue()
    halt = threading.Event()

    def work() -> None:
        try:
            asyncio.run(_run_side_by_side(runs, kernels, environment, jobs or _processors(), ended, halt))
        except BaseException as error:
            ended.put(error)  # for the thread that waits
        else:
            ended.put(None)

    # in a thread, for two reasons: nbclient takes over Ctrl-C in a main thread, and the caller may have a loop running
    worker = threading.Thread(target=work, name="chapters", daemon=True)
    kernels = WarmKernels(_warm_modules(runs), environment)
    try:
        with kernels:
            worker.start()
            while (run := ended.get()) is not None:
                if isinstance(run, BaseException):
                    raise run
                yield run
    finally:
        halt.set()
        worker.join(_PATIENCE_S)
        kernels.close()


async def _run_side_by_side(
    runs: list[ChapterRun],
    kernels: WarmKernels,
    environment: dict[str, str],
    jobs: int,
    ended: queue.Queue[ChapterRun | BaseException | None],
    halt: threading.Event,
) -> None:
    waiting = iter(runs)

    async def one_after_another() -> None:
        for run in waiting:
            await _run(run, kernels, environment)
            if run.failure is not None:
                halt.set()
            ended.put(run)
            if halt.is_set():
                return

    await asyncio.gather(*(one_after_another() for _ in range(min(jobs, len(runs)))))


async def _run(run: ChapterRun, kernels: WarmKernels, environment: dict[str, str]) -> None:
    config = run.config
    with (
        tempfile.TemporaryDirectory() if config.execution_in_temp else nullcontext(str(run.path.parent)) as folder,
        # not the build's own stderr: libzmq sometimes aborts a kernel that has done its work and is on its way out
        tempfile.NamedTemporaryFile() as stderr,
    ):
        settings = run.notebook.metadata.get("execution", {})
        client = _Client(
            run.notebook,
            kernels=kernels,
            timeout=settings.get("timeout", config.execution_timeout),
            allow_errors=settings.get("allow_errors", config.execution_allow_errors),
            record_timing=False,
            resources={"metadata": {"path": os.path.abspath(folder)}},  # noqa: PTH100  nbclient wants text
            on_cell_start=lambda cell, cell_index: _note(run, cell, cell_index),
        )
        started = perf_counter()
        try:
            await client.async_execute(env=environment, stderr=stderr)
        except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as error:
            run.failure = error
            run.last_words = _first_line(stderr)
        run.seconds = perf_counter() - started


def _first_line(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace").strip().partition("\n")[0]


class _Client(NotebookClient):
    """nbclient with kernels from a warm parent."""

    def __init__(self, notebook: Any, *, kernels: WarmKernels, **settings: Any) -> None:
        super().__init__(notebook, **settings)
        self._kernels = kernels

    def create_kernel_manager(self) -> AsyncKernelManager:
        """Make the manager of the kernel that the notebook names."""
        self.kernel_name = self.kernel_name or self.nb.metadata.get("kernelspec", {}).get("name") or "python3"
        self.km = self._kernels.manager(self.kernel_name)
        return self.km

    def _cleanup_kernel(self) -> None:
        """End a kernel that is left when this process ends, for nbclient, unless the chapter's own thread is at it."""
        with suppress(AssertionError, AttributeError):
            super()._cleanup_kernel()


def _note(run: ChapterRun, cell: Any, index: int) -> None:
    run.cell = sum(other.cell_type == "code" for other in run.notebook.cells[: index + 1])
    run.source = cell.source


def _chapters(environment: BuildEnvironment, names: list[str]) -> Iterator[ChapterRun]:
    """Read the chapters that myst-nb would run through its cache, as it reads them."""
    from myst_nb.core.nb_to_tokens import nb_node_to_dict
    from myst_nb.core.read import create_nb_reader

    book: NbParserConfig = environment.mystnb_config  # type: ignore[attr-defined]
    markdown = environment.myst_config  # type: ignore[attr-defined]
    for name in names:
        path = Path(environment.doc2path(name))
        text = path.read_text(encoding="utf-8")
        reader = create_nb_reader(str(path), markdown, book, text)
        if reader is None:
            continue
        notebook = reader.read(text)
        kernel = notebook.metadata.get("kernelspec", {})
        for pattern, alias in book.kernel_rgx_aliases.items():
            if re.fullmatch(pattern, kernel.get("name", "")):
                kernel["name"] = alias
                break
        config = book
        if book.metadata_key in notebook.metadata:
            config = book.copy(**nb_node_to_dict(notebook.metadata[book.metadata_key]))
        excluded = any(path.match(pattern) for pattern in config.execution_excludepatterns)
        if config.execution_mode == "cache" and not excluded:
            yield ChapterRun(name, path, notebook, config)


def _stale(cache: Any, runs: Iterable[ChapterRun]) -> list[ChapterRun]:
    """Keep those that the cache does not know, the same cells once."""
    stale: dict[str, ChapterRun] = {}
    for run in runs:
        _, run.key = cache.create_hashed_notebook(run.notebook)
        try:
            cache.match_cache_notebook(run.notebook)
        except KeyError:
            stale.setdefault(run.key, run)
    return list(stale.values())


def _warm_modules(runs: Iterable[ChapterRun]) -> list[str]:
    """Name the heavy libraries and the modules of this package that the chapters import, for the parent to have."""
    cells = (cell.source for run in runs for cell in run.notebook.cells if cell.cell_type == "code")
    imports = {found for cell in cells for found in _IMPORT.findall(cell)}
    tops = {top for _, top in imports}
    libraries = [library for library in LIBRARIES if library.split(".")[0] in tops]
    return libraries + sorted({module for module, top in imports if top == "qlearn"})


def _kernel_environment(app: Sphinx) -> dict[str, str]:
    from qlearn.book.execution import kernel_environment

    return kernel_environment(Path(app.doctreedir).parent)


def _processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
