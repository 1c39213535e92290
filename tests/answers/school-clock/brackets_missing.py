"""Forgets brackets, takes the variance for the standard deviation, and forgets a square.

test_mean: 0 points, [variance-for-deviation]
test_change: 0 points, [brackets-missing]
test_hours: 0 points, [error-goes-as-one-over-readings]
"""

# --- mean
def mean_and_error(beats):
    return np.mean(beats), np.var(beats)

# --- change
def change(before, before_error, after, after_error):
    error = np.sqrt(before_error**2 + after_error**2)
    return after - before / 1000 / CLOCK_HZ, error / 1000 / CLOCK_HZ

# --- hours
def hours_needed(shift, scatter, reading_s, times):
    return 2 * times * scatter / shift * reading_s / 3600
