"""Exchanges X and Z; only the result that needs no correction counts; one heap of all runs.

test_predict: 0 points, [one-result-in-four-counts]
test_correct: 0 points, [x-and-z-exchanged]
test_guess: 0 points, [follows-from-questions-2-and-3]
test_verdict: 0 points, [runs-pooled]
"""

# --- predict
prediction = "e"

# --- correct
def correct(state, bits):
    if bits == "01":
        return [state[0], -state[1]]
    if bits == "10":
        return [state[1], state[0]]
    if bits == "11":
        return [state[1], -state[0]]
    return state

# --- verdict
def verdict(passed, tested):
    f = sum(passed) / sum(tested)
    e = np.sqrt(f * (1 - f) / sum(tested))
    return f, e, (f - 2 / 3) / e
