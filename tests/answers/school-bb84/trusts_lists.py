"""Compares two lists as a whole in the night with Eve, and adds the chances without an upper limit.

test_experiment: 0 points, [lists-compared-as-a-whole]
test_catch: 0 points, [added-chances]
"""

# --- experiment
def experiment(photons, eve_listens, seed):
    rng = np.random.default_rng(seed)
    a, x, y = rng.integers(0, 2, size=(3, photons))
    bits, bases = a, x
    if eve_listens:
        e = rng.integers(0, 2, size=photons)
        bits, bases = measure(a, x, e, rng.integers(0, 2, size=photons)), e
    b = measure(bits, bases, y, rng.integers(0, 2, size=photons))
    alice_key, bob_key = sift(a, b, x, y)
    return np.mean(list(alice_key) != list(bob_key))

# --- catch
def chance_to_catch(compared):
    return compared / 4
