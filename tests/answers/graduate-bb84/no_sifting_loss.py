"""Forgets that sifting drops half of the clicks, and weighs the bases by choice; the diagonal states are not normalised.

test_states: 0 points, [state-not-normalised]
test_theory: 0 points, [weighted-by-choice-not-by-sifting]
test_rate: 0 points, [sifting-forgotten]
"""

# --- states
def signal_state(bit, basis):
    table = [[[1, 0], [0, 1]], [[1, 1], [1, -1]]]
    return qutip.Qobj(np.array(table[basis][bit]))


def outcome_probability(state, bit, basis):
    return abs(signal_state(bit, basis).unit().overlap(state)) ** 2

# --- theory
def attack_in_theory(intercepted_fraction, rectilinear_probability, eve_rectilinear_probability):
    f, p, e = intercepted_fraction, rectilinear_probability, eve_rectilinear_probability
    rectilinear, diagonal = f * (1 - e) / 2, f * e / 2
    return rectilinear, diagonal, p * rectilinear + (1 - p) * diagonal, f * (p * e + (1 - p) * (1 - e))

# --- rate
def key_rate(length_km, loss_db_per_km, detector_efficiency, dark_count_probability, misalignment_error, efficiency):
    eta = detector_efficiency * 10 ** (-loss_db_per_km * length_km / 10)
    gain = eta + 2 * dark_count_probability
    q = (misalignment_error * eta + dark_count_probability) / gain
    return gain * secret_fraction(q, q, efficiency)
