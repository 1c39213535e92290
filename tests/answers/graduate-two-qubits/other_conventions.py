"""Uses the natural logarithm, negativity without the factor 1/2, and the fidelity where the share of the pair is meant.

test_schmidt: 0 points, [nats-for-bits]
test_concurrence: 0 points, [nats-for-bits]
test_negativity: 0 points, [negativity-doubled]
test_thresholds: 0 points, [fidelity-for-share]
test_measured: 0 points, [negativity-doubled]
"""

# --- schmidt
def schmidt(ket):
    coefficients = np.linalg.svd(np.reshape(ket, (2, 2)), compute_uv=False)
    weights = coefficients[coefficients > 1e-12] ** 2
    return coefficients, -np.sum(weights * np.log(weights))

# --- concurrence
def wootters(rho):
    yy = np.kron(qutip.sigmay().full(), qutip.sigmay().full())
    squares = np.linalg.eigvals(rho @ yy @ rho.conj() @ yy).real
    roots = np.sort(np.sqrt(np.clip(squares, 0, None)))[::-1]
    c = max(0, roots[0] - roots[1] - roots[2] - roots[3])
    x = (1 + np.sqrt(max(0, 1 - c**2))) / 2
    return c, 0 if x > 1 - 1e-12 else -x * np.log(x) - (1 - x) * np.log(1 - x)

# --- negativity
def peres(rho):
    flipped = rho.reshape(2, 2, 2, 2).transpose(2, 1, 0, 3).reshape(4, 4)
    norm = np.abs(np.linalg.eigvalsh(flipped)).sum()
    return norm - 1, np.log2(norm)

# --- thresholds
def noise_thresholds(ket):
    c = 2 * abs(ket[0] * ket[3] - ket[1] * ket[2])
    p = np.array([1 / (1 + 2 * c), 1 / np.sqrt(1 + c**2)])
    return (1 + 3 * p) / 4
