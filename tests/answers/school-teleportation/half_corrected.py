"""Does not divide by the root of the chance; does one of two moves for 11; averages the errors.

test_holds: 0 points, [state-not-normalised]
test_correct: 0 points, [only-one-of-the-two]
test_guess: 0 points, [follows-from-questions-2-and-3]
test_verdict: 0 points, [errors-averaged]
"""

# --- holds
def bob_holds(sent, result):
    a, b = sent
    part = {"phi+": [a, b], "psi+": [b, a], "phi-": [a, -b], "psi-": [-b, a]}[result]
    part = np.array(part) / 2
    return part[0] ** 2 + part[1] ** 2, part

# --- correct
def correct(state, bits):
    if bits in ("01", "11"):
        return np.array([state[1], state[0]])
    if bits == "10":
        return np.array([state[0], -state[1]])
    return state

# --- verdict
def verdict(passed, tested):
    f = passed / tested
    error = np.mean(np.sqrt(f * (1 - f) / tested))
    return np.mean(f), error, (np.mean(f) - 2 / 3) / error
