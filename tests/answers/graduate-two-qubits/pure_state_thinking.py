"""Measures mixed pairs with the formulas of pure ones, and repeats every setting as if it had the pairs of the first.

test_predict: 0 points, [entropy-of-a-half-for-a-mixture]
test_concurrence: 0 points, [pure-state-formula-for-a-mixture]
test_measured: 0 points, [one-number-of-pairs-for-all-rows]
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

# --- measured
def physical_state(rho):
    w, v = np.linalg.eigh(rho)
    w = np.where(w < 0, 0, w)
    return v @ np.diag(w / w.sum()) @ v.conj().T


def negativity_with_error(counts, repetitions, seed):
    rng = np.random.default_rng(seed)
    pairs = counts[0].sum()
    values = []
    for _ in range(repetitions):
        drawn = np.array([rng.multinomial(pairs, row / row.sum()) for row in counts])
        values.append(peres(physical_state(linear_inversion(drawn)))[0])
    return peres(physical_state(linear_inversion(counts)))[0], np.std(values)
