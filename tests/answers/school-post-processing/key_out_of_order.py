"""Gives Bob's key in the order of the blocks, exchanges what is returned, gives what is lost for what is left.

test_bisect: 0 points, [told-first]
test_one_pass: 0 points, [key-in-another-order]
test_secret: 0 points, [eves-part]
"""

# --- bisect
def bisect(alice, bob):
    low, high, told = 0, len(alice), 0
    while high - low > 1:
        middle = (low + high) // 2
        told += 1
        if parity(alice[low:middle]) != parity(bob[low:middle]):
            high = middle
        else:
            low = middle
    return told, low

# --- one_pass
def one_pass(alice, bob, size, order):
    alice, mended, told = alice[order], bob[order], 0
    for start in range(0, len(order), size):
        told += 1
        block = slice(start, start + size)
        if parity(alice[block]) != parity(mended[block]):
            steps, place = bisect(alice[block], mended[block])
            told += steps
            mended[start + place] = 1 - mended[start + place]
    return mended, told

# --- secret
def secret_length(length, told, eve_share, margin):
    return int(np.ceil(told + eve_share * length + margin))
