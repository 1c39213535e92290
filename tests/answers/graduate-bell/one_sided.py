"""Takes half of the error, doubles the tail, forgets the 2 of the criterion, and keeps one detector far too dark.

test_local: 0 points, [answers-0-and-1]
test_estimate: 0 points, [error-of-the-share]
test_luck: 0 points, [two-sided]
test_states: 0 points, [factor-2-forgotten]
test_fake: 0 points, [too-dark-to-be-true]
"""

# --- local
def local_bound(coefficients):
    m, n = coefficients.shape
    answers = itertools.product([0, 1], repeat=m + n)
    return max(np.array(a[:m]) @ coefficients @ np.array(a[m:]) for a in answers)

# --- estimate
def estimate_chsh(counts):
    n = counts.sum(axis=(2, 3))
    p = (counts[..., 0, 0] + counts[..., 1, 1]) / n
    E = 2 * p - 1
    return E[0, 0] + E[0, 1] + E[1, 0] - E[1, 1], np.sqrt((p * (1 - p) / n).sum())

# --- luck
def luck_of_a_plan(counts, plan_probability):
    n = counts.sum(axis=(2, 3))
    equal = counts[..., 0, 0] + counts[..., 1, 1]
    wins = equal[0, 0] + equal[0, 1] + equal[1, 0] + n[1, 1] - equal[1, 1]
    return wins, 2 * scipy.stats.binom.sf(wins - 1, n.sum(), plan_probability)

# --- states
def largest_chsh(rho):
    paulis = [qutip.sigmax(), qutip.sigmay(), qutip.sigmaz()]
    T = np.array([[qutip.expect(qutip.tensor(a, b), rho) for b in paulis] for a in paulis])
    return np.sqrt(np.sum(np.sort(np.linalg.eigvalsh(T.T @ T))[1:]))

# --- fake
def coincidence_value(model):
    p, answers = model[:, 0], model[:, 1:]
    S = 0
    for x, y, sign in ((0, 2, 1), (0, 3, 1), (1, 2, 1), (1, 3, -1)):
        product = answers[:, x] * answers[:, y]
        S += sign * np.sum(p * product) / np.sum(p * np.abs(product))
    return S, [np.sum(p[answers[:, k] != 0]) for k in range(4)]


def fake_model():
    return [[0.5, 1, 0, 1, 1], [0.5, 0, 1, 1, -1]]
