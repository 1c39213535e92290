"""Makes four passes and never goes back, counts ones for parities, and lets Eve become the reference.

test_predict: 0 points, [hash-keeps-places]
test_bounds: 0 points, [half-forgotten]
test_cascade: 0 points, [no-back-tracking]
test_hash: 0 points, [ones-counted]
test_length: 0 points, [tag-forgotten]
test_watch: 0 points, [alarms-in-the-reference]
"""

# --- predict
prediction = "a"

# --- bounds
def upper_bounds(wrong, tested, key_bits, eps):
    rate, log = wrong / tested, np.log(1 / eps)
    clopper_pearson = 1.0 if wrong == tested else stats.beta.ppf(1 - eps, wrong + 1, tested - wrong)
    serfling = rate + np.sqrt((key_bits + tested) * (tested + 1) * log / (key_bits * tested**2))
    return min(1, rate + np.sqrt(log / tested)), clopper_pearson, min(1, serfling)

# --- cascade
def cascade(alice, bob, sizes, orders):
    mended, told = bob.copy(), 0
    for size, order in zip(sizes, orders, strict=True):
        for at in range(0, len(order), size):
            part = order[at : at + size]
            told += 1
            if np.sum(alice[part] ^ mended[part]) % 2:
                while len(part) > 1:
                    first = part[: len(part) // 2]
                    told += 1
                    part = first if np.sum(alice[first] ^ mended[first]) % 2 else part[len(part) // 2 :]
                mended[part[0]] ^= 1
    return mended, told


def efficiency(length, errors, told):
    q = errors / length
    return told / length / -(q * np.log2(q) + (1 - q) * np.log2(1 - q))

# --- hash
def toeplitz_hash(key, seed, length):
    sums = signal.fftconvolve(np.asarray(seed, dtype=float), np.asarray(key, dtype=float))
    return np.rint(sums[len(key) - 1 : len(key) - 1 + length])

# --- length
def h(q):
    return -q * np.log2(q) - (1 - q) * np.log2(1 - q)


def key_length(key_bits, phase_error, told, tag_bits, eps):
    if phase_error >= 0.5:
        return 0, 0
    length = int(key_bits * (1 - h(phase_error)) - told - 2 * np.log2(1 / eps))
    return max(length, 0), max(length + key_bits - 1, 0)


def rate_of_block(total, tested, error_rate, efficiency_factor, tag_bits, eps):
    n = total - tested
    bound = upper_bounds(error_rate * tested, tested, n, eps)[2]
    return key_length(n, bound, efficiency_factor * n * h(error_rate), tag_bits, eps)[0] / total

# --- watch
def watch(tested, wrong, window, false_alarm):
    alarms = [0] * window
    for minute in range(window, len(tested)):
        bits, errors = tested[minute - window : minute].sum(), wrong[minute - window : minute].sum()
        p = stats.hypergeom.sf(wrong[minute] - 1, bits + tested[minute], errors + wrong[minute], tested[minute])
        alarms.append(int(p < false_alarm / (len(tested) - window)))
    return alarms
