"""A pool of worker processes that keeps what they print out of the terminal."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from qlearn._light_imports import import_jsonschema

__all__ = ["open_process_pool", "usable_processors"]


def usable_processors() -> int:
    """Count the processors this process may run on, which in a container can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_process_pool(jobs: int, log_file: Path) -> ProcessPoolExecutor:
    """Open a pool of `jobs` fresh processes whose output, and that of their children, is appended to a file.

    The processes are spawned, not forked: a fork of a process with threads, which a progress bar or a server has,
    can inherit a lock that nobody will ever release.
    """
    return ProcessPoolExecutor(
        max_workers=jobs,
        mp_context=multiprocessing.get_context("spawn"),
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
