"""A right answer in matrices: overlaps, a tuple of labels in small letters, one-entry arrays, another global phase."""

# --- predict
prediction = "(B)"

# --- probabilities
def probabilities(state):
    state = np.asarray(state)
    return state * state.conj()

# --- toss
H = 1j * np.array([[1, 1], [1, -1]]) / np.sqrt(2)


def toss(state):
    return (H @ np.asarray(state)).reshape(2, 1)

# --- steer
def steer(degrees):
    return np.array([np.cos(np.deg2rad(degrees) / 2) ** 2])

# --- compare
def is_same(one, other):
    return np.isclose(np.abs(np.vdot(one, other)), 1, rtol=0, atol=1e-9)

# --- boxes
boxes = ("c", "f", "e", "a", "d")
