"""Gives the position of the best candidate, counts the period from 0, and leaves the pace to the drive alone.

test_period: 0 points, [first-moment-not-subtracted]
test_pulses: 0 points, [angular-frequency-for-frequency]
test_fit: 0 points, [position-for-frequency]
test_detuned: 0 points, [detuning-leaves-the-pace]
"""

# --- period
def read_period(times, fractions):
    return half_crossings(times, fractions)[2]

# --- pulses
def pulse_note(period_ns):
    return 2 * np.pi * 1000 / period_ns, period_ns / 2, period_ns / 4

# --- fit
def misfit(rabi_mhz, times, fractions):
    return sum((chance_of_one(time, rabi_mhz) - fraction) ** 2 for time, fraction in zip(times, fractions))


def fit_rabi(times, fractions):
    candidates = [number / 100 for number in range(100, 601)]
    return int(np.argmin([misfit(rabi, times, fractions) for rabi in candidates]))

# --- detuned
def detuned_drive(rabi_mhz, detuning_mhz):
    return rabi_mhz**2 / (rabi_mhz**2 + detuning_mhz**2), 500 / rabi_mhz
