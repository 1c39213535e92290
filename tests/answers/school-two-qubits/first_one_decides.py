"""Believes that the first measurement shows at the other end, and averages the two cases without weights.

test_predict: 0 points, [who-is-first-matters]
test_bob: 0 points, [averaged-without-weights]
"""

# --- predict
prediction = "e"

# --- bob
def bobs_chances(state, alice_basis):
    a, b, c, d = state
    if alice_basis == 1:
        root = np.sqrt(0.5)
        a, b, c, d = (a + c) * root, (b + d) * root, (a - c) * root, (b - d) * root
    first = a**2 / (a**2 + b**2)
    second = c**2 / (c**2 + d**2)
    return first, second, (first + second) / 2
