"""Cuts neighbours in every pass, goes on with the half that agrees, and takes Eve's share of what is left.

test_predict: 0 points, [one-bit-tells-nothing]
test_compare: 0 points, [agree-and-differ-exchanged]
test_bisect: 0 points, [half-that-agrees]
test_one_pass: 0 points, [order-ignored]
test_secret: 0 points, [share-of-the-rest]
"""

# --- predict
prediction = "e"

# --- compare
def compare(alice, bob, size):
    starts = range(0, len(alice), size)
    return [int(parity(alice[at : at + size]) == parity(bob[at : at + size])) for at in starts]

# --- bisect
def bisect(alice, bob):
    low, high, told = 0, len(alice), 0
    while high - low > 1:
        middle = (low + high) // 2
        told += 1
        if parity(alice[low:middle]) == parity(bob[low:middle]):
            high = middle
        else:
            low = middle
    return low, told

# --- one_pass
def halve(alice, bob):
    low, high, told = 0, len(alice), 0
    while high - low > 1:
        middle = (low + high) // 2
        told += 1
        if parity(alice[low:middle]) != parity(bob[low:middle]):
            high = middle
        else:
            low = middle
    return low, told


def one_pass(alice, bob, size, order):
    mended, told = bob.copy(), 0
    for start in range(0, len(bob), size):
        told += 1
        if parity(alice[start : start + size]) != parity(bob[start : start + size]):
            place, steps = halve(alice[start : start + size], bob[start : start + size])
            told += steps
            mended[start + place] = 1 - mended[start + place]
    return mended, told

# --- secret
def secret_length(length, told, eve_share, margin):
    return max(0, int((length - told) * (1 - eve_share) - margin))
