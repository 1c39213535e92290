"""Keeps the pulses whose bases differ, too, and counts them by Alice's basis; the average is not weighted.

test_attack: 0 points, With no Eve your error rate is near 25 %, where it should be 0. Did you keep the mismatched bases? [kept-mismatched-bases]
test_theory: 0 points, [averaged-without-weights]
"""

# --- attack
def intercept_resend(pulses, intercepted_fraction, rectilinear_probability, eve_rectilinear_probability, seed):
    rng = np.random.default_rng(seed)
    alice_bits = rng.integers(0, 2, size=pulses)
    alice_bases = np.where(rng.random(pulses) < rectilinear_probability, 0, 1)
    bob_bases = np.where(rng.random(pulses) < rectilinear_probability, 0, 1)
    eve_bases = np.where(rng.random(pulses) < eve_rectilinear_probability, 0, 1)
    taken = rng.random(pulses) < intercepted_fraction
    eve_bits = np.where(eve_bases == alice_bases, alice_bits, rng.integers(0, 2, size=pulses))
    bits = np.where(taken, eve_bits, alice_bits)
    bases = np.where(taken, eve_bases, alice_bases)
    bob_bits = np.where(bases == bob_bases, bits, rng.integers(0, 2, size=pulses))
    wrong = alice_bits != bob_bits
    sifted = [(alice_bases == 0).sum(), (alice_bases == 1).sum()]
    errors = [wrong[alice_bases == 0].sum(), wrong[alice_bases == 1].sum()]
    return sifted, errors

# --- theory
def attack_in_theory(intercepted_fraction, rectilinear_probability, eve_rectilinear_probability):
    f, p, e = intercepted_fraction, rectilinear_probability, eve_rectilinear_probability
    rectilinear = f * (1 - e) / 2
    diagonal = f * e / 2
    return rectilinear, diagonal, (rectilinear + diagonal) / 2, f / 2
