"""A right answer photon by photon, in lists and Python's own numbers, with states as they come and a global phase."""

# --- predict
prediction = "E"

# --- states
def signal_state(bit, basis):
    if basis == 0:
        return 1j * qutip.basis(2, bit)
    angle = np.pi / 4 if bit == 0 else -np.pi / 4
    return np.exp(0.3j) * qutip.Qobj([[np.cos(angle)], [np.sin(angle)]])


def outcome_probability(state, bit, basis):
    return qutip.expect(signal_state(bit, basis).proj(), state)

# --- attack
def intercept_resend(pulses, intercepted_fraction, rectilinear_probability, eve_rectilinear_probability, seed):
    import random

    generator = random.Random(seed)
    sifted, errors = [0, 0], [0, 0]
    for _ in range(pulses):
        bit = carried = generator.randrange(2)
        basis = carried_basis = 0 if generator.random() < rectilinear_probability else 1
        if generator.random() < intercepted_fraction:
            carried_basis = 0 if generator.random() < eve_rectilinear_probability else 1
            if carried_basis != basis:
                carried = generator.randrange(2)
        bob_basis = 0 if generator.random() < rectilinear_probability else 1
        received = carried if bob_basis == carried_basis else generator.randrange(2)
        if bob_basis == basis:
            sifted[basis] += 1
            errors[basis] += received != bit
    return sifted, errors

# --- theory
def attack_in_theory(intercepted_fraction, rectilinear_probability, eve_rectilinear_probability):
    kept = [rectilinear_probability**2, (1 - rectilinear_probability) ** 2]
    eve = [eve_rectilinear_probability, 1 - eve_rectilinear_probability]
    rates = [intercepted_fraction * (1 - eve[b]) / 2 for b in (0, 1)]
    average = sum(k * r for k, r in zip(kept, rates)) / sum(kept)
    known = sum(k * intercepted_fraction * v for k, v in zip(kept, eve)) / sum(kept)
    return [rates[0], rates[1], average, known]

# --- estimate
def estimate_error_rate(alice_bits, bob_bits, z):
    n = len(alice_bits)
    differs = [int(a != b) for a, b in zip(alice_bits, bob_bits)]
    q = sum(differs) / n
    spread = np.std(differs, ddof=1) / n**0.5
    low, high = sorted(np.real(np.roots([1 + z**2 / n, -(2 * q + z**2 / n), q**2])))
    return q, spread, low, high

# --- secret
import math


def secret_fraction(bit_error_rate, phase_error_rate, efficiency):
    cost = 0
    for weight, q in ((efficiency, bit_error_rate), (1, phase_error_rate)):
        for share in (q, 1 - q):
            if share > 0:
                cost -= weight * share * math.log2(share)
    return 1 - cost if cost < 1 else 0


def error_rate_threshold(efficiency):
    q, step = 0.0, 0.1
    while step > 1e-8:
        while secret_fraction(q + step, q + step, efficiency) > 0:
            q += step
        step /= 10
    return q

# --- rate
def key_rate(length_km, loss_db_per_km, detector_efficiency, dark_count_probability, misalignment_error, efficiency):
    eta = detector_efficiency / 10 ** (loss_db_per_km * length_km / 10)
    gain = eta + 2 * dark_count_probability
    q = (misalignment_error * eta + dark_count_probability) / gain
    return gain * secret_fraction(q, q, efficiency) / 2
