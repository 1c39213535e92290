"""Counts each pair from A and from B; leaves the peak at 0 in the mean; forgets the number of gates.

test_delays: 0 points, [pairs-counted-twice]
test_g2: 0 points, [centre-in-the-normalisation]
test_anticorrelation: 0 points, [number-of-gates-forgotten]
"""

# --- delays
def delays(times_a, times_b, longest):
    table = np.subtract.outer(times_b, times_a).ravel()
    both = np.concatenate([table, -table])
    return both[np.abs(both) <= longest]

# --- g2
def g2_zero(counts):
    g = counts[len(counts) // 2] / np.mean(counts)
    return g, g * np.sqrt(1 / counts[len(counts) // 2] + 1 / np.sum(counts))

# --- anticorrelation
def anticorrelation(gates, clicks_a, clicks_b, coincidences):
    alpha = coincidences / (clicks_a * clicks_b)
    return alpha, alpha / np.sqrt(coincidences), clicks_a * clicks_b
