"""Exchanges the two readout errors, forgets the half of the matrix, and gives one standard error for 95 %.

test_invert: 0 points, [readout-errors-exchanged]
test_matrix: 0 points, [half-forgotten]
test_likely: 0 points, [readout-errors-exchanged]
test_bootstrap: 0 points, [interval-of-one-standard-error]
"""

# --- invert
def invert(counts, wrong_at_0, wrong_at_1):
    fractions = counts[:, 0] / counts.sum(axis=1)
    return 2 * (fractions - wrong_at_0) / (1 - wrong_at_0 - wrong_at_1) - 1

# --- matrix
def density_matrix(vector):
    x, y, z = vector
    return np.array([[1 + z, x - 1j * y], [x + 1j * y, 1 - z]])


def smaller_eigenvalue(vector):
    return 1 - np.linalg.norm(vector)

# --- likely
def most_likely(counts, wrong_at_0, wrong_at_1):
    def cost(r):
        f = np.clip(wrong_at_0 + (1 - wrong_at_0 - wrong_at_1) * (1 + r) / 2, 1e-9, 1 - 1e-9)
        return -np.sum(counts[:, 0] * np.log(f) + counts[:, 1] * np.log(1 - f))

    inside = {"type": "ineq", "fun": lambda r: 1 - r @ r}
    return scipy.optimize.minimize(cost, np.zeros(3), method="SLSQP", constraints=inside, options={"ftol": 1e-10}).x

# --- bootstrap
def fidelity_with_error(counts, wrong_at_0, wrong_at_1, target, resamples, seed):
    rng = np.random.default_rng(seed)
    shots = counts.sum(axis=1)
    contrast = 1 - wrong_at_0 - wrong_at_1
    draws = rng.binomial(shots, counts[:, 0] / shots, size=(resamples, 3))
    values = (1 + (2 * (draws / shots - wrong_at_1) / contrast - 1) @ target) / 2
    value = (1 + (2 * (counts[:, 0] / shots - wrong_at_1) / contrast - 1) @ target) / 2
    return value, values.std(), value - values.std(), value + values.std()
