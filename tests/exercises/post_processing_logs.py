"""Where the data of the graduate post-processing exercise come from: a seeded simulation of one run with a known truth.

`python -m exercises.post_processing_logs` in `tests/` writes the exercise's two files anew.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from exercises.stock_nbgrader import SOURCE

Bits = NDArray[np.uint8]

FOLDER = SOURCE / "graduate-post-processing"
MINUTES = 90
TESTED_A_MINUTE = 420
KEY_MINUTES = range(10, 30)  # the block whose key bits are in the file; Eve comes later
KEY_BITS = 8192
BURST_MINUTES = (7, 23, 41, 78)  # a lorry shakes the fibre for a second
BURST_BITS = 30
EVE_MINUTES = range(60, 66)
EVE_TAKES = 0.4  # the share of photons that she measures and sends anew
SEED = 20261


def drifting_error_rates(rng: np.random.Generator) -> NDArray[np.float64]:
    """Error rate of each minute, without bursts and Eve: a trend, the building's temperature, a slow wander."""
    minute = np.arange(MINUTES)
    wander = np.cumsum(rng.normal(scale=0.0004, size=MINUTES))
    rates = 0.016 + 0.00012 * minute + 0.004 * np.sin(2 * np.pi * minute / 70) + wander - wander.mean()
    return np.clip(rates, 0.008, 0.05)


def with_eve(rates: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same, with the errors of an eavesdropper who measures and resends: a quarter of what she takes."""
    result = rates.copy()
    eve = list(EVE_MINUTES)
    result[eve] += (1 - 2 * rates[eve]) * EVE_TAKES / 4
    return result


def minutes_log(rates: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Rows of minute, tested bits, wrong bits among them."""
    tested = rng.poisson(TESTED_A_MINUTE, size=MINUTES)
    wrong = rng.binomial(tested, rates)
    for minute in BURST_MINUTES:
        wrong[minute] += rng.binomial(BURST_BITS, 0.5 - rates[minute])
    return np.column_stack([np.arange(1, MINUTES + 1), tested, wrong])


def sifted_keys(rates: NDArray[np.float64], rng: np.random.Generator) -> tuple[Bits, Bits]:
    """Alice's and Bob's key bits of KEY_MINUTES in the order of time; half of the bits of a burst are wrong."""
    minute = np.array(KEY_MINUTES)[np.arange(KEY_BITS) * len(KEY_MINUTES) // KEY_BITS]
    wrong = rng.random(KEY_BITS) < rates[minute]
    for burst in set(BURST_MINUTES) & set(KEY_MINUTES):
        start = np.flatnonzero(minute == burst)[0] + int(rng.integers(0, 300))
        wrong[start : start + BURST_BITS] = rng.random(BURST_BITS) < 0.5
    alice = rng.integers(0, 2, size=KEY_BITS, dtype=np.uint8)
    return alice, alice ^ wrong.astype(np.uint8)


def graduate_logs() -> tuple[NDArray[np.int64], tuple[Bits, Bits]]:
    """The minutes and the keys, as the exercise's files hold them."""
    rng = np.random.default_rng(SEED)
    rates = drifting_error_rates(rng)
    return minutes_log(with_eve(rates), rng), sifted_keys(rates, rng)


def main() -> None:
    """Write both files."""
    minutes, keys = graduate_logs()
    rows = ["minute,tested,wrong", *(",".join(map(str, row)) for row in minutes.tolist())]
    (FOLDER / "minutes.csv").write_text("\n".join(rows) + "\n", encoding="utf-8", newline="\n")
    lines = "".join(np.packbits(key).tobytes().hex() + "\n" for key in keys)
    (FOLDER / "sifted.txt").write_text(lines, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
