"""Transposes the whole matrix, exchanges the qubits, and gives the same random numbers to every repetition.

test_predict: 0 points, [randomness-means-mixture]
test_reduced: 0 points, [qubits-exchanged]
test_schmidt: 0 points, [entropy-of-outcomes]
test_negativity: 0 points, [whole-transposed]
test_measured: 0 points, [repetitions-all-the-same]
"""

# --- predict
prediction = "d"

# --- reduced
def reduced_states(rho):
    parts = rho.reshape(2, 2, 2, 2)
    return np.einsum("ijil->jl", parts), np.einsum("ijkj->ik", parts)

# --- schmidt
def schmidt(ket):
    coefficients = np.linalg.svd(np.reshape(ket, (2, 2)), compute_uv=False)
    p = abs(np.array(ket)) ** 2
    p = p[p > 0]
    return coefficients, -np.sum(p * np.log2(p))

# --- negativity
def peres(rho):
    values = np.linalg.eigvalsh(rho.T)
    return (np.abs(values).sum() - 1) / 2, np.log2(np.abs(values).sum())

# --- measured
def physical_state(rho):
    w, v = np.linalg.eigh(rho)
    w = np.clip(w, 0, None)
    return v @ np.diag(w / w.sum()) @ v.conj().T


def true_negativity(rho):
    flipped = rho.reshape(2, 2, 2, 2).transpose(2, 1, 0, 3).reshape(4, 4)
    return (np.abs(np.linalg.eigvalsh(flipped)).sum() - 1) / 2


def negativity_with_error(counts, repetitions, seed):
    values = []
    for _ in range(repetitions):
        rng = np.random.default_rng(seed)
        drawn = np.array([rng.multinomial(row.sum(), row / row.sum()) for row in counts])
        values.append(true_negativity(physical_state(linear_inversion(drawn))))
    return true_negativity(physical_state(linear_inversion(counts))), np.std(values)
