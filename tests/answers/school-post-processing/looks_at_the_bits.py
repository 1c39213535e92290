"""Uses Alice's bits, which Bob does not know: finds every error, in every block.

test_predict: 0 points, [agreeing-parity-means-no-error]
test_compare: 0 points, [bits-compared]
test_bisect: 0 points, [bits-compared]
test_one_pass: 0 points, [bits-compared]
test_secret: 0 points, [photons-forgotten]
"""

# --- predict
prediction = "a"

# --- compare
def compare(alice, bob, size):
    result = []
    for start in range(0, len(alice), size):
        result.append(1 if any(alice[start : start + size] != bob[start : start + size]) else 0)
    return result

# --- bisect
def bisect(alice, bob):
    for place in range(len(alice)):
        if alice[place] != bob[place]:
            return place, int(np.ceil(np.log2(len(alice))))

# --- one_pass
def one_pass(alice, bob, size, order):
    mended, told = bob.copy(), 0
    for start in range(0, len(order), size):
        told += 1
        for place in order[start : start + size]:
            if alice[place] != bob[place]:
                mended[place] = alice[place]
                told += 4
    return mended, told

# --- secret
def secret_length(length, told, eve_share, margin):
    return max(0, length - told - margin)
