"""Takes states for the same only when their numbers agree, and a toss for one of a coin.

test_predict: 0 points, [other-numbers-another-state]
test_toss: 0 points, [tossed-like-a-coin]
test_steer: 0 points, [tossed-like-a-coin]
test_compare: 0 points, [global-phase-counts]
"""

# --- predict
prediction = "e"

# --- toss
def toss(state):
    return [np.sqrt(0.5), np.sqrt(0.5)]

# --- steer
def steer(degrees):
    return 0.5

# --- compare
def is_same(one, other):
    return np.allclose(one, other)
