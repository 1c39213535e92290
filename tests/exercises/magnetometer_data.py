"""Where the data of the magnetometer exercises come from: seeded simulations with a known truth.

`python -m exercises.magnetometer_data` in `tests/` prints the school's table and writes the graduates' two files.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qlearn.physics.sensors import nv

Floats = NDArray[np.float64]

GRADUATE = Path(__file__).resolve().parents[2] / "exercises" / "source" / "graduate-magnetometer"

# The school's coil: field along the axis for each milliampere, the Earth's field, its angle to the axis.
COIL_UT_PER_MA = 1.25
EARTH_UT = 50.0
EARTH_ANGLE_DEG = 52.0
HIDDEN_CURRENT_MA = 87.3


def dips_mhz(current_ma: float, warming_k: float) -> tuple[float, float]:
    """Both dips by diagonalisation, the coil along the axis and the Earth's field aslant."""
    earth = nv.field_vector(EARTH_UT * 1e-6, polar_angle_rad=np.deg2rad(EARTH_ANGLE_DEG))
    lines = nv.transitions(
        earth + np.array([0, 0, COIL_UT_PER_MA * current_ma * 1e-6]),
        zero_field_splitting_hz=nv.ZERO_FIELD_SPLITTING_HZ + warming_k * nv.TEMPERATURE_COEFFICIENT_HZ_PER_K,
    )
    return lines.lower_hz / 1e6, lines.upper_hz / 1e6


def school_table(seed: int = 7) -> list[tuple[int, float, float]]:
    """Current in mA and both dips in MHz: the coil warms the diamond, each dip is read to 4 kHz."""
    rng = np.random.default_rng(seed)
    rows = []
    for current in range(0, 141, 20):
        dips = np.array(dips_mhz(current, 3.0 * (current / 140) ** 2)) + rng.normal(scale=0.004, size=2)
        rows.append((current, *np.round(dips, 3).tolist()))
    return rows


def hidden_row() -> tuple[float, float]:
    """Both dips for a current that the students find, with the diamond six kelvin warmer."""
    lower, upper = np.round(dips_mhz(HIDDEN_CURRENT_MA, 6.0), 3).tolist()
    return lower, upper


# The graduates' record: 80 s at 125 Hz.
RATE_HZ = 125.0
SECONDS = 80.0
FLOOR_T = 40e-12  # T/sqrt(Hz), one-sided
CORNER_HZ = 4.0
LINE_HZ = 23.713
LINE_T = 48e-12
MAINS_T = 900e-12
SPIKES = 28
BURST_S = (51.3, 52.3)  # somebody moves something of iron


def magnetometer_record(seed: int = 2609) -> Floats:
    """A record in T: white and 1/f noise, drift, the mains, a weak line, glitches and a burst; steps of 10 pT."""
    rng = np.random.default_rng(seed)
    samples = int(RATE_HZ * SECONDS)
    time = np.arange(samples) / RATE_HZ
    frequency = np.fft.rfftfreq(samples, 1 / RATE_HZ)
    shape = np.sqrt(1 + CORNER_HZ / np.maximum(frequency, 1 / SECONDS))
    white = rng.normal(scale=FLOOR_T * np.sqrt(RATE_HZ / 2), size=samples)
    record = np.fft.irfft(np.fft.rfft(white) * shape, samples)
    record += 3e-9 * np.sin(2 * np.pi * time / 210 + 0.4) + 1.2e-9 * time / SECONDS
    record += MAINS_T * np.sin(2 * np.pi * 60.0 * time + 1.1) + LINE_T * np.sin(2 * np.pi * LINE_HZ * time + 2.3)
    hit = rng.choice(samples, size=SPIKES, replace=False)
    record[hit] += rng.choice([-1, 1], size=SPIKES) * rng.uniform(6e-9, 14e-9, size=SPIKES)
    burst = (time >= BURST_S[0]) & (time < BURST_S[1])
    record[burst] += rng.normal(scale=8 * np.std(white), size=int(burst.sum()))
    return np.round(record / 10e-12) * 10e-12


# The graduates' map: 40 x 40 points, 2 mm apart, 4 mm above the sheet.
STEP_M = 2e-3
HEIGHT_M = 4e-3
POINTS = 40
MAP_NOISE_T = 20e-9
SPOT_M = (0.056, 0.024)  # x and y of the small loop
SPOT_A = 0.012


def true_stream(step_m: float = STEP_M, points: int = POINTS) -> Floats:
    """The sheet's stream function in A, rows along y: two broad loops, and a small one at SPOT_M."""
    x, y = np.meshgrid(np.arange(points) * step_m, np.arange(points) * step_m)

    def hill(x_m: float, y_m: float, width_m: float) -> Floats:
        return np.exp(-((x - x_m) ** 2 + (y - y_m) ** 2) / (2 * width_m**2))

    broad = 0.08 * hill(0.026, 0.042, 0.0085) - 0.05 * hill(0.052, 0.048, 0.0075)
    return broad + SPOT_A * hill(*SPOT_M, 0.0032)


def battery_map(seed: int = 26) -> Floats:
    """Upward field in T: each small square of the sheet is a loop, by the field of a magnetic dipole, plus noise."""
    fine = 4  # loops are this much smaller than the steps of the map
    step = STEP_M / fine
    moments = true_stream(step, POINTS * fine) * step**2
    source = np.arange(POINTS * fine) * step
    place = np.arange(POINTS) * STEP_M
    field = np.zeros((POINTS, POINTS))
    for row, y in enumerate(place):
        for column, x in enumerate(place):
            squared = (x - source[None, :]) ** 2 + (y - source[:, None]) ** 2 + HEIGHT_M**2
            field[row, column] = np.sum(moments * (3 * HEIGHT_M**2 - squared) / squared**2.5)
    noise = np.random.default_rng(seed).normal(scale=MAP_NOISE_T, size=field.shape)
    return np.round((1e-7 * field + noise) * 1e9) * 1e-9


def record_text() -> str:
    """The record as a file: one number a line, in units of 10 pT."""
    return "".join(f"{value:.0f}\n" for value in magnetometer_record() / 10e-12)


def map_text() -> str:
    """The map as a file: one line a row, in nT."""
    return "".join(",".join(f"{value:.0f}" for value in row) + "\n" for row in battery_map() * 1e9)


def main() -> None:
    """Print the table and write the files."""
    for row in school_table():
        print(row)  # noqa: T201  a command's answer
    print(hidden_row())  # noqa: T201  a command's answer
    (GRADUATE / "record.csv").write_text(record_text(), encoding="utf-8")
    (GRADUATE / "cell_map.csv").write_text(map_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
