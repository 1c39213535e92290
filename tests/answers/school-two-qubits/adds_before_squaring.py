"""Adds amplitudes where probabilities add, loses a minus sign, and tests whether a d + b c is zero.

test_chances: 0 points, [amplitudes-added-first]
test_product: 0 points, [sign-wrong-in-the-criterion]
test_turn: 0 points, [minus-times-minus]
test_evidence: 0 points, [only-perfect-is-entangled]
"""

# --- chances
def chances(state):
    a, b, c, d = state
    return [a * a, b * b, c * c, d * d], (a + b) ** 2, (a + c) ** 2

# --- product
def is_product(state):
    a, b, c, d = state
    return abs(a * d + b * c) < 1e-6

# --- turn
def in_diagonal_basis(state):
    a, b, c, d = state
    return np.array([a + b + c + d, a - b + c - d, a + b - c - d, a - b - c - d]) / 2


def correlation(joint):
    return joint[0] - joint[1] - joint[2] + joint[3]

# --- evidence
def evidence(rectilinear_counts, diagonal_counts):
    shares = np.array([np.array(row) / sum(row) for row in (rectilinear_counts, diagonal_counts)])
    return np.abs(shares @ [1, -1, -1, 1]).sum()

entangled_lamps = "e"
