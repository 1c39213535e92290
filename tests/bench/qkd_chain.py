"""Seconds that the whole chain takes to make two equal secret keys of a million sifted bits, stage by stage."""

from __future__ import annotations

import time

import numpy as np
from rich.console import Console
from rich.table import Table

from qlearn.physics.qkd.decoy_counts import DecoySettings, expected_counts
from qlearn.physics.qkd.error_correction import correct
from qlearn.physics.qkd.finite_key import finite_key
from qlearn.physics.qkd.link import Link
from qlearn.physics.qkd.privacy_amplification import toeplitz_hash, toeplitz_seed
from qlearn.physics.qkd.protocol_run import run_protocol
from qlearn.physics.qkd.sifted_clicks import draw_sifted_clicks
from qlearn.physics.qkd.verification import verify

LINK = Link(length_km=30, misalignment_error=0.03, decoy_intensity=0.2)
SETTINGS = DecoySettings(signal_probability=0.6, decoy_probability=0.3, key_basis_probability=0.6)
KEY_BITS = 1_000_000
TARGET_S = 10.0


def stages(pulses: int, seed: int) -> dict[str, float]:
    """Seconds of each stage of one run."""
    rng, clock = np.random.default_rng(seed), [time.perf_counter()]
    clicks = draw_sifted_clicks(LINK, SETTINGS, pulses, rng=rng)
    clock.append(time.perf_counter())
    key = ~clicks.test_basis
    alice, bob = clicks.alice_bits[key], clicks.bob_bits[key]
    correction = correct(alice, bob, error_rate=0.03, rng=rng)
    clock.append(time.perf_counter())
    verify(alice, correction.corrected_key, rng=rng)
    clock.append(time.perf_counter())
    length = finite_key(clicks.counts(), LINK, SETTINGS, leakage_bits=correction.leaked_bits).secret_bits
    seed_bits = toeplitz_seed(alice.size, length, rng=rng)
    for bits in (alice, correction.corrected_key):
        toeplitz_hash(bits, seed_bits, length)
    clock.append(time.perf_counter())
    names = ("source to sifting", "Cascade", "verification", "length and Toeplitz, both sides")
    return dict(zip(names, np.diff(clock).tolist(), strict=True))


def main() -> None:
    """Print the median of three runs, and one run's result."""
    pulses = int(expected_counts(LINK, SETTINGS, block_size=KEY_BITS).pulses)
    parts = [stages(pulses, seed) for seed in range(3)]
    whole, runs = [], []
    for seed in range(3):
        started = time.perf_counter()
        runs.append(run_protocol(LINK, SETTINGS, pulses, rng=np.random.default_rng(seed)))
        whole.append(time.perf_counter() - started)
    run = runs[0]
    table = Table(
        "stage", "seconds", title=f"{pulses:,} pulses to {run.counts.block_size:,.0f} sifted bits, median of 3"
    )
    for name in parts[0]:
        table.add_row(name, f"{np.median([part[name] for part in parts]):.2f}")
    table.add_row(f"run_protocol, all of it (target {TARGET_S:g})", f"{np.median(whole):.2f}")
    console = Console()
    console.print(table)
    efficiency = run.correction.efficiency if run.correction else float("nan")
    console.print(f"{run.outcome.value}: {run.secret_bits:,} secret bits, f_EC {efficiency:.3f}")


if __name__ == "__main__":
    main()
