"""Cannot bear a vector longer than 1: cuts the estimate, the eigenvalue and the fidelity, and calls the cut most likely.

test_predict: 0 points, [data-always-physical]
test_invert: 0 points, [cut-too-early]
test_matrix: 0 points, [negative-values-cut]
test_likely: 0 points, [cut-for-most-likely]
test_bootstrap: 0 points, [cut-at-one]
"""

# --- predict
prediction = "a"

# --- invert
def invert(counts, wrong_at_0, wrong_at_1):
    r = 2 * (counts[:, 0] / counts.sum(axis=1) - wrong_at_1) / (1 - wrong_at_0 - wrong_at_1) - 1
    return np.clip(r, -1, 1)

# --- matrix
def density_matrix(vector):
    x, y, z = vector
    return np.array([[1 + z, x - 1j * y], [x + 1j * y, 1 - z]]) / 2


def smaller_eigenvalue(vector):
    return np.linalg.svd(density_matrix(vector), compute_uv=False)[-1]

# --- likely
def most_likely(counts, wrong_at_0, wrong_at_1):
    r = 2 * (counts[:, 0] / counts.sum(axis=1) - wrong_at_1) / (1 - wrong_at_0 - wrong_at_1) - 1
    return r / max(1, np.linalg.norm(r))

# --- bootstrap
def fidelity_with_error(counts, wrong_at_0, wrong_at_1, target, resamples, seed):
    rng = np.random.default_rng(seed)
    shots = counts.sum(axis=1)

    def estimate(zeros):
        r = 2 * (zeros / shots - wrong_at_1) / (1 - wrong_at_0 - wrong_at_1) - 1
        return np.minimum(1, (1 + r @ target) / 2)

    draws = estimate(rng.binomial(shots, counts[:, 0] / shots, size=(resamples, 3)))
    return estimate(counts[:, 0]), draws.std(), *np.quantile(draws, [0.025, 0.975])
