"""Multiplies the efficiencies of a model, books dark rounds as zero, and measures every state along the same axes.

test_luck: 0 points, [probability-of-exactly-k]
test_states: 0 points, [measurements-not-adapted]
test_clicks: 0 points, [no-clicks-count-as-zero]
test_fake: 0 points, [independent-losses-assumed]
"""

# --- luck
def luck_of_a_plan(counts, plan_probability):
    equal = counts[..., 0, 0] + counts[..., 1, 1]
    n = counts.sum(axis=(2, 3))
    wins = equal.sum() - equal[1, 1] + n[1, 1] - equal[1, 1]
    return wins, scipy.stats.binom.pmf(wins, n.sum(), plan_probability)

# --- states
def largest_chsh(rho):
    x, z = qutip.sigmax(), qutip.sigmaz()
    bob = [(z + x) / np.sqrt(2), (z - x) / np.sqrt(2)]
    E = [[qutip.expect(qutip.tensor(a, b), rho) for b in bob] for a in (z, x)]
    return E[0][0] + E[0][1] + E[1][0] - E[1][1]

# --- clicks
def value_with_no_clicks(value, efficiency):
    return efficiency**2 * value


def efficiency_threshold(value):
    return np.sqrt(2 / value)

# --- fake
def coincidence_value(model):
    p, a, b = model[:, 0], model[:, 1:3], model[:, 3:]
    seen = p @ np.abs(model[:, 1:])
    S = 0
    for x in (0, 1):
        for y in (0, 1):
            S += (-1) ** (x * y) * np.sum(p * a[:, x] * b[:, y]) / (seen[x] * seen[2 + y])
    return S, seen


def fake_model():
    return [(0.25, 1, 0, 1, 1), (0.25, 0, 1, 1, -1), (0.25, 1, 1, 1, 0), (0.25, 1, -1, 0, 1)]
