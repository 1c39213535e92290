"""Sets all four polarisers alike since equal answers win, and ignores in the error bar how large the correlation is.

test_plan: 0 points, [same-question-for-both]
test_plans: 0 points, [follows-from-task-2]
test_correlation: 0 points, [error-bar-ignores-correlation]
test_chsh: 2 points, [follows-from-task-4]
test_angles: 0 points, [equal-angles-for-all]
"""

# --- plan
def wins_of_plan(alice, bob):
    wins = 0
    for question in (0, 1):
        if question == 1:
            wins += alice[question] != bob[question]
        else:
            wins += alice[question] == bob[question]
    return wins

# --- correlation
def correlation(counts):
    equal = counts[0] + counts[3]
    different = counts[1] + counts[2]
    return (equal - different) / sum(counts), 1 / np.sqrt(sum(counts))

# --- angles
alice_angles = [0, 0]
bob_angles = [0, 0]
