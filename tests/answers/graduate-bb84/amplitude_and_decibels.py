"""Takes an amplitude for a probability, and decibels for an exponent of e.

test_predict: 0 points, [noise-is-not-eve]
test_states: 0 points, [amplitude-for-probability]
test_rate: 0 points, [decibels-as-exponent-of-e]
"""

# --- predict
prediction = "a"

# --- states
def signal_state(bit, basis):
    if basis == 0:
        return qutip.basis(2, bit)
    return (qutip.basis(2, 0) + (1 - 2 * bit) * qutip.basis(2, 1)) / np.sqrt(2)


def outcome_probability(state, bit, basis):
    return abs(signal_state(bit, basis).overlap(state))

# --- rate
def key_rate(length_km, loss_db_per_km, detector_efficiency, dark_count_probability, misalignment_error, efficiency):
    eta = detector_efficiency * np.exp(-loss_db_per_km * length_km)
    gain = eta + 2 * dark_count_probability
    q = (misalignment_error * eta + dark_count_probability) / gain
    return 0.5 * gain * secret_fraction(q, q, efficiency)
