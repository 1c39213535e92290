"""Takes half of the shift, millihertz for hertz, and never turns readings into hours.

test_shift: 0 points, [half-the-shift]
test_gain: 0 points, [minutes-forgotten]
test_mean: 0 points, [error-grows-with-readings]
test_change: 0 points, [millihertz-for-hertz]
test_hours: 0 points, [readings-for-hours]
"""

# --- shift
def fractional_shift(height_m):
    return G_M_S2 * height_m / (2 * C_M_S**2)

# --- gain
def time_gained_ns(shift, days):
    return shift * days * 24 * 60 * 1e9

# --- mean
def mean_and_error(beats):
    return np.mean(beats), np.std(beats) * np.sqrt(len(beats))

# --- change
def change(before, before_error, after, after_error):
    return (after - before) / CLOCK_HZ, np.sqrt(before_error**2 + after_error**2) / CLOCK_HZ

# --- hours
def hours_needed(shift, scatter, reading_s, times):
    return 2 * (times * scatter / shift) ** 2
