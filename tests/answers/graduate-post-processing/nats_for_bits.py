"""Mixes up logarithms: base 2 in the bounds, base e in entropies; forgets the second term; takes rates for exact.

test_bounds: 0 points, [logarithm-of-base-two]
test_cascade: 0 points, [natural-logarithm]
test_length: 0 points, [natural-logarithm]
test_chance: 0 points, [reference-taken-for-exact]
"""

# --- bounds
def upper_bounds(wrong, tested, key_bits, eps):
    rate, log = wrong / tested, np.log2(1 / eps)
    clopper_pearson = 1.0 if wrong == tested else stats.beta.ppf(1 - eps, wrong + 1, tested - wrong)
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
                told += 1
                part = part[:half] if differ(part[:half]) else part[half:]
            mended[part[0]] ^= 1
    return mended, told


def efficiency(length, errors, told):
    q = errors / length
    return told / (length * (-q * np.log(q) - (1 - q) * np.log(1 - q)))

# --- length
def h(q):
    return -q * np.log2(q) - (1 - q) * np.log2(1 - q)


def key_length(key_bits, phase_error, told, tag_bits, eps):
    if phase_error >= 0.5:
        return 0, 0
    length = int(key_bits * (1 - h(phase_error)) - told - tag_bits - 2 * np.log(1 / eps))
    return max(length, 0), max(length + key_bits - 1, 0)

# --- chance
def chance(wrong, tested, reference_wrong, reference_tested):
    return stats.binom.sf(wrong - 1, tested, reference_wrong / reference_tested)
