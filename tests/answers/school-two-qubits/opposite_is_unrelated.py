"""Takes opposite readings for unrelated ones, forgets rounding, and turns Alice's photon only; in task 6 not even hers.

test_predict: 0 points, [only-one-way-to-agree]
test_product: 0 points, [rounding-forgotten]
test_turn: 0 points, [only-one-photon-turned]
test_evidence: 0 points, [opposite-means-unrelated]
test_bob: 0 points, [alices-basis-ignored]
"""

# --- predict
prediction = "a"

# --- product
def is_product(state):
    a, b, c, d = state
    return a * d == b * c

# --- turn
def in_diagonal_basis(state):
    a, b, c, d = state
    root = 2**0.5
    return [(a + c) / root, (b + d) / root, (a - c) / root, (b - d) / root]


def correlation(joint):
    same = joint[0] + joint[3]
    return same - (1 - same)

# --- evidence
def evidence(rectilinear_counts, diagonal_counts):
    return sum(abs(correlation([n / sum(row) for n in row])) for row in (rectilinear_counts, diagonal_counts))

entangled_lamps = "c"

# --- bob
def bobs_chances(state, alice_basis):
    joint, alice_0, bob_0 = chances(state)
    return joint[0] / alice_0, joint[2] / (1 - alice_0), bob_0
