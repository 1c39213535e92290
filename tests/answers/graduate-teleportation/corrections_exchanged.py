"""Exchanges X and Z; a pair that violates no Bell inequality is useless; errors are all equal, or all bit errors.

test_predict: 0 points, [no-bell-violation-no-use]
test_teleport: 0 points, [x-and-z-exchanged]
test_chain: 0 points, [all-errors-equal]
test_purify: 0 points, [only-bit-errors]
test_cost: 0 points, [follows-from-question-5]
"""

# --- predict
prediction = "a"

# --- teleport
def teleport(ket, rho):
    x, z = np.array([[0, 1], [1, 0]]), np.diag([1, -1])
    bells = np.array([[1, 0, 0, 1], [0, 1, 1, 0], [1, 0, 0, -1], [0, 1, -1, 0]]) / np.sqrt(2)
    whole = np.kron(np.outer(ket, np.conj(ket)), rho)
    chances, bob = [], 0
    for bell, move in zip(bells, (np.eye(2), z, x, x @ z)):
        bra = np.kron(bell[None, :], np.eye(2))
        part = bra @ whole @ bra.T
        chances.append(np.trace(part).real)
        bob = bob + move @ part @ move.T
    return chances, bob

# --- chain
def chain_fidelity(fidelities):
    return np.prod(fidelities) + 3 * np.prod([(1 - fidelity) / 3 for fidelity in fidelities])

# --- purify
def purify(fidelity):
    success = fidelity**2 + (1 - fidelity) ** 2
    return fidelity**2 / success, success
