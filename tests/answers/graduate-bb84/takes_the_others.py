"""Lets Eve take the other photons, counts lucky guesses as knowledge, fixes z, and uses the misalignment for Q.

test_states: 0 points, [degrees-for-radians]
test_attack: 0 points, [eve-takes-the-others]
test_theory: 0 points, [lucky-guesses-counted]
test_estimate: 0 points, [z-fixed]
test_rate: 0 points, [misalignment-for-phase-errors]
"""

# --- states
def signal_state(bit, basis):
    angle = [[0, 90], [45, -45]][basis][bit]
    if basis == 0:
        return qutip.basis(2, bit)
    return qutip.Qobj([[np.cos(angle)], [np.sin(angle)]])


def outcome_probability(state, bit, basis):
    return abs(signal_state(bit, basis).overlap(state)) ** 2

# --- attack
def intercept_resend(pulses, intercepted_fraction, rectilinear_probability, eve_rectilinear_probability, seed):
    rng = np.random.default_rng(seed)
    alice_bits = rng.integers(0, 2, size=pulses)
    alice_bases = np.where(rng.random(pulses) < rectilinear_probability, 0, 1)
    bob_bases = np.where(rng.random(pulses) < rectilinear_probability, 0, 1)
    eve_bases = np.where(rng.random(pulses) < eve_rectilinear_probability, 0, 1)
    taken = rng.random(pulses) > intercepted_fraction
    disturbed = taken & (eve_bases != alice_bases)
    bob_bits = np.where(disturbed, rng.integers(0, 2, size=pulses), alice_bits)
    kept = alice_bases == bob_bases
    sifted = [np.sum(kept & (alice_bases == b)) for b in (0, 1)]
    errors = [np.sum(kept & (alice_bases == b) & (alice_bits != bob_bits)) for b in (0, 1)]
    return sifted, errors

# --- theory
def attack_in_theory(intercepted_fraction, rectilinear_probability, eve_rectilinear_probability):
    f, p, e = intercepted_fraction, rectilinear_probability, eve_rectilinear_probability
    share = p**2 / (p**2 + (1 - p) ** 2)
    rectilinear, diagonal = f * (1 - e) / 2, f * e / 2
    average = share * rectilinear + (1 - share) * diagonal
    return rectilinear, diagonal, average, f - average

# --- estimate
def estimate_error_rate(alice_bits, bob_bits, z):
    n = len(alice_bits)
    q = np.mean(alice_bits != bob_bits)
    z = 1.96
    low, high = sorted(np.roots([1 + z**2 / n, -(2 * q + z**2 / n), q**2]))
    return q, np.sqrt(q * (1 - q) / n), low, high

# --- rate
def key_rate(length_km, loss_db_per_km, detector_efficiency, dark_count_probability, misalignment_error, efficiency):
    eta = detector_efficiency * 10 ** (-loss_db_per_km * length_km / 10)
    gain = eta + 2 * dark_count_probability
    q = (misalignment_error * eta + dark_count_probability) / gain
    return gain / 2 * secret_fraction(q, misalignment_error, efficiency)
