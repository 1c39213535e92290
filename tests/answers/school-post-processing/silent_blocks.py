"""Thinks that a parity that agrees tells nothing, counts places from 1, and rounds the key up.

test_bisect: 0 points, [counted-from-one]
test_one_pass: 0 points, [agreeing-blocks-not-counted]
test_secret: 0 points, [rounded-up]
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
    return low + 1, told

# --- one_pass
def one_pass(alice, bob, size, order):
    mended, told = bob.copy(), 0
    for start in range(0, len(order), size):
        block = order[start : start + size]
        if parity(alice[block]) != parity(bob[block]):
            place, steps = bisect(alice[block], bob[block])
            told += 1 + steps
            mended[block[place - 1]] = 1 - mended[block[place - 1]]
    return mended, told

# --- secret
def secret_length(length, told, eve_share, margin):
    return max(0, int(np.ceil(length - told - eve_share * length - margin)))
