"""Calls every superposition entangled, and counts agreements only.

test_product: 0 points, [superposition-means-entangled]
test_turn: 0 points, [agreements-only]
test_evidence: 0 points, [agreements-only]
test_bob: 0 points, [bob-knows-alices-reading]
"""

# --- product
def is_product(state):
    return np.count_nonzero(state) == 1

# --- turn
def in_diagonal_basis(state):
    a, b, c, d = state
    return [(a + b + c + d) / 2, (a - b + c - d) / 2, (a + b - c - d) / 2, (a - b - c + d) / 2]


def correlation(joint):
    return joint[0] + joint[3]

# --- bob
def bobs_chances(state, alice_basis):
    a, b, c, d = state
    if alice_basis == 1:
        root = np.sqrt(0.5)
        a, b, c, d = (a + c) * root, (b + d) * root, (a - c) * root, (b - d) * root
    first = a**2 / (a**2 + b**2)
    return first, c**2 / (c**2 + d**2), first
