"""Lets Alice tell both halves (which costs nothing again in task 5), cuts off the short block, takes the share as bits.

test_predict: 0 points, [at-most-one-error]
test_parity: 0 points, [even-and-odd-exchanged]
test_compare: 0 points, [last-block-left-out]
test_bisect: 0 points, [both-halves-told]
test_secret: 0 points, [share-for-number]
"""

# --- predict
prediction = "B."

# --- parity
def parity(bits):
    return 1 - sum(bits) % 2

# --- compare
def compare(alice, bob, size):
    result = []
    for number in range(len(alice) // size):
        block = slice(number * size, (number + 1) * size)
        result.append(int(parity(alice[block]) != parity(bob[block])))
    return result

# --- bisect
def bisect(alice, bob):
    low, high, told = 0, len(alice), 0
    while high - low > 1:
        middle = (low + high) // 2
        told += 2
        if parity(alice[low:middle]) != parity(bob[low:middle]):
            high = middle
        else:
            low = middle
    return low, told

# --- secret
def secret_length(length, told, eve_share, margin):
    return max(0, int(length - told - eve_share - margin))
