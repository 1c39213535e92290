"""A right answer in plain Python: loops, lists and Python's own integers, no NumPy beyond the coin tosses."""

# --- predict
prediction = " C) "

# --- measure
def measure(bits, bases, detector_bases, coins):
    shown = []
    for bit, basis, detector_basis, coin in zip(bits, bases, detector_bases, coins):
        if basis == detector_basis:
            shown.append(int(bit))
        else:
            shown.append(int(coin))
    return shown

# --- sift
def sift(alice_bits, bob_bits, alice_bases, bob_bases):
    alice_key, bob_key = [], []
    for i in range(len(alice_bits)):
        if alice_bases[i] == bob_bases[i]:
            alice_key.append(alice_bits[i])
            bob_key.append(bob_bits[i])
    return [alice_key, bob_key]

# --- compare
def compare(alice_key, bob_key, positions):
    errors = 0
    for i in positions:
        if alice_key[i] != bob_key[i]:
            errors += 1
    alice_rest = [bit for i, bit in enumerate(alice_key) if i not in positions]
    bob_rest = [bit for i, bit in enumerate(bob_key) if i not in positions]
    return errors / len(positions), alice_rest, bob_rest

# --- experiment
def experiment(photons, eve_listens, seed):
    rng = np.random.default_rng(seed)

    def toss():
        return [int(coin) for coin in rng.integers(0, 2, size=photons)]

    alice_bits, alice_bases, bob_bases = toss(), toss(), toss()
    bits, bases = alice_bits, alice_bases
    if eve_listens:
        eve_bases = toss()
        bits = measure(bits, bases, eve_bases, toss())
        bases = eve_bases
    bob_bits = measure(bits, bases, bob_bases, toss())
    a, b = sift(alice_bits, bob_bits, alice_bases, bob_bases)
    return sum(1 for x, y in zip(a, b) if x != y) / len(a)

# --- catch
def chance_to_catch(compared):
    escape = 1
    for _ in range(compared):
        escape *= 3 / 4
    return 1 - escape
