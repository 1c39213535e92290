"""Lets Eve read every photon without disturbing it: Bob gets Alice's own photon.

test_predict: 0 points, [eve-copies-for-free]
test_experiment: 0 points, [eve-leaves-no-trace]
"""

# --- predict
prediction = "a"

# --- experiment
def experiment(photons, eve_listens, seed):
    rng = np.random.default_rng(seed)
    alice_bits = rng.integers(0, 2, size=photons)
    alice_bases = rng.integers(0, 2, size=photons)
    bob_bases = rng.integers(0, 2, size=photons)
    if eve_listens:
        eve_bases = rng.integers(0, 2, size=photons)
        eve_bits = measure(alice_bits, alice_bases, eve_bases, rng.integers(0, 2, size=photons))
    bob_bits = measure(alice_bits, alice_bases, bob_bases, rng.integers(0, 2, size=photons))
    alice_key, bob_key = sift(alice_bits, bob_bits, alice_bases, bob_bases)
    return np.mean(alice_key != bob_key)
