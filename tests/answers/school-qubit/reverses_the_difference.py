"""Takes b - a for a - b, gives the amplitude for the probability, and no verdict where two states differ.

test_toss: 0 points, [difference-reversed]
test_steer: 0 points, [amplitude-for-probability]
test_compare: 0 points, [verdict-missing]
"""

# --- toss
def toss(state):
    a, b = state
    return [(a + b) / np.sqrt(2), (b - a) / np.sqrt(2)]

# --- steer
def steer(degrees):
    return (1 + arrow(1, degrees)) / 2

# --- compare
def is_same(one, other):
    if abs(one[0] * other[1] - one[1] * other[0]) < 0.000001:
        return True
