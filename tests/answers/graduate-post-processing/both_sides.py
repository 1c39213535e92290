"""Shares every eps between two sides, lets both halves be told, exchanges rows and columns, and forgets "or more".

test_predict: 0 points, [errors-must-be-even]
test_bounds: 0 points, [two-sided]
test_cascade: 0 points, [both-halves-told]
test_hash: 0 points, [matrix-transposed]
test_length: 0 points, [half-the-safety]
test_chance: 0 points, [or-more-forgotten]
"""

# --- predict
prediction = "b"

# --- bounds
def upper_bounds(wrong, tested, key_bits, eps):
    rate, log = wrong / tested, np.log(2 / eps)
    clopper_pearson = 1.0 if wrong == tested else stats.beta.ppf(1 - eps / 2, wrong + 1, tested - wrong)
    serfling = rate + np.sqrt((key_bits + tested) * (tested + 1) * log / (2 * key_bits * tested**2))
    return min(1, rate + np.sqrt(log / (2 * tested))), clopper_pearson, min(1, serfling)

# --- cascade
def cascade(alice, bob, sizes, orders):
    mended, told, blocks = bob.copy(), 0, []

    def differ(places):
        return np.sum(alice[places] ^ mended[places]) % 2 == 1

    for size, order in zip(sizes, orders, strict=True):
        new = [order[at : at + size] for at in range(0, len(order), size)]
        told += len(new)
        blocks = sorted(blocks + new, key=len)
        while any(map(differ, blocks)):
            part = next(block for block in blocks if differ(block))
            while len(part) > 1:
                half = len(part) // 2
                told += 2
                part = part[:half] if differ(part[:half]) else part[half:]
            mended[part[0]] ^= 1
    return mended, told


def efficiency(length, errors, told):
    q = errors / length
    return told / (length * (-q * np.log2(q) - (1 - q) * np.log2(1 - q)))

# --- hash
def toeplitz_hash(key, seed, length):
    turned = np.asarray(seed, dtype=float)[::-1]
    return np.rint(signal.fftconvolve(turned, np.asarray(key, dtype=float))[len(key) - 1 :][:length]) % 2

# --- length
def h(q):
    return -q * np.log2(q) - (1 - q) * np.log2(1 - q)


def key_length(key_bits, phase_error, told, tag_bits, eps):
    if phase_error >= 0.5:
        return 0, 0
    length = int(key_bits * (1 - h(phase_error)) - told - tag_bits - np.log2(1 / eps))
    return max(length, 0), max(length + key_bits - 1, 0)


def rate_of_block(total, tested, error_rate, efficiency_factor, tag_bits, eps):
    n = total - tested
    bound = upper_bounds(error_rate * tested, tested, n, eps)[2]
    return key_length(n, bound, efficiency_factor * n * h(error_rate), tag_bits, eps)[0] / total

# --- chance
def chance(wrong, tested, reference_wrong, reference_tested):
    return stats.hypergeom.sf(wrong, reference_tested + tested, reference_wrong + wrong, tested)
