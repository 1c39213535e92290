"""Exchanges the results psi+ and phi-; averages over 0 and 1 alone; adds the costs of the steps.

test_teleport: 0 points, [bell-results-exchanged]
test_mean: 0 points, [poles-for-the-sphere]
test_cost: 0 points, [steps-added]
"""

# --- teleport
def teleport(ket, rho):
    x, z = np.array([[0, 1], [1, 0]]), np.diag([1, -1])
    bells = np.array([[1, 0, 0, 1], [1, 0, 0, -1], [0, 1, 1, 0], [0, 1, -1, 0]]) / np.sqrt(2)
    whole = np.kron(np.outer(ket, np.conj(ket)), rho)
    chances, bob = [], 0
    for bell, move in zip(bells, (np.eye(2), z, x, z @ x)):
        bra = np.kron(bell[None, :], np.eye(2))
        part = bra @ whole @ bra.T
        chances.append(np.trace(part).real)
        bob = bob + move @ part @ move.T
    return chances, bob

# --- mean
def pair_value(rho):
    bell = np.array([1, 0, 0, 1]) / np.sqrt(2)
    zero, one = (teleport(np.eye(2)[k], rho)[1][k, k].real for k in (0, 1))
    return (bell @ rho @ bell).real, (zero + one) / 2

# --- cost
def cost(fidelity, target):
    if fidelity >= target:
        return 0, 1
    if fidelity < 0.5:
        return None, None
    steps, pairs = 0, 0
    while fidelity < target:
        fidelity, success = purify(fidelity)
        steps += 1
        pairs += 2 / success
    return steps, pairs
