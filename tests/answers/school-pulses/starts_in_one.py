"""Gives the chance of 0 in place of the chance of 1, with and without a detuning, and gigahertz for megahertz.

test_chance: 0 points, [starts-in-one]
test_period: 0 points, [first-crossing-taken-for-a-quarter]
test_pulses: 0 points, [nanoseconds-for-microseconds]
test_fit: 0 points, [follows-from-question-2]
test_detuned: 0 points, [chance-of-zero]
"""

# --- chance
def chance_of_one(pulse_ns, rabi_mhz):
    return np.cos(np.pi * rabi_mhz * pulse_ns / 1000) ** 2

# --- period
def read_period(times, fractions):
    return 4 * half_crossings(times, fractions)[0]

# --- pulses
def pulse_note(period_ns):
    return 1 / period_ns, period_ns / 2, period_ns / 4

# --- detuned
def detuned_drive(rabi_mhz, detuning_mhz):
    squared = rabi_mhz**2 + detuning_mhz**2
    return detuning_mhz**2 / squared, 500 / np.sqrt(squared)
