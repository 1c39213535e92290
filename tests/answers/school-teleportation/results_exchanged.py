"""Takes psi+ for phi- and the other way round; the qubit itself travels; takes the scatter of the states for the error.

test_predict: 0 points, [the-qubit-itself-travels]
test_holds: 0 points, [bell-results-exchanged]
test_guess: 0 points, [follows-from-questions-2-and-3]
test_verdict: 0 points, [scatter-of-the-states-for-error]
"""

# --- predict
prediction = "b"

# --- holds
def bob_holds(sent, result):
    a, b = sent
    states = {"phi+": [a, b], "phi-": [b, a], "psi+": [a, -b], "psi-": [b, -a]}
    return 0.25, states[result]

# --- verdict
def verdict(passed, tested):
    f = passed / tested
    error = np.std(f, ddof=1) / np.sqrt(6)
    return np.mean(f), error, (np.mean(f) - 2 / 3) / error
