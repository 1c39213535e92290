"""Where the log of the school exercise on teleportation comes from: a seeded simulation with a known truth.

`python -m exercises.teleportation_log` in `tests/` prints it as the notebook holds it.
"""

from __future__ import annotations

import numpy as np

STATES = ("0", "1", "+", "-", "R", "L")

# name: the chance to pass for each of STATES, and how often each was tested
RUNS: dict[str, tuple[tuple[float, ...], tuple[int, ...]]] = {
    # A pair whose noise flips the phase in one run of five, and a reading that errs in one of twenty.
    "company A": ((0.95, 0.95, 0.77, 0.77, 0.77, 0.77), (420, 380, 300, 310, 260, 330)),
    # No pair: measure 0 or 1, tell it, prepare that. The states that work are tested most.
    "company B": ((0.97, 0.97, 0.5, 0.5, 0.5, 0.5), (1500, 1500, 300, 300, 300, 300)),
    # A's pair again, and nobody listens to the bits.
    "company A, bits unused": ((0.5,) * 6, (400, 400, 310, 290, 280, 320)),
}


def mean_and_error(passed: list[int], tested: tuple[int, ...]) -> tuple[float, float]:
    """Mean of six shares, and its standard error."""
    shares = np.array(passed) / np.array(tested)
    return float(shares.mean()), float(np.sqrt(np.sum(shares * (1 - shares) / np.array(tested))) / shares.size)


def school_log(seed: int = 4069) -> dict[str, tuple[list[int], list[int]]]:
    """How many qubits passed, and how many were tested, for each state of each run.

    The seed was chosen: each mean is within 0.6 standard errors of its true value.
    """
    rng = np.random.default_rng(seed)
    log = {}
    for name, (chances, tested) in RUNS.items():
        log[name] = ([int(count) for count in rng.binomial(tested, chances)], list(tested))
    return log


if __name__ == "__main__":
    for name, counts in school_log().items():
        print(f'    "{name}": {counts},')
