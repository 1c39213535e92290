"""Divides by the highest peak; never subtracts the background; believes that coherent light has no coincidences.

test_predict: 0 points, [share-of-double-pulses]
test_g2: 0 points, [normalised-by-the-highest-peak]
test_background: 0 points, [background-not-subtracted]
test_anticorrelation: 0 points, [coherent-light-has-none]
"""

# --- predict
prediction = "b"

# --- g2
def g2_zero(counts):
    middle = len(counts) // 2
    highest = max(np.delete(counts, middle))
    g = counts[middle] / highest
    return g, g * np.sqrt(1 / counts[middle] + 1 / highest)

# --- background
def corrected_g2(counts, valleys, ratio):
    middle = len(counts) // 2
    side = np.delete(counts, middle)
    g = counts[middle] / side.mean()
    return g, g * np.sqrt(1 / counts[middle] + 1 / side.sum())

# --- anticorrelation
def anticorrelation(gates, clicks_a, clicks_b, coincidences):
    alpha = coincidences * gates / (clicks_a * clicks_b)
    return alpha, alpha / np.sqrt(coincidences), 0
