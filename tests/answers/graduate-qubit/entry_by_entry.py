"""Divides all rows by one total, adds 1 to each entry, takes roots of entries, seeks pure states only, 90 % for 95 %.

test_invert: 0 points, [axes-share-one-total]
test_matrix: 0 points, [number-for-identity]
test_likely: 0 points, [forced-to-be-pure]
test_fidelity: 0 points, [root-of-each-entry]
test_bootstrap: 0 points, [one-sided-quantiles]
"""

# --- invert
def invert(counts, wrong_at_0, wrong_at_1):
    fractions = counts[:, 0] / counts[0].sum()
    return 2 * (fractions - wrong_at_1) / (1 - wrong_at_0 - wrong_at_1) - 1

# --- matrix
def density_matrix(vector):
    x, y, z = vector
    return (1 + np.array([[z, x - 1j * y], [x + 1j * y, -z]])) / 2


def smaller_eigenvalue(vector):
    return np.linalg.eigvalsh(density_matrix(vector))[0]

# --- likely
def most_likely(counts, wrong_at_0, wrong_at_1):
    contrast = 1 - wrong_at_0 - wrong_at_1

    def pure(angles):
        theta, phi = angles
        return np.array([np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi), np.cos(theta)])

    def cost(angles):
        f = np.clip(wrong_at_1 + contrast * (1 + pure(angles)) / 2, 1e-9, 1 - 1e-9)
        return -np.sum(counts[:, 0] * np.log(f) + counts[:, 1] * np.log(1 - f))

    x, y, z = 2 * (counts[:, 0] / counts.sum(axis=1) - wrong_at_1) / contrast - 1
    return pure(scipy.optimize.minimize(cost, [np.arctan2(np.hypot(x, y), z), np.arctan2(y, x)]).x)

# --- fidelity
def fidelity(rho, sigma):
    root = np.sqrt(rho)
    return abs(np.trace(np.sqrt(root @ sigma @ root))) ** 2

# --- bootstrap
def fidelity_with_error(counts, wrong_at_0, wrong_at_1, target, resamples, seed):
    rng = np.random.default_rng(seed)
    shots = counts.sum(axis=1)

    def estimate(zeros):
        vector = 2 * (zeros / shots - wrong_at_1) / (1 - wrong_at_0 - wrong_at_1) - 1
        return (1 + vector @ target) / 2

    draws = estimate(rng.binomial(shots, counts[:, 0] / shots, size=(resamples, 3)))
    return estimate(counts[:, 0]), draws.std(), *np.quantile(draws, [0.05, 0.95])
