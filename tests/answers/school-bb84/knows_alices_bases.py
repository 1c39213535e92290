"""Lets Eve write her bit in Alice's basis, compares the first bits of the keys, and forgets the brackets of a power.

test_experiment: 0 points, [eve-sends-in-alices-basis]
test_compare: 0 points, [compared-the-first-bits]
test_catch: 0 points, [brackets-forgotten]
"""

# --- compare
def compare(alice_key, bob_key, positions):
    count = len(positions)
    errors = sum(alice_key[i] != bob_key[i] for i in range(count))
    return errors / count, alice_key[count:], bob_key[count:]

# --- experiment
def experiment(photons, eve_listens, seed):
    rng = np.random.default_rng(seed)
    alice_bits = rng.integers(0, 2, size=photons)
    alice_bases = rng.integers(0, 2, size=photons)
    eve_bases = rng.integers(0, 2, size=photons)
    eve_coins = rng.integers(0, 2, size=photons)
    bob_bases = rng.integers(0, 2, size=photons)
    bob_coins = rng.integers(0, 2, size=photons)
    if eve_listens:
        eve_bits = measure(alice_bits, alice_bases, eve_bases, eve_coins)
        bob_bits = measure(eve_bits, alice_bases, bob_bases, bob_coins)
    else:
        bob_bits = measure(alice_bits, alice_bases, bob_bases, bob_coins)
    a, b = sift(alice_bits, bob_bits, alice_bases, bob_bases)
    return compare_all(a, b)


def compare_all(a, b):
    return sum(x != y for x, y in zip(a, b)) / len(a)

# --- catch
def chance_to_catch(compared):
    return 1 - 3 / 4 ** compared
