"""Gives two results in the wrong order, and gets two of two errors into the wrong place.

test_mean: 0 points, [mean-and-error-exchanged]
test_change: 0 points, [errors-averaged]
test_hours: 0 points, [root-of-two-turned-round]
"""

# --- mean
def mean_and_error(beats):
    return np.std(beats) / np.sqrt(len(beats)), np.mean(beats)

# --- change
def change(before, before_error, after, after_error):
    error = np.sqrt((before_error**2 + after_error**2) / 2)
    return (after - before) / 1000 / CLOCK_HZ, error / 1000 / CLOCK_HZ

# --- hours
def hours_needed(shift, scatter, reading_s, times):
    error_of_each = np.sqrt(2) * shift / times
    return (scatter / error_of_each) ** 2 * reading_s / 3600
