"""Compute a function at many points, on all processors when that is quicker, and remember the result on the disk."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

import qlearn

__all__ = ["compute_points", "remembered"]

WORTH_PROCESSES = 20.0  # s of one processor's work: below that, starting processes with QuTiP costs more than they save
CHUNK_SECONDS = 1.0
_LIBRARIES = ("numpy", "qutip", "scipy")


def compute_points(
    function: Callable[..., Any],
    places: Sequence[Mapping[str, float]],
    progress: Callable[[int, int], None] | None = None,
) -> list[Any]:
    """Call a function at each place.

    Parameters
    ----------
    function : callable
        Module-level, so that other processes can import it.
    places : sequence of mapping
        Keyword arguments of each call.
    progress : callable, optional
        Called with the number of calls done and of all.

    Returns
    -------
    list
        What the calls returned, in order.
    """
    results: list[Any] = []
    began = time.perf_counter()
    for place in places:
        results.append(function(**place))
        if progress is not None:
            progress(len(results), len(places))
        each = (time.perf_counter() - began) / len(results)
        if len(results) >= 3 and each * (len(places) - len(results)) > WORTH_PROCESSES and _processors() > 1:
            break
    rest = places[len(results) :]
    if rest:
        size = max(1, round(CHUNK_SECONDS / each))
        for part in _in_processes(function, [rest[i : i + size] for i in range(0, len(rest), size)]):
            results.extend(part)
            if progress is not None:
                progress(len(results), len(places))
    return results


def remembered(key: str, compute: Callable[[], NDArray[np.float64]]) -> NDArray[np.float64]:
    """Give what was computed under this key by the same physics code, or compute and keep it.

    Parameters
    ----------
    key : str
        Names the computation, but not the code that does it.
    compute : callable
        Called if nothing is kept.

    Returns
    -------
    ndarray of float64
        The result. A folder that cannot be written costs nothing but time.
    """
    path = user_cache_path("qlearn") / "grids" / f"{_digest_of_physics()}-{key[:24]}.npy"
    try:
        kept: NDArray[np.float64] = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        pass  # never computed, or damaged: either way it is found anew
    else:
        return kept
    found = compute()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.tmp")
        with part.open("wb") as file:
            np.save(file, found, allow_pickle=False)
        part.replace(path)
    except OSError:
        pass
    return found


@functools.cache
def _digest_of_physics() -> str:
    """Digest of the code that can change a value; widgets may hold small functions of their own around `physics`."""
    digest = hashlib.sha256("".join(f"{name} {importlib.metadata.version(name)}\n" for name in _LIBRARIES).encode())
    package = Path(qlearn.__file__).parent
    for file in sorted((*(package / "physics").rglob("*.py"), *(package / "widgets").glob("*.py"))):
        digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _in_processes(function: Callable[..., Any], chunks: Sequence[Sequence[Mapping[str, float]]]) -> Iterator[list[Any]]:
    # spawned: a kernel has threads, and a fork of it could inherit a lock that nobody will release
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_processors(), mp_context=context) as pool:
        yield from pool.map(_call_all, [function] * len(chunks), chunks)


def _call_all(function: Callable[..., Any], places: Sequence[Mapping[str, float]]) -> list[Any]:
    return [function(**place) for place in places]


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
