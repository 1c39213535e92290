"""Decides by the probabilities alone, squares before it turns, and lets the two correlations cancel.

test_product: 0 points, [sign-ignored]
test_turn: 0 points, [probabilities-turned-not-amplitudes]
test_evidence: 0 points, [sign-kept]
"""

# --- product
def is_product(state):
    p = [x**2 for x in state]
    return abs(p[0] * p[3] - p[1] * p[2]) < 1e-6

# --- turn
def in_diagonal_basis(state):
    a, b, c, d = [x**2 for x in state]
    return [(a + b + c + d) / 2, (a - b + c - d) / 2, (a + b - c - d) / 2, (a - b - c + d) / 2]


def correlation(joint):
    return joint[0] + joint[3] - joint[1] - joint[2]

# --- evidence
def evidence(rectilinear_counts, diagonal_counts):
    first = np.array(rectilinear_counts) / sum(rectilinear_counts)
    second = np.array(diagonal_counts) / sum(diagonal_counts)
    return correlation(first) + correlation(second)

entangled_lamps = "d"
