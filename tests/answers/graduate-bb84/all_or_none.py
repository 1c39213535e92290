"""Tosses one coin for the whole run to decide whether Eve listens, and gives her a bit for every photon she takes.

test_predict: 0 points, [only-intercept-resend]
test_attack: 0 points, [eve-takes-all-or-none]
test_theory: 0 points, [eve-learns-all-she-takes]
"""

# --- predict
prediction = "d"

# --- attack
def intercept_resend(pulses, intercepted_fraction, rectilinear_probability, eve_rectilinear_probability, seed):
    rng = np.random.default_rng(seed)
    bits = rng.integers(0, 2, size=pulses)
    alice = (rng.random(pulses) > rectilinear_probability) * 1
    bob = (rng.random(pulses) > rectilinear_probability) * 1
    eve = (rng.random(pulses) > eve_rectilinear_probability) * 1
    sent, sent_bases = bits, alice
    if rng.random() < intercepted_fraction:
        sent = np.where(eve == alice, bits, rng.integers(0, 2, size=pulses))
        sent_bases = eve
    received = np.where(sent_bases == bob, sent, rng.integers(0, 2, size=pulses))
    sifted, errors = [], []
    for basis in (0, 1):
        kept = (alice == basis) & (bob == basis)
        sifted.append(kept.sum())
        errors.append((kept & (bits != received)).sum())
    return sifted, errors

# --- theory
def attack_in_theory(intercepted_fraction, rectilinear_probability, eve_rectilinear_probability):
    f, p, e = intercepted_fraction, rectilinear_probability, eve_rectilinear_probability
    rectilinear = f * (1 - e) / 2
    diagonal = f * e / 2
    average = (p**2 * rectilinear + (1 - p) ** 2 * diagonal) / (p**2 + (1 - p) ** 2)
    information = f if (p, e) != (0.5, 0.5) or f != 1 else 0.5
    return rectilinear, diagonal, average, information
