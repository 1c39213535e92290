"""Divides the scatter of the draws by the root of their number, takes every state for pure, the determinant for more.

test_predict: 0 points, [more-shots-cure-it]
test_matrix: 0 points, [determinant-for-eigenvalue]
test_likely: 0 points, [forced-to-be-pure]
test_fidelity: 0 points, [overlap-for-fidelity]
test_bootstrap: 0 points, [divided-by-root-of-resamples]
"""

# --- predict
prediction = "d"

# --- matrix
def density_matrix(vector):
    paulis = qutip.sigmax(), qutip.sigmay(), qutip.sigmaz()
    return (qutip.qeye(2) + sum(float(r) * pauli for r, pauli in zip(vector, paulis))) / 2


def smaller_eigenvalue(vector):
    return np.linalg.det(density_matrix(vector).full()).real

# --- likely
def most_likely(counts, wrong_at_0, wrong_at_1):
    r = 2 * (counts[:, 0] / counts.sum(axis=1) - wrong_at_1) / (1 - wrong_at_0 - wrong_at_1) - 1
    return r / np.linalg.norm(r)

# --- fidelity
def fidelity(rho, sigma):
    return np.trace(rho @ sigma).real

# --- bootstrap
def fidelity_with_error(counts, wrong_at_0, wrong_at_1, target, resamples, seed):
    rng = np.random.default_rng(seed)
    shots = counts.sum(axis=1)
    values = []
    for _ in range(resamples):
        zeros = rng.binomial(shots, counts[:, 0] / shots)
        r = 2 * (zeros / shots - wrong_at_1) / (1 - wrong_at_0 - wrong_at_1) - 1
        values.append((1 + r @ target) / 2)
    r = 2 * (counts[:, 0] / shots - wrong_at_1) / (1 - wrong_at_0 - wrong_at_1) - 1
    value, error = (1 + r @ target) / 2, np.std(values) / np.sqrt(resamples)
    return value, error, value - 1.96 * error, value + 1.96 * error
