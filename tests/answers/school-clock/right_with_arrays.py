"""A right answer with arrays, rounded constants of nature, and the population's standard deviation."""

# --- shift
def fractional_shift(height_m):
    return np.array([9.8 * height_m / 3e8**2])

# --- gain
def time_gained_ns(shift, days):
    return np.float64(86_400e9) * np.asarray(shift) * days

# --- mean
def mean_and_error(beats):
    beats = np.array(beats)
    return np.array([beats.mean(), beats.std() / len(beats) ** 0.5])

# --- change
def change(before, before_error, after, after_error):
    errors = np.array([before_error, after_error]) * 1e-3
    return np.array([(after - before) * 1e-3, np.sqrt(np.sum(errors**2))]) / CLOCK_HZ

# --- hours
def hours_needed(shift, scatter, reading_s, times):
    seconds_per_error = reading_s * scatter**2
    return np.array(seconds_per_error * 2 / (shift / times) ** 2 / 3600)
