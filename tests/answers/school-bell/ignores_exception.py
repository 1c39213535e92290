"""Wants equal answers for every pair of questions, and adds the fourth correlation as if it won, too.

test_predict: 0 points, [a-cleverer-plan-exists]
test_plan: 0 points, [exception-forgotten]
test_plans: 0 points, [follows-from-task-2]
test_chsh: 2 points, [last-correlation-added]
"""

# --- predict
prediction = "d"

# --- plan
def wins_of_plan(alice, bob):
    wins = 0
    for x in (0, 1):
        for y in (0, 1):
            if alice[x] == bob[y]:
                wins += 1
    return wins

# --- chsh
def chsh(table):
    S = 0
    variance = 0
    for row in table:
        E, error = correlation(row)
        S += E
        variance += error**2
    return S, variance**0.5
