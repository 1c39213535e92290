"""Takes standard errors for the tail, hears no block parities, and plans with the error rate as it is.

test_predict: 0 points, [below-threshold-means-secret]
test_bounds: 0 points, [standard-errors-for-tail]
test_cascade: 0 points, [block-parities-not-counted]
test_hash: 0 points, [hankel-for-toeplitz]
test_length: 0 points, [no-confidence-bound]
test_watch: 0 points, [many-looks-one-limit]
"""

# --- predict
prediction = "e"

# --- bounds
def upper_bounds(wrong, tested, key_bits, eps):
    rate = wrong / tested
    bound = rate + stats.norm.isf(eps) * np.sqrt(rate * (1 - rate) / tested)
    return bound, bound, bound

# --- cascade
def cascade(alice, bob, sizes, orders):
    mended, told, blocks = bob.copy(), 0, []

    def differ(places):
        return np.sum(alice[places] ^ mended[places]) % 2 == 1

    for size, order in zip(sizes, orders, strict=True):
        blocks += [order[at : at + size] for at in range(0, len(order), size)]
        blocks.sort(key=len)
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
    sums = signal.fftconvolve(np.asarray(seed, dtype=float), np.asarray(key[::-1], dtype=float))
    return np.rint(sums[len(key) - 1 : len(key) - 1 + length]) % 2

# --- length
def h(q):
    return -q * np.log2(q) - (1 - q) * np.log2(1 - q)


def key_length(key_bits, phase_error, told, tag_bits, eps):
    if phase_error >= 0.5:
        return 0, 0
    length = int(key_bits * (1 - h(phase_error)) - told - tag_bits - 2 * np.log2(1 / eps))
    return (length, length + key_bits - 1) if length > 0 else (0, 0)


def rate_of_block(total, tested, error_rate, efficiency_factor, tag_bits, eps):
    n = total - tested
    return key_length(n, error_rate, efficiency_factor * n * h(error_rate), tag_bits, eps)[0] / total

# --- watch
def watch(tested, wrong, window, false_alarm):
    alarms, quiet = np.zeros(len(tested)), list(range(window))
    for minute in range(window, len(tested)):
        bits, errors = tested[quiet[-window:]].sum(), wrong[quiet[-window:]].sum()
        p = stats.hypergeom.sf(wrong[minute] - 1, bits + tested[minute], errors + wrong[minute], tested[minute])
        if p < false_alarm:
            alarms[minute] = 1
        else:
            quiet.append(minute)
    return alarms
