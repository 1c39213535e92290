"""Gives the new frequency for the change, a fraction of the beat, and is content with one standard error.

test_shift: 0 points, [frequency-for-change]
test_gain: 0 points, [microseconds-for-nanoseconds]
test_mean: 0 points, [middle-of-the-extremes]
test_change: 0 points, [fraction-of-the-beat]
test_hours: 0 points, [one-standard-error]
"""

# --- shift
def fractional_shift(height_m):
    return 1 + G_M_S2 * height_m / C_M_S**2

# --- gain
def time_gained_ns(shift, days):
    return shift * days * 24 * 3600 * 1e6

# --- mean
def mean_and_error(beats):
    return (min(beats) + max(beats)) / 2, (max(beats) - min(beats)) / 2

# --- change
def change(before, before_error, after, after_error):
    return (after - before) / before, np.sqrt(before_error**2 + after_error**2) / before

# --- hours
def hours_needed(shift, scatter, reading_s, times):
    return 2 * (scatter / shift) ** 2 * reading_s / 3600
