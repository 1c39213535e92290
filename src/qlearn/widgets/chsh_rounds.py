"""The rounds of `views/chsh_rounds.js` once more, in NumPy: a picture shows the very run that the page opens with.

Round `k` of a run owns the four numbers from `4 k` of the run's stream: two questions, whether the answers agree, and
Alice's answer. A test holds both languages to the same rounds, another holds them to `qlearn.physics.bell`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qlearn.widgets.random_stream import uniform

__all__ = ["ChshRecord", "draw_rounds"]

_NUMBERS_PER_ROUND = 4


@dataclass(frozen=True, eq=False)
class ChshRecord:
    """What happened in each round of a run.

    Attributes
    ----------
    questions, answers : ndarray of int64
        Shape (rounds, 2), Alice's then Bob's; answer 0 means +1 and 1 means -1.
    """

    questions: NDArray[np.int64]
    answers: NDArray[np.int64]

    @property
    def counts(self) -> NDArray[np.int64]:
        """Counts as `qlearn.physics.bell.estimate` takes them, shape (2, 2, 2, 2)."""
        kinds = np.concatenate([self.questions, self.answers], axis=1) @ np.array([8, 4, 2, 1])
        return np.bincount(kinds, minlength=16).reshape(2, 2, 2, 2)

    def first(self, rounds: int) -> ChshRecord:
        """The beginning of the run.

        Parameters
        ----------
        rounds : int
            How many rounds of it.

        Returns
        -------
        ChshRecord
            The first rounds.
        """
        return ChshRecord(self.questions[:rounds], self.answers[:rounds])


def draw_rounds(
    seed: int, rounds: int, *, alice_deg: Sequence[float], bob_deg: Sequence[float], visibility: float
) -> ChshRecord:
    """Draw the first rounds of a run, as the page's script does.

    Parameters
    ----------
    seed : int
        Seed of the run, from `qlearn.widgets.random_stream.seed_of_run`.
    rounds : int
        How many, 0 or more.
    alice_deg, bob_deg : sequence of two floats
        Analyser angles for question 0 and question 1, in degrees.
    visibility : float
        0 to 1.

    Returns
    -------
    ChshRecord
        One entry a round.
    """
    from qlearn.physics import bell

    numbers = uniform(seed, _NUMBERS_PER_ROUND * rounds).reshape(rounds, _NUMBERS_PER_ROUND)
    chances = bell.outcome_probabilities(alice_deg, bob_deg, visibility=visibility)
    equal_chance = chances[..., 0, 0] + chances[..., 1, 1]
    questions = (numbers[:, :2] >= 0.5).astype(np.int64)
    is_equal = numbers[:, 2] < equal_chance[questions[:, 0], questions[:, 1]]
    alice = (numbers[:, 3] >= 0.5).astype(np.int64)
    return ChshRecord(questions, np.column_stack([alice, np.where(is_equal, alice, 1 - alice)]))
