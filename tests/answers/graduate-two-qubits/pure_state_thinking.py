"""Measures mixed pairs with the formulas of pure ones.

test_predict: 0 points, [entropy-of-a-half-for-a-mixture]
test_concurrence: 0 points, [pure-state-formula-for-a-mixture]
"""

# --- predict
prediction = "a"

# --- concurrence
def wootters(rho):
    rho_a = reduced_states(rho)[0]
    purity = np.trace(rho_a @ rho_a).real
    concurrence = np.sqrt(max(0, 2 * (1 - purity)))
    x = (1 + np.sqrt(max(0, 1 - concurrence**2))) / 2
    if x > 1 - 1e-12:
        return concurrence, 0
    return concurrence, -x * np.log2(x) - (1 - x) * np.log2(1 - x)
