"""Mirrors the y axis in the matrix and in the fidelity, and takes the outcome 0 for the eigenvalue -1.

test_predict: 0 points, [noise-always-lengthens]
test_invert: 0 points, [zero-taken-for-minus-one]
test_matrix: 0 points, [sign-of-sigma-y]
test_fidelity: 0 points, [transposed-instead-of-multiplied]
"""

# --- predict
prediction = "e"

# --- invert
def invert(counts, wrong_at_0, wrong_at_1):
    fractions = counts[:, 0] / counts.sum(axis=1)
    return 1 - 2 * (fractions - wrong_at_1) / (1 - wrong_at_0 - wrong_at_1)

# --- matrix
def density_matrix(vector):
    x, y, z = vector
    return np.array([[1 + z, x + 1j * y], [x - 1j * y, 1 - z]]) / 2


def smaller_eigenvalue(vector):
    return np.linalg.eigvalsh(density_matrix(vector))[0]

# --- fidelity
def fidelity(rho, sigma):
    determinants = np.linalg.det(rho).real * np.linalg.det(sigma).real
    return np.sum(rho * sigma).real + 2 * np.sqrt(max(0, determinants))
