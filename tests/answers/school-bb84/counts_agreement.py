"""Counts the bits that agree and calls that the error fraction; divides the night's errors by all photons.

test_compare: 0 points, [counted-agreements]
test_predict: 0 points, [counted-all-photons]
test_experiment: 0 points, [counted-all-photons]
"""

# --- predict
prediction = "b"

# --- compare
def compare(alice_key, bob_key, positions):
    error_fraction = np.mean(alice_key[positions] == bob_key[positions])
    return error_fraction, np.delete(alice_key, positions), np.delete(bob_key, positions)

# --- experiment
def experiment(photons, eve_listens, seed):
    rng = np.random.default_rng(seed)
    alice_bits = rng.integers(0, 2, size=photons)
    alice_bases = rng.integers(0, 2, size=photons)
    bob_bases = rng.integers(0, 2, size=photons)
    bits, bases = alice_bits, alice_bases
    if eve_listens:
        eve_bases = rng.integers(0, 2, size=photons)
        bits = measure(bits, bases, eve_bases, rng.integers(0, 2, size=photons))
        bases = eve_bases
    bob_bits = measure(bits, bases, bob_bases, rng.integers(0, 2, size=photons))
    alice_key, bob_key = sift(alice_bits, bob_bits, alice_bases, bob_bases)
    return sum(alice_key != bob_key) / photons
