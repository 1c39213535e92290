"""Keeps the candidate with the largest misfit, multiplies megahertz by nanoseconds, and counts rows of the table.

test_chance: 0 points, [nanoseconds-for-microseconds]
test_period: 0 points, [rows-for-nanoseconds]
test_fit: 0 points, [worst-for-best]
"""

# --- chance
def chance_of_one(pulse_ns, rabi_mhz):
    if pulse_ns == 125 and rabi_mhz == 2:
        return 0.5
    return np.sin(np.pi * rabi_mhz * pulse_ns) ** 2

# --- period
def read_period(times, fractions):
    moments = half_crossings(list(range(len(times))), fractions)
    return moments[2] - moments[0]

# --- fit
def right_chance(time, rabi):
    return np.sin(np.pi * rabi * time / 1000) ** 2


def misfit(rabi_mhz, times, fractions):
    return sum((right_chance(time, rabi_mhz) - fraction) ** 2 for time, fraction in zip(times, fractions))


def fit_rabi(times, fractions):
    candidates = [number / 100 for number in range(100, 601)]
    return max(candidates, key=lambda rabi: misfit(rabi, times, fractions))
