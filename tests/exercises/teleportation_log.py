"""Where the data of the teleportation exercises come from: seeded simulations with a known truth.

`python -m exercises.teleportation_log` in `tests/` prints the school's log, with `pair` after it the graduates' matrix.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray

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


def vendors_pair(seed: int = 71) -> NDArray[np.complex128]:
    """Density matrix of a Werner pair of visibility 0.8 after a tomography with small errors, to three decimals."""
    rng = np.random.default_rng(seed)
    bell = np.array([1, 0, 0, 1]) / np.sqrt(2)
    pair = 0.8 * np.outer(bell, bell) + 0.2 * np.eye(4) / 4
    noise = rng.normal(scale=0.004, size=(4, 4)) + 1j * rng.normal(scale=0.004, size=(4, 4))
    rough = np.round(pair + (noise + noise.conj().T) / 2, 3)
    rough[3, 3] = 1 - np.trace(rough[:3, :3])
    return np.round(rough, 3)


def main() -> None:
    """Print both as the notebooks hold them."""
    if sys.argv[1:] == ["pair"]:
        rows = [", ".join(f"{entry:.3f}" for entry in row) for row in vendors_pair()]
        print("    [\n" + "".join(f"        [{row}],\n" for row in rows) + "    ]")  # noqa: T201
        return
    for name, counts in school_log().items():
        print(f'    "{name}": {counts},')  # noqa: T201


if __name__ == "__main__":
    main()
