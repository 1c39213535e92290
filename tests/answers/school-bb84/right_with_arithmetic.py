"""A right answer in arithmetic: bits as small unsigned integers and booleans, masks as products, one array for two keys."""

# --- measure
def measure(bits, bases, detector_bases, coins):
    other = (bases ^ detector_bases).astype(np.uint8)
    return bits.astype(np.uint8) * (1 - other) + coins.astype(np.uint8) * other

# --- sift
def sift(alice_bits, bob_bits, alice_bases, bob_bases):
    return np.array([alice_bits, bob_bits], dtype=bool)[:, (alice_bases + bob_bases) % 2 == 0]

# --- compare
def compare(alice_key, bob_key, positions):
    rest = sorted(set(range(len(alice_key))) - set(positions.tolist()))
    differs = np.asarray(alice_key) ^ np.asarray(bob_key)
    return differs[positions].sum() / np.float64(positions.size), alice_key[rest], bob_key[rest]

# --- experiment
def experiment(photons, eve_listens, seed):
    rng = np.random.default_rng(seed)
    tosses = rng.random((6, photons)) < 0.5
    alice, basis, bob_basis, eve_basis, eve_coin, coin = tosses.astype(np.int8)
    if eve_listens:
        carried, carried_basis = measure(alice, basis, eve_basis, eve_coin), eve_basis
    else:
        carried, carried_basis = alice, basis
    kept = sift(alice, measure(carried, carried_basis, bob_basis, coin), basis, bob_basis)
    return np.logical_xor(kept[0], kept[1]).mean()

# --- catch
def chance_to_catch(compared):
    return -np.expm1(compared * np.log(0.75))

# --- explain_copying
"""Eve has one try for each photon, and no one has told her the basis yet.
In the wrong basis she reads a coin toss and sends a photon that knows nothing of Alice.
That happens half the time, and half of those bits are wrong: a quarter.
Alice and Bob must compare a part to see it, and that part is spoilt for the key, since Eve hears it."""
