"""Gives the four results the same weight; two errors always cancel; every attempt succeeds.

test_teleport: 0 points, [results-weighted-equally]
test_chain: 0 points, [two-errors-always-cancel]
test_purify: 0 points, [purification-always-succeeds]
test_cost: 0 points, [follows-from-question-5]
"""

# --- teleport
def teleport(ket, rho):
    x, z = np.array([[0, 1], [1, 0]]), np.diag([1, -1])
    bells = np.array([[1, 0, 0, 1], [0, 1, 1, 0], [1, 0, 0, -1], [0, 1, -1, 0]]) / np.sqrt(2)
    whole = np.kron(np.outer(ket, np.conj(ket)), rho)
    chances, states = [], []
    for bell, move in zip(bells, (np.eye(2), x, z, z @ x)):
        bra = np.kron(bell[None, :], np.eye(2))
        part = bra @ whole @ bra.T
        chances.append(np.trace(part).real)
        states.append(move @ part @ move.T / max(chances[-1], 1e-15))
    return chances, np.mean(states, axis=0)

# --- chain
def chain_fidelity(fidelities):
    long = 1
    for fidelity in fidelities:
        long = long * fidelity + (1 - long) * (1 - fidelity)
    return long

# --- purify
def purify(fidelity):
    q = (1 - fidelity) / 3
    return (fidelity**2 + q**2) / (fidelity**2 + 2 * fidelity * q + 5 * q**2), 1.0
