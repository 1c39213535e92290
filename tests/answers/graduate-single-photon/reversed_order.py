"""Gives t_A - t_B, counts from M down to -M, the error of one peak for the mean, and equal detectors.

test_delays: 0 points, [sign-of-the-delay-reversed]
test_peaks: 0 points, [order-reversed]
test_g2: 0 points, [one-peak-for-the-error-of-the-mean]
test_anticorrelation: 0 points, [equal-detectors-assumed]
"""

# --- delays
def delays(times_a, times_b, longest):
    return [a - b for a in times_a for b in times_b if abs(a - b) <= longest]

# --- peaks
def peak_counts(differences, period, half_window, peaks):
    differences = np.asarray(differences)
    return [np.sum(np.abs(differences - m * period) <= half_window) for m in range(peaks, -peaks - 1, -1)]

# --- g2
def g2_zero(counts):
    middle = len(counts) // 2
    mean = np.mean(np.delete(counts, middle))
    g = counts[middle] / mean
    return g, g * np.sqrt(1 / counts[middle] + 1 / mean)

# --- anticorrelation
def anticorrelation(gates, clicks_a, clicks_b, coincidences):
    p = (clicks_a + clicks_b) / 2 / gates
    alpha = coincidences / gates / p**2
    return alpha, alpha / np.sqrt(coincidences), p**2 * gates
