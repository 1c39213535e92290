"""A right answer with matrices: arrays are returned, a determinant decides, the turned pair has a common minus sign."""

# --- predict
prediction = " D) "

# --- chances
def chances(state):
    joint = np.abs(np.asarray(state).reshape(2, 2)) ** 2
    return joint.ravel(), joint.sum(axis=1)[0], joint.sum(axis=0)[0]

# --- product
def is_product(state):
    return np.isclose(np.linalg.det(np.reshape(state, (2, 2))), 0, atol=1e-6)

# --- turn
turn = np.array([[1, 1], [1, -1]]) / np.sqrt(2)


def in_diagonal_basis(state):
    return -np.kron(turn, turn) @ np.array(state)


def correlation(joint):
    return np.array([1, -1, -1, 1]) @ np.array(joint)

# --- evidence
def evidence(rectilinear_counts, diagonal_counts):
    counts = np.array([rectilinear_counts, diagonal_counts], dtype=float)
    shares = counts / counts.sum(axis=1, keepdims=True)
    return np.array([sum(abs(correlation(share)) for share in shares)])

entangled_lamps = "B"

# --- bob
def bobs_chances(state, alice_basis):
    matrix = np.reshape(state, (2, 2))
    if alice_basis:
        matrix = turn @ matrix
    joint = matrix**2
    return np.array([*(joint[:, 0] / joint.sum(axis=1)), joint[:, 0].sum()])
