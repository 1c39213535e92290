"""Pairs clicks of one detector with its own; no window at all; background taken from the centre alone.

test_predict: 0 points, [half-of-the-pairs-lost]
test_delays: 0 points, [pairs-of-one-detector]
test_peaks: 0 points, [no-window]
test_background: 0 points, [background-left-in-the-side-peaks]
"""

# --- predict
prediction = "d"

# --- delays
def delays(times_a, times_b, longest):
    everything = np.sort(np.concatenate([times_a, times_b]))
    found = []
    for i, t in enumerate(everything):
        for later in everything[i + 1 :]:
            if later - t > longest:
                break
            found.append(later - t)
    return found

# --- peaks
def peak_counts(differences, period, half_window, peaks):
    number = np.rint(np.asarray(differences) / period).astype(int)
    return [np.count_nonzero(number == m) for m in range(-peaks, peaks + 1)]

# --- background
def corrected_g2(counts, valleys, ratio):
    middle = len(counts) // 2
    side = np.delete(counts, middle)
    b = ratio * np.mean(valleys)
    g = (counts[middle] - b) / np.mean(side)
    return g, np.sqrt(counts[middle] + g**2 * np.sum(side) / side.size**2) / np.mean(side)
