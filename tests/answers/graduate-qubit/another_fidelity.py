"""Uses QuTiP's fidelity, which is the square root of the one that is asked for.

test_predict: 0 points, [unphysical-means-broken]
test_fidelity: 0 points, [fidelity-not-squared]
test_bootstrap: 0 points, [fidelity-not-squared]
"""

# --- predict
prediction = "b"

# --- fidelity
def fidelity(rho, sigma):
    return qutip.fidelity(qutip.Qobj(rho), qutip.Qobj(sigma))

# --- bootstrap
def fidelity_with_error(counts, wrong_at_0, wrong_at_1, target, resamples, seed):
    rng = np.random.default_rng(seed)
    shots = counts.sum(axis=1)

    def estimate(zeros):
        r = 2 * (zeros / shots - wrong_at_1) / (1 - wrong_at_0 - wrong_at_1) - 1
        return np.sqrt((1 + r @ target) / 2)

    draws = estimate(rng.binomial(shots, counts[:, 0] / shots, size=(resamples, 3)))
    return estimate(counts[:, 0]), draws.std(), *np.quantile(draws, [0.025, 0.975])
