"""Takes what was read for what was there: no readout errors in the inversion, the likelihood and the error bar.

test_invert: 0 points, [readout-ignored]
test_likely: 0 points, [readout-ignored]
test_bootstrap: 0 points, [readout-ignored]
"""

# --- invert
def invert(counts, wrong_at_0, wrong_at_1):
    return (counts[:, 0] - counts[:, 1]) / counts.sum(axis=1)

# --- likely
def most_likely(counts, wrong_at_0, wrong_at_1):
    def cost(r):
        p = np.clip((1 + r) / 2, 1e-9, 1 - 1e-9)
        return -np.sum(counts[:, 0] * np.log(p) + counts[:, 1] * np.log(1 - p))

    inside = {"type": "ineq", "fun": lambda r: 1 - r @ r}
    return scipy.optimize.minimize(cost, np.zeros(3), method="SLSQP", constraints=inside, options={"ftol": 1e-10}).x

# --- bootstrap
def fidelity_with_error(counts, wrong_at_0, wrong_at_1, target, resamples, seed):
    rng = np.random.default_rng(seed)
    shots = counts.sum(axis=1)
    draws = rng.binomial(shots, counts[:, 0] / shots, size=(resamples, 3))
    values = (1 + (2 * draws / shots - 1) @ target) / 2
    return (1 + invert(counts, 0, 0) @ target) / 2, values.std(), *np.quantile(values, [0.025, 0.975])
