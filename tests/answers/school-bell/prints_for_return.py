"""Prints the wins of a plan and forgets to return them, and stops at the first angles that beat a plan.

test_plan: 0 points, there is no answer yet
test_plans: 0 points, list indices must be integers
test_angles: 0 points, there are angles that reach 2.828
"""

# --- plan
def wins_of_plan(alice, bob):
    wins = 0
    for x in (0, 1):
        for y in (0, 1):
            wins += (alice[x] == bob[y]) != (x == 1 and y == 1)
    print(wins)

# --- angles
alice_angles = [0, 30]
bob_angles = [15, -15]
