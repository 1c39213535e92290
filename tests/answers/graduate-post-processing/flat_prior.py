"""Takes Bayes for Clopper and Pearson, hears Bob's parities too, needs a bit too many of the seed, and a normal tail.

test_bounds: 0 points, [or-fewer-forgotten]
test_cascade: 0 points, [both-sides-counted]
test_hash: 0 points, [convolution-off-by-one]
test_length: 0 points, [seed-off-by-one]
test_chance: 0 points, [normal-tail]
"""

# --- bounds
def upper_bounds(wrong, tested, key_bits, eps):
    rate, log = wrong / tested, np.log(1 / eps)
    clopper_pearson = stats.beta.ppf(1 - eps, wrong + 1, tested - wrong + 1)
    serfling = rate + np.sqrt((key_bits + tested) * (tested + 1) * log / (2 * key_bits * tested**2))
    return min(1, rate + np.sqrt(log / (2 * tested))), clopper_pearson, min(1, serfling)

# --- cascade
def cascade(alice, bob, sizes, orders):
    mended, told, blocks = bob.copy(), 0, []

    def differ(places):
        return np.sum(alice[places] ^ mended[places]) % 2 == 1

    for size, order in zip(sizes, orders, strict=True):
        new = [order[at : at + size] for at in range(0, len(order), size)]
        told += 2 * len(new)
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
    sums = np.convolve(np.append(seed, 0).astype(int), np.asarray(key).astype(int))
    return sums[len(key) : len(key) + length] % 2

# --- length
def h(q):
    return -q * np.log2(q) - (1 - q) * np.log2(1 - q)


def key_length(key_bits, phase_error, told, tag_bits, eps):
    if phase_error >= 0.5:
        return 0, 0
    length = int(key_bits * (1 - h(phase_error)) - told - tag_bits - 2 * np.log2(1 / eps))
    return max(length, 0), max(length + key_bits, 0)


def rate_of_block(total, tested, error_rate, efficiency_factor, tag_bits, eps):
    n = total - tested
    bound = upper_bounds(error_rate * tested, tested, n, eps)[2]
    return key_length(n, bound, efficiency_factor * n * h(error_rate), tag_bits, eps)[0] / total

# --- chance
def chance(wrong, tested, reference_wrong, reference_tested):
    rate = reference_wrong / reference_tested
    return stats.norm.sf((wrong / tested - rate) / np.sqrt(rate * (1 - rate) / tested))
