"""Pools all rounds for the correlations, counts equal answers as wins everywhere, and takes all singular values.

test_predict: 0 points, [p-value-as-replication]
test_estimate: 0 points, [all-rounds-in-one-pot]
test_luck: 0 points, [exception-forgotten]
test_states: 0 points, [all-three-singular-values]
test_fake: 0 points, [all-coincidences-in-one-pot]
"""

# --- predict
prediction = "d"

# --- estimate
def estimate_chsh(counts):
    n = counts.sum() / 4
    E = (counts[..., 0, 0] + counts[..., 1, 1] - counts[..., 0, 1] - counts[..., 1, 0]) / n
    return (E * [[1, 1], [1, -1]]).sum(), np.sqrt(((1 - E**2) / n).sum())

# --- luck
def luck_of_a_plan(counts, plan_probability):
    wins = counts[..., 0, 0].sum() + counts[..., 1, 1].sum()
    return wins, scipy.stats.binom.sf(wins - 1, counts.sum(), plan_probability)

# --- states
def largest_chsh(rho):
    paulis = [qutip.sigmax(), qutip.sigmay(), qutip.sigmaz()]
    T = np.array([[(rho * qutip.tensor(a, b)).tr().real for b in paulis] for a in paulis])
    return 2 * np.sqrt(np.trace(T.T @ T))

# --- fake
def coincidence_value(model):
    p, a, b = model[:, 0], model[:, 1:3], model[:, 3:]
    S, both = 0, 0
    for x in (0, 1):
        for y in (0, 1):
            sign = -1 if x == y == 1 else 1
            S += sign * np.sum(p * a[:, x] * b[:, y])
            both += np.sum(p * (a[:, x] != 0) * (b[:, y] != 0)) / 4
    return S / both, [np.sum(p * (model[:, k] != 0)) for k in (1, 2, 3, 4)]


def fake_model():
    return [(0.25, 1, 0, 1, 1), (0.25, 0, 1, 1, -1), (0.25, 1, 1, 1, 0), (0.25, 1, -1, 0, 1)]
