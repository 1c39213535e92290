"""A right answer in arrays and products of signs, with the angles found by a search in steps of 5° and turned all together."""

# --- predict
prediction = "(B)"

# --- plan
def wins_of_plan(alice, bob):
    products = np.outer(alice, bob) * np.array([[1, 1], [1, -1]])
    return np.count_nonzero(products == 1)

# --- plans
from itertools import product


def count_plans():
    wins = [wins_of_plan(plan[:2], plan[2:]) for plan in product([1, -1], repeat=4)]
    return np.bincount(wins, minlength=5)

# --- correlation
def correlation(counts):
    counts = np.array(counts)
    E = np.average([1, -1, -1, 1], weights=counts)
    return np.array([E, np.sqrt((1 - E) * (1 + E) / counts.sum())])

# --- chsh
def chsh(table):
    E, errors = np.array([correlation(row) for row in table]).T
    return [np.dot(E, [1, 1, 1, -1]), np.linalg.norm(errors)]

# --- angles
best = 0
for a1 in range(0, 180, 5):
    for b0 in range(0, 180, 5):
        for b1 in range(0, 180, 5):
            if expected_chsh([0, a1], [b0, b1]) > best + 1e-9:
                best = expected_chsh([0, a1], [b0, b1])
                alice_angles = (17, a1 + 17)
                bob_angles = (b0 + 17, b1 + 17)
