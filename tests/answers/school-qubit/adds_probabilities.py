"""Adds chances where amplitudes add, gives the other answer's chance, divides by zero, and sees a phase in a coin.

test_probabilities: 0 points, [lengths-rescaled]
test_toss: 0 points, [directions-forgotten]
test_steer: 0 points, [answers-exchanged]
test_compare: 0 points, [divided-by-zero]
test_boxes: 0 points, [coin-taken-for-a-superposition]
"""

# --- probabilities
def probabilities(state):
    sizes = np.abs(np.array(state))
    return sizes / sizes.sum()

# --- toss
def toss(state):
    a, b = np.abs(state)
    return [(a + b) / np.sqrt(2), (a - b) / np.sqrt(2)]

# --- steer
def steer(degrees):
    return (1 - np.cos(np.deg2rad(degrees))) / 2

# --- compare
def is_same(one, other):
    turn = other[0] / one[0]
    return abs(one[1] * turn - other[1]) < 0.000001

# --- boxes
boxes = ["C", "F", "D", "A", "D"]
