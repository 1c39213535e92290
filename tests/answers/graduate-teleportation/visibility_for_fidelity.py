"""Puts the visibility where the fidelity belongs, in the formula and at the end of a chain.

test_predict: 0 points, [visibility-for-fidelity]
test_mean: 0 points, [visibility-for-fidelity]
test_chain: 0 points, [visibility-for-fidelity]
"""

# --- predict
prediction = "b"

# --- mean
def pair_value(rho):
    bell = np.array([1, 0, 0, 1]) / np.sqrt(2)
    fidelity = (bell @ rho @ bell).real
    visibility = (4 * fidelity - 1) / 3
    return fidelity, (2 * visibility + 1) / 3

# --- chain
def chain_fidelity(fidelities):
    visibility = 1
    for fidelity in fidelities:
        visibility *= (4 * fidelity - 1) / 3
    return visibility
