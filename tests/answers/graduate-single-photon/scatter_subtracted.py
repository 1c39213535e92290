"""Subtracts the background's scatter with its mean, forgets that the side peaks scatter, and gives a relative error.

test_g2: 0 points, [side-peaks-without-error]
test_background: 0 points, [scatter-subtracted-with-the-mean]
test_anticorrelation: 0 points, [relative-for-absolute]
"""

# --- g2
def g2_zero(counts):
    middle = len(counts) // 2
    mean = np.delete(counts, middle).mean()
    return counts[middle] / mean, np.sqrt(counts[middle]) / mean

# --- background
def corrected_g2(counts, valleys, ratio):
    clean = np.asarray(counts) - ratio * np.mean(valleys)
    middle = len(clean) // 2
    side = np.delete(clean, middle)
    g = clean[middle] / side.mean()
    return g, g * np.sqrt(1 / clean[middle] + 1 / side.sum())

# --- anticorrelation
def anticorrelation(gates, clicks_a, clicks_b, coincidences):
    coherent = gates * (clicks_a / gates) * (clicks_b / gates)
    return coincidences / coherent, 1 / np.sqrt(coincidences), coherent
