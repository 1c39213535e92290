"""Knows no negative height, lets errors cancel, and rounds the readings.

test_shift: 0 points, [sign-of-the-height-lost]
test_gain: 0 points, [sign-of-the-shift-lost]
test_mean: 0 points, [range-for-scatter]
test_change: 0 points, [errors-subtracted]
test_hours: 0 points, [rounded]
"""

# --- shift
def fractional_shift(height_m):
    return G_M_S2 * abs(height_m) / C_M_S**2

# --- gain
def time_gained_ns(shift, days):
    return abs(shift) * days * 24 * 3600 * 1e9

# --- mean
def mean_and_error(beats):
    return np.mean(beats), max(beats) - min(beats)

# --- change
def change(before, before_error, after, after_error):
    return (after - before) / 1000 / CLOCK_HZ, (after_error - before_error) / 1000 / CLOCK_HZ

# --- hours
def hours_needed(shift, scatter, reading_s, times):
    return np.ceil(2 * (times * scatter / shift) ** 2) * reading_s / 3600
