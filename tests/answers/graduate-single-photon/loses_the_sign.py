"""Takes the distance of two clicks for the delay, and counts on one side; the background keeps its own width.

test_predict: 0 points, [loss-changes-g2]
test_delays: 0 points, [sign-of-the-delay-lost]
test_peaks: 0 points, [negative-peaks-missing]
test_background: 0 points, [window-widths-ignored]
test_anticorrelation: 0 points, [singles-added-not-multiplied]
"""

# --- predict
prediction = "c"

# --- delays
def delays(times_a, times_b, longest):
    table = np.abs(times_b[:, None] - times_a[None, :]).ravel()
    return table[table <= longest]

# --- peaks
def peak_counts(differences, period, half_window, peaks):
    return [np.sum(np.abs(differences - m * period) <= half_window) for m in range(peaks + 1)]

# --- background
def corrected_g2(counts, valleys, ratio):
    middle = len(counts) // 2
    side = np.delete(counts, middle)
    b = np.mean(valleys)
    signal = np.mean(side) - b
    g = (counts[middle] - b) / signal
    return g, np.sqrt(counts[middle] + g**2 * np.sum(side) / side.size**2) / signal

# --- anticorrelation
def anticorrelation(gates, clicks_a, clicks_b, coincidences):
    expected = clicks_a + clicks_b
    alpha = coincidences / expected
    return alpha, alpha / np.sqrt(coincidences), expected
