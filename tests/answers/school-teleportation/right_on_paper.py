"""A right answer in plain Python: cases worked out on paper, lists, other signs of whole states, a share known to be 1/2.

"""

# --- predict
prediction = "(c)"

# --- holds
def bob_holds(sent, result):
    a, b = float(sent[0]), float(sent[1])
    if result == "phi+":
        state = [-a, -b]
    elif result == "psi+":
        state = [b, a]
    elif result == "phi-":
        state = [-a, b]
    else:
        state = [b, -a]
    return 1 / 4, state

# --- correct
def correct(state, bits):
    p, q = state
    if bits == "00":
        return (p, q)
    if bits == "01":
        return (q, p)
    if bits == "10":
        return (p, -q)
    return (q, -p)

# --- guess
def without_bits(sent, guess):
    passes = []
    for result in ["phi+", "psi+", "phi-", "psi-"]:
        c, d = correct(bob_holds(sent, result)[1], guess)
        passes.append((c * sent[0] + d * sent[1]) ** 2)
    return passes, 0.5

# --- verdict
def verdict(passed, tested):
    total, squares = 0, 0
    for p, n in zip(passed, tested):
        f = int(p) / int(n)
        total += f
        squares += f * (1 - f) / int(n)
    mean, error = total / 6, squares**0.5 / 6
    return [mean, error, (mean - 2 / 3) / error]
