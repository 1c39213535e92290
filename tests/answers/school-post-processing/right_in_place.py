"""A right answer that flips bits in the array it was given, and compares from the start of the block to the middle."""

# --- bisect
def bisect(alice, bob):
    low, high, told = 0, len(alice), 0
    while high - low > 1:
        middle = (low + high) // 2
        told += 1
        if np.sum(alice[:middle] != bob[:middle]) % 2:  # what lies before `low` agrees
            high = middle
        else:
            low = middle
    return [low, told]

# --- one_pass
def one_pass(alice, bob, size, order):
    told = 0
    for start in range(0, len(order), size):
        block = order[start : start + size]
        told += 1
        if parity(alice[block]) != parity(bob[block]):
            place, steps = bisect(alice[block], bob[block])
            bob[block[place]] = 1 - bob[block[place]]
            told += steps
    return bob, told
