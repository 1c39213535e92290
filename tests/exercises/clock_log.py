"""Where the data of the clock exercises come from: seeded simulations with a known truth.

`python -m exercises.clock_log` in `tests/` prints the school's readings, and with `record` after it
writes the graduates' file.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray

from exercises.stock_nbgrader import SOURCE

# --- School: the beat of two strontium clocks before and after one of them is lifted.

CLOCK_HZ = 4.29228e14
OFFSET_MHZ = 128.0  # what the clocks disagree by from the start
SCATTER_MHZ = 13.0  # of one reading: 3.0e-17 of the frequency
READINGS = 16
HEIGHTS_M = {"side by side": 0.0, "1 m higher": 1.0, "10 cm higher": 0.1}


def beat_mhz(height_m: float) -> float:
    """What the beat is on average, with one clock lifted by `height_m`."""
    return OFFSET_MHZ + 1e3 * CLOCK_HZ * 9.81 * height_m / 299_792_458**2


def school_log(seed: int = 665) -> dict[str, list[int]]:
    """Readings in mHz, each an average over 1000 s.

    The seed was chosen: both changes are within 0.7 standard errors of their true values.
    """
    rng = np.random.default_rng(seed)
    return {
        name: [round(value) for value in rng.normal(beat_mhz(height), SCATTER_MHZ, READINGS)]
        for name, height in HEIGHTS_M.items()
    }


# --- Graduate: a day of a clock's fractional frequency against a much better one.

INTERVAL_S = 30.0
POINTS = 2880
WHITE_AT_1S = 1.5e-15
FLOOR = 5e-17
DRIFT_PER_DAY = 2e-15
OFFSET = 7e-16
GAP = (1720, 1900)  # the comparison was interrupted for an hour and a half
SPIKES = 14


def flicker(points: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Noise whose Allan deviation is 1 at all averaging times, within some 10 %, made from its spectrum h / f."""
    size = 8 * points  # a longer stretch, so that the slow half of the spectrum is there, too
    frequencies = np.fft.rfftfreq(size)
    amplitudes = np.zeros(frequencies.size)
    # sigma^2 = 2 ln 2 h, and the one-sided density h / f is spread over the frequencies' steps of 1 / size
    amplitudes[1:] = np.sqrt(size / (4 * np.log(2)) / frequencies[1:])
    spectrum = amplitudes * (rng.normal(size=frequencies.size) + 1j * rng.normal(size=frequencies.size)) / np.sqrt(2)
    return np.fft.irfft(spectrum, size)[:points]


def record(seed: int = 7) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Times in s and fractional frequencies of the points that were recorded, and which of them are spikes."""
    rng = np.random.default_rng(seed)
    times = INTERVAL_S * np.arange(POINTS)
    noise = WHITE_AT_1S / np.sqrt(INTERVAL_S) * rng.normal(size=POINTS) + FLOOR * flicker(POINTS, rng)
    values = OFFSET + DRIFT_PER_DAY * times / 86_400 + noise
    kept = np.ones(POINTS, dtype=bool)
    kept[slice(*GAP)] = False
    spikes = np.zeros(POINTS, dtype=bool)
    spikes[rng.choice(np.flatnonzero(kept), size=SPIKES, replace=False)] = True
    values[spikes] += rng.choice([-1, 1], size=SPIKES) * rng.uniform(3e-15, 3e-14, size=SPIKES)
    return times[kept], values[kept], spikes[kept]


def record_text() -> str:
    """Give the text of the graduates' file."""
    times, values, _ = record()
    lines = [f"{time:.0f},{1e15 * value:.3f}\n" for time, value in zip(times, values, strict=True)]
    return "time_s,fractional_frequency_1e-15\n" + "".join(lines)


def main() -> None:
    """Print the school's readings, or write the graduates' file."""
    if sys.argv[1:] == ["record"]:
        path = SOURCE / "graduate-clock" / "record.csv"
        path.write_text(record_text(), encoding="utf-8", newline="\n")
        return
    for name, readings in school_log().items():
        print(f'    "{name}": {readings},')  # noqa: T201


if __name__ == "__main__":
    main()
