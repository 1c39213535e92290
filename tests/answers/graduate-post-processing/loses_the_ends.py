"""Loses the short block of a pass, rounds no transform, seeds no key, counts both tails, and forgets minutes.

test_cascade: 0 points, [last-block-left-out]
test_hash: 0 points, [fourier-not-rounded]
test_length: 0 points, [seed-for-no-key]
test_chance: 0 points, [two-sided]
test_watch: 0 points, [reference-too-short]
"""

# --- cascade
def cascade(alice, bob, sizes, orders):
    mended, blocks, told = bob.copy(), [], 0
    for size, order in zip(sizes, orders):
        new = [order[start : start + size] for start in range(0, len(order) - size + 1, size)]
        blocks, told = blocks + new, told + len(new)
        while True:
            odd = [block for block in blocks if np.sum(alice[block] ^ mended[block]) % 2]
            if not odd:
                break
            part = min(odd, key=len)
            while len(part) > 1:
                half, told = part[: len(part) // 2], told + 1
                part = half if np.sum(alice[half] ^ mended[half]) % 2 else part[len(part) // 2 :]
            mended[part[0]] = 1 - mended[part[0]]
    return mended, told


def efficiency(length, errors, told):
    q = errors / length
    return told / (length * (-q * np.log2(q) - (1 - q) * np.log2(1 - q)))

# --- hash
def toeplitz_hash(key, seed, length):
    sums = signal.fftconvolve(np.asarray(key, dtype=float), np.asarray(seed, dtype=float))
    return sums[len(key) - 1 : len(key) - 1 + length] % 2

# --- length
def h(q):
    return -q * np.log2(q) - (1 - q) * np.log2(1 - q)


def key_length(key_bits, phase_error, told, tag_bits, eps):
    ignorance = 0 if phase_error >= 0.5 else key_bits * (1 - h(phase_error))
    length = max(0, int(np.floor(ignorance - told - tag_bits - 2 * np.log2(1 / eps))))
    return length, key_bits + length - 1


def rate_of_block(total, tested, error_rate, efficiency_factor, tag_bits, eps):
    n = total - tested
    bound = upper_bounds(round(error_rate * tested), tested, n, eps)[2]
    return key_length(n, bound, efficiency_factor * n * h(error_rate), tag_bits, eps)[0] / total

# --- chance
def chance(wrong, tested, reference_wrong, reference_tested):
    return stats.fisher_exact([[wrong, tested - wrong], [reference_wrong, reference_tested - reference_wrong]])[1]

# --- watch
def watch(tested, wrong, window, false_alarm):
    alarms = np.zeros(len(tested), dtype=int)
    for minute in range(window, len(tested)):
        before = [other for other in range(minute - window, minute) if not alarms[other]]
        if before:
            bits, errors = np.sum(tested[before]), np.sum(wrong[before])
            p = stats.hypergeom.sf(wrong[minute] - 1, bits + tested[minute], errors + wrong[minute], tested[minute])
            alarms[minute] = p < false_alarm / (len(tested) - window)
    return alarms
