"""Pulses a second of one BB84 link beside SeQUeNCe, a simulator of quantum networks that moves photon by photon.

SeQUeNCe (PyPI ``sequence``) pins packages of its own, so it gets an environment in the user's cache folder, made on
first use. The link is the same on both sides: fibre, detectors, misalignment, laser, even bases, no decoys, no dead
time; sifting is included, error correction is not. Both gains and error rates are shown, so that one sees it is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import venv
from dataclasses import asdict, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rich.console import Console
from rich.table import Table

from qlearn.physics.qkd.decoy_counts import DecoyCounts, DecoySettings
from qlearn.physics.qkd.link import Link
from qlearn.physics.qkd.pulse_simulation import simulate_decoy_run
from qlearn.physics.qkd.sifted_clicks import draw_sifted_clicks

PEER = "sequence==0.8.5"
LINK = Link(length_km=30, clock_rate_hz=8e7)
PEER_PULSES = 400_000
EVEN_BASES = DecoySettings(key_basis_probability=0.5)


class Result(NamedTuple):
    """Speed, and what shows that the link is the same."""

    pulses_per_second: float
    sifted_per_pulse: float
    error_rate: float


def one_intensity(link: Link) -> Link:
    """The link with decoys as strong as signals: none, in other words."""
    return replace(link, decoy_intensity=link.intensity, vacuum_intensity=link.intensity)


def from_counts(counts: DecoyCounts, seconds: float) -> Result:
    """Speed and observables of one of our runs."""
    clicks = np.sum(counts.key_clicks) + np.sum(counts.test_clicks)
    errors = np.sum(counts.key_errors) + np.sum(counts.test_errors)
    return Result(counts.pulses / seconds, float(clicks / counts.pulses), float(errors / clicks))


def clicks_drawn(pulses: int, seed: int) -> Result:
    """The chain's own way: only pulses that click are drawn."""
    started = time.perf_counter()
    run = draw_sifted_clicks(one_intensity(LINK), EVEN_BASES, pulses, rng=np.random.default_rng(seed))
    return from_counts(run.counts(), time.perf_counter() - started)


def pulse_by_pulse(pulses: int, seed: int) -> Result:
    """Every pulse drawn, vectorised."""
    started = time.perf_counter()
    run = simulate_decoy_run(one_intensity(LINK), EVEN_BASES, pulses, rng=np.random.default_rng(seed))
    return from_counts(run.counts, time.perf_counter() - started)


def peer_python() -> Path:
    """Python of an environment with SeQUeNCe, made on first use; a reason when it cannot be had."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = cache / "qlearn-bench" / PEER.replace("==", "-")
    python, done = folder / "bin" / "python", folder / "installed"
    if not done.exists():
        venv.create(folder, with_pip=True, clear=True)
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER]
        finished = subprocess.run(command, capture_output=True, text=True)
        if finished.returncode:
            lines = finished.stderr.strip().splitlines() or ["pip gave no reason"]
            raise RuntimeError(([line for line in lines if line.startswith("ERROR")] or lines)[-1])
        done.touch()
    return python


def peer(python: Path, pulses: int) -> Result:
    """SeQUeNCe's run of the link."""
    script = Path(__file__).with_name("sequence_peer.py")
    link = json.dumps(asdict(LINK))
    finished = subprocess.run([python, script, link, str(pulses)], capture_output=True, text=True)
    if finished.returncode:
        raise RuntimeError((finished.stderr.strip().splitlines() or ["it said nothing"])[-1])
    it = json.loads(finished.stdout.splitlines()[-1])
    return Result(it["sent"] / it["seconds"], it["sifted"] / it["completed"], it["errors"] / it["sifted"])


def main() -> None:
    """Time all in turn on one core and print medians and ratios; without SeQUeNCe, one line that says why."""
    try:
        python = peer_python()
        first = peer(python, PEER_PULSES)
    except (RuntimeError, OSError, subprocess.SubprocessError) as error:
        sys.exit(f"BB84 beside SeQUeNCe: not compared, {PEER} cannot be used here: {error}")
    results: dict[str, list[Result]] = {"clicks drawn": [], "pulse by pulse": [], PEER: [first]}
    for seed in range(3):
        results["clicks drawn"].append(clicks_drawn(200_000_000, seed))
        results["pulse by pulse"].append(pulse_by_pulse(5_000_000, seed))
        if seed:
            results[PEER].append(peer(python, PEER_PULSES))
    table = Table("BB84", "pulses a second", "sifted a pulse", "error rate", "ratio")
    table.title = f"qlearn beside SeQUeNCe, {LINK.length_km:g} km, median of 3, one core"
    slowest = float(np.median([run.pulses_per_second for run in results[PEER]]))
    for name, runs in results.items():
        speed, gain, error = np.median(runs, axis=0)
        table.add_row(name, f"{speed:,.0f}", f"{gain:.5f}", f"{error:.4f}", f"{speed / slowest:,.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
