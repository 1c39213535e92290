"""Takes the share of equal answers for the correlation, and tries only plans that ignore the question.

test_predict: 0 points, [no-plan-means-pure-chance]
test_plans: 0 points, [not-every-plan]
test_correlation: 0 points, [share-for-correlation]
test_chsh: 0 points, [follows-from-task-4]
"""

# --- predict
prediction = "a"

# --- plans
def count_plans():
    plans = [0, 0, 0, 0, 0]
    for a in (1, -1):
        for b in (1, -1):
            plans[wins_of_plan([a, a], [b, b])] += 1
    return plans

# --- correlation
def correlation(counts):
    n = sum(counts)
    E = (counts[0] + counts[3]) / n
    return E, np.sqrt(E * (1 - E) / n)
