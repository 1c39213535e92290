"""Prints the wins of a plan and forgets to return them, subtracts the first correlation, and stops at
the first angles that beat a plan.

test_plan: 0 points, there is no answer yet
test_plans: 0 points, list indices must be integers
test_chsh: 2 points, [minus-sign-at-another-pair]
test_angles: 0 points, full marks need 2.79
"""

# --- plan
def wins_of_plan(alice, bob):
    wins = 0
    for x in (0, 1):
        for y in (0, 1):
            wins += (alice[x] == bob[y]) != (x == 1 and y == 1)
    print(wins)

# --- chsh
def chsh(table):
    results = [correlation(row) for row in table]
    S = sum(result[0] for result in results) - 2 * results[0][0]
    return S, np.sqrt(sum(result[1] ** 2 for result in results))

# --- angles
alice_angles = [0, 30]
bob_angles = [15, -15]
