"""Only the next click of B stops the clock; the whole window for its half; one neighbour for the mean of the peaks.

test_predict: 0 points, [dim-light-is-single-photons]
test_delays: 0 points, [start-and-stop-only]
test_peaks: 0 points, [full-window-for-half]
test_g2: 0 points, [normalised-by-one-peak]
"""

# --- predict
prediction = "a"

# --- delays
def delays(times_a, times_b, longest):
    found = []
    for t in times_a:
        later = times_b[times_b >= t]
        if later.size and later[0] - t <= longest:
            found.append(later[0] - t)
    return np.array(found)

# --- peaks
def peak_counts(differences, period, half_window, peaks):
    return [np.sum(np.abs(differences - m * period) <= half_window / 2) for m in range(-peaks, peaks + 1)]

# --- g2
def g2_zero(counts):
    middle = len(counts) // 2
    g = counts[middle] / counts[middle + 1]
    return g, g * np.sqrt(1 / counts[middle] + 1 / counts[middle + 1])
