"""Wants different answers as soon as one question is 1, and puts the rounds of all questions into one pot.

test_predict: 0 points, [mixing-plans-helps]
test_plan: 0 points, [differ-whenever-a-1-is-asked]
test_chsh: 0 points, [all-rounds-in-one-pot]
"""

# --- predict
prediction = "c"

# --- plan
def wins_of_plan(alice, bob):
    wins = 0
    for x in (0, 1):
        for y in (0, 1):
            if x == 1 or y == 1:
                wins += alice[x] != bob[y]
            else:
                wins += alice[x] == bob[y]
    return wins

# --- chsh
def chsh(table):
    table = np.array(table)
    equal = table[:, 0] + table[:, 3]
    different = table[:, 1] + table[:, 2]
    E = (equal - different) / table.sum()
    S = E[0] + E[1] + E[2] - E[3]
    return S, np.sqrt((1 - (S / 4) ** 2) / table.sum())
