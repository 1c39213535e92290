"""Leaves out the ends of each interval, adds relative errors linearly, and takes one side peak's variance for the mean.

test_delays: 0 points, [limit-left-out]
test_peaks: 0 points, [ends-of-the-window-left-out]
test_g2: 0 points, [errors-added-linearly]
test_background: 0 points, [one-peak-for-the-error-of-the-mean]
"""

# --- delays
def delays(times_a, times_b, longest):
    return [b - a for a in times_a for b in times_b if abs(b - a) < longest]

# --- peaks
def peak_counts(differences, period, half_window, peaks):
    return [np.sum(np.abs(differences - m * period) < half_window) for m in range(-peaks, peaks + 1)]

# --- g2
def g2_zero(counts):
    middle = len(counts) // 2
    side = np.delete(counts, middle)
    g = counts[middle] / np.mean(side)
    return g, g * (1 / np.sqrt(counts[middle]) + 1 / np.sqrt(np.sum(side)))

# --- background
def corrected_g2(counts, valleys, ratio):
    middle = len(counts) // 2
    mean, b = np.mean(np.delete(counts, middle)), ratio * np.mean(valleys)
    g = (counts[middle] - b) / (mean - b)
    return g, np.sqrt(counts[middle] + g**2 * mean) / (mean - b)
