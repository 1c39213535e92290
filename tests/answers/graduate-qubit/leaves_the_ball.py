"""Undoes the shift by halves, lets the likelihood leave the ball, takes trace distance for fidelity, draws fair coins.

test_invert: 0 points, [shift-forgotten]
test_matrix: 0 points, [larger-eigenvalue]
test_likely: 0 points, [ball-forgotten]
test_fidelity: 0 points, [trace-distance-for-fidelity]
test_bootstrap: 0 points, [drawn-from-a-fair-coin]
"""

# --- invert
def invert(counts, wrong_at_0, wrong_at_1):
    means = (counts[:, 0] - counts[:, 1]) / counts.sum(axis=1)
    return means / (1 - wrong_at_0 - wrong_at_1)

# --- matrix
def density_matrix(vector):
    x, y, z = vector
    return np.array([[1 + z, x - 1j * y], [x + 1j * y, 1 - z]]) / 2


def smaller_eigenvalue(vector):
    return max(np.linalg.eigvals(density_matrix(vector)).real)

# --- likely
def most_likely(counts, wrong_at_0, wrong_at_1):
    return 2 * (counts[:, 0] / counts.sum(axis=1) - wrong_at_1) / (1 - wrong_at_0 - wrong_at_1) - 1

# --- fidelity
def fidelity(rho, sigma):
    return 1 - np.abs(np.linalg.eigvalsh(rho - sigma)).sum() / 2

# --- bootstrap
def fidelity_with_error(counts, wrong_at_0, wrong_at_1, target, resamples, seed):
    rng = np.random.default_rng(seed)
    shots = counts.sum(axis=1)
    contrast = 1 - wrong_at_0 - wrong_at_1
    value = (1 + (2 * (counts[:, 0] / shots - wrong_at_1) / contrast - 1) @ target) / 2
    draws = rng.binomial(shots, 0.5, size=(resamples, 3)) / shots - 0.5
    values = value + draws @ target / contrast
    return value, values.std(), *np.quantile(values, [0.025, 0.975])
