"""Bob corrects for a result that nobody has told him; a claim is compared with a coin.

test_guess: 0 points, [bob-knows-the-result]
test_verdict: 0 points, [compared-with-a-coin]
"""

# --- guess
def without_bits(sent, guess):
    bits = {"phi+": "00", "psi+": "01", "phi-": "10", "psi-": "11"}
    passes = []
    for result in bits:
        chance, state = bob_holds(sent, result)
        state = correct(state, bits[result])
        passes.append((state[0] * sent[0] + state[1] * sent[1]) ** 2)
    return passes, sum(passes) / 4

# --- verdict
def verdict(passed, tested):
    f = passed / tested
    error = np.sqrt(np.sum(f * (1 - f) / tested)) / 6
    return np.mean(f), error, (np.mean(f) - 1 / 2) / error
