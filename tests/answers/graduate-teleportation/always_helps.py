"""Purification makes any pair better; nothing has to be corrected after a measurement; noise gives nothing.

test_predict: 0 points, [noise-gives-nothing]
test_teleport: 0 points, [no-correction]
test_purify: 0 points, [never-gets-worse]
test_cost: 0 points, [purification-always-helps]
"""

# --- predict
prediction = "d"

# --- teleport
def teleport(ket, rho):
    bells = np.array([[1, 0, 0, 1], [0, 1, 1, 0], [1, 0, 0, -1], [0, 1, -1, 0]]) / np.sqrt(2)
    whole = np.kron(np.outer(ket, np.conj(ket)), rho)
    parts = [np.kron(bell[None, :], np.eye(2)) @ whole @ np.kron(bell[:, None], np.eye(2)) for bell in bells]
    return [np.trace(part).real for part in parts], sum(parts)

# --- purify
def purify(fidelity):
    q = (1 - fidelity) / 3
    success = fidelity**2 + 2 * fidelity * q + 5 * q**2
    return max(fidelity, (fidelity**2 + q**2) / success), success

# --- cost
def cost(fidelity, target):
    pairs = 1
    for steps in range(200):
        if fidelity >= target:
            break
        fidelity, success = purify(fidelity)
        pairs = 2 * pairs / success
    return steps, pairs
