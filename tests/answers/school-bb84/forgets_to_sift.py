"""Counts the errors among all photons at night, and throws away only the public bits that differ.

test_compare: 0 points, [only-errors-thrown-away]
test_experiment: 0 points, With no Eve your error fraction is near 25 %, where it should be 0. Did you keep the mismatched bases? [kept-mismatched-bases]
test_catch: 0 points, [counted-all-photons]
"""

# --- compare
def compare(alice_key, bob_key, positions):
    alice_key, bob_key = np.array(alice_key), np.array(bob_key)
    wrong = [i for i in positions if alice_key[i] != bob_key[i]]
    return len(wrong) / len(positions), np.delete(alice_key, wrong), np.delete(bob_key, wrong)

# --- experiment
def experiment(photons, eve_listens, seed):
    rng = np.random.default_rng(seed)
    alice_bits = rng.integers(0, 2, size=photons)
    alice_bases = rng.integers(0, 2, size=photons)
    eve_bases = rng.integers(0, 2, size=photons)
    eve_coins = rng.integers(0, 2, size=photons)
    bob_bases = rng.integers(0, 2, size=photons)
    bob_coins = rng.integers(0, 2, size=photons)
    bits, bases = alice_bits, alice_bases
    if eve_listens:
        bits, bases = measure(alice_bits, alice_bases, eve_bases, eve_coins), eve_bases
    bob_bits = measure(bits, bases, bob_bases, bob_coins)
    return np.mean(alice_bits != bob_bits)

# --- catch
def chance_to_catch(compared):
    return 1 - (7 / 8) ** compared
