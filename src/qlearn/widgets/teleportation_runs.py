"""The runs of `views/teleportation_runs.js` once more, in NumPy: a picture shows the very runs that a page opens with.

Run `k` owns the four numbers from `4 k` of its stream: two for the qubit that is sent, Alice's outcome, and the test of
Bob's qubit. A test holds both languages to the same runs, another holds them to `qlearn.physics.teleportation`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qlearn.widgets.random_stream import seed_of_run, uniform

__all__ = ["TeleportationRecord", "draw_runs", "outcome_number", "shrinkage"]

_NUMBERS_PER_RUN = 4
# the outcomes of the run that is shown step by step have a stream of their own
_STEPS_STREAM = 2**31


@dataclass(frozen=True, eq=False)
class TeleportationRecord:
    """What happened in each run.

    Attributes
    ----------
    sent : ndarray of float64
        Bloch vectors of the qubits that were sent, shape (runs, 3).
    outcomes : ndarray of int64
        Alice's outcomes, 0 to 3 in the order of `qlearn.physics.bell_measurement.MESSAGES`.
    passed : ndarray of bool
        Whether Bob's qubit passed the test for what was sent.
    """

    sent: NDArray[np.float64]
    outcomes: NDArray[np.int64]
    passed: NDArray[np.bool_]

    @property
    def mean(self) -> float:
        """Part of the runs that passed; NaN without any."""
        return float(self.passed.mean()) if len(self.passed) else float("nan")

    @property
    def standard_error(self) -> float:
        """Standard error of the mean; NaN without any run."""
        return float(np.sqrt(self.mean * (1.0 - self.mean) / len(self.passed))) if len(self.passed) else float("nan")


def shrinkage(noise: str, pair_fidelity: float) -> NDArray[np.float64]:
    """What is left of each component of the Bloch vector after the right correction.

    Parameters
    ----------
    noise : str
        "white" for a Werner pair, "phase" for one whose errors are flips of the phase alone.
    pair_fidelity : float
        The pair's overlap with |Phi+>, 0.25 to 1.

    Returns
    -------
    ndarray of float64
        Factors of x, y and z, shape (3,).
    """
    flipped = 2.0 * pair_fidelity - 1.0
    return np.array([flipped, flipped, 1.0]) if noise == "phase" else np.full(3, (4.0 * pair_fidelity - 1.0) / 3.0)


def outcome_number(seed: int) -> int:
    """Alice's first outcome in the run that is shown step by step.

    Parameters
    ----------
    seed : int
        The widget's seed, 0 to 2**32 - 1.

    Returns
    -------
    int
        0 to 3.
    """
    return int(4 * uniform(seed_of_run(seed, _STEPS_STREAM), 1)[0])


def draw_runs(
    seed: int, runs: int, *, noise: str, pair_fidelity: float, told: bool, signs: Sequence[Sequence[float]]
) -> TeleportationRecord:
    """Draw the first runs of a stream, as the page's script does.

    Parameters
    ----------
    seed : int
        Seed of the runs, from `random_stream.seed_of_run`.
    runs : int
        How many, 0 or more.
    noise : str
        As in `shrinkage`.
    pair_fidelity : float
        0.25 to 1.
    told : bool
        Whether the two bits reach Bob; without them he leaves his qubit as it is.
    signs : sequence
        For each outcome, the signs of the Bloch vector's components before the correction; shape (4, 3).

    Returns
    -------
    TeleportationRecord
        One entry a run.
    """
    numbers = uniform(seed, _NUMBERS_PER_RUN * runs).reshape(runs, _NUMBERS_PER_RUN)
    heights, turns = 1.0 - 2.0 * numbers[:, 0], 2.0 * np.pi * numbers[:, 1]
    across = np.sqrt(np.maximum(0.0, 1.0 - heights**2))
    sent = np.column_stack([across * np.cos(turns), across * np.sin(turns), heights])
    outcomes = (4.0 * numbers[:, 2]).astype(np.int64)
    held = sent * shrinkage(noise, pair_fidelity)
    if not told:
        held = held * np.array(signs)[outcomes]
    return TeleportationRecord(sent, outcomes, numbers[:, 3] < (1.0 + (sent * held).sum(axis=1)) / 2.0)
