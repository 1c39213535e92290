"""Adds the four states that Bob may hold as if he had all of them at once; wrong guesses are coins; no distance sign.

test_predict: 0 points, [only-right-without-correction]
test_holds: 0 points, [four-chances-add-up-to-two]
test_guess: 0 points, [states-added-to-one]
test_verdict: 0 points, [compared-with-perfection]
"""

# --- predict
prediction = "d"

# --- holds
def bob_holds(sent, result):
    a, b = sent
    state = {"phi+": [a, b], "psi+": [b, a], "phi-": [a, -b], "psi-": [-b, a]}[result]
    return 1 / 2, state

# --- guess
def without_bits(sent, guess):
    passes, total = [], 0
    for result in ("phi+", "psi+", "phi-", "psi-"):
        _, state = bob_holds(sent, result)
        state = correct(state, guess)
        overlap = state[0] * sent[0] + state[1] * sent[1]
        passes.append(overlap**2)
        total += overlap / 2
    return passes, total**2

# --- verdict
def verdict(passed, tested):
    f = passed / tested
    error = np.sqrt(np.sum(f * (1 - f) / tested)) / 6
    return np.mean(f), error, (1 - np.mean(f)) / error
