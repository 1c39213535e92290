"""The random numbers of `views/random.js` once more, in NumPy: number i of a stream is a hash of its seed and i."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["mix32", "seed_of_run", "uniform"]

_GOLDEN = np.uint32(0x9E3779B9)


def uniform(seed: int, count: int) -> NDArray[np.float64]:
    """First numbers of a stream, as the page draws them.

    Parameters
    ----------
    seed : int
        0 to 2**32 - 1.
    count : int
        How many, 0 or more.

    Returns
    -------
    ndarray of float64
        Evenly spread over 0 to 1, 1 excluded; shape (count,).
    """
    counters = np.arange(1, count + 1, dtype=np.uint32) * _GOLDEN
    return mix32(mix32(np.array([seed], dtype=np.uint32)) + counters) / 2.0**32


def mix32(value: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Mix the bits of 32-bit numbers, as the page's script does.

    Parameters
    ----------
    value : ndarray of uint32
        Any shape.

    Returns
    -------
    ndarray of uint32
        The same shape.
    """
    z = (value ^ (value >> np.uint32(16))) * np.uint32(0x21F0AAAD)
    z = (z ^ (z >> np.uint32(15))) * np.uint32(0x735A2D97)
    return z ^ (z >> np.uint32(15))


def seed_of_run(seed: int, run: int) -> int:
    """Seed of one run of a widget: every setting of the dials gets draws of its own.

    Parameters
    ----------
    seed : int
        The widget's seed, 0 to 2**32 - 1.
    run : int
        0 for the run it opens with.

    Returns
    -------
    int
        0 to 2**32 - 1.
    """
    mixed = mix32(np.array([seed], dtype=np.uint32)) ^ np.uint32(run + 1)
    return int(mix32(mixed)[0])
