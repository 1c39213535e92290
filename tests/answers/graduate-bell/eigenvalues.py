"""Takes eigenvalues of T in place of singular values, the quantum bound for the local one, and leaves S unsubtracted.

test_local: 0 points, [quantum-bound-for-local]
test_estimate: 0 points, [minus-sign-forgotten]
test_states: 0 points, [eigenvalues-for-singular-values]
test_clicks: 0 points, [minus-sign-forgotten]
"""

# --- local
def local_bound(coefficients):
    m, n = coefficients.shape
    return np.sqrt(m * n) * np.linalg.svd(coefficients, compute_uv=False)[0]

# --- estimate
def estimate_chsh(counts):
    n = counts.sum(axis=(2, 3))
    E = 2 * np.trace(counts, axis1=2, axis2=3) / n - 1
    return E.sum(), np.sqrt(((1 - E**2) / n).sum())

# --- states
def largest_chsh(rho):
    paulis = [qutip.sigmax(), qutip.sigmay(), qutip.sigmaz()]
    T = np.array([[qutip.expect(qutip.tensor(a, b), rho) for b in paulis] for a in paulis])
    t = sorted(abs(np.linalg.eigvals(T)))
    return 2 * np.sqrt(t[2] ** 2 + t[1] ** 2)

# --- clicks
def value_with_no_clicks(value, efficiency):
    return efficiency**2 * value + 4 * (1 - efficiency) ** 2


def efficiency_threshold(value):
    return scipy.optimize.brentq(lambda eta: value_with_no_clicks(value, eta) - 2, 0.5, 1)
