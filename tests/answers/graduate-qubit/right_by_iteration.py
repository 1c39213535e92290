"""A right answer in another order: a gradient ascent on a Cholesky factor, matrix roots, propagation of errors."""

# --- predict
prediction = " C. "

# --- invert
def invert(counts, wrong_at_0, wrong_at_1):
    vector = []
    for zeros, ones in counts:
        readout = np.array([[1 - wrong_at_0, wrong_at_1], [wrong_at_0, 1 - wrong_at_1]])
        true = np.linalg.solve(readout, np.array([zeros, ones]) / (zeros + ones))
        vector.append(float(true[0] - true[1]))
    return vector

# --- matrix
def density_matrix(vector):
    sigma = np.array([[[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])
    return (0.5 * (np.eye(2) + np.tensordot(vector, sigma, axes=1))).tolist()


def smaller_eigenvalue(vector):
    return np.linalg.eigvalsh(np.array(density_matrix(vector))).min()

# --- likely
def most_likely(counts, wrong_at_0, wrong_at_1):
    def vector(t):
        factor = np.array([[t[0], 0], [t[1] + 1j * t[2], t[3]]])
        rho = factor @ factor.conj().T
        rho = rho / np.trace(rho).real
        return np.array([2 * rho[1, 0].real, 2 * rho[1, 0].imag, (rho[0, 0] - rho[1, 1]).real])

    def cost(t):
        p = (1 + vector(t)) / 2
        f = np.clip((1 - wrong_at_0) * p + wrong_at_1 * (1 - p), 1e-12, 1 - 1e-12)
        return -np.sum(counts * np.log(np.stack([f, 1 - f], axis=1)))

    return tuple(vector(scipy.optimize.minimize(cost, [0.7, 0.1, 0.1, 0.7]).x))

# --- fidelity
def fidelity(rho, sigma):
    values, vectors = np.linalg.eigh(rho)
    root = vectors @ np.diag(np.sqrt(np.clip(values, 0, None))) @ vectors.conj().T
    inner = np.linalg.eigvalsh(root @ sigma @ root)
    return np.sum(np.sqrt(np.clip(inner, 0, None))) ** 2

# --- bootstrap
def fidelity_with_error(counts, wrong_at_0, wrong_at_1, target, resamples, seed):
    n = counts.sum(axis=1)
    f = counts[:, 0] / n
    contrast = 1 - wrong_at_0 - wrong_at_1
    value = (1 + np.dot(invert(counts, wrong_at_0, wrong_at_1), target)) / 2
    error = np.sqrt(np.sum(target**2 * f * (1 - f) / n)) / contrast
    return np.array([value, error, value - 1.96 * error, value + 1.96 * error])
