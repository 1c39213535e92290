"""Takes every entangled pair for one that violates CHSH, divides the spread by the root of the repetitions,
and takes a matrix for Hermitian that is not.

test_predict: 0 points, [random-halves-mean-entangled]
test_concurrence: 0 points, [hermitian-solver]
test_thresholds: 0 points, [entangled-means-chsh]
test_measured: 0 points, [error-of-the-mean-for-spread]
"""

# --- predict
prediction = "b"

# --- concurrence
def wootters(rho):
    yy = np.kron(qutip.sigmay().full(), qutip.sigmay().full())
    squares = np.linalg.eigvalsh(rho @ yy @ rho.conj() @ yy)
    roots = np.sqrt(np.clip(squares, 0, None))[::-1]
    c = max(0, roots[0] - roots[1] - roots[2] - roots[3])
    x = (1 + np.sqrt(max(0, 1 - c**2))) / 2
    return c, 0 if x > 1 - 1e-12 else -x * np.log2(x) - (1 - x) * np.log2(1 - x)

# --- thresholds
def noise_thresholds(ket):
    low, high = 0.0, 1.0
    pure = np.outer(ket, np.conj(ket))
    while high - low > 1e-6:
        p = (low + high) / 2
        if peres(p * pure + (1 - p) * np.eye(4) / 4)[0] > 1e-9:
            high = p
        else:
            low = p
    return high, high

# --- measured
def physical_state(rho):
    w, v = np.linalg.eigh(rho)
    w = np.where(w < 0, 0, w)
    return v @ np.diag(w / w.sum()) @ v.conj().T


def negativity_with_error(counts, repetitions, seed):
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(repetitions):
        drawn = np.array([rng.multinomial(row.sum(), row / row.sum()) for row in counts])
        values.append(peres(physical_state(linear_inversion(drawn)))[0])
    return peres(physical_state(linear_inversion(counts)))[0], np.std(values) / np.sqrt(repetitions)
