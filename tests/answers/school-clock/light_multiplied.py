"""Loses the speed of light to the order of operations, turns nanoseconds round, and adds errors.

test_predict: 0 points, [good-clocks-do-not-scatter]
test_shift: 0 points, [multiplied-by-light]
test_gain: 0 points, [nanoseconds-turned-round]
test_mean: 0 points, [variance-for-deviation]
test_change: 0 points, [errors-added]
test_hours: 0 points, [twice-the-hours]
"""

# --- predict
prediction = "c"

# --- shift
def fractional_shift(height_m):
    return G_M_S2 * height_m / C_M_S * C_M_S

# --- gain
def time_gained_ns(shift, days):
    return shift * days * 86400 * 1e-9

# --- mean
def mean_and_error(beats):
    mean = sum(beats) / len(beats)
    return mean, sum((beat - mean) ** 2 for beat in beats) / (len(beats) - 1) / len(beats)

# --- change
def change(before, before_error, after, after_error):
    return (after - before) / 1000 / CLOCK_HZ, (before_error + after_error) / 1000 / CLOCK_HZ

# --- hours
def hours_needed(shift, scatter, reading_s, times):
    return 4 * (times * scatter / shift) ** 2 * reading_s / 3600
