"""The bits are only a confirmation: Bob changes nothing; amplitudes for probabilities; the 6 stands below the root.

test_correct: 0 points, [no-correction]
test_guess: 0 points, [amplitude-for-probability]
test_verdict: 0 points, [division-by-six-forgotten]
"""

# --- correct
def correct(state, bits):
    return state

# --- guess
def without_bits(sent, guess):
    a, b = sent
    states = {
        "00": ([a, b], [b, a], [a, -b], [-b, a]),
        "01": ([b, a], [a, b], [-b, a], [a, -b]),
        "10": ([a, -b], [b, -a], [a, b], [-b, -a]),
        "11": ([b, -a], [a, -b], [-b, -a], [a, b]),
    }[guess]
    passes = [abs(c * a + d * b) for c, d in states]
    return passes, sum(passes) / 4

# --- verdict
def verdict(passed, tested):
    f = passed / tested
    error = np.sqrt(np.sum(f * (1 - f) / tested) / 6)
    return np.mean(f), error, (np.mean(f) - 2 / 3) / error
