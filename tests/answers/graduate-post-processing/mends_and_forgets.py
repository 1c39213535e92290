"""Thinks that mending removes Eve, cuts neighbours in every pass, and lets the whole run be the reference.

test_predict: 0 points, [mending-removes-eve]
test_bounds: 0 points, [key-bits-for-test-bits]
test_cascade: 0 points, [orders-ignored]
test_hash: 0 points, [convolution-from-its-start]
test_length: 0 points, [leakage-forgotten]
test_watch: 0 points, [mean-of-the-run]
"""

# --- predict
prediction = "c"

# --- bounds
def upper_bounds(wrong, tested, key_bits, eps):
    rate, log = wrong / tested, np.log(1 / eps)
    clopper_pearson = 1.0 if wrong == tested else stats.beta.ppf(1 - eps, wrong + 1, tested - wrong)
    serfling = rate + np.sqrt((key_bits + tested) * (key_bits + 1) * log / (2 * tested * key_bits**2))
    return min(1, rate + np.sqrt(log / (2 * tested))), clopper_pearson, min(1, serfling)

# --- cascade
def cascade(alice, bob, sizes, orders):
    mended, told, blocks = bob.copy(), 0, []

    def differ(places):
        return np.sum(alice[places] ^ mended[places]) % 2 == 1

    for size in sizes:
        new = [np.arange(at, min(at + size, len(bob))) for at in range(0, len(bob), size)]
        told += len(new)
        blocks = sorted(blocks + new, key=len)
        while any(map(differ, blocks)):
            part = next(block for block in blocks if differ(block))
            while len(part) > 1:
                half = len(part) // 2
                told += 1
                part = part[:half] if differ(part[:half]) else part[half:]
            mended[part[0]] ^= 1
    return mended, told


def efficiency(length, errors, told):
    q = errors / length
    return told / (length * (-q * np.log2(q) - (1 - q) * np.log2(1 - q)))

# --- hash
def toeplitz_hash(key, seed, length):
    return np.convolve(seed.astype(int), key.astype(int))[:length] % 2

# --- length
def h(q):
    return -q * np.log2(q) - (1 - q) * np.log2(1 - q)


def key_length(key_bits, phase_error, told, tag_bits, eps):
    if phase_error >= 0.5:
        return 0, 0
    length = int(key_bits * (1 - h(phase_error)) - tag_bits - 2 * np.log2(1 / eps))
    return max(length, 0), max(length + key_bits - 1, 0)

# --- watch
def watch(tested, wrong, window, false_alarm):
    alarms = [0] * window
    for minute in range(window, len(tested)):
        p = stats.hypergeom.sf(wrong[minute] - 1, tested.sum(), wrong.sum(), tested[minute])
        alarms.append(int(p < false_alarm / (len(tested) - window)))
    return alarms
