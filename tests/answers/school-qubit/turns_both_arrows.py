"""Forgets the minus of the toss, turns both arrows alike, and mixes up the sign of a relative phase.

test_predict: 0 points, [global-phase-counts]
test_toss: 0 points, [minus-forgotten]
test_steer: 0 points, [turned-both-arrows]
test_compare: 0 points, [mirrored-states-taken-for-same]
test_boxes: 0 points, [sign-of-the-relative-phase]
"""

# --- predict
prediction = "c"

# --- toss
def toss(state):
    a, b = state
    return [(a + b) / np.sqrt(2), (a + b) / np.sqrt(2)]

# --- steer
def steer(degrees):
    turned = arrow(1, degrees) * np.array([np.sqrt(0.5), np.sqrt(0.5)])
    return abs((turned[0] + turned[1]) / np.sqrt(2)) ** 2

# --- compare
def is_same(one, other):
    return abs(abs(np.dot(one, other)) - 1) < 0.000001

# --- boxes
boxes = ["C", "D", "E", "A", "F"]
