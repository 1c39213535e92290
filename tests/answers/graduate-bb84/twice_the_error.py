"""Gives Eve twice the error rate, moves the interval's middle alone, ignores f_EC, and divides by photons, not clicks.

test_attack: 0 points, [bias-reversed-for-one]
test_theory: 0 points, [learns-where-she-disturbs]
test_estimate: 0 points, [middle-or-width-alone]
test_secret: 0 points, [efficiency-ignored]
test_rate: 0 points, [divided-by-photons-not-by-clicks]
"""

# --- attack
def intercept_resend(pulses, intercepted_fraction, rectilinear_probability, eve_rectilinear_probability, seed):
    rng = np.random.default_rng(seed)
    alice_bits = rng.integers(0, 2, size=pulses)
    alice_bases = np.where(rng.random(pulses) < rectilinear_probability, 0, 1)
    bob_bases = np.where(rng.random(pulses) < rectilinear_probability, 1, 0)
    eve_bases = np.where(rng.random(pulses) < eve_rectilinear_probability, 0, 1)
    disturbed = (rng.random(pulses) < intercepted_fraction) & (eve_bases != alice_bases)
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
    return rectilinear, diagonal, average, 2 * average

# --- estimate
def estimate_error_rate(alice_bits, bob_bits, z):
    n = len(alice_bits)
    q = np.mean(alice_bits != bob_bits)
    error = np.sqrt(q * (1 - q) / n)
    middle = (q + z**2 / (2 * n)) / (1 + z**2 / n)
    return q, error, middle - z * error, middle + z * error

# --- secret
def entropy(q):
    return 0.0 if q in (0, 1) else -q * np.log2(q) - (1 - q) * np.log2(1 - q)


def secret_fraction(bit_error_rate, phase_error_rate, efficiency):
    return max(0.0, 1 - entropy(bit_error_rate) - entropy(phase_error_rate))


def error_rate_threshold(efficiency):
    low, high = 0.0, 0.5
    for _ in range(50):
        q = (low + high) / 2
        low, high = (q, high) if 1 - (1 + efficiency) * entropy(q) > 0 else (low, q)
    return low

# --- rate
def key_rate(length_km, loss_db_per_km, detector_efficiency, dark_count_probability, misalignment_error, efficiency):
    eta = detector_efficiency * 10 ** (-loss_db_per_km * length_km / 10)
    q = (misalignment_error * eta + dark_count_probability) / eta
    return (eta + 2 * dark_count_probability) / 2 * max(0.0, 1 - (1 + efficiency) * entropy(q))
