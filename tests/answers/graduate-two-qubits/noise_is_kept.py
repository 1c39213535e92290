"""Leaves the negative eigenvalues of the measured matrix in, takes blocks for partial traces, and keeps signs.

test_reduced: 0 points, [block-for-partial-trace]
test_schmidt: 0 points, [schmidt-coefficients-squared]
test_negativity: 0 points, [sign-of-the-negativity]
test_measured: 0 points, [negative-eigenvalues-kept]
"""

# --- reduced
def reduced_states(rho):
    return rho[:2, :2] / np.trace(rho[:2, :2]), rho[::2, ::2] / np.trace(rho[::2, ::2])

# --- schmidt
def schmidt(ket):
    matrix = np.reshape(ket, (2, 2))
    weights = np.linalg.eigvalsh(matrix @ matrix.conj().T)[::-1]
    positive = weights[weights > 1e-12]
    return weights, -np.sum(positive * np.log2(positive))

# --- negativity
def peres(rho):
    flipped = rho.reshape(2, 2, 2, 2).transpose(2, 1, 0, 3).reshape(4, 4)
    values = np.linalg.eigvalsh(flipped)
    negative = values[values < 0].sum()
    return negative, np.log2(1 - 2 * negative)

# --- measured
def physical_state(rho):
    return rho


def negativity_with_error(counts, repetitions, seed):
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(repetitions):
        drawn = np.array([rng.multinomial(row.sum(), row / row.sum()) for row in counts])
        values.append(-peres(linear_inversion(drawn))[0])
    return -peres(linear_inversion(counts))[0], np.std(values)
