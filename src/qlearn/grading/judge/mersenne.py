"""Whether a Mersenne Twister can have come from one state to another by drawing; see `generators` for why."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["legacy_state_after", "python_state_after"]

WORDS = 624
MOST_TWISTS = 200  # 125,000 draws of 32 bits


def python_state_after(before: Any, after: Any) -> Any:
    """Give the state of `random` to go on from: `after` if drawing can lead there, else None."""
    try:
        old, new = before[1], after[1]
        good = len(after) == 3 and after[0] == before[0] == 3 and len(new) == WORDS + 1
        good = good and all(type(word) is int for word in new)
        good = good and _is_ahead(old[:WORDS], old[WORDS], new[:WORDS], new[WORDS])
    except (TypeError, ValueError, LookupError, OverflowError):
        return None
    return (3, tuple(new), None) if good else None  # a kept normal number could be anything: it is dropped


def legacy_state_after(before: Any, after: Any) -> Any:
    """Give the state of `numpy.random`'s old functions to go on from: `after` if drawing can lead there, else None."""
    try:
        name, key, position, _, _ = after
        good = name == before[0] == "MT19937" and type(key) is np.ndarray and type(position) is int
        good = good and key.shape == (WORDS,) and key.dtype == np.uint32
        good = good and _is_ahead(before[1], before[2], key, position)
    except (TypeError, ValueError, LookupError, OverflowError):
        return None
    return ("MT19937", key, position, 0, 0.0) if good else None


def _is_ahead(old_key: Any, old_position: int, new_key: Any, new_position: int) -> bool:
    """Twist a copy of the old state until it holds the new words."""
    if not 0 <= new_position <= WORDS:
        return False
    wanted = np.array(new_key, dtype=np.uint32)
    if np.array_equal(np.array(old_key, dtype=np.uint32), wanted):
        return new_position >= old_position
    generator: Any = np.random.MT19937()
    state = generator.state
    state["state"] = {"key": np.array(old_key, dtype=np.uint32), "pos": WORDS}
    generator.state = state
    for _ in range(MOST_TWISTS):
        generator.random_raw(WORDS)
        if np.array_equal(generator.state["state"]["key"], wanted):
            return True
    return False
