"""Gives the cosine for the phase and the scatter of raw clicks, and forgets that there are many runs.

test_phase: 0 points, [cosine-for-phase]
test_error_bar: 0 points, [scatter-of-clicks]
test_power: 0 points, [difference-of-logarithms]
test_alone: 0 points, [runs-left-out]
test_together: 0 points, [runs-left-out]
"""

# --- phase
def phase_from_clicks(clicks, photons):
    return 2 * clicks / photons - 1

# --- error_bar
def error_bar(clicks, photons):
    return np.std(clicks)

# --- power
def power(photons_1, error_1, photons_2, error_2):
    return np.log(error_2 / error_1) - np.log(photons_2 / photons_1)

# --- alone
def alone_error(photons, arrive, runs):
    return 1 / np.sqrt(photons * arrive)

# --- together
def together_error(photons, arrive, runs):
    return 1 / (photons * arrive ** (photons / 2))
