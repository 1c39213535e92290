"""Takes the longest way for every bisection, looks for errors where parities agree, and rounds Eve's part down.

test_bisect: 0 points, [logarithm-for-count]
test_one_pass: 0 points, [bits-compared]
test_secret: 0 points, [rounded-up]
"""

# --- bisect
def bisect(alice, bob):
    low, high = 0, len(alice)
    while high - low > 1:
        middle = (low + high) // 2
        if parity(alice[low:middle]) != parity(bob[low:middle]):
            high = middle
        else:
            low = middle
    return low, int(np.ceil(np.log2(len(alice))))

# --- one_pass
def one_pass(alice, bob, size, order):
    mended, told = bob, 0
    for start in range(0, len(order), size):
        block = order[start : start + size]
        told += 1
        if np.any(alice[block] != mended[block]):
            place, steps = bisect(alice[block], mended[block])
            mended[block[place]] = 1 - mended[block[place]]
            told += steps
    return mended, told

# --- secret
def secret_length(length, told, eve_share, margin):
    return max(0, length - told - int(eve_share * length) - margin)
