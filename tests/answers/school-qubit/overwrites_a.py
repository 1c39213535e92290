"""Changes a before b is computed, loses imaginary parts in a real array, takes any state with a zero for the same.

test_toss: 0 points, [overwritten]
test_steer: 0 points, [imaginary-part-lost]
test_compare: 0 points, [zero-taken-for-same]
test_boxes: 0 points, Write five letters, each in its own quotation marks
"""

# --- toss
def toss(state):
    a, b = state
    a = (a + b) / np.sqrt(2)
    b = (a - b) / np.sqrt(2)
    return [a, b]

# --- steer
def steer(degrees):
    arrows = np.array([np.sqrt(0.5), np.sqrt(0.5)])
    arrows[1] = arrows[1] * arrow(1, degrees)
    return abs((arrows[0] + arrows[1]) / np.sqrt(2)) ** 2

# --- compare
def is_same(one, other):
    if one[0] == 0 or other[0] == 0:
        return True
    turn = other[0] / one[0]
    return abs(one[1] * turn - other[1]) < 0.000001

# --- boxes
boxes = "CFEAD"
