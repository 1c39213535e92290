"""Believes that Eve makes errors in the basis she measures in, and that a wrong basis always flips the bit.

test_states: 0 points, [diagonal-bits-swapped]
test_attack: 0 points, [wrong-basis-always-errs]
test_theory: 0 points, [eve-disturbs-her-own-basis]
"""

# --- states
def signal_state(bit, basis):
    if basis == 0:
        return qutip.basis(2, bit)
    if bit == 0:
        return (qutip.basis(2, 0) - qutip.basis(2, 1)).unit()
    return (qutip.basis(2, 0) + qutip.basis(2, 1)).unit()


def outcome_probability(state, bit, basis):
    return abs(signal_state(bit, basis).overlap(state)) ** 2

# --- attack
def intercept_resend(pulses, intercepted_fraction, rectilinear_probability, eve_rectilinear_probability, seed):
    rng = np.random.default_rng(seed)
    alice_bits = rng.integers(0, 2, size=pulses)
    alice_bases = np.where(rng.random(pulses) < rectilinear_probability, 0, 1)
    bob_bases = np.where(rng.random(pulses) < rectilinear_probability, 0, 1)
    eve_bases = np.where(rng.random(pulses) < eve_rectilinear_probability, 0, 1)
    taken = rng.random(pulses) < intercepted_fraction
    kept = alice_bases == bob_bases
    wrong = kept & taken & (eve_bases != alice_bases)
    sifted = [np.sum(kept & (alice_bases == b)) for b in (0, 1)]
    errors = [np.sum(wrong & (alice_bases == b)) for b in (0, 1)]
    return sifted, errors

# --- theory
def attack_in_theory(intercepted_fraction, rectilinear_probability, eve_rectilinear_probability):
    f, p, e = intercepted_fraction, rectilinear_probability, eve_rectilinear_probability
    rectilinear = f * e / 2
    diagonal = f * (1 - e) / 2
    weight = p**2 / (p**2 + (1 - p) ** 2)
    return rectilinear, diagonal, weight * rectilinear + (1 - weight) * diagonal, f * (weight * e + (1 - weight) * (1 - e))
