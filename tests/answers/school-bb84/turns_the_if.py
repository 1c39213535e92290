"""Lets Eve come on the wrong night, exchanges the two keys' rests, and wants exactly one bit to differ.

test_compare: 0 points, [one-key-twice]
test_experiment: 0 points, [eve-on-the-wrong-night]
test_catch: 0 points, [exactly-one-differs]
"""

# --- compare
def compare(alice_key, bob_key, positions):
    differ = [int(alice_key[i] != bob_key[i]) for i in positions]
    return sum(differ) / len(differ), np.delete(bob_key, positions), np.delete(alice_key, positions)

# --- experiment
def experiment(photons, eve_listens, seed):
    rng = np.random.default_rng(seed)
    alice_bits = rng.integers(0, 2, size=photons)
    alice_bases = rng.integers(0, 2, size=photons)
    eve_bases = rng.integers(0, 2, size=photons)
    eve_coins = rng.integers(0, 2, size=photons)
    bob_bases = rng.integers(0, 2, size=photons)
    bob_coins = rng.integers(0, 2, size=photons)
    if not eve_listens:
        eve_bits = measure(alice_bits, alice_bases, eve_bases, eve_coins)
        bob_bits = measure(eve_bits, eve_bases, bob_bases, bob_coins)
    else:
        bob_bits = measure(alice_bits, alice_bases, bob_bases, bob_coins)
    alice_key, bob_key = sift(alice_bits, bob_bits, alice_bases, bob_bases)
    return sum(np.array(alice_key) != np.array(bob_key)) / len(alice_key)

# --- catch
def chance_to_catch(compared):
    return compared * (1 / 4) * (3 / 4) ** (compared - 1) if compared else 0
