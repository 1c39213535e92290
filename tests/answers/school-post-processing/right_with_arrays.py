"""A right answer with NumPy throughout: exclusive or, sums over blocks, masks; numbers come as arrays and floats."""

# --- parity
def parity(bits):
    return np.bitwise_xor.reduce(np.asarray(bits))

# --- compare
def compare(alice, bob, size):
    return np.add.reduceat(alice != bob, np.arange(0, len(alice), size)) % 2 == 1

# --- bisect
def bisect(alice, bob):
    places, told = np.arange(len(alice)), 0
    while len(places) > 1:
        first, rest = np.split(places, [len(places) // 2])
        told += 1
        places = first if parity(alice[first] ^ bob[first]) else rest
    return np.array([places[0], told])

# --- one_pass
def one_pass(alice, bob, size, order):
    flips = np.zeros_like(bob)
    blocks = [order[at : at + size] for at in range(0, len(order), size)]
    told = len(blocks)
    for block in blocks:
        if parity(alice[block] ^ bob[block]):
            place, steps = bisect(alice[block], bob[block])
            flips[block[place]] = 1
            told += steps
    return bob ^ flips, told

# --- secret
def secret_length(length, told, eve_share, margin):
    return np.floor(np.maximum(length - told - eve_share * length - margin, 0.0))
