"""Knows the thresholds of the Werner state by heart, and subtracts eigenvalues where their roots are meant.

test_predict: 0 points, [halves-fix-the-pair]
test_concurrence: 0 points, [square-root-forgotten]
test_thresholds: 0 points, [werner-threshold-for-every-pair]
"""

# --- predict
prediction = "c"

# --- concurrence
def wootters(rho):
    yy = np.kron(qutip.sigmay().full(), qutip.sigmay().full())
    values = np.sort(np.linalg.eigvals(rho @ yy @ rho.conj() @ yy).real)[::-1]
    c = max(0, values[0] - values[1] - values[2] - values[3])
    x = (1 + np.sqrt(max(0, 1 - c**2))) / 2
    return c, 0 if x > 1 - 1e-12 else -x * np.log2(x) - (1 - x) * np.log2(1 - x)

# --- thresholds
def noise_thresholds(ket):
    return 1 / 3, 1 / np.sqrt(2)
