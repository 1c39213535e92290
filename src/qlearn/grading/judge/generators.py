"""Whether a random generator can have come from one state to another by drawing.

A student's code draws from a generator that the test handed over, and the test may go on with it. The judge takes the
new state over only if it lies a number of draws ahead of the old one, so that nobody can choose what comes next.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from qlearn.grading.judge.mersenne import legacy_state_after, python_state_after

__all__ = ["move_generator", "move_global", "state_is_reachable"]

MOST_DRAWS = 2**34
MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645
"""Of PCG64's linear congruential generator: O'Neill, HMC-CS-2014-0905 (2014)."""
MODULUS_BITS = 128


def move_generator(generator: Any, state: Any) -> None:
    """Move one generator on; one that cannot have been led there goes where nobody has chosen."""
    if isinstance(generator, random.Random):
        generator.setstate(python_state_after(generator.getstate(), state) or generator.getstate())
    elif isinstance(generator, np.random.RandomState):
        generator.set_state(legacy_state_after(generator.get_state(), state) or generator.get_state())
    elif state_is_reachable(generator.bit_generator.state, state):
        generator.bit_generator.state = state
    elif hasattr(generator.bit_generator, "jumped"):
        generator.bit_generator.state = generator.bit_generator.jumped().state


def move_global(states: Any) -> None:
    """Move Python's and numpy's global generators on, which a test has seeded before a call."""
    if type(states) is tuple and len(states) == 2:
        python = python_state_after(random.getstate(), states[0])
        legacy = legacy_state_after(np.random.get_state(), states[1])  # noqa: NPY002
        if python is not None:
            random.setstate(python)
        if legacy is not None:
            np.random.set_state(legacy)  # noqa: NPY002


def state_is_reachable(before: Any, after: Any) -> bool:
    """Tell whether a state of numpy's PCG64 lies at most `MOST_DRAWS` draws ahead of another.

    Other bit generators are never found reachable: their tests go on from where they were.
    """
    try:
        old, new = before["state"], after["state"]
        steps = _distance(old["state"], new["state"], old["inc"])
        half_word = (after["has_uint32"], after["uinteger"])
        plain = before["bit_generator"] == after["bit_generator"] == "PCG64" and set(after) == set(before)
        plain = plain and type(new["state"]) is int and new["inc"] == old["inc"] and set(new) == set(old)
    except (KeyError, TypeError, IndexError):
        return False
    if not plain or steps is None or type(half_word[0]) is not int or type(half_word[1]) is not int:
        return False
    return half_word in _possible_half_words(before, steps)


def _distance(start: int, end: int, increment: int) -> int | None:
    """Count the steps from one state to another, bit by bit; None if they are more than allowed."""
    multiplier, step, bit, steps = MULTIPLIER, increment, 1, 0
    mask = (1 << MODULUS_BITS) - 1
    while start != end:
        if bit > MOST_DRAWS:
            return None
        if (start ^ end) & bit:
            start = (start * multiplier + step) & mask
            steps |= bit
        step = ((multiplier + 1) * step) & mask
        multiplier = (multiplier * multiplier) & mask
        bit <<= 1
    return steps


def _possible_half_words(before: Any, steps: int) -> list[tuple[int, int]]:
    """List the (flag, kept half of a 64-bit draw) that `steps` draws can leave.

    A generator asked for 32 bits draws 64 and keeps the upper half for the next time; what is kept when it is used up
    stays in place with the flag down.
    """
    possible = [(before["has_uint32"], before["uinteger"]), (0, before["uinteger"])]
    if steps:
        possible += [(flag, half) for flag in (0, 1) for half in _recent_halves(before, steps)]
    return possible


def _recent_halves(before: Any, steps: int, most: int = 100_000) -> set[int]:
    """Give the upper halves of the latest draws."""
    generator: Any = np.random.PCG64()
    generator.state = before
    generator.advance(max(0, steps - most))
    generator.state = {**generator.state, "has_uint32": 0, "uinteger": 0}
    return {int(draw) >> 32 for draw in generator.random_raw(min(steps, most))}
