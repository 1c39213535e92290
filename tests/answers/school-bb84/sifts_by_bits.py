"""Sifts by comparing the bits, so that no error is ever seen.

test_sift: 0 points, [compared-bits-not-bases]
test_experiment: 0 points, [follows-from-task-3]
"""

# --- sift
def sift(alice_bits, bob_bits, alice_bases, bob_bases):
    alice_key = []
    bob_key = []
    for i in range(len(alice_bits)):
        if alice_bits[i] == bob_bits[i]:
            alice_key.append(alice_bits[i])
            bob_key.append(bob_bits[i])
    return alice_key, bob_key

# --- experiment
def experiment(photons, eve_listens, seed):
    rng = np.random.default_rng(seed)
    bits = rng.integers(0, 2, size=photons)
    bases = rng.integers(0, 2, size=photons)
    bob_bases = rng.integers(0, 2, size=photons)
    sent, sent_bases = bits, bases
    if eve_listens:
        eve_bases = rng.integers(0, 2, size=photons)
        sent = measure(bits, bases, eve_bases, rng.integers(0, 2, size=photons))
        sent_bases = eve_bases
    bob = measure(sent, sent_bases, bob_bases, rng.integers(0, 2, size=photons))
    a, b = sift(bits, bob, bases, bob_bases)
    wrong = 0
    for x, y in zip(a, b):
        if x != y:
            wrong = wrong + 1
    return wrong / len(a)
