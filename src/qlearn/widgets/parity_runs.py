"""The steps of `views/parity_runs.js` once more, in Python: a picture shows the very run that a page opens with.

A test holds both languages to the same steps. The protocol for long keys is `qlearn.physics.qkd.error_correction`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qlearn.widgets.random_stream import seed_of_run, uniform

__all__ = ["PASSES", "ParityRun", "ParityState", "ParityStep", "draw_run"]

PASSES = 4
_KEYS_STREAM = 0


@dataclass(frozen=True)
class ParityStep:
    """One thing that happens; passes, blocks and positions count from 0.

    Attributes
    ----------
    kind : str
        "parities" of all blocks are told, the error is in the "first" or "second" half, "correct" a bit, or "verify".
    passed, block : int
        The pass, and the block of it (-1 for all).
    first, last : int
        Places of the block, the last excluded, among which the error must be.
    position : int
        The bit that Bob flips, or -1.
    told : int
        Bits that Alice has told so far.
    fresh : bool
        Whether she had not told this parity before.
    """

    kind: str
    passed: int
    block: int = -1
    first: int = 0
    last: int = 0
    position: int = -1
    told: int = 0
    fresh: bool = True


@dataclass(frozen=True, eq=False)
class ParityState:
    """What holds after some steps: the wrong bits, how many there are, how many of them no told parity shows."""

    wrong: NDArray[np.bool_]
    left: int
    hidden: int
    told: int


@dataclass(frozen=True, eq=False)
class ParityRun:
    """Two short keys and the steps that make them equal.

    Attributes
    ----------
    alice : ndarray of bool
        Alice's bits, shape (bits,).
    wrong : ndarray of bool
        Where Bob's differ at first, shape (bits,).
    passes : tuple of tuple of ndarray of int64
        Positions of each block of each pass.
    steps : tuple of ParityStep
        What happens, in order.
    """

    alice: NDArray[np.bool_]
    wrong: NDArray[np.bool_]
    passes: tuple[tuple[NDArray[np.int64], ...], ...]
    steps: tuple[ParityStep, ...]

    def after(self, count: int) -> ParityState:
        """State after the first `count` steps."""
        wrong = self.wrong.copy()
        wrong[[step.position for step in self.steps[:count] if step.kind == "correct"]] = False
        known = max((step.passed for step in self.steps[:count]), default=-1)
        shown = np.zeros_like(wrong)
        for passed, block in _odd_blocks(self.passes[: known + 1], wrong):
            shown[self.passes[passed][block]] = True
        told = self.steps[count - 1].told if count else 0
        return ParityState(wrong, int(wrong.sum()), int((wrong & ~shown).sum()), told)

    def end_of_first_pass(self) -> int:
        """How many steps belong to the first pass."""
        return next(i for i, step in enumerate(self.steps) if step.kind == "parities" and step.passed == 1)


def draw_run(seed: int, *, bits: int, error_rate: float, block_bits: int) -> ParityRun:
    """Draw two keys and correct the second, as the page's script does.

    Parameters
    ----------
    seed : int
        Of these keys, from `random_stream.seed_of_run`.
    bits : int
        Length of the keys, 2 or more, even.
    error_rate : float
        Chance that a bit of Bob's differs, 0 to 1.
    block_bits : int
        Bits of a block in the first pass; each later pass has blocks twice as long, up to half of the key.

    Returns
    -------
    ParityRun
        Keys, blocks and steps.
    """
    numbers = uniform(seed_of_run(seed, _KEYS_STREAM), 2 * bits).reshape(bits, 2)
    alice, wrong = numbers[:, 0] < 0.5, numbers[:, 1] < error_rate
    passes = tuple(_blocks(seed, passed, bits, min(block_bits * 2**passed, bits // 2)) for passed in range(PASSES))
    return ParityRun(alice, wrong, passes, tuple(_correct_all(passes, wrong.copy())))


def _blocks(seed: int, passed: int, bits: int, size: int) -> tuple[NDArray[np.int64], ...]:
    order = np.arange(bits)
    if passed:
        order = np.argsort(uniform(seed_of_run(seed, passed), bits), kind="stable")
    return tuple(order[start : start + size] for start in range(0, bits, size))


def _correct_all(passes: tuple[tuple[NDArray[np.int64], ...], ...], wrong: NDArray[np.bool_]) -> list[ParityStep]:
    steps: list[ParityStep] = []
    known: set[tuple[int, int, int, int]] = set()
    told = 0
    for passed, blocks in enumerate(passes):
        told += len(blocks) - (passed > 0)  # after the first pass the last one follows from the others
        steps.append(ParityStep("parities", passed, told=told))
        while odd := _odd_blocks(passes[: passed + 1], wrong):
            found = _bisect(odd[0], passes[odd[0][0]][odd[0][1]], wrong, known, told)
            steps += found
            told = found[-1].told
            wrong[found[-1].position] = False
    return [*steps, ParityStep("verify", len(passes) - 1, told=told)]


def _bisect(
    place: tuple[int, int],
    members: NDArray[np.int64],
    wrong: NDArray[np.bool_],
    known: set[tuple[int, int, int, int]],
    told: int,
) -> list[ParityStep]:
    steps = []
    first, last = 0, len(members)
    while last - first > 1:
        middle = first + -(-(last - first) // 2)
        name = (*place, first, middle)
        fresh = name not in known
        known.add(name)
        told += fresh
        is_first = bool(wrong[members[first:middle]].sum() % 2)
        first, last = (first, middle) if is_first else (middle, last)
        steps.append(ParityStep("first" if is_first else "second", *place, first, last, told=told, fresh=fresh))
    position = int(members[first])
    return [*steps, ParityStep("correct", *place, first, last, position, told)]


def _odd_blocks(passes: Sequence[tuple[NDArray[np.int64], ...]], wrong: NDArray[np.bool_]) -> list[tuple[int, int]]:
    return [
        (passed, block)
        for passed, blocks in enumerate(passes)
        for block, members in enumerate(blocks)
        if wrong[members].sum() % 2
    ]
