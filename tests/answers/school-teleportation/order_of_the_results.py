"""Writes over a number before reading it; lists the results in another order; leaves out the sign of the distance.

test_correct: 0 points, [overwritten-before-exchange]
test_guess: 0 points, [order-of-the-results]
test_verdict: 0 points, [sign-of-the-distance]
"""

# --- correct
def correct(state, bits):
    first, second = state
    if bits[1] == "1":
        first = second
        second = first
    if bits[0] == "1":
        second = -second
    return [first, second]

# --- guess
def without_bits(sent, guess):
    a, b = sent
    passes = []
    for first, second in ([a, b], [a, -b], [b, a], [-b, a]):
        if guess in ("01", "11"):
            first, second = second, first
        if guess in ("10", "11"):
            second = -second
        passes.append((first * a + second * b) ** 2)
    return passes, sum(passes) / 4

# --- verdict
def verdict(passed, tested):
    f = passed / tested
    error = np.sqrt(np.sum(f * (1 - f) / tested)) / 6
    return np.mean(f), error, abs(np.mean(f) - 2 / 3) / error
