"""Takes amplitudes for probabilities, divides by nothing where a condition is given, and loses signs.

test_predict: 0 points, [amplitude-for-probability]
test_chances: 0 points, [amplitude-for-probability]
test_product: 0 points, [signed-difference]
test_turn: 0 points, [sign-of-the-correlation-lost]
test_bob: 0 points, [joint-for-conditional]
"""

# --- predict
prediction = "c"

# --- chances
def chances(state):
    a, b, c, d = state
    return state, a**2 + b**2, a**2 + c**2

# --- product
def is_product(state):
    a, b, c, d = state
    return a * d - b * c < 1e-6

# --- turn
def in_diagonal_basis(state):
    a, b, c, d = state
    return [(a + b + c + d) / 2, (a - b + c - d) / 2, (a + b - c - d) / 2, (a - b - c + d) / 2]


def correlation(joint):
    return abs(joint[0] + joint[3] - joint[1] - joint[2])

# --- bob
def bobs_chances(state, alice_basis):
    a, b, c, d = state
    if alice_basis == 1:
        root = np.sqrt(0.5)
        a, b, c, d = (a + c) * root, (b + d) * root, (a - c) * root, (b - d) * root
    return a**2, c**2, a**2 + c**2
