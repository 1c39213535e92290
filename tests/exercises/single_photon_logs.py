"""Where the clicks and time stamps of the single-photon exercises come from: seeded simulations with a known truth.

`python -m exercises.single_photon_logs` in `tests/` writes the graduate exercise's files anew and prints the school's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exercises.stock_nbgrader import SOURCE

Stamps = NDArray[np.int64]

# --- School: clicks of a Mach-Zehnder interferometer with a polarisation marker in one way.

TURNS_DEG = (0, 30, 60, 90)
PHASES_DEG = (0, 60, 120, 180, 240, 300) * 3
CLICKS_AT_FULL_BRIGHTNESS = 400
CONTRAST = 0.97  # the two ways do not overlap perfectly
READING = 0.98  # the marker is not read perfectly
GUESSES = 1000


def clicks_of_a_scan(turn_deg: float, contrast: float, rng: np.random.Generator) -> list[int]:
    """Clicks at detector A in one second for each entry of PHASES_DEG."""
    phases, turn = np.radians(PHASES_DEG), np.radians(turn_deg)
    chance = (1 + contrast * np.cos(turn) * np.cos(phases)) / 2
    return [int(clicks) for clicks in rng.poisson(CLICKS_AT_FULL_BRIGHTNESS * chance)]


def right_guesses(turn_deg: float, rng: np.random.Generator) -> int:
    """How many of GUESSES photons have their way named rightly by the best reading of the marker."""
    return int(rng.binomial(GUESSES, (1 + READING * np.sin(np.radians(turn_deg))) / 2))


def school_log() -> tuple[dict[str, list[int]], dict[str, tuple[int, int]]]:
    """Clicks of each run, and its right and wrong guesses; the last run stands on a shaky table."""
    rng = np.random.default_rng(860248)  # chosen: every V and D of this log is within 1.2 standard errors of its mean
    runs = [(f"{turn} degrees", turn, CONTRAST) for turn in TURNS_DEG] + [("30 degrees, table shakes", 30, 0.5)]
    clicks, guesses = {}, {}
    for name, turn, contrast in runs:
        clicks[name] = clicks_of_a_scan(turn, contrast, rng)
        right = right_guesses(turn, rng)
        guesses[name] = (right, GUESSES - right)
    return clicks, guesses


# --- Graduate: time stamps of a pulsed source behind a beam splitter.

PERIOD = 500  # ticks of 0.1 ns


@dataclass(frozen=True)
class Setup:
    """A pulsed source, a balanced beam splitter and two click detectors; times in ticks of 0.1 ns."""

    photon_number_chances: tuple[float, ...]  # for 0, 1, 2, ... photons in a pulse
    lifetime: float
    pulses: int = 80_000
    efficiency: float = 0.3  # of everything from the source to a click
    jitter: float = 3.5
    background: float = 0.008  # clicks a period and detector that have nothing to do with the source
    dead_time: int = 450
    delay: int = 100  # from the pulse's electrical mark to the first possible click

    @property
    def g2_zero(self) -> float:
        """<n(n-1)>/<n>^2 of the source, without any background."""
        chances = np.array(self.photon_number_chances)
        n = np.arange(chances.size)
        return float(chances @ (n * (n - 1)) / (chances @ n) ** 2)


def poissonian(mean: float) -> tuple[float, ...]:
    """Photon numbers of a coherent pulse."""
    chances = [np.exp(-mean)]
    for n in range(1, 12):
        chances.append(chances[-1] * mean / n)
    return tuple(float(chance / sum(chances)) for chance in chances)


EMITTER = Setup(photon_number_chances=(0.604, 0.392, 0.004), lifetime=15.0)
LASER = Setup(photon_number_chances=poissonian(0.4), lifetime=0.5)


def time_stamps(setup: Setup, rng: np.random.Generator) -> tuple[Stamps, Stamps]:
    """Sorted time stamps of detectors A and B."""
    numbers = rng.choice(len(setup.photon_number_chances), size=setup.pulses, p=setup.photon_number_chances)
    pulse = np.repeat(np.arange(setup.pulses), numbers)
    seen = rng.random(pulse.size) < setup.efficiency
    goes_to_b = rng.random(pulse.size) < 0.5
    exact = pulse * PERIOD + setup.delay + rng.exponential(setup.lifetime, pulse.size)
    clicks = np.rint(exact + rng.normal(0, setup.jitter, pulse.size)).astype(np.int64)
    length = setup.pulses * PERIOD
    detectors = []
    for here in (seen & ~goes_to_b, seen & goes_to_b):
        stray = rng.integers(0, length, size=rng.poisson(setup.background * setup.pulses))
        detectors.append(_alive(np.sort(np.concatenate([clicks[here], stray])), setup.dead_time))
    return detectors[0], detectors[1]


def _alive(clicks: Stamps, dead_time: int) -> Stamps:
    """Leave out the clicks that fall into the dead time after one that was registered."""
    kept: list[int] = []
    for click in clicks.tolist():
        if not kept or click - kept[-1] >= dead_time:
            kept.append(click)
    return np.array(kept, dtype=np.int64)


def csv_text(stamps: tuple[Stamps, Stamps]) -> str:
    """One line a click, in the order of time: detector 0 (A) or 1 (B), tick."""
    rows = sorted((tick, number) for number, ticks in enumerate(stamps) for tick in ticks.tolist())
    return "detector,tick\n" + "".join(f"{number},{tick}\n" for tick, number in rows)


def graduate_logs() -> dict[str, str]:
    """The text of each file of the graduate exercise, by its name."""
    rng = np.random.default_rng(860102)
    return {name: csv_text(time_stamps(setup, rng)) for name, setup in (("emitter.csv", EMITTER), ("laser.csv", LASER))}


if __name__ == "__main__":
    for file_name, text in graduate_logs().items():
        (SOURCE / "graduate-single-photon" / file_name).write_text(text, encoding="utf-8")
    print(*school_log(), sep="\n")  # noqa: T201  a command's answer
