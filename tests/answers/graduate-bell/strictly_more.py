"""Reads the p-value as the probability of the hypothesis, and sums the tail from one win more.

test_predict: 0 points, [p-value-as-probability-of-hypothesis]
test_luck: 0 points, [strictly-more]
test_clicks: 0 points, [one-dark-detector-agrees]
"""

# --- predict
prediction = "a"

# --- luck
def luck_of_a_plan(counts, plan_probability):
    wins = 0
    for x in (0, 1):
        for y in (0, 1):
            for i in (0, 1):
                for j in (0, 1):
                    if (i == j) != (x == 1 and y == 1):
                        wins += counts[x, y, i, j]
    return wins, 1 - scipy.stats.binom.cdf(wins, counts.sum(), plan_probability)

# --- clicks
def value_with_no_clicks(value, efficiency):
    return efficiency**2 * value + 2 * (1 - efficiency**2)


def efficiency_threshold(value):
    return 2 / value
