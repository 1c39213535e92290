"""A pool of worker processes that keeps what they print out of the terminal."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from pathlib import Path

from qlearn._light_imports import import_jsonschema

__all__ = ["open_process_pool", "preload", "usable_processors"]


def usable_processors() -> int:
    """Count the processors this process may run on, which in a container can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def preload() -> BaseContext:
    """Begin to load the libraries that graders need, in a process to fork graders from; do not wait for it.

    Where it cannot be started, such as with a path for temporary files that is too long for a socket, each grader
    loads them for itself. Called again, it does nothing as long as that process lives.
    """
    if not hasattr(os, "fork"):  # Windows
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    try:
        multiprocessing.get_context("forkserver").set_forkserver_preload(["qlearn.grading.run.preloaded"])
        with _own_modules_alone():
            forkserver.ensure_running()
    except OSError:
        return multiprocessing.get_context("spawn")
    return multiprocessing.get_context("forkserver")


@contextmanager
def _own_modules_alone() -> Iterator[None]:
    """Let a Python that is started here import nothing from the folder it is started in, such as a hand-in's own."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


def open_process_pool(jobs: int, log_file: Path, *, graders: bool = False) -> ProcessPoolExecutor:
    """Open a pool of `jobs` fresh processes whose output, and that of their children, is appended to a file.

    This process is never forked: a fork of a process with threads, which a progress bar or a server has, can inherit
    a lock that nobody will ever release. Workers are spawned; `graders` are forked from the process of `preload`.
    """
    return ProcessPoolExecutor(
        max_workers=jobs,
        mp_context=preload() if graders else multiprocessing.get_context("spawn"),
        initializer=_prepare_worker,
        initargs=(log_file,),
    )


def _prepare_worker(log_file: Path) -> None:
    _append_output_to(log_file)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import_jsonschema()  # the first task brings nbformat


def _append_output_to(log_file: Path) -> None:
    # File descriptors, not sys.stdout: kernels and other children inherit these.
    with log_file.open("ab") as stream:
        for standard in (sys.__stdout__, sys.__stderr__):
            if standard is not None:
                standard.flush()
                os.dup2(stream.fileno(), standard.fileno())
    limit_threads()


def _end_with_parent() -> None:
    """End this worker when the process that opened the pool is gone, which a pool's own queues do not notice."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def limit_threads() -> None:
    """Keep numerical libraries in kernels started from here at one thread: the jobs share the processors."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
