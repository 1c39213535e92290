"""Takes the normal tail of S for the p-value, the sum of all magnitudes for the local bound, and adds error bars.

test_predict: 0 points, [p-value-proves-the-alternative]
test_local: 0 points, [every-term-at-its-best]
test_estimate: 0 points, [error-bars-added]
test_luck: 0 points, [normal-tail-of-s]
"""

# --- predict
prediction = "b"

# --- local
def local_bound(coefficients):
    return np.abs(coefficients).sum()

# --- estimate
def correlators(counts):
    n = counts.sum(axis=(2, 3))
    E = (counts[..., 0, 0] + counts[..., 1, 1] - counts[..., 0, 1] - counts[..., 1, 0]) / n
    return n, E


def estimate_chsh(counts):
    n, E = correlators(counts)
    return E[0, 0] + E[0, 1] + E[1, 0] - E[1, 1], np.sqrt((1 - E**2) / n).sum()

# --- luck
def luck_of_a_plan(counts, plan_probability):
    n, E = correlators(counts)
    wins = round((n * (1 + E * np.array([[1, 1], [1, -1]])) / 2).sum())
    S = E[0, 0] + E[0, 1] + E[1, 0] - E[1, 1]
    error = np.sqrt(((1 - E**2) / n).sum())
    return wins, scipy.stats.norm.sf((S - (8 * 0.75 - 4)) / error)
