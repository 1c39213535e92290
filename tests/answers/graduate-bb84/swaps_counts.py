"""Returns the errors before the sifted bits, lets signed errors cancel, and loses the entropy of zero to a NaN.

test_attack: 0 points, [sifted-and-errors-exchanged]
test_estimate: 0 points, [signed-errors-cancel]
test_secret: 0 points, [zero-times-log-zero]
test_rate: 0 points, [follows-from-question-6]
"""

# --- attack
def intercept_resend(pulses, intercepted_fraction, rectilinear_probability, eve_rectilinear_probability, seed):
    rng = np.random.default_rng(seed)
    alice_bits = rng.integers(0, 2, size=pulses)
    alice_bases = np.where(rng.random(pulses) < rectilinear_probability, 0, 1)
    bob_bases = np.where(rng.random(pulses) < rectilinear_probability, 0, 1)
    eve_bases = np.where(rng.random(pulses) < eve_rectilinear_probability, 0, 1)
    taken = rng.random(pulses) < intercepted_fraction
    bits = np.where(taken & (eve_bases != alice_bases), rng.integers(0, 2, size=pulses), alice_bits)
    kept = alice_bases == bob_bases
    sifted = [np.sum(kept & (alice_bases == b)) for b in (0, 1)]
    errors = [np.sum(kept & (alice_bases == b) & (alice_bits != bits)) for b in (0, 1)]
    return errors, sifted

# --- estimate
def estimate_error_rate(alice_bits, bob_bits, z):
    n = len(alice_bits)
    q = np.mean(alice_bits - bob_bits)
    middle = (q + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(q * (1 - q) / n + z**2 / (4 * n**2))
    return q, np.sqrt(q * (1 - q) / n), middle - half, middle + half

# --- secret
def h(q):
    q = np.float64(q)
    return -q * np.log2(q) - (1 - q) * np.log2(1 - q)


def secret_fraction(bit_error_rate, phase_error_rate, efficiency):
    return max(0, 1 - efficiency * h(bit_error_rate) - h(phase_error_rate))


def error_rate_threshold(efficiency):
    low, high = 1e-9, 0.5
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if secret_fraction(middle, middle, efficiency) > 0 else (low, middle)
    return low
