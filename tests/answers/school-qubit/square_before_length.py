"""Squares the arrow before taking its length, forgets the root of two, and gives radians for degrees.

test_probabilities: 0 points, [square-without-length]
test_toss: 0 points, [root-forgotten]
test_steer: 0 points, [degrees-taken-for-radians]
test_compare: 0 points, [full-turn-apart]
"""

# --- probabilities
def probabilities(state):
    return [state[0] ** 2, state[1] ** 2]

# --- toss
def toss(state):
    a, b = state
    return a + b, a - b

# --- steer
def steer(degrees):
    return abs((1 + np.exp(1j * degrees)) / 2) ** 2

# --- compare
def is_same(one, other):
    sizes = np.allclose(np.abs(one), np.abs(other))
    first = np.angle(one[1]) - np.angle(one[0])
    second = np.angle(other[1]) - np.angle(other[0])
    return sizes and abs(first - second) < 0.000001
