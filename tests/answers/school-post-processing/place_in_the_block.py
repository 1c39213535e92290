"""Flips the place in the block, counts the bits for the parities, and gives a key of negative length.

test_parity: 0 points, [half-for-parity]
test_bisect: 0 points, [every-bit-told]
test_one_pass: 0 points, [place-in-the-block]
test_secret: 0 points, [negative-length]
"""

# --- parity
def parity(bits):
    return sum(bits) // 2

# --- compare
def odd(bits):
    return sum(bits) % 2


def compare(alice, bob, size):
    starts = range(0, len(alice), size)
    return [int(odd(alice[at : at + size]) != odd(bob[at : at + size])) for at in starts]

# --- bisect
def bisect(alice, bob):
    low, high = 0, len(alice)
    while high - low > 1:
        middle = (low + high) // 2
        if odd(alice[low:middle]) != odd(bob[low:middle]):
            high = middle
        else:
            low = middle
    return low, len(alice)

# --- one_pass
def one_pass(alice, bob, size, order):
    mended, told = bob.copy(), 0
    for start in range(0, len(order), size):
        block = order[start : start + size]
        told += 1
        if odd(alice[block]) != odd(bob[block]):
            place, steps = bisect(alice[block], bob[block])
            told += steps
            mended[place] = 1 - mended[place]
    return mended, told

# --- secret
def secret_length(length, told, eve_share, margin):
    return np.floor(length - told - eve_share * length - margin)
