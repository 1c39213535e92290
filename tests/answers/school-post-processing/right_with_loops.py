"""A right answer with plain lists and loops, a recursion for the bisection, and a last block treated by itself."""

# --- predict
prediction = "(C)"

# --- parity
def parity(bits):
    odd = False
    for bit in bits:
        if bit == 1:
            odd = not odd
    return odd

# --- compare
def compare(alice, bob, size):
    result = []
    while len(alice) > 0:
        if parity(alice[:size]) == parity(bob[:size]):
            result.append(0)
        else:
            result.append(1)
        alice, bob = alice[size:], bob[size:]
    return result

# --- bisect
def bisect(alice, bob):
    alice, bob = list(alice), list(bob)
    if len(alice) == 1:
        return [0, 0]
    half = len(alice) // 2
    if parity(alice[:half]) != parity(bob[:half]):
        place, told = bisect(alice[:half], bob[:half])
    else:
        place, told = bisect(alice[half:], bob[half:])
        place += half
    return [place, told + 1]

# --- one_pass
def one_pass(alice, bob, size, order):
    mended = [int(bit) for bit in bob]
    told = 0
    for number in range(-(-len(order) // size)):
        block = [int(place) for place in order[number * size : (number + 1) * size]]
        hers, his = [alice[place] for place in block], [mended[place] for place in block]
        told += 1
        if parity(hers) != parity(his):
            place, steps = bisect(hers, his)
            told = told + steps
            mended[block[place]] = 1 - mended[block[place]]
    return mended, told

# --- secret
def secret_length(length, told, eve_share, margin):
    left = length - told - eve_share * length - margin
    if left < 0:
        return 0
    return int(left)
