"""Forgets complex conjugates and takes the wrong order of indices, which real states would not show.

test_reduced: 0 points, [transposed-reduced-state]
test_schmidt: 0 points, [eigenvalues-for-singular-values]
test_concurrence: 0 points, [conjugate-forgotten]
test_negativity: 0 points, [realigned-for-transposed]
test_measured: 0 points, [follows-from-question-5]
"""

# --- reduced
def reduced_states(rho):
    parts = rho.reshape(2, 2, 2, 2)
    return np.einsum("ijkj->ki", parts), np.einsum("ijil->lj", parts)

# --- schmidt
def schmidt(ket):
    coefficients = np.sort(abs(np.linalg.eigvals(np.reshape(ket, (2, 2)))))[::-1]
    weights = coefficients[coefficients > 1e-12] ** 2
    return coefficients, -np.sum(weights * np.log2(weights))

# --- concurrence
def wootters(rho):
    yy = np.kron(qutip.sigmay().full(), qutip.sigmay().full())
    squares = np.linalg.eigvals(rho @ yy @ rho.conj().T @ yy).real
    roots = np.sort(np.sqrt(np.clip(squares, 0, None)))[::-1]
    c = max(0, roots[0] - roots[1] - roots[2] - roots[3])
    x = (1 + np.sqrt(max(0, 1 - c**2))) / 2
    return c, 0 if x > 1 - 1e-12 else -x * np.log2(x) - (1 - x) * np.log2(1 - x)

# --- negativity
def peres(rho):
    moved = rho.reshape(2, 2, 2, 2).transpose(0, 2, 1, 3).reshape(4, 4)
    norm = np.linalg.svd(moved, compute_uv=False).sum()
    return (norm - 1) / 2, np.log2(norm)
