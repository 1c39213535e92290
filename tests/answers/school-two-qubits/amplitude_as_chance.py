"""Takes amplitudes for probabilities, and divides by nothing where a condition is given.

test_predict: 0 points, [amplitude-for-probability]
test_chances: 0 points, [amplitude-for-probability]
test_bob: 0 points, [joint-for-conditional]
"""

# --- predict
prediction = "c"

# --- chances
def chances(state):
    a, b, c, d = state
    return state, a**2 + b**2, a**2 + c**2

# --- bob
def bobs_chances(state, alice_basis):
    a, b, c, d = state
    if alice_basis == 1:
        root = np.sqrt(0.5)
        a, b, c, d = (a + c) * root, (b + d) * root, (a - c) * root, (b - d) * root
    return a**2, c**2, a**2 + c**2
