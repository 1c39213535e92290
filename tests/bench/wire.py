"""Milliseconds for a value's way to another process and back: a 16 MB array, a ket, a list of numbers."""

from __future__ import annotations

import os
import threading
import time

import numpy as np
import qutip
from rich.console import Console

from qlearn.grading import wire

REPETITIONS = 20


def cross(value: object) -> object:
    """Send a value through a pipe, from a thread that stands for the other process."""
    reading, writing = os.pipe()
    deadline = time.monotonic() + 60
    message = wire.encode(value)
    sender = threading.Thread(target=lambda: wire.write_message(writing, *message, deadline=deadline))
    sender.start()
    try:
        return wire.decode(*wire.read_message(reading, deadline=deadline))
    finally:
        sender.join()
        os.close(reading)
        os.close(writing)


def main() -> None:
    """Print the fastest of several crossings, and the codec alone."""
    values = {
        "16 MB array": np.random.default_rng(1).normal(size=2_000_000),
        "ket of a qubit": qutip.basis(2, 0),
        "list of 100 000 numbers": [number / 7 for number in range(100_000)],
    }
    console = Console()
    for name, value in values.items():
        times = {"codec": [], "codec and pipe": []}
        for _ in range(REPETITIONS):
            start = time.perf_counter()
            wire.decode(*wire.encode(value))
            times["codec"].append(time.perf_counter() - start)
            start = time.perf_counter()
            cross(value)
            times["codec and pipe"].append(time.perf_counter() - start)
        console.print(f"{name}: " + ", ".join(f"{way} {1000 * min(some):.3f} ms" for way, some in times.items()))


if __name__ == "__main__":
    main()
