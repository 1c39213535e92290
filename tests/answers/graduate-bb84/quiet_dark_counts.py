"""Lets dark counts click but never err, and lets Eve choose with Alice's bias.

test_attack: 0 points, [eve-uses-alices-bias]
test_estimate: 0 points, [counted-agreements]
test_rate: 0 points, [dark-counts-never-err]
"""

# --- attack
def intercept_resend(pulses, intercepted_fraction, rectilinear_probability, eve_rectilinear_probability, seed):
    rng = np.random.default_rng(seed)

    def bases():
        return np.where(rng.random(pulses) < rectilinear_probability, 0, 1)

    def tosses():
        return rng.integers(0, 2, size=pulses)

    alice_bits, alice_bases, bob_bases, eve_bases = tosses(), bases(), bases(), bases()
    taken = rng.random(pulses) < intercepted_fraction
    bits = np.where(taken, np.where(eve_bases == alice_bases, alice_bits, tosses()), alice_bits)
    bob_bits = np.where(np.where(taken, eve_bases, alice_bases) == bob_bases, bits, tosses())
    kept = alice_bases == bob_bases
    sifted = [np.sum(kept & (alice_bases == b)) for b in (0, 1)]
    errors = [np.sum(kept & (alice_bases == b) & (alice_bits != bob_bits)) for b in (0, 1)]
    return sifted, errors

# --- estimate
def estimate_error_rate(alice_bits, bob_bits, z):
    n = len(alice_bits)
    q = np.mean(alice_bits == bob_bits)
    roots = sorted(np.roots([1 + z**2 / n, -(2 * q + z**2 / n), q**2]))
    return q, np.sqrt(q * (1 - q) / n), roots[0], roots[1]

# --- rate
def key_rate(length_km, loss_db_per_km, detector_efficiency, dark_count_probability, misalignment_error, efficiency):
    eta = detector_efficiency * 10 ** (-loss_db_per_km * length_km / 10)
    gain = eta + 2 * dark_count_probability
    q = misalignment_error * eta / gain
    return 0.5 * gain * secret_fraction(q, q, efficiency)
