"""A right answer that mixes what the hints offer: a list out of measure, masks in sift, compare with all positions."""

# --- measure
def measure(bits, bases, detector_bases, coins):
    shown = []
    for i in range(len(bits)):
        if bases[i] == detector_bases[i]:
            shown.append(bits[i])
        else:
            shown.append(coins[i])
    return shown

# --- sift
def sift(alice_bits, bob_bits, alice_bases, bob_bases):
    alice_bits, bob_bits = np.array(alice_bits), np.array(bob_bits)  # given: lists become arrays
    alice_key = alice_bits[alice_bases == bob_bases]
    bob_key = bob_bits[alice_bases == bob_bases]
    return list(alice_key), list(bob_key)

# --- compare
def compare(alice_key, bob_key, positions):
    alice_key, bob_key = np.array(alice_key), np.array(bob_key)  # given: lists become arrays
    error_fraction = np.mean(alice_key[positions] != bob_key[positions])
    alice_rest = [bit for i, bit in enumerate(alice_key) if i not in positions]
    bob_rest = [bit for i, bit in enumerate(bob_key) if i not in positions]
    return error_fraction, alice_rest, bob_rest

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
        bob_bits = measure(eve_bits, eve_bases, bob_bases, bob_coins)
    else:
        bob_bits = measure(alice_bits, alice_bases, bob_bases, bob_coins)
    a, b = sift(alice_bits, bob_bits, alice_bases, bob_bases)
    return compare(a, b, np.arange(len(a)))[0]
