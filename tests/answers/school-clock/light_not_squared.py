"""Forgets a square, a factor of 24, divides by the number itself, keeps the offset, and counts one mean only.

test_predict: 0 points, [averaging-makes-clocks-agree]
test_shift: 0 points, [speed-of-light-not-squared]
test_gain: 0 points, [hours-for-days]
test_mean: 0 points, [divided-by-the-number]
test_change: 0 points, [offset-not-subtracted]
test_hours: 0 points, [one-mean-only]
"""

# --- predict
prediction = "b"

# --- shift
def fractional_shift(height_m):
    return G_M_S2 * height_m / C_M_S

# --- gain
def time_gained_ns(shift, days):
    return shift * days * 3600 * 1e9

# --- mean
def mean_and_error(beats):
    return sum(beats) / len(beats), np.std(beats) / len(beats)

# --- change
def change(before, before_error, after, after_error):
    error = np.sqrt(before_error**2 + after_error**2)
    return after / 1000 / CLOCK_HZ, error / 1000 / CLOCK_HZ

# --- hours
def hours_needed(shift, scatter, reading_s, times):
    return (times * scatter / shift) ** 2 * reading_s / 3600
