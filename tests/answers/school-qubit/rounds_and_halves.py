"""Compares without room for rounding, turns by half the angle, prints instead of returning, overlooks the turn.

test_probabilities: 0 points, there is no answer yet
test_toss: 0 points, [divided-by-two]
test_steer: 0 points, [half-the-angle]
test_compare: 0 points, [compared-exactly]
test_boxes: 0 points, [quarter-turn-overlooked]
"""

# --- probabilities
def probabilities(state):
    print(abs(state[0]) ** 2, abs(state[1]) ** 2)

# --- toss
def toss(state):
    return (state[0] + state[1]) / 2, (state[0] - state[1]) / 2

# --- steer
def steer(degrees):
    return (1 + np.cos(np.deg2rad(degrees) / 2)) / 2

# --- compare
def is_same(one, other):
    return one[0] * other[1] == one[1] * other[0]

# --- boxes
boxes = ["C", "B", "E", "A", "D"]
