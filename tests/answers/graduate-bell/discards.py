"""Trusts the rounds that are left: a perfect value at any efficiency, and a fake that only mixes plans without loss.

test_predict: 0 points, [p-value-as-share-of-rounds]
test_local: 0 points, [one-plan-for-both-players]
test_clicks: 0 points, [no-clicks-discarded]
test_fake: 0 points, [local-model-without-loss]
"""

# --- predict
prediction = "e"

# --- local
def local_bound(coefficients):
    best = -np.inf
    for plan in itertools.product([1, -1], repeat=max(coefficients.shape)):
        a, b = plan[: coefficients.shape[0]], plan[: coefficients.shape[1]]
        best = max(best, a @ coefficients @ np.array(b))
    return best

# --- clicks
def value_with_no_clicks(value, efficiency):
    return value


def efficiency_threshold(value):
    return 0

# --- fake
def coincidence_value(model):
    alice, bob = model[:, 1:3], model[:, 3:]
    both = np.einsum("r,rx,ry->xy", model[:, 0], abs(alice), abs(bob))
    E = np.einsum("r,rx,ry->xy", model[:, 0], alice, bob) / both
    return E[0, 0] + E[0, 1] + E[1, 0] - E[1, 1], model[:, 0] @ abs(model[:, 1:])


def fake_model():
    return [(0.25, 1, 1, 1, 1), (0.25, 1, 1, 1, -1), (0.25, 1, -1, 1, 1), (0.25, -1, 1, -1, 1)]
