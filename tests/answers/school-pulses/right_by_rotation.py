"""A right answer that turns the Bloch vector itself, fits the period with SciPy, and needs no given function."""

# --- chance
import math


def chance_of_one(pulse_ns, rabi_mhz):
    angle = math.tau * rabi_mhz * pulse_ns / 1000
    y, z = 0.0, 1.0
    y, z = y * math.cos(angle) - z * math.sin(angle), y * math.sin(angle) + z * math.cos(angle)
    return (1 - z) / 2

# --- period
from scipy.optimize import curve_fit


def read_period(times, fractions):
    best = None
    for guess in range(20, 900, 10):
        try:
            found, _ = curve_fit(lambda t, period: np.sin(np.pi * t / period) ** 2, times, fractions, p0=[guess])
        except RuntimeError:
            continue
        left = np.sum((np.sin(np.pi * np.array(times) / found[0]) ** 2 - fractions) ** 2)
        if found[0] > 2 * (times[1] - times[0]) and (best is None or left < best[0]):
            best = left, found[0]
    return best[1]

# --- pulses
def pulse_note(period_ns):
    half_turn = period_ns / 2
    return 1 / (period_ns * 1e-3), half_turn, half_turn / 2

# --- fit
def misfit(rabi_mhz, times, fractions):
    total = 0.0
    for row in range(len(times)):
        total = total + abs(chance_of_one(times[row], rabi_mhz) - fractions[row]) ** 2
    return total


def fit_rabi(times, fractions):
    best, smallest = None, 1e9
    for number in range(100, 601):
        now = misfit(number / 100, times, fractions)
        if now < smallest:
            best, smallest = number / 100, now
    return best

# --- detuned
def detuned_drive(rabi_mhz, detuning_mhz):
    tilt = math.atan2(detuning_mhz, rabi_mhz)
    return [math.cos(tilt) ** 2, 500 * math.cos(tilt) / rabi_mhz]
