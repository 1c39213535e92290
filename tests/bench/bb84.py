"""Pulses a second of `bb84.simulate` beside the usual way: one QuTiP measurement after another."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from rich.console import Console
from rich.table import Table

from qlearn.physics.qkd import bb84


def vectorised(pulses: int) -> float:
    """Run the kit's simulation with every effect switched on; returns the error rate."""
    rng = np.random.default_rng(1)
    return bb84.simulate(
        pulses,
        rng=rng,
        transmittance=0.9,
        dark_count_probability=1e-6,
        misalignment_error=0.01,
        intercepted_fraction=0.5,
        rectilinear_probability=0.6,
    ).error_rate


def photon_by_photon(pulses: int) -> float:
    """Prepare, intercept and measure each photon as a QuTiP state; returns the error rate."""
    rng = np.random.default_rng(1)
    states = [[bb84.signal_state(bit, basis) for bit in (0, 1)] for basis in (0, 1)]
    kept = wrong = 0
    for _ in range(pulses):
        bit, basis, eve_basis, bob_basis = rng.integers(0, 2, 4)
        state = states[basis][bit]
        if rng.random() < 0.5:
            state = states[eve_basis][_measure(state, states[eve_basis], rng)]
        outcome = _measure(state, states[bob_basis], rng)
        if basis == bob_basis:
            kept += 1
            wrong += outcome != bit
    return wrong / kept


def _measure(state: object, basis: list[object], rng: np.random.Generator) -> int:
    return int(rng.random() < abs(basis[1].overlap(state)) ** 2)  # type: ignore[attr-defined]


def main() -> None:
    """Time both on one core, in turn, and print the ratio of the medians."""
    contenders: dict[str, tuple[Callable[[int], float], int]] = {
        "qlearn.physics.qkd.bb84.simulate": (vectorised, 20_000_000),
        "QuTiP, photon by photon": (photon_by_photon, 20_000),
    }
    speeds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(3):
        for name, (run, pulses) in contenders.items():
            start = time.perf_counter()
            run(pulses)
            speeds[name].append(pulses / (time.perf_counter() - start))
    table = Table("BB84", "pulses a second", title="median of 3, one core, in turn")
    medians = {name: float(np.median(values)) for name, values in speeds.items()}
    for name, median in medians.items():
        table.add_row(name, f"{median:,.0f}")
    fast, slow = medians.values()
    table.add_row("ratio", f"{fast / slow:,.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
