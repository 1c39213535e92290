"""A right answer in arrays: density matrices, warnings from logarithms of zero, small integers, a root finder."""

# --- states
def signal_state(bit, basis):
    angle = np.deg2rad([[0, 90], [45, -45]][basis][bit])
    return np.array([np.cos(angle), np.sin(angle)])


def outcome_probability(state, bit, basis):
    ket = signal_state(bit, basis).astype(complex)
    density = state.full() @ state.full().conj().T
    return ket.conj() @ density @ ket

# --- attack
def intercept_resend(pulses, intercepted_fraction, rectilinear_probability, eve_rectilinear_probability, seed):
    rng = np.random.default_rng(seed)
    uniform = rng.random((7, pulses))
    bit, eve_coin, bob_coin = (uniform[:3] < 0.5).astype(np.uint8)
    alice, bob = uniform[3] >= rectilinear_probability, uniform[4] >= rectilinear_probability
    eve = uniform[5] >= eve_rectilinear_probability
    taken = uniform[6] < intercepted_fraction
    disturbed = taken & (eve != alice)
    received = np.where(disturbed, bob_coin, bit)
    kept = alice == bob
    wrong = kept & (received != bit)
    return np.array([[(kept & ~alice).sum(), (kept & alice).sum()], [(wrong & ~alice).sum(), (wrong & alice).sum()]])

# --- theory
def attack_in_theory(intercepted_fraction, rectilinear_probability, eve_rectilinear_probability):
    p = np.array([rectilinear_probability, 1 - rectilinear_probability]) ** 2
    e = np.array([eve_rectilinear_probability, 1 - eve_rectilinear_probability])
    p = p / p.sum()
    rates = intercepted_fraction * e[::-1] / 2
    return np.array([*rates, p @ rates, intercepted_fraction * p @ e])

# --- estimate
def estimate_error_rate(alice_bits, bob_bits, z):
    differs = np.bitwise_xor(alice_bits, bob_bits)
    n, k = differs.size, differs.sum()
    middle = (k + z * z / 2) / (n + z * z)
    half = z * np.sqrt(k * (n - k) / n + z * z / 4) / (n + z * z)
    return np.array([k / n, np.sqrt(k * (n - k) / n**3), middle - half, middle + half])

# --- secret
from scipy.optimize import brentq


def entropy(q):
    q = np.asarray(q, dtype=float)
    terms = np.stack([q, 1 - q])
    return np.where(terms > 0, -terms * np.log2(terms), 0).sum(axis=0)


def secret_fraction(bit_error_rate, phase_error_rate, efficiency):
    return np.clip(1 - efficiency * entropy(bit_error_rate) - entropy(phase_error_rate), 0, None)


def error_rate_threshold(efficiency):
    return brentq(lambda q: 1 - (1 + efficiency) * entropy(q), 0, 0.5, xtol=1e-9)

# --- rate
def key_rate(length_km, loss_db_per_km, detector_efficiency, dark_count_probability, misalignment_error, efficiency):
    y0 = 1 - (1 - dark_count_probability) ** 2
    eta = detector_efficiency * np.power(10.0, -loss_db_per_km * length_km / 10)
    gain = y0 + eta - y0 * eta
    q = (y0 / 2 + misalignment_error * eta) / gain
    return gain / 2 * secret_fraction(q, q, efficiency)
