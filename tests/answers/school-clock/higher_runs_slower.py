"""Lets the higher clock run slower, gives seconds, the scatter of one reading, and turns the difference round.

test_predict: 0 points, [guarantee-limits-every-change]
test_shift: 0 points, [higher-runs-slower]
test_gain: 0 points, [seconds-for-nanoseconds]
test_mean: 0 points, [scatter-for-standard-error]
test_change: 0 points, [before-minus-after]
test_hours: 0 points, [error-goes-as-one-over-readings]
"""

# --- predict
prediction = "a"

# --- shift
def fractional_shift(height_m):
    return -G_M_S2 * height_m / C_M_S**2

# --- gain
def time_gained_ns(shift, days):
    return shift * days * 86400

# --- mean
def mean_and_error(beats):
    return np.mean(beats), np.std(beats)

# --- change
def change(before, before_error, after, after_error):
    error = np.sqrt(before_error**2 + after_error**2)
    return (before - after) / 1000 / CLOCK_HZ, error / 1000 / CLOCK_HZ

# --- hours
def hours_needed(shift, scatter, reading_s, times):
    return np.sqrt(2) * times * scatter / shift * reading_s / 3600
