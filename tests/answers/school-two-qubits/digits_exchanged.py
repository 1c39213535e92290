"""Takes Bob's digit for Alice's, and turns the condition round.

test_chances: 0 points, [qubits-exchanged]
test_turn: 0 points, [qubits-exchanged]
test_bob: 0 points, [condition-reversed]
"""

# --- chances
def chances(state):
    a, b, c, d = state
    return [a**2, b**2, c**2, d**2], a**2 + c**2, a**2 + b**2

# --- turn
def in_diagonal_basis(state):
    a, b, c, d = state
    return [(a + b + c + d) / 2, (a + b - c - d) / 2, (a - b + c - d) / 2, (a - b - c + d) / 2]


def correlation(joint):
    return joint[0] - joint[1] - joint[2] + joint[3]

# --- bob
def bobs_chances(state, alice_basis):
    a, b, c, d = state
    if alice_basis == 1:
        root = np.sqrt(0.5)
        a, b, c, d = (a + c) * root, (b + d) * root, (a - c) * root, (b - d) * root
    return a**2 / (a**2 + c**2), c**2 / (a**2 + c**2), a**2 + c**2
