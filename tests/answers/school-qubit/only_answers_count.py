"""Believes that amplitudes are probabilities, and that states which answer alike are alike.

test_predict: 0 points, [only-direct-answers-count]
test_probabilities: 0 points, [amplitude-for-probability]
test_steer: 0 points, [amplitude-for-probability]
test_compare: 0 points, [relative-phase-forgotten]
test_boxes: 0 points, [superposition-taken-for-a-coin]
"""

# --- predict
prediction = "a"

# --- probabilities
def probabilities(state):
    return np.abs(state)

# --- compare
def is_same(one, other):
    return np.allclose(np.abs(one), np.abs(other))

# --- boxes
boxes = ["E", "E", "E", "A", "E"]
