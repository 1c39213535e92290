"""Takes i for something that is not there: squares the real part, and allows a common minus but no other turn.

test_predict: 0 points, [imaginary-is-another-state]
test_probabilities: 0 points, [real-part-for-length]
test_steer: 0 points, [follows-from-an-earlier-task]
test_compare: 0 points, [only-a-minus-is-global]
"""

# --- predict
prediction = "d"

# --- probabilities
def probabilities(state):
    a, b = state
    return [a.real**2, b.real**2]

# --- compare
def is_same(one, other):
    return np.allclose(one, other) or np.allclose(one, -other)
